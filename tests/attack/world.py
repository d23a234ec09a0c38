"""One round or two as they really go: the real store and the real use cases, and everything that anybody is shown."""

from __future__ import annotations

import json
import sqlite3
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter

from assistant.domain.access import OPERATOR, person
from assistant.domain.conversation import Conversation, ConversationState, Message
from assistant.domain.errors import UserError
from assistant.domain.organisation import Person
from assistant.domain.roll_up import RollUp
from assistant.domain.words import ConversationKind, Role, Speaker
from assistant.loop.analysis import analyse
from assistant.loop.conversations import import_conversations, preview, send
from assistant.loop.corrections import Says, Word, correct
from assistant.loop.formats import answer_json, report_json
from assistant.loop.insight import InsightView, Wanted, read_insight
from assistant.loop.lines import Sharing, share
from assistant.loop.organisation import import_people
from assistant.loop.own_data import erase
from assistant.loop.questions import ask
from assistant.loop.reports import read_all_reports, read_report
from assistant.loop.roll_ups import read_roll_up
from assistant.loop.rounds import close_round, open_round, round_statuses
from assistant.loop.withdrawing import Fate, withdraw
from assistant.stores.sql.sqlite_file import FILE
from assistant.stores.sql.store import SqlStore
from tests.attack.history import ADMIN, LEADER, SIGNED_LINE, History, Look, Member, Second, Signs, manager_email
from tests.fakes.plain_engine import PlainEngine
from tests.fakes.reports import BEHAVIOURS, a_knowledge

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)
ROUNDS = ("2026-Q3", "2026-Q4")
KNOWLEDGE = a_knowledge()
QUESTIONS = (
    "Where are blind spots?",
    "How many people gave feedback?",
    "In which teams do people feel safe?",
    "What do teams miss most?",
    "What changed since last round?",
    "How many took part over all rounds?",
    f"What does {manager_email(0)} do differently from the others?",
    f"Compare {manager_email(0)} with {manager_email(1)} on trust.",
    f"How many answered in the team of {manager_email(0)}?",
    f"What are the gaps below {manager_email(0)}?",
    f"How is alignment with {manager_email(1)} compared with the rest?",
    "What would help?",
    "Which gaps are you surest of?",
)
FOLLOWED_BY = (
    "And strengths?",
    "And since last round?",
    f"And for {manager_email(0)}?",
    f"And compared with {manager_email(1)}?",
    "How many answered there?",
)
"""What a leader goes on to ask, one after each of the questions."""
_roll_up, _overview = TypeAdapter(RollUp), TypeAdapter(InsightView)


