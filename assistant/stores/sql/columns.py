"""The columns of the tables, typed."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import JSON, BigInteger, Column, ForeignKey, Named, TypedColumns

from assistant.stores.sql.schema import UtcTime


class PersonColumns(TypedColumns):
    """Everybody; a manager who goes leaves their people without one."""

    email: Named[str] = Column(primary_key=True)
    name: Named[str]
    manager_email: Named[str | None] = Column(
        ForeignKey("person.email", ondelete="SET NULL", deferrable=True, initially="DEFERRED"), index=True
    )
    team: Named[str]
    role: Named[str]
    locale: Named[str | None]


class RoundColumns(TypedColumns):
    """Rounds; ``number`` is the order in which they were opened. Triggers keep ``key`` and ``floor`` as they are."""

    number: Named[int] = Column(primary_key=True)
    key: Named[str] = Column(unique=True)
    floor: Named[int]
    opened_at: Named[datetime] = Column(UtcTime)
    closes_at: Named[datetime | None] = Column(UtcTime)
    closed_at: Named[datetime | None] = Column(UtcTime)
    words_deleted_at: Named[datetime | None] = Column(UtcTime)
    rated_mean: Named[float | None]
    rated_people: Named[int | None]


class MembershipColumns(TypedColumns):
    """Who reported to whom in a round; people may have left since."""

    round_key: Named[str] = Column(ForeignKey("round.key"))
    member: Named[str]
    manager: Named[str]


class ReportColumns(TypedColumns):
    """Reports as sealed JSON: ``claims`` quotes the manager, ``body`` is all the rest and quotes nobody.

    ``figures`` is what of the body answers leaders' questions beside the findings, small enough to be opened for many.
    """

    round_key: Named[str] = Column(ForeignKey("round.key"))
    manager: Named[str] = Column(index=True)
    engine: Named[str]
    suppressed: Named[bool]
    body: Named[str]
    claims: Named[str]
    figures: Named[str] = Column(server_default="")


class FindingColumns(TypedColumns):
    """One row a finding of a report, for sums over many managers; ``place`` is where it stands among them, from 0."""

    round_key: Named[str]
    manager: Named[str]
    id: Named[str]
    kind: Named[str]
    fundamental: Named[str]
    behaviour: Named[str]
    text: Named[str]
    respondents: Named[int | None]
    confidence: Named[float]
    place: Named[int] = Column(server_default="0")


class SharedReportColumns(TypedColumns):
    """Reports that their managers have opened to the leaders above them."""

    round_key: Named[str] = Column(ForeignKey("round.key"))
    manager: Named[str]


class SignedStatementColumns(TypedColumns):
    """What respondents said under their names in a report; ``body`` is sealed with a key of its author's."""

    round_key: Named[str]
    manager: Named[str]
    position: Named[int]
    author: Named[str] = Column(index=True)
    body: Named[str]


class DataKeyColumns(TypedColumns):
    """Whose words are sealed with which key; the keys themselves are elsewhere. ``round_key`` is empty for what stays.

    For the words of a commitment, ``commitment/`` and its id stand in its place. An id is 32 hexadecimal digits.
    """

    id: Named[str] = Column(primary_key=True)
    owner: Named[str]
    round_key: Named[str]


class DoomedKeyColumns(TypedColumns):
    """Keys that nothing needs any more and that have yet to be destroyed."""

    id: Named[str] = Column(primary_key=True)


class PublicationColumns(TypedColumns):
    """Versions of reports, the last one of a manager being the current; ``tally`` is JSON of counts.

    ``stays`` is True where the latest analysis had to leave the report as it was seen.
    """

    number: Named[int] = Column(primary_key=True)
    round_key: Named[str]
    manager: Named[str]
    suppressed: Named[bool]
    seen: Named[bool]
    stays: Named[bool]
    tally: Named[str]


class ContributionColumns(TypedColumns):
    """On whose answers a version rests, as digests under the round's key."""

    publication: Named[int] = Column(ForeignKey("publication.number", ondelete="CASCADE"))
    who: Named[str]
    what: Named[str]


class RollUpColumns(TypedColumns):
    """Roll-ups as they were first shown; ``body`` is JSON of counts."""

    round_key: Named[str] = Column(ForeignKey("round.key"))
    leader: Named[str]
    body: Named[str]


class LinkColumns(TypedColumns):
    """Sign-in links by the digest of their secret."""

    digest: Named[str] = Column(primary_key=True)
    email: Named[str] = Column(index=True)
    expires_at: Named[datetime] = Column(UtcTime)
    used_at: Named[datetime | None] = Column(UtcTime)


class LoginColumns(TypedColumns):
    """Attempts to sign in with an account elsewhere, by the digest of the secret in the browser."""

    digest: Named[str] = Column(primary_key=True)
    expires_at: Named[datetime] = Column(UtcTime)


class AttemptColumns(TypedColumns):
    """What was tried within the last minute; ``place`` is the digest of the address that it came from."""

    number: Named[int] = Column(primary_key=True)
    kind: Named[str]
    place: Named[str]
    at: Named[datetime] = Column(UtcTime, index=True)


class SessionColumns(TypedColumns):
    """Sessions by the digest of their secret; ``device`` is a coarse label, never what the browser sent."""

    digest: Named[str] = Column(primary_key=True)
    email: Named[str] = Column(index=True)
    device: Named[str]
    started_at: Named[datetime] = Column(UtcTime)
    last_seen_at: Named[datetime] = Column(UtcTime)
    expires_at: Named[datetime] = Column(UtcTime)


class ReaderLogColumns(TypedColumns):
    """Looks in order, kept by triggers as they are; ``digest`` is over the row and ``previous``, the one before."""

    number: Named[int] = Column(primary_key=True)
    at: Named[datetime] = Column(UtcTime)
    reader: Named[str]
    capacity: Named[str]
    looked: Named[str]
    asked: Named[str | None]
    outcome: Named[str]
    round_key: Named[str]
    about: Named[list[str]] = Column(JSON)
    previous: Named[str] = Column(unique=True)
    digest: Named[str]


class OwnCardColumns(TypedColumns):
    """An organisation's own practice cards; ``card`` is the value as JSON."""

    id: Named[str] = Column(primary_key=True)
    card: Named[str]


class UsageColumns(TypedColumns):
    """Sums over the calls of one kind on one day (ISO 8601); ``round_key`` is empty outside of a round."""

    day: Named[str]
    round_key: Named[str]
    purpose: Named[str]
    prompt: Named[str]
    model: Named[str]
    calls: Named[int] = Column(BigInteger)
    tokens_in: Named[int] = Column(BigInteger)
    tokens_cached: Named[int] = Column(BigInteger)
    tokens_out: Named[int] = Column(BigInteger)
    stand_ins: Named[int] = Column(BigInteger)
    kept_back: Named[int] = Column(BigInteger)


class IndexTaskColumns(TypedColumns):
    """What the index has yet to follow; a newer task for the same entry takes the place of an older one."""

    number: Named[int] = Column(primary_key=True)
    shelf: Named[str]
    entry: Named[str]
    group: Named[str]
    forget: Named[bool]
