"""What is to be sent, in SQL; nothing in it is anybody's words."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, Select, and_, delete, func, select, update

from assistant.domain.access import OPERATOR, Viewer, may_run_rounds, person
from assistant.domain.conversation import ConversationState
from assistant.domain.errors import Refused
from assistant.domain.notices import (
    UNTOLD,
    Channel,
    Circumstances,
    Notice,
    NoticeCount,
    NoticeCounts,
    NoticeKind,
    NoticeState,
)
from assistant.domain.rounds import Round
from assistant.domain.words import ConversationKind
from assistant.stores.sql.commitments import SqlCommitments
from assistant.stores.sql.dialects import insert_into
from assistant.stores.sql.people import SqlPeople
from assistant.stores.sql.person_keys import SqlPersonKeys, Whose
from assistant.stores.sql.rounds import SqlRounds
from assistant.stores.sql.tables import conversation, membership, no_reminders
from assistant.stores.sql.tables import notice as table

_COLUMNS = (
    "id",
    "kind",
    "channel",
    "round_key",
    "person",
    "number",
    "due_at",
    "state",
    "attempts",
    "tries",
    "sent_at",
    "problem",
)
_CHANGING = ("due_at", "state", "attempts", "tries", "sent_at", "problem")
_NOTICES = select(*(table.c[name] for name in _COLUMNS))
_NOBODY = Whose("")
"""Whose the key of the tokens is: no person's, so that no erasure takes it."""
_PURPOSE = "links that end reminders: "


