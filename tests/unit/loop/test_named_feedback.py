"""Feedback under a name or taken back: what a report then shows, and what it must not tell of others."""

from collections.abc import Callable, Iterator
from dataclasses import asdict
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

import pytest

from assistant.domain.access import ANALYSIS, OPERATOR, Viewer, person
from assistant.domain.conversation import Conversation, ConversationState, Message
from assistant.domain.errors import Refused, Unknown
from assistant.domain.organisation import Person
from assistant.domain.report import Report
from assistant.domain.words import ConversationKind, Role, Speaker
from assistant.engines.embedded.engine import EmbeddedEngine
from assistant.engines.embedded.model import LanguageModel
from assistant.loop.analysis import analyse
from assistant.loop.conversations import import_conversations
from assistant.loop.organisation import import_people
from assistant.loop.own_data import erase
from assistant.loop.reports import read_report
from assistant.loop.rounds import close_round, open_round
from assistant.loop.withdrawing import Fate, withdraw
from assistant.stores.knowledge_files import load_knowledge
from assistant.stores.sql.store import SqlStore

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)
ROUND = "2026-Q4"
KNOWLEDGE = load_knowledge(Path(__file__).parents[3] / "knowledge")
SAYS = "She keeps meetings short so that we can work."
SIGNED = "She gives credit to whoever did the work, openly and by name."
the_model = cache(LanguageModel.load)


@pytest.fixture
def engine() -> EmbeddedEngine:
    return EmbeddedEngine(the_model(), KNOWLEDGE)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[SqlStore]:
    """Mia leads six people and reports to Zoe, a leader; a round with floor 4 is open."""
    opened = SqlStore.open(tmp_path)
    above = [
        Person("zoe@acme.example", "Zoe", None, role=Role.LEADER),
        Person("mia@acme.example", "Mia", "zoe@acme.example"),
    ]
    import_people(
        opened, [*above, *(Person(f"m{n}@acme.example", f"Member {n}", "mia@acme.example") for n in range(6))]
    )
    open_round(opened, ROUND, NOON)
    yield opened
    opened.close()


@pytest.fixture
def sent(store: SqlStore) -> Callable[..., None]:
    """Feedback of member 0, 1, 2 and so on; the first so many of them under their name."""

    def _sent(people: int, named: int = 0) -> None:
        for n in range(people):
            words = f"{SAYS} {SIGNED}" if n < named else SAYS
            messages = (Message(Speaker.USER, words),)
            about = (f"m{n}@acme.example", "mia@acme.example")
            feedback = ConversationKind.FEEDBACK
            import_conversations(
                store, (Conversation(f"f{n}", ROUND, feedback, *about, messages, n < named, created_at=NOON),)
            )

    return _sent


def made(store: SqlStore, engine: EmbeddedEngine) -> Report:
    """Mia's report as it comes of an analysis."""
    (report,) = [r for r in analyse(store, engine, KNOWLEDGE, ROUND) if r.manager == "mia@acme.example"]
    return report


def texts(report: Report) -> str:
    """All that a report holds, but for what was signed."""
    return str(asdict(report) | {"named": ()})


def test_what_is_signed_reaches_the_manager_in_its_words(store, engine, sent) -> None:
    """Under the name and nowhere else; the statements count with the others as before."""
    sent(5, named=1)
    report = made(store, engine)
    assert not report.suppressed
    assert {one.author for one in report.named} == {"m0@acme.example"}
    assert any(one.text in SIGNED for one in report.named)
    assert "m0@acme.example" not in texts(report)
    assert any(finding.behaviour == "few_meetings" for finding in report.findings)


def test_whoever_is_named_does_not_fill_the_floor_for_the_others(store, engine, sent) -> None:
    """Of four people one is known; three are not enough, so only what was signed is shown."""
    sent(4, named=1)
    report = made(store, engine)
    assert report.suppressed
    assert report.findings == ()
    assert {one.author for one in report.named} == {"m0@acme.example"}


def test_numbers_do_not_tell_of_fewer_than_the_floor_beside_a_named_one(store, engine, sent) -> None:
    """Where five speak to a topic and two are known, the number is not shown: it would tell of three."""
    sent(6, named=2)
    report = made(store, engine)
    assert not report.suppressed
    assert all(f.respondents in {None, 0, 6} for f in report.findings)


def test_a_leader_reads_nothing_that_was_signed_to_the_manager(store, engine, sent) -> None:
    """It was said to the manager, and to nobody above."""
    sent(6, named=1)
    made(store, engine)
    close_round(store, ROUND, NOON)
    with store.work() as work:
        seen = work.reports.below("zoe@acme.example", ROUND, person("zoe@acme.example"))
    assert [report.named for report in seen] == [()]


def test_an_erasure_takes_signed_words_out_of_reports_that_are_made(store, engine, sent) -> None:
    """A report that somebody has seen stays, without the words of whoever was erased."""
    sent(6, named=2)
    made(store, engine)
    read_report(store, OPERATOR, "mia@acme.example", ROUND, NOON)
    erase(store, "m0@acme.example")
    with store.work() as work:
        report = work.reports.get("mia@acme.example", ROUND, OPERATOR)
    assert report is not None
    assert {one.author for one in report.named} == {"m1@acme.example"}


@pytest.mark.parametrize("viewer", [person("m0@acme.example"), OPERATOR])
def test_what_is_taken_back_is_a_draft_and_counts_no_more(store, engine, sent, viewer: Viewer) -> None:
    """The report that rested on it goes, the next one does without; the author finds the words and nobody else does."""
    sent(5, named=1)
    made(store, engine)
    withdraw(store, viewer, "M0@acme.example", ROUND, Fate.DRAFT)
    with store.work() as work:
        assert work.reports.get("mia@acme.example", ROUND, OPERATOR) is None
        assert work.conversations.get("f0", person("m0@acme.example")).state is ConversationState.DRAFT
        assert "f0" not in {c.id for c in work.conversations.about_manager(ROUND, "mia@acme.example", ANALYSIS)}
    report = made(store, engine)
    assert report.respondents == 4
    assert report.named == ()


def test_what_is_deleted_is_gone(store, engine, sent, tmp_path) -> None:
    """No file under the home folder holds the words any more."""
    sent(5, named=1)
    made(store, engine)
    withdraw(store, OPERATOR, "m0@acme.example", ROUND, Fate.DELETED)
    assert [
        path.name for path in tmp_path.rglob("*") if path.is_file() and b"openly and by name" in path.read_bytes()
    ] == []


def test_after_closing_it_stays_and_the_answer_says_what_can_be_done(store, sent) -> None:
    """The round rests on it by then; erasing is still possible, and is said."""
    sent(4)
    close_round(store, ROUND, NOON)
    with pytest.raises(Refused, match=r"closed.*erased"):
        withdraw(store, person("m0@acme.example"), "m0@acme.example", ROUND, Fate.DRAFT)


def test_nobody_takes_back_what_somebody_else_has_said(store, sent) -> None:
    """Neither the manager nor a colleague; and there has to be something."""
    sent(2)
    for other in ("mia@acme.example", "m1@acme.example", "zoe@acme.example"):
        with pytest.raises(Refused, match="whoever sent"):
            withdraw(store, person(other), "m0@acme.example", ROUND, Fate.DELETED)
    with pytest.raises(Unknown, match="sent no feedback"):
        withdraw(store, OPERATOR, "m5@acme.example", ROUND, Fate.DRAFT)
