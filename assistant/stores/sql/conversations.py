"""Conversations in SQL. Whether a viewer may see one is asked of ``assistant.domain.access``, nowhere else."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import replace
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, Table, and_, bindparam, delete, func, insert, or_, select, update

from assistant.domain.access import Standing, Viewer, may_read_conversation
from assistant.domain.conversation import Conversation, ConversationState, Message
from assistant.domain.errors import Refused, Unknown
from assistant.domain.interview import InterviewState
from assistant.domain.rewording import Edit, moved, reworded
from assistant.domain.statements import Span
from assistant.domain.words import ConversationKind, Speaker
from assistant.stores.sql.conversation_rows import interview_at, message_at, newly_judged, without_messages
from assistant.stores.sql.database import note_erasure
from assistant.stores.sql.person_keys import SqlPersonKeys, Whose
from assistant.stores.sql.tables import conversation as table
from assistant.stores.sql.tables import held_back, message, named_place, reading
from assistant.stores.sql.values import from_json, to_json

_BATCH = 500
_JUDGE = (
    update(message)
    .where(message.c.conversation == bindparam("of"), message.c.position == bindparam("at"))
    .values(set_apart=bindparam("set_apart"), vouched=bindparam("vouched"))
)


class SqlConversations:
    """See :class:`assistant.ports.conversations.Conversations`."""

    def __init__(self, connection: Connection, keys: SqlPersonKeys) -> None:
        self._connection = connection
        self._keys = keys

    def add(self, conversation: Conversation, fingerprint: str) -> bool:
        """Keep a conversation; False, and nothing is done, where one with this fingerprint is kept already."""
        digest = self._keys.digest(whose(conversation), fingerprint)
        taken = select(table.c.number).where(table.c.fingerprint == digest)
        if self._connection.execute(taken).first() is not None:
            return False
        self._connection.execute(
            insert(table).values(
                id=conversation.id,
                fingerprint=digest,
                round_key=conversation.round_key,
                kind=conversation.kind.value,
                author=conversation.author,
                about=conversation.about,
                named=conversation.named,
                state=conversation.state.value,
                created_at=conversation.created_at,
            )
        )
        self._add_messages(conversation, 0, conversation.messages)
        return True

    def get(self, id: str, viewer: Viewer) -> Conversation:
        """The conversation; raises Unknown, also where the viewer may not see it."""
        found = self.seen(table.c.id == id, viewer)
        if not found:
            raise Unknown("There is no such conversation.")
        return found[0]

    def without_words(self, id: str, viewer: Viewer) -> Conversation:
        """The conversation without its messages, which are not even unlocked; raises like :meth:`get`."""
        return without_messages(self._row(id, viewer))

    def seen_without_words(self, ids: Collection[str], viewer: Viewer) -> dict[str, Conversation]:
        """Those of these conversations that the viewer may see, by id, without their messages."""
        rows = self._connection.execute(table.select().where(table.c.id.in_(list(ids))))
        return {held.id: held for held in map(without_messages, rows) if may_read_conversation(viewer, held)}

    def mine(self, round_key: str, kind: ConversationKind, viewer: Viewer) -> tuple[Conversation, ...]:
        """The viewer's own conversations of a round and kind, in order."""
        c = table.c
        return self.seen(and_(c.round_key == round_key, c.kind == kind.value, c.author == viewer.email), viewer)

    def by_author(self, author: str, viewer: Viewer) -> tuple[Conversation, ...]:
        """Everything an author said in all rounds, as far as the viewer may see it."""
        return self.seen(table.c.author == author, viewer)

    def about_manager(self, round_key: str, manager: str, viewer: Viewer) -> tuple[Conversation, ...]:
        """A manager's reflections and the feedback about them, in order, as far as the viewer may see them."""
        c = table.c
        in_round = c.round_key == round_key  # in both parts, or no index of them is used
        reflects = and_(in_round, c.kind == ConversationKind.REFLECTION.value, c.author == manager)
        answers = and_(in_round, c.kind == ConversationKind.FEEDBACK.value, c.about == manager)
        return self.seen(or_(reflects, answers), viewer)

    def state(self, id: str, viewer: Viewer) -> InterviewState:
        """Where the conversation stands; the empty state where it was imported. Raises Unknown like :meth:`get`."""
        kept = self._row(id, viewer).interview
        if kept is None:
            return InterviewState()
        return from_json(InterviewState, self._keys.unseal(interview_at(id), kept))

    def judge(self, judged: Conversation, viewer: Viewer) -> None:
        """Keep which messages are set apart; where one is that was not, what was read is forgotten. Raises Unknown."""
        self.judge_all([judged], viewer)

    def judge_all(self, judged: Collection[Conversation], viewer: Viewer) -> None:
        """The same for several conversations."""
        before = {held.id: held for held in self.seen(table.c.id.in_([after.id for after in judged]), viewer)}
        if len(before) < len(judged):
            raise Unknown("There is no such conversation.")
        changes = [change for after in judged for change in newly_judged(before[after.id], after)]
        if changes:
            self._connection.execute(_JUDGE, changes)
        outdated = [after.id for after in judged if after.usable.said != before[after.id].usable.said]
        if outdated:
            self._connection.execute(delete(reading).where(reading.c.conversation.in_(outdated)))

    def people_set_apart(self, round_key: str) -> int:
        """How many people have sent something in a round that is set apart; never to be shown as it is."""
        some = (
            select(func.count(table.c.author.distinct()))
            .join(message, message.c.conversation == table.c.id)
            .where(table.c.round_key == round_key, table.c.state == ConversationState.SENT.value, message.c.set_apart)
        )
        return self._connection.execute(some).scalar_one()

    def append(self, id: str, position: int, message: Message, viewer: Viewer) -> None:
        """Add a message to a draft; what was read in it so far is forgotten.

        Raises Refused where ``position`` is not the next one, or it is sent.
        """
        held = self._draft(id, viewer)
        if position != self._length(id):
            raise Refused("This conversation has gone on in another window. Reload the page to see it as it is now.")
        self._add_messages(held, position, (message,))
        self._connection.execute(delete(reading).where(reading.c.conversation == id))

    def set_state(self, id: str, state: InterviewState, viewer: Viewer) -> None:
        """Keep where a draft stands; raises Refused where it is sent."""
        held = self._draft(id, viewer)
        sealed = self._keys.seal(whose(held), interview_at(id), to_json(state))
        self._connection.execute(update(table).where(table.c.id == id).values(interview=sealed))

    def send(self, id: str, viewer: Viewer, rating: int | None = None) -> None:
        """A draft becomes sent, with what its author says of the summary; raises Refused where it is sent already."""
        self._draft(id, viewer)
        sent = update(table).where(table.c.id == id).values(state=ConversationState.SENT.value, rating=rating)
        self._connection.execute(sent)

    def reword(self, id: str, edit: Edit, viewer: Viewer) -> None:
        """Put other words in the place of some of a draft; the old ones go for good, and the draft is to be read anew.

        What is held back or named elsewhere in it moves along; what is held back at the place stays so.
        """
        self._draft(id, viewer)
        held = self.get(id, viewer)
        for position, (before, after) in enumerate(zip(held.messages, reworded(held.messages, edit), strict=True)):
            if before.content != after.content:
                here = and_(message.c.conversation == id, message.c.position == position)
                content = self._keys.seal(whose(held), message_at(id, position), after.content)
                self._connection.execute(
                    update(message).where(here).values(content=content, set_apart=None, vouched=False)
                )
        for places, stays in ((held_back, True), (named_place, False)):
            self._move(places, id, edit, stays)
        self._connection.execute(delete(reading).where(reading.c.conversation == id))
        note_erasure(self._connection)

    def put_name(self, id: str, named: bool, viewer: Viewer) -> None:
        """Whether all of a draft is said under its author's name; raises Refused where it is sent."""
        self._draft(id, viewer)
        self._connection.execute(update(table).where(table.c.id == id).values(named=named))

    def take_back(self, id: str, viewer: Viewer) -> None:
        """A sent conversation becomes a draft again, not rated any more; raises Refused where it is a draft."""
        if self.without_words(id, viewer).state is ConversationState.DRAFT:
            raise Refused("This conversation has not been sent, so there is nothing to take back.")
        draft = update(table).where(table.c.id == id).values(state=ConversationState.DRAFT.value, rating=None)
        self._connection.execute(draft)

    def discard(self, id: str, viewer: Viewer) -> None:
        """Delete a draft, its messages and statements; raises Refused where it is sent."""
        self._draft(id, viewer)
        self._delete(table.c.id == id)

    def erase_author(self, author: str) -> tuple[str, ...]:
        """Delete all an author said, with its statements; the ids of the conversations that were deleted."""
        return self._delete(table.c.author == author)

    def delete_round(self, round_key: str) -> int:
        """Delete all that was said in a round, sent or not, with its statements; how many conversations it was."""
        return len(self._delete(table.c.round_key == round_key))

    def _row(self, id: str, viewer: Viewer) -> Row[Any]:
        """What is kept of a conversation beside its messages; raises Unknown, also where the viewer may not see it."""
        row = self._connection.execute(table.select().where(table.c.id == id)).first()
        if row is None or not may_read_conversation(viewer, without_messages(row)):
            raise Unknown("There is no such conversation.")
        return row

    def _length(self, id: str) -> int:
        turns = select(func.count()).select_from(message).where(message.c.conversation == id)
        return self._connection.execute(turns).scalar_one()

    def _draft(self, id: str, viewer: Viewer) -> Conversation:
        """A draft without its messages, which are not even unlocked; raises Refused where it is sent."""
        held = self.without_words(id, viewer)
        if held.state is ConversationState.SENT:
            raise Refused("This conversation has been sent; it stays as it is.")
        return held

    def _delete(self, which: ColumnElement[bool]) -> tuple[str, ...]:
        ids = self._connection.execute(select(table.c.id).where(which).order_by(table.c.number)).scalars().all()
        self._connection.execute(delete(table).where(which))
        note_erasure(self._connection)
        return tuple(ids)

    def _move(self, places: Table[Any], id: str, edit: Edit, stays: bool) -> None:
        """Have rows about places of a conversation follow an edit; what it touched goes, or ``stays`` at its words."""
        c = places.c
        rows = self._connection.execute(places.select().where(c.conversation == id)).mappings().all()
        self._connection.execute(delete(places).where(c.conversation == id))
        after: dict[Span, dict[str, Any]] = {}
        for row in rows:
            span = moved(Span(row["message"], row["start"], row["end"]), edit) or (edit.new_span if stays else None)
            if span is not None:
                after[span] = {**row, "message": span.message, "start": span.start, "end": span.end}
        if after:
            self._connection.execute(insert(places), list(after.values()))

    def _add_messages(self, of: Conversation, first: int, messages: Sequence[Message]) -> None:
        rows = [
            {
                "conversation": of.id,
                "position": position,
                "role": m.role.value,
                "content": self._keys.seal(whose(of), message_at(of.id, position), m.content),
                "written_by": m.written_by,
                "set_apart": m.set_apart,
                "vouched": m.vouched,
            }
            for position, m in enumerate(messages, first)
        ]
        if rows:
            self._connection.execute(insert(message), rows)

    def whose(self, id: str) -> Whose:
        """With whose key what is read in a conversation is locked; nothing of it is shown to anybody by that."""
        return self.whose_all([id])[id]

    def whose_all(self, ids: Collection[str]) -> dict[str, Whose]:
        """The same for several conversations, by id."""
        owners = select(table.c.id, table.c.author, table.c.round_key).where(table.c.id.in_(list(ids)))
        return {row.id: Whose(row.author, row.round_key) for row in self._connection.execute(owners)}

    def seen(self, which: ColumnElement[bool], viewer: Viewer) -> tuple[Conversation, ...]:
        """Those of ``which`` that the viewer may see, in order; the words of others are not even loaded.

        The analysis is given nothing of what is set apart.
        """
        rows = self._connection.execute(table.select().where(which).order_by(table.c.number))
        seen = [c for c in map(without_messages, rows) if may_read_conversation(viewer, c)]
        messages = self._messages([c.id for c in seen])
        whole = (replace(c, messages=tuple(messages[c.id])) for c in seen)
        return tuple(c.usable if viewer.standing is Standing.ANALYSIS else c for c in whole)

    def _messages(self, ids: Sequence[str]) -> dict[str, list[Message]]:
        found: dict[str, list[Message]] = defaultdict(list)
        c = message.c
        for start in range(0, len(ids), _BATCH):
            some = c.conversation.in_(ids[start : start + _BATCH])
            turns = message.select().where(some).order_by(c.conversation, c.position)
            for row in self._connection.execute(turns):
                content = self._keys.unseal(message_at(row.conversation, row.position), row.content)
                said = Message(Speaker(row.role), content, row.written_by, row.set_apart, row.vouched)
                found[row.conversation].append(said)
        return found


def whose(conversation: Conversation) -> Whose:
    """With whose key all that belongs to a conversation is locked."""
    return Whose(conversation.author, conversation.round_key)