class SqlOutbox:
    """See :class:`assistant.ports.outbox.Outbox`."""

    def __init__(self, connection: Connection, people: SqlPeople, rounds: SqlRounds, keys: SqlPersonKeys) -> None:
        self._connection = connection
        self._people = people
        self._rounds = rounds
        self._keys = keys
        self._commitments = SqlCommitments(connection, keys)

    def put(self, notices: Iterable[Notice]) -> None:
        """Keep new notices; those of which there is one already are left out."""
        rows = [{name: getattr(one, name) for name in _COLUMNS} for one in notices]
        if rows:
            self._connection.execute(insert_into(self._connection, table).on_conflict_do_nothing(), rows)

    def has_any(self, round_key: str, channel: Channel) -> bool:
        """Whether anything of a round goes this way, or went."""
        of = select(table.c.id).where(table.c.round_key == round_key, table.c.channel == channel.value)
        return self._connection.execute(of.limit(1)).first() is not None

    def next_due(self, channels: Iterable[Channel], now: datetime) -> Notice | None:
        """The notice that has waited longest of those that are due."""
        first = (self._notices(_NOTICES.where(_due(channel, now)).limit(1)) for channel in channels)
        return min((notice for found in first for notice in found), key=lambda one: one.due_at, default=None)

    def due(self, channel: Channel, now: datetime) -> tuple[Notice, ...]:
        """All that is due on one way."""
        return self._notices(_NOTICES.where(_due(channel, now)))

    def sending(self) -> tuple[Notice, ...]:
        """What somebody has begun to send and not settled."""
        return self._notices(_NOTICES.where(table.c.state == NoticeState.SENDING.value))

    def keep(self, notice: Notice) -> None:
        """Keep what has become of a notice; one that was erased meanwhile stays so."""
        changed = {name: getattr(notice, name) for name in _CHANGING}
        self._connection.execute(update(table).where(table.c.id == notice.id).values(**changed))

    def circumstances(self, notice: Notice, viewer: Viewer) -> Circumstances:
        """What decides about a notice now. Raises Refused unless the viewer is its person, or it is to a channel."""
        round_ = self._rounds.get(notice.round_key)
        if not notice.person:
            return Circumstances(round_)
        if viewer != person(notice.person):
            raise Refused("Whether somebody has answered is asked in their own name alone.")
        about = self._of_person(round_, notice.person)
        return replace(about, looks_back=self._looks_back(notice, viewer))

    def counts(self, viewer: Viewer) -> NoticeCounts:
        """How many notices are in which state. Raises Refused where the viewer does not run rounds."""
        self._require_runs_rounds(viewer)
        kinds = (table.c.kind, table.c.channel, table.c.state, table.c.problem)
        counted = select(*kinds, func.count()).group_by(*kinds).order_by(*kinds)
        return NoticeCounts.of(
            NoticeCount(NoticeKind(kind), Channel(channel), NoticeState(state), problem, number)
            for kind, channel, state, problem, number in self._connection.execute(counted)
        )

    def failed(self, viewer: Viewer) -> tuple[Notice, ...]:
        """What was given up and whose address an admin has to see to, but for what is not told."""
        self._require_runs_rounds(viewer)
        given_up = and_(table.c.state == NoticeState.FAILED.value, table.c.kind.not_in([kind.value for kind in UNTOLD]))
        return self._notices(_NOTICES.where(given_up))

    def settled_badly(self, viewer: Viewer, unconfirmed: bool) -> tuple[Notice, ...]:
        """All that was given up, and what is unconfirmed where asked for. Raises Refused unless the operator asks."""
        if viewer != OPERATOR:
            raise Refused("What is sent again is for whoever runs the installation to say.")
        states = [NoticeState.FAILED.value, *([NoticeState.UNCONFIRMED.value] if unconfirmed else [])]
        return self._notices(_NOTICES.where(table.c.state.in_(states)))

    def stop_token(self, id: str) -> str:
        """A keyed digest of the notice's id."""
        return self._keys.digest(_NOBODY, _PURPOSE + id)

    def find(self, id: str) -> Notice | None:
        """The notice, if there is one."""
        found = self._notices(_NOTICES.where(table.c.id == id))
        return found[0] if found else None

    def set_reminders(self, email: str, wanted: bool) -> None:
        """Whether a person wants to be reminded, from now on in all rounds."""
        if wanted:
            self._connection.execute(delete(no_reminders).where(no_reminders.c.email == email))
        else:
            unwanted = insert_into(self._connection, no_reminders).values(email=email)
            self._connection.execute(unwanted.on_conflict_do_nothing())

    def end_reminders(self, round_key: str, at: datetime) -> None:
        """Drop all reminders of a round, and forget which of them went out."""
        of = and_(table.c.round_key == round_key, table.c.kind == NoticeKind.REMINDER.value)
        alike = {"due_at": at, "state": NoticeState.DROPPED, "attempts": 0, "tries": 0, "sent_at": None, "problem": ""}
        self._connection.execute(update(table).where(of).values(**alike))

    def forget(self, email: str) -> None:
        """Delete all notices to a person, and what they want of reminders."""
        self._connection.execute(delete(table).where(table.c.person == email))
        self._connection.execute(delete(no_reminders).where(no_reminders.c.email == email))

    def _require_runs_rounds(self, viewer: Viewer) -> None:
        if not may_run_rounds(viewer, self._people.organisation()):
            raise Refused("What was sent is counted for people with the role admin.")

    def _notices(self, chosen: Select[Any]) -> tuple[Notice, ...]:
        rows = self._connection.execute(chosen.order_by(table.c.due_at))
        return tuple(_notice(row) for row in rows)

    def _of_person(self, round_: Round, email: str) -> Circumstances:
        asked = select(membership.c.manager).where(membership.c.round_key == round_.key)
        about = self._connection.execute(asked.where(membership.c.member == email)).scalar()
        reflects = self._connection.execute(asked.where(membership.c.manager == email).limit(1)).first()
        refuses = self._connection.execute(select(no_reminders).where(no_reminders.c.email == email)).first()
        return Circumstances(
            round=round_,
            person=self._people.find(email),
            manager=self._people.find(about) if about else None,
            reflects=reflects is not None,
            sent=self._sent(round_.key, email),
            no_reminders=refuses is not None,
            last_mail_at=self._last_mail(round_.key, email),
        )

    def _looks_back(self, notice: Notice, viewer: Viewer) -> bool:
        if notice.kind is not NoticeKind.LOOK_BACK:
            return False
        taken = self._commitments.of(notice.person, viewer)
        return notice.number <= len(taken) and taken[notice.number - 1].is_open

    def _sent(self, round_key: str, author: str) -> frozenset[ConversationKind]:
        c = conversation.c
        of = (c.round_key == round_key, c.author == author, c.state == ConversationState.SENT.value)
        kinds = self._connection.execute(select(c.kind).where(*of).distinct()).scalars()
        return frozenset(ConversationKind(kind) for kind in kinds)

    def _last_mail(self, round_key: str, email: str) -> datetime | None:
        asking = [NoticeKind.INVITATION.value, NoticeKind.REMINDER.value]
        of = (table.c.round_key == round_key, table.c.person == email, table.c.kind.in_(asking))
        times = self._connection.execute(select(table.c.sent_at).where(*of)).scalars()
        return max((at for at in times if at is not None), default=None)


def _due(channel: Channel, now: datetime) -> ColumnElement[bool]:
    c = table.c
    return and_(c.state == NoticeState.WAITING.value, c.channel == channel.value, c.due_at <= now)


def _notice(row: Row[Any]) -> Notice:
    kept = row._asdict()
    kinds = {"kind": NoticeKind(kept["kind"]), "channel": Channel(kept["channel"]), "state": NoticeState(kept["state"])}
    return Notice(**kept | kinds)