class World:
    """One round on its way, and all that was shown of it so far."""

    def __init__(self, store: SqlStore, history: History, round_key: str) -> None:
        self.shown: list[str] = []
        self._store, self._history, self._engine, self._round = store, history, PlainEngine(), round_key
        self._done: dict[str, Second] = {}

    def go(self) -> tuple[str, ...]:
        """Let all happen; everything that was shown, in order."""
        history = self._history
        import_people(self._store, self._people())
        open_round(self._store, self._round, NOON, history.floor)
        for number, stage in enumerate(history.stages):
            self._people_act(number)
            if number == history.closes:
                close_round(self._store, self._round, NOON + timedelta(days=20))
            only = None if stage.only is None else manager_email(stage.only)
            self._show("analysis", lambda only=only: self._analyse(only))
            for look in stage.looks:
                self._show(f"{look.what} {look.whom}", lambda look=look: LOOKS[look.what](self, look))
        return tuple(self.shown)

    def _people(self) -> list[Person]:
        managers = [
            Person(manager_email(n), f"Boss {n}", LEADER if of is None else manager_email(of), role=Role.LEADER)
            for n, of in enumerate(self._history.managers)
        ]
        there = [_person(m) for m in self._history.members if not m.presence.joins_late]
        top = [Person(LEADER, "Lea Lead", None, role=Role.LEADER), Person(ADMIN, "Ada Admin", None, role=Role.ADMIN)]
        return [*top, *managers, *there]

    def _people_act(self, number: int) -> None:
        members = self._history.members
        late = [m for m in members if m.presence.joins_late and m.presence.answers == number]
        if late:
            import_people(self._store, [_person(m) for m in late])
        if number == 0:
            claims = [self._reflection(n) for n in range(len(self._history.managers))]
            import_conversations(self._store, tuple(claims))
        is_open = number <= self._history.closes
        if is_open:
            new = [m for m in members if m.presence.answers == number]
            import_conversations(self._store, tuple(self._feedback(m) for m in new))
            for member in new:
                if member.signs is Signs.A_LINE:
                    self._sign_a_line(member)
        for member in members:
            if member.presence.erased == number:
                erase(self._store, member.email)
            elif member.presence.withdrawn == number:
                withdraw(self._store, person(member.email), member.email, self._round, Fate.DELETED)
            elif is_open and member.presence.counts_at(number) and member.words.at <= number:
                self._on_second_thought(member)

    def _on_second_thought(self, member: Member) -> None:
        words, viewer = member.words, person(member.email)
        if self._done.get(member.email, Second.NOTHING) is words.second:
            return
        self._done[member.email] = words.second
        id_ = self._id(member)
        reading = preview(self._store, self._engine, viewer, id_)
        if not reading.statements:
            return
        first = reading.statements[0]
        if words.second is Second.HOLDS_BACK:
            with self._store.work() as work:
                work.statements.hold_back(id_, [first.id], viewer)
        else:
            meant = Word(Says.CHANGED, "priorities", "missing")
            correct(self._store, self._engine, KNOWLEDGE, viewer, id_, first.span, meant)

    def _sign_a_line(self, member: Member) -> None:
        id_, viewer = self._id(member), person(member.email)
        (line,) = [s for s in preview(self._store, self._engine, viewer, id_).statements if s.text == SIGNED_LINE]
        share(self._store, self._engine, viewer, id_, line.span, Sharing.NAMED)
        send(self._store, self._engine, viewer, id_)

    def _id(self, member: Member) -> str:
        return f"{self._round} {member.email}"

    def _reflection(self, number: int) -> Conversation:
        words, kind = (Message(Speaker.USER, "goals= listening=", set_apart=False),), ConversationKind.REFLECTION
        return Conversation(f"{self._round} r{number}", self._round, kind, manager_email(number), None, words)

    def _feedback(self, member: Member) -> Conversation:
        words = (Message(Speaker.USER, member.text, set_apart=False),)
        about = manager_email(member.manager)
        state = ConversationState.DRAFT if member.signs is Signs.A_LINE else ConversationState.SENT
        return Conversation(
            self._id(member),
            self._round,
            ConversationKind.FEEDBACK,
            member.email,
            about,
            words,
            member.signs is Signs.ALL,
            state,
        )

    def _analyse(self, only: str | None) -> Any:
        made = analyse(self._store, self._engine, KNOWLEDGE, self._round, only)
        return [(report.manager, report.suppressed) for report in made]

    def _show(self, what: str, look: Callable[[], Any]) -> None:
        try:
            seen = look()
        except UserError as refused:
            seen = str(refused)
        self.shown.append(f"{what}: {json.dumps(seen, default=str)}")

    def report(self, look: Look) -> Any:
        """A manager reads their own report."""
        email = manager_email(look.whom)
        return report_json.as_json(read_report(self._store, person(email), email, self._round, NOON))

    def operators_report(self, look: Look) -> Any:
        """The operator reads a manager's report by the command line, also while the round is open."""
        return report_json.as_json(read_report(self._store, OPERATOR, manager_email(look.whom), self._round, NOON))

    def all_reports(self, _: Look) -> Any:
        """The operator takes out all reports."""
        return [report_json.as_json(report) for report in read_all_reports(self._store, OPERATOR, self._round, NOON)]

    def overview(self, look: Look) -> Any:
        """A leader opens the overview of all below, and of each unit; all files of it are made of the same value."""
        email = _leader(look)
        view = self._insight(email, None)
        units = [self._insight(email, place.manager) for place in view.units]
        return [_overview.dump_python(one, mode="json") for one in (view, *units)]

    def _insight(self, leader: str, unit: str | None) -> InsightView:
        return read_insight(self._store, person(leader), leader, Wanted(self._round, unit), NOON)

    def roll_up(self, look: Look) -> Any:
        """A leader reads what all below say together."""
        email = _leader(look)
        return _roll_up.dump_python(read_roll_up(self._store, person(email), email, self._round, NOON), mode="json")

    def question(self, look: Look) -> Any:
        """A leader asks."""
        email, question = _leader(look), QUESTIONS[look.which]
        said, before = [], None
        for one in (question, FOLLOWED_BY[look.which % len(FOLLOWED_BY)]):
            answer = ask(
                self._store, self._engine, None, person(email), one, email, self._round, NOON, BEHAVIOURS, before
            )
            said.append(answer_json.as_json(answer))
            before = answer.query
        return said

    def status(self, _: Look) -> Any:
        """An admin looks at the counts."""
        return [str(status) for status in round_statuses(self._store, person(ADMIN))]

    def log(self, _: Look) -> Any:
        """The operator reads who looked."""
        with self._store.work() as work:
            return [str(entry) for entry in work.reader_log.entries()]


LOOKS: dict[str, Callable[[World, Look], Any]] = {
    "report": World.report,
    "operator's report": World.operators_report,
    "all reports": World.all_reports,
    "overview": World.overview,
    "roll-up": World.roll_up,
    "question": World.question,
    "status": World.status,
    "log": World.log,
}


class Scene:
    """Where histories go: one store, emptied before each."""

    def __init__(self, folder: Path) -> None:
        SqlStore.open(folder / "empty").close()
        self._store = SqlStore.open(folder / "world")
        self._empty = sqlite3.connect(folder / "empty" / FILE)
        self._inside = sqlite3.connect(folder / "world" / FILE)

    def shown(self, *rounds: History) -> tuple[str, ...]:
        """Everything that is shown to anybody in one round, or in two that follow each other."""
        self._empty.backup(self._inside)
        return tuple(
            one for key, each in zip(ROUNDS, rounds, strict=False) for one in World(self._store, each, key).go()
        )

    def close(self) -> None:
        """Let go of the files."""
        self._store.close()
        self._empty.close()
        self._inside.close()


@contextmanager
def scene() -> Iterator[Scene]:
    """A scene in memory where the system has a folder there, else in a temporary one; gone when the block ends."""
    in_memory = Path("/dev/shm")  # noqa: S108 - a private folder is made in it
    with tempfile.TemporaryDirectory(prefix="value-loop-attack-", dir=in_memory if in_memory.is_dir() else None) as it:
        made = Scene(Path(it))
        try:
            yield made
        finally:
            made.close()


def _leader(look: Look) -> str:
    return LEADER if look.whom < 0 else manager_email(look.whom)


def _person(member: Member) -> Person:
    return Person(member.email, f"Name {member.email}", manager_email(member.manager))
