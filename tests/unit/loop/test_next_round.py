"""Two rounds: a report, a commitment, and what the team says of it the next time; real engine, real database."""

from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path

import pytest

from assistant.domain.access import OPERATOR, person
from assistant.domain.commitments import CommitmentState
from assistant.domain.conversation import Conversation, Message
from assistant.domain.errors import Refused
from assistant.domain.organisation import Person
from assistant.domain.report import Report
from assistant.domain.trend import Direction, Noticed
from assistant.domain.usage import CallPurpose
from assistant.domain.words import ConversationKind, FindingKind, Role, Speaker
from assistant.engines.embedded.engine import EmbeddedEngine
from assistant.engines.llm.usage import LedgerInMemory
from assistant.loop.analysis import analyse
from assistant.loop.commitments import Intention, look_back, take_on
from assistant.loop.conversations import answer, begin, import_conversations, say, send
from assistant.loop.formats import report_html, report_json, report_markdown
from assistant.loop.organisation import import_people
from assistant.loop.reports import read_report, read_since
from assistant.loop.rounds import close_round, open_round
from assistant.ports.engine import Engine
from assistant.stores.knowledge_files import load_knowledge
from assistant.stores.sql.store import SqlStore
from tests.fakes.chats import an_engine
from tests.fakes.well_behaved import well_behaved

KNOWLEDGE = load_knowledge(Path(__file__).parents[3] / "knowledge")
NOW = datetime(2026, 7, 6, 9, tzinfo=UTC)
MIA, TONI = "mia@acme.example", "toni@acme.example"
STEP = "On xylographic Mondays I decide what is waiting."
WAITING = "Decisions take far too long and we wait for weeks."
DECIDED = "She decides the same day when we ask for a sign-off, which helps me a lot."
TAUGHT = "She took time to show me how the new machine works, step by step."
the_engine = cache(lambda: EmbeddedEngine.load(KNOWLEDGE))


@pytest.fixture
def store(tmp_path: Path):
    """Toni leads Mia, who leads six people."""
    opened = SqlStore.open(tmp_path)
    team = [Person(f"m{n}@acme.example", f"Member {n}", MIA) for n in range(6)]
    import_people(opened, [Person(TONI, "Toni Top", None, "", Role.LEADER), Person(MIA, "Mia Maker", TONI), *team])
    yield opened
    opened.close()


def a_round(store: SqlStore, key: str, opened: datetime, *said: str, engine: Engine | None = None) -> Report:
    """A round in which each of the team says one thing, and what its report says; read by the embedded engine."""
    open_round(store, key, opened)
    held = tuple(_feedback(f"{key}-{n}", key, f"m{n}@acme.example", words) for n, words in enumerate(said))
    import_conversations(store, held)
    close_round(store, key, opened + timedelta(days=20))
    (report,) = analyse(store, engine or the_engine(), KNOWLEDGE, key, MIA)
    return report


def _feedback(id: str, key: str, author: str, words: str) -> Conversation:
    return Conversation(id, key, ConversationKind.FEEDBACK, author, MIA, (Message(Speaker.USER, words),))


def held(
    store: SqlStore, engine: Engine, author: str, about: str | None, answers: tuple[str, ...], now: datetime
) -> list[str]:
    """A conversation of the second round, sent at its end; what the assistant has said in it."""
    viewer, kind = person(author), ConversationKind.FEEDBACK if about else ConversationKind.REFLECTION
    talk = begin(store, engine, viewer, "2026-Q4", kind, about, author, now).id
    for place, words in enumerate(answers):
        say(store, viewer, talk, 2 * place + 1, words)
        "".join(answer(store, engine, viewer, talk))
    send(store, engine, viewer, talk)
    with store.work() as work:
        return [m.content for m in work.conversations.get(talk, viewer).messages if m.role is Speaker.ASSISTANT]


def takes_on(store: SqlStore, at: datetime):
    """Mia takes on to decide in time."""
    wanted = Intention("2026-Q3", (at + timedelta(days=21)).date(), None, "timely_decisions", STEP)
    return take_on(store, KNOWLEDGE, person(MIA), MIA, wanted, "a" * 32, at)


@pytest.mark.parametrize(
    ("said", "noticed", "respondents"),
    [
        ([DECIDED] * 5 + [TAUGHT], Noticed.NOTICED, 5),
        ([WAITING] * 5 + [TAUGHT], Noticed.NOT_NOTICED, 5),
        ([DECIDED] * 3 + [WAITING] * 3, Noticed.MIXED, 6),
        ([DECIDED] * 3 + [TAUGHT] * 3, Noticed.TOO_EARLY, None),
        ([TAUGHT] * 6, Noticed.TOO_EARLY, 0),
    ],
    ids=["valued", "missing", "both", "three voices", "not a word"],
)
def test_the_team_s_answers_decide_what_the_next_report_says(store, said, noticed, respondents):
    """Imported feedback will do: what counts is how the team speaks of it, and that enough people do."""
    a_round(store, "2026-Q3", NOW, *[WAITING] * 5, TAUGHT)
    takes_on(store, NOW + timedelta(days=30))
    report = a_round(store, "2026-Q4", NOW + timedelta(days=90), *said)
    (echo,) = report.echoes
    assert (echo.behaviour, echo.noticed, echo.respondents) == ("timely_decisions", noticed, respondents)


