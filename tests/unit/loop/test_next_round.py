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
from assistant.domain.words import ConversationKind, Role, Speaker
from assistant.engines.embedded.engine import EmbeddedEngine
from assistant.loop.analysis import analyse
from assistant.loop.commitments import Intention, look_back, take_on
from assistant.loop.conversations import import_conversations
from assistant.loop.formats import report_html, report_json, report_markdown
from assistant.loop.organisation import import_people
from assistant.loop.reports import read_report, read_since
from assistant.loop.rounds import close_round, open_round
from assistant.stores.knowledge_files import load_knowledge
from assistant.stores.sql.store import SqlStore

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


def a_round(store: SqlStore, key: str, opened: datetime, *said: str) -> Report:
    """A round in which each of the team says one thing, and what its report says."""
    open_round(store, key, opened)
    held = tuple(_feedback(f"{key}-{n}", key, f"m{n}@acme.example", words) for n, words in enumerate(said))
    import_conversations(store, held)
    close_round(store, key, opened + timedelta(days=20))
    (report,) = analyse(store, the_engine(), KNOWLEDGE, key, MIA)
    return report


def _feedback(id: str, key: str, author: str, words: str) -> Conversation:
    return Conversation(id, key, ConversationKind.FEEDBACK, author, MIA, (Message(Speaker.USER, words),))


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
