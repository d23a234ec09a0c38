"""What is due by the clock, on a real database: rounds close, and what was said in them goes when its time is over."""

from __future__ import annotations

import shutil
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path

import pytest

from assistant.domain.access import ANALYSIS, OPERATOR, person
from assistant.domain.conversation import Conversation, ConversationState, Message
from assistant.domain.errors import Refused
from assistant.domain.organisation import Person
from assistant.domain.report import Report
from assistant.domain.words import ConversationKind, Speaker
from assistant.engines.embedded.engine import EmbeddedEngine
from assistant.loop.analysis import analyse, estimate
from assistant.loop.organisation import import_people
from assistant.loop.rounds import close_round, open_round
from assistant.loop.upkeep import Deleted, Upkeep, keep_up
from assistant.stores.knowledge_files import load_knowledge
from assistant.stores.sql.store import SqlStore
from tests.fakes.reports import a_claim, a_finding, a_named_statement, a_report

NOON = datetime(2026, 8, 2, 12, tzinfo=UTC)
LATER = NOON + timedelta(days=90)
MIA, LI = "mia@acme.example", "li@acme.example"
OLD, NEW = "2026-Q3", "2026-Q4"
KNOWLEDGE = load_knowledge(Path(__file__).parents[3] / "knowledge")
an_engine = cache(lambda: EmbeddedEngine.load(KNOWLEDGE))


def said(round_key: str, id: str, author: str, about: str | None, state: ConversationState) -> Conversation:
    kind = ConversationKind.FEEDBACK if author == LI else ConversationKind.REFLECTION
    messages = (Message(Speaker.USER, "Decisions take far too long."),)
    return Conversation(id, round_key, kind, author, about, messages, state=state)


@pytest.fixture
def store(tmp_path: Path) -> SqlStore:
    """Mia and Li, who both spoke in a round that is closed and has a report, and in one that is open."""
    store = SqlStore.open(tmp_path)
    import_people(store, [Person(MIA, "Mia Berg", None), Person(LI, "Li", MIA)])
    for key in (OLD, NEW):
        open_round(store, key, NOON)
        with store.work() as work:
            for id_, author, about, state in (
                ("r", MIA, None, ConversationState.SENT),
                ("f", LI, MIA, ConversationState.SENT),
                ("d", MIA, LI, ConversationState.DRAFT),
            ):
                assert work.conversations.add(said(key, f"{key}-{id_}", author, about, state), f"{key}-{id_}")
            work.reports.save(the_report(key))
    close_round(store, OLD, NOON)
    return store


def the_report(key: str) -> Report:
    quoting = {"claims": (a_claim(text="I decide on the spot"),), "named": (a_named_statement(author=LI),)}
    return replace(a_report(MIA, a_finding(), round_key=key), **quoting)


def held(store: SqlStore) -> list[str]:
    with store.work() as work:
        return sorted(c.id for email in (MIA, LI) for c in work.conversations.by_author(email, person(email)))


def test_words_go_with_the_last_of_their_days(store: SqlStore) -> None:
    """A second before nothing is due; then what was said in that round goes, drafts as well, and nothing else."""
    everything = held(store)
    assert keep_up(store, LATER - timedelta(seconds=1), 90) == Upkeep((), ())
    assert held(store) == everything
    assert keep_up(store, LATER, 90) == Upkeep((), (Deleted(OLD, 3),))
    assert held(store) == [f"{NEW}-d", f"{NEW}-f", f"{NEW}-r"]


def test_doing_what_is_due_again_does_nothing(store: SqlStore) -> None:
    """Nor is the time forgotten at which it was done."""
    keep_up(store, LATER, 90)
    assert keep_up(store, LATER + timedelta(days=9), 90) == Upkeep((), ())
    with store.work() as work:
        assert work.rounds.get(OLD).words_deleted_at == LATER


def test_a_round_that_is_overdue_is_closed_first(store: SqlStore) -> None:
    """Its words have their days from then on."""
    open_round(store, "2026-Q5", NOON, closes_at=NOON + timedelta(days=1))
    assert keep_up(store, LATER, 90) == Upkeep(("2026-Q5",), (Deleted(OLD, 3),))


def test_a_report_stays_and_quotes_nobody(store: SqlStore) -> None:
    """Findings, and what the manager's claims were about and how they fared, are as before; all words are gone."""
    keep_up(store, LATER, 90)
    before = the_report(OLD)
    with store.work() as work:
        assert work.reports.get(MIA, OLD, OPERATOR) == replace(
            before, claims=tuple(replace(claim, text="") for claim in before.claims), named=()
        )
        assert work.reports.get(MIA, NEW, OPERATOR) == the_report(NEW)


def test_a_round_without_words_is_not_analysed_over_its_report(store: SqlStore) -> None:
    """It is refused with the day, before anything is read, and the report is as it was."""
    keep_up(store, LATER, 90)
    for use in (analyse, estimate):
        with pytest.raises(Refused, match=r"deleted on 2026-10-31.*reports stay"):
            use(store, an_engine(), KNOWLEDGE, OLD)
    with store.work() as work:
        assert work.reports.get(MIA, OLD, OPERATOR) is not None


def test_words_that_go_during_an_analysis_take_no_report_with_them(store: SqlStore) -> None:
    """Whoever has read them a moment ago cannot put a report in the place of the one that is there."""

    def words_go(done: int, _of: int) -> None:
        if done == 0:
            keep_up(store, LATER, 90)

    with pytest.raises(Refused, match="deleted on"):
        analyse(store, an_engine(), KNOWLEDGE, OLD, progress=words_go)
    with store.work() as work:
        assert work.reports.get(MIA, OLD, OPERATOR) is not None


def test_an_old_copy_of_the_database_holds_nothing_of_what_was_deleted(store: SqlStore, tmp_path: Path) -> None:
    """Its keys are gone: put back, it opens with the reports, without their quotes, and with all other rounds."""
    store.close()
    old = shutil.copy(tmp_path / "value-loop.sqlite3", tmp_path / "old")
    keep_up(SqlStore.open(tmp_path), LATER, 90)
    shutil.copy(old, tmp_path / "value-loop.sqlite3")
    for path in tmp_path.glob("value-loop.sqlite3-*"):
        path.unlink()
    again = SqlStore.open(tmp_path)
    assert held(again) == [f"{NEW}-d", f"{NEW}-f", f"{NEW}-r"]
    with again.work() as work:
        assert work.conversations.about_manager(OLD, MIA, ANALYSIS) == ()
        assert work.reports.get(MIA, OLD, OPERATOR) == replace(the_report(OLD), claims=(), named=())
    assert keep_up(again, LATER, 90).deleted == (Deleted(OLD, 0),)
    again.close()