def test_the_manager_reads_what_was_noticed_and_nobody_above_does(store):
    """In each format with how it was before and without what Mia wrote; a leader's reports hold nothing of it."""
    a_round(store, "2026-Q3", NOW, *[WAITING] * 5, TAUGHT)
    taken = takes_on(store, NOW + timedelta(days=30))
    look_back(store, person(MIA), taken.id, CommitmentState.DONE, "Went well.", NOW + timedelta(days=50))
    a_round(store, "2026-Q4", NOW + timedelta(days=90), *[DECIDED] * 5, TAUGHT)
    later = NOW + timedelta(days=120)
    report = read_report(store, person(MIA), MIA, "2026-Q4", later)
    since = read_since(store, person(MIA), report, later)
    (moved,) = [topic for topic in since.topics if topic.behaviour == "timely_decisions"]
    assert (since.round_key, moved.direction) == ("2026-Q3", Direction.UP)
    written = [
        report_markdown.as_markdown(report, {}, KNOWLEDGE, since),
        report_html.as_html(report, {}, KNOWLEDGE, since),
    ]
    for text in written:
        assert "Your team speaks of it as something that is there. Last time it was among what they missed" in text
    told = report_json.as_json(report, since)
    assert [one["noticed"] for one in told["commitments"]] == ["noticed"]
    assert told["since"]["round"] == "2026-Q3"
    assert not any("xylographic" in text for text in (*written, repr(told), repr(report)))
    with store.work() as work:
        (above,) = work.reports.below(TONI, "2026-Q4", person(TONI))
    assert above.echoes == ()


def test_below_the_floor_nothing_is_said_of_what_was_taken_on(store):
    """With three answers in the round there is neither an echo nor a trend."""
    a_round(store, "2026-Q3", NOW, *[WAITING] * 5, TAUGHT)
    takes_on(store, NOW + timedelta(days=30))
    report = a_round(store, "2026-Q4", NOW + timedelta(days=90), *[DECIDED] * 3)
    assert report.suppressed
    assert report.echoes == ()
    assert read_since(store, OPERATOR, report, NOW + timedelta(days=120)) is None


def test_nobody_chooses_by_the_answers_what_is_told(store):
    """What is taken on once the round has opened is not asked after in it, however often it is analysed."""
    a_round(store, "2026-Q3", NOW, *[WAITING] * 5, TAUGHT)
    a_round(store, "2026-Q4", NOW + timedelta(days=90), *[DECIDED] * 5, TAUGHT)
    takes_on(store, NOW + timedelta(days=91))
    (again,) = analyse(store, the_engine(), KNOWLEDGE, "2026-Q4", MIA)
    assert again.echoes == ()


def test_the_first_report_has_nothing_to_be_laid_beside(store):
    """And whoever may not read a report may not read what has changed in it."""
    report = a_round(store, "2026-Q3", NOW, *[WAITING] * 5, TAUGHT)
    assert read_since(store, person(MIA), report, NOW) is None
    second = a_round(store, "2026-Q4", NOW + timedelta(days=90), *[DECIDED] * 5)
    with pytest.raises(Refused):
        read_since(store, person(TONI), second, NOW)


def test_two_rounds_run_through_on_a_language_model(store):
    """Report, step, both conversations that ask after it, and its echo, all by a model that does as it is asked."""
    ledger = LedgerInMemory()
    engine = an_engine(well_behaved(the_engine(), missing={WAITING}), the_engine(), KNOWLEDGE, ledger)
    first = a_round(store, "2026-Q3", NOW, *[WAITING] * 5, TAUGHT, engine=engine)
    assert {f.kind for f in first.findings if f.behaviour == "timely_decisions"} == {FindingKind.BLIND_SPOT}
    takes_on(store, NOW + timedelta(days=30))
    later = NOW + timedelta(days=90)
    open_round(store, "2026-Q4", later)
    asked_of_mia = held(store, engine, MIA, None, ("I decide on the same day now, each Monday.",), later)
    assert STEP.rstrip(".") in asked_of_mia[0]
    asked_of_one = held(store, engine, "m0@acme.example", MIA, (DECIDED, TAUGHT, DECIDED), later)
    question = KNOWLEDGE.behaviours["timely_decisions"].change_question
    assert sum(question in words for words in asked_of_one) == 1
    assert not any("xylographic" in words for words in asked_of_one)
    others = (_feedback(f"later-{n}", "2026-Q4", f"m{n}@acme.example", DECIDED) for n in range(1, 6))
    import_conversations(store, tuple(others))
    close_round(store, "2026-Q4", later + timedelta(days=20))
    (report,) = analyse(store, engine, KNOWLEDGE, "2026-Q4", MIA)
    (echo,) = report.echoes
    assert (echo.behaviour, echo.noticed, echo.respondents) == ("timely_decisions", Noticed.NOTICED, 6)
    of_second = {kind.purpose for kind in ledger.used if kind.round_key == "2026-Q4"}
    assert of_second >= {CallPurpose.TURNS, CallPurpose.READING, CallPurpose.WORDING}
    assert not any(used.stand_ins for used in ledger.used.values())
