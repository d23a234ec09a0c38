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


class ConversationColumns(TypedColumns):
    """Conversations; ``number`` is the order in which they were begun or imported.

    ``fingerprint`` is a keyed digest, ``interview`` sealed JSON.
    """

    number: Named[int] = Column(primary_key=True)
    id: Named[str] = Column(unique=True)
    fingerprint: Named[str] = Column(unique=True)
    round_key: Named[str] = Column(ForeignKey("round.key"))
    kind: Named[str]
    author: Named[str] = Column(index=True)
    about: Named[str | None]
    named: Named[bool]
    state: Named[str]
    created_at: Named[datetime | None] = Column(UtcTime)
    interview: Named[str | None]
    rating: Named[int | None]


class MessageColumns(TypedColumns):
    """One row a turn, its ``content`` sealed: who worded it, where known, and whether it is set apart.

    ``set_apart`` is null where nobody has looked; ``vouched`` is what its author says against it.
    """

    conversation: Named[str] = Column(ForeignKey("conversation.id", ondelete="CASCADE"))
    position: Named[int]
    role: Named[str]
    content: Named[str]
    written_by: Named[str | None]
    set_apart: Named[bool | None]
    vouched: Named[bool]


class ReadingColumns(TypedColumns):
    """What one engine read in a conversation, as a whole; ``body`` is all of it but its statements, as sealed JSON.

    ``engine`` is the one that was to read, with what decides how it reads.
    """

    conversation: Named[str] = Column(ForeignKey("conversation.id", ondelete="CASCADE"), primary_key=True)
    engine: Named[str]
    body: Named[str]


class StatementColumns(TypedColumns):
    """One row a claim or observation: its place, and the whole of it in ``body`` as sealed JSON."""

    id: Named[str] = Column(primary_key=True)
    conversation: Named[str] = Column(ForeignKey("reading.conversation", ondelete="CASCADE"), index=True)
    position: Named[int]
    message: Named[int]
    start: Named[int]
    end: Named[int]
    shared: Named[bool]
    body: Named[str]


class PlaceColumns(TypedColumns):
    """Places in a conversation of which its author chose something, whichever engine reads it."""

    conversation: Named[str] = Column(ForeignKey("conversation.id", ondelete="CASCADE"), primary_key=True)
    message: Named[int] = Column(primary_key=True)
    start: Named[int] = Column(primary_key=True)
    end: Named[int] = Column(primary_key=True)


class CorrectionColumns(TypedColumns):
    """What authors say of how a place was read: the place, and the whole of it in ``body`` as sealed JSON.

    ``number`` is the order in which they came; one that is changed comes anew.
    """

    number: Named[int] = Column(primary_key=True)
    conversation: Named[str] = Column(ForeignKey("conversation.id", ondelete="CASCADE"))
    message: Named[int]
    start: Named[int]
    end: Named[int]
    body: Named[str]


class PrivacyStatementColumns(TypedColumns):
    """What people are told about their words, each version once; ``body`` is text and values as JSON."""

    fingerprint: Named[str] = Column(primary_key=True)
    body: Named[str]


class ToldColumns(TypedColumns):
    """Which statement an author was told before the message at ``position``, where it was another than before."""

    conversation: Named[str] = Column(ForeignKey("conversation.id", ondelete="CASCADE"))
    position: Named[int]
    statement: Named[str] = Column(ForeignKey("privacy_statement.fingerprint"))


class AdjustmentColumns(TypedColumns):
    """That corrections up to a number are used, and for what; no row where they are not."""

    upto: Named[int] = Column(primary_key=True, autoincrement=False)
    behaviours: Named[bool]
    stances: Named[bool]


class ReportColumns(TypedColumns):
    """Reports as sealed JSON: ``claims`` quotes the manager, ``body`` is all the rest and quotes nobody."""

    round_key: Named[str] = Column(ForeignKey("round.key"))
    manager: Named[str] = Column(index=True)
    engine: Named[str]
    suppressed: Named[bool]
    body: Named[str]
    claims: Named[str]


class FindingColumns(TypedColumns):
    """One row a finding of a report, for sums over many managers."""

    round_key: Named[str]
    manager: Named[str]
    id: Named[str]
    kind: Named[str]
    fundamental: Named[str]
    behaviour: Named[str]
    text: Named[str]
    respondents: Named[int | None]
    confidence: Named[float]


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
