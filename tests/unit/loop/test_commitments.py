"""What a manager takes on is asked after in the next round, without a word of it reaching the team."""

from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path

import pytest

from assistant.domain.access import OPERATOR, person
from assistant.domain.commitments import CommitmentState
from assistant.domain.errors import BadInput, Refused, Unknown
from assistant.domain.interview import Setting
from assistant.domain.organisation import Person
from assistant.domain.words import ConversationKind
from assistant.engines.embedded.engine import EmbeddedEngine
from assistant.engines.embedded.model import LanguageModel
from assistant.loop.commitments import Intention, look_back, read_commitments, take_on
from assistant.loop.conversations import answer, begin, say
from assistant.loop.organisation import import_people
from assistant.loop.rounds import close_round, open_round
from assistant.stores.knowledge_files import load_knowledge
from assistant.stores.sql.store import SqlStore
from tests.fakes.reports import a_finding, a_report, a_suggestion

KNOWLEDGE = load_knowledge(Path(__file__).parents[3] / "knowledge")
the_model = cache(LanguageModel.load)
NOW = datetime(2026, 10, 5, 9, tzinfo=UTC)
LATER = NOW + timedelta(days=60)
MIA, LI, BEN = "mia@acme.example", "li@acme.example", "ben@acme.example"
REFLECTION, FEEDBACK = ConversationKind.REFLECTION, ConversationKind.FEEDBACK


class Listening(EmbeddedEngine):
    """The real engine, which notes in which setting it is asked to word a turn."""

    def __init__(self) -> None:
        super().__init__(the_model(), KNOWLEDGE)
        self.settings: list[Setting] = []

    def word(self, turn, setting, history):
        """Like the real one."""
        self.settings.append(setting)
        return (yield from super().word(turn, setting, history))


@pytest.fixture
def store(tmp_path: Path):
    """Mia leads Li and Ben; she has a report of the closed 2026-Q3."""
    opened = SqlStore.open(tmp_path)
    import_people(opened, [Person(MIA, "Mia Berg", None), Person(LI, "Li Wei", MIA), Person(BEN, "Ben Holt", MIA)])
    open_round(opened, "2026-Q3", NOW - timedelta(days=30))
    close_round(opened, "2026-Q3", NOW)
    with opened.work() as work:
        work.reports.save(
            a_report(MIA, a_finding(behaviour="priorities"), round_key="2026-Q3", suggestions=(a_suggestion(),))
        )
    yield opened
    opened.close()


def taken(store: SqlStore, **wanted):
    """Mia takes something on, from her report unless said otherwise."""
    values = {"due": (NOW + timedelta(days=20)).date(), "suggestion": "s1", **wanted}
    return take_on(store, KNOWLEDGE, person(MIA), MIA, Intention("2026-Q3", **values), f"id-{values}", NOW)


def heard(store: SqlStore, author: str, kind: ConversationKind, about: str | None) -> tuple[Setting, Setting]:
    """The settings in which somebody is asked first, and after an answer, in the next round."""
    engine = Listening()
    held = begin(store, engine, person(author), "2026-Q4", kind, about, f"{author}/{about}", LATER)
    say(store, person(author), held.id, 1, "I took time for it.")
    list(answer(store, engine, person(author), held.id))
    first, second = engine.settings
    return first, second


def test_a_suggestion_is_taken_on_as_it_stands_or_in_own_words(store):
    """What it is about follows from the finding that the suggestion answers first."""
    as_it_stands, own = taken(store), taken(store, step=" Say it on Mondays. ")
    assert (as_it_stands.step, as_it_stands.behaviour, as_it_stands.practice) == (
        "Count to three.",
        "priorities",
        "let-people-finish",
    )
    assert own.step == "Say it on Mondays."
    assert own.question == KNOWLEDGE.behaviours["priorities"].change_question


def test_an_own_idea_says_what_it_is_about(store):
    """Without it nothing could be asked after."""
    assert taken(store, suggestion=None, behaviour="goals", step="Agree.").practice is None
    with pytest.raises(BadInput, match="what it is about"):
        taken(store, suggestion=None, behaviour="juggling", step="Juggle.")
    with pytest.raises(Unknown, match="no suggestion"):
        taken(store, suggestion="s7")


def test_nobody_takes_on_or_reads_for_somebody_else(store):
    """Not even who stands in the same line."""
    with pytest.raises(Refused):
        read_commitments(store, person(LI), MIA, NOW)
    with pytest.raises(Refused):
        take_on(store, KNOWLEDGE, person(LI), MIA, Intention("2026-Q3", NOW.date(), "s1"), "x", NOW)
    assert read_commitments(store, OPERATOR, MIA, NOW) == ()


def test_the_team_is_asked_a_neutral_question_and_hears_no_word_of_it(store):
    """The same question for everybody; whose wish it is and what was taken on is not in the setting."""
    step = "Say it on xylographic Mondays."
    question = taken(store, step=step).question
    open_round(store, "2026-Q4", LATER - timedelta(days=1))
    settings = [*heard(store, LI, FEEDBACK, MIA), *heard(store, BEN, FEEDBACK, MIA)]
    assert [setting.change_asked for setting in settings] == [question] * 4
    assert [setting.commitment for setting in settings] == [None] * 4
    assert "xylographic" not in repr(settings)


def test_the_manager_is_asked_after_it_in_the_first_reflection_alone(store):
    """In their own words; the second person they reflect upon has nothing to do with it."""
    taken(store, step="Say it on Mondays.")
    open_round(store, "2026-Q4", LATER - timedelta(days=1))
    assert [s.commitment for s in heard(store, MIA, REFLECTION, LI)] == ["Say it on Mondays."] * 2
    assert [s.commitment for s in heard(store, MIA, REFLECTION, None)] == [None] * 2


def test_nothing_is_asked_after_what_was_let_go_or_never_taken_on(store):
    """The conversations go on as without commitments."""
    look_back(store, person(MIA), taken(store).id, CommitmentState.DROPPED, "No time.", NOW)
    open_round(store, "2026-Q4", LATER - timedelta(days=1))
    for setting in (*heard(store, LI, FEEDBACK, MIA), *heard(store, MIA, REFLECTION, LI)):
        assert (setting.commitment, setting.change_asked) == (None, None)
