"""A leader asks: who may, over which round, and what is written down about it."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from assistant.domain.access import OPERATOR, Viewer, person
from assistant.domain.errors import BadInput, OutOfReach, Refused, Unknown
from assistant.domain.indexing import Shelf
from assistant.domain.inquiry import Answer, Measure, Query
from assistant.domain.organisation import Person
from assistant.domain.reading_log import AskedFor, Capacity, LogEntry, Looked, Outcome
from assistant.domain.report import Report
from assistant.domain.words import FindingKind, Role
from assistant.engines.embedded.analyst import EmbeddedAnalyst
from assistant.engines.embedded.question_reader import UNSURE
from assistant.loop.organisation import import_people
from assistant.loop.questions import ask, ask_picked, askable
from assistant.loop.rounds import close_round, open_round
from assistant.ports.index import Index
from assistant.stores.chroma.index import ChromaIndex
from assistant.stores.sql.store import SqlStore
from tests.fakes.encoder import BagOfWords
from tests.fakes.reports import BEHAVIOURS, a_finding, a_report, a_suppressed_report

NOW = datetime(2026, 11, 2, 9, 0, tzinfo=UTC)
ADA, MIA, LEO = "ada@acme.example", "mia@acme.example", "leo@acme.example"
BLIND_SPOTS = "Where are blind spots?"


class Engine(EmbeddedAnalyst, BagOfWords):
    """The embedded analyst with a classifier that is never sure, and an encoder that counts words."""

    def __init__(self) -> None:
        EmbeddedAnalyst.__init__(self, lambda _question, _signs: UNSURE, BEHAVIOURS)
        BagOfWords.__init__(self)

    def of_round(self, key: str) -> "Engine":  # noqa: ARG002 - no round changes it
        """Itself."""
        return self


class NoVectors(Engine):
    """Its vectors come from a server that is not there."""

    def vectors(self, texts: Sequence[str]) -> list[list[float]]:
        """None."""
        raise OutOfReach(f"Nobody is there for {len(texts)} texts.")


@pytest.fixture
def store(tmp_path: Path) -> SqlStore:
    """Ada leads Mia and Leo, who have people of their own; round 2026-Q3 is closed, 2026-Q4 open."""
    store = SqlStore.open(tmp_path)
    import_people(
        store,
        [
            Person(ADA, "Ada Byron", None, "Board", Role.LEADER),
            Person("tom@acme.example", "Tom Ford", None, "Board", Role.ADMIN),
            Person(MIA, "Mia Berg", ADA, "Heads"),
            Person(LEO, "Leo Stern", ADA, "Heads"),
            Person("li@acme.example", "Li Wei", MIA, "Pricing"),
            Person("ben@acme.example", "Ben Holt", LEO, "Depot"),
        ],
    )
    open_round(store, "2026-Q3", NOW - timedelta(days=90))
    close_round(store, "2026-Q3", NOW - timedelta(days=60))
    open_round(store, "2026-Q4", NOW - timedelta(days=5))
    return store


@pytest.fixture
def index(tmp_path: Path):
    """A real vector index, closed afterwards."""
    index = ChromaIndex.open(tmp_path / "index", BagOfWords().fingerprint)
    yield index
    index.close()


def publish(store: SqlStore, *reports: Report) -> None:
    """Keep reports as an analysis does."""
    with store.work() as work:
        for report in reports:
            work.reports.save(report)


def asked(
    store: SqlStore,
    question: str = BLIND_SPOTS,
    viewer: Viewer = person(ADA),  # noqa: B008 a frozen value
    acting_for: str = ADA,
    round_key: str | None = None,
    index: Index | None = None,
) -> Answer:
    """What the engine of these tests answers."""
    return ask(store, Engine(), index, viewer, question, acting_for, round_key, NOW, BEHAVIOURS)


def test_a_leader_is_answered_from_the_latest_closed_round(store):
    """The open round has reports too, and a person is not answered from it."""
    publish(store, a_report(MIA, a_finding(), round_key="2026-Q3"), a_report(MIA, a_finding(), round_key="2026-Q4"))
    answered = asked(store)
    assert answered.round_key == "2026-Q3"
    assert [finding.id for finding in answered.findings] == [f"{MIA}/f1"]


def test_the_operator_is_answered_from_the_latest_round_with_reports(store):
    """For the operator an open round counts as well."""
    publish(store, a_report(MIA, a_finding(), round_key="2026-Q3"), a_report(MIA, a_finding(), round_key="2026-Q4"))
    assert asked(store, viewer=OPERATOR).round_key == "2026-Q4"


def test_before_any_analysis_there_is_nothing_to_ask_about(store):
    """Without reports the leader is told what is missing."""
    with pytest.raises(Unknown, match="no reports to ask about yet"):
        asked(store)


@pytest.mark.parametrize(
    ("viewer", "acting_for"),
    [
        (person(MIA), MIA),
        (person(MIA), ADA),
        (person("tom@acme.example"), "tom@acme.example"),
        (person("tom@acme.example"), ADA),
    ],
)
def test_only_a_leader_may_ask_and_only_for_themselves(store, viewer, acting_for):
    """Managers without the role, admins and everybody who acts for somebody else are turned away."""
    publish(store, a_report(MIA, a_finding(), round_key="2026-Q3"))
    with pytest.raises(Refused):
        asked(store, viewer=viewer, acting_for=acting_for)


def test_an_open_round_is_not_asked_about(store):
    """Naming the open round does not get round the rule."""
    publish(store, a_report(MIA, a_finding(), round_key="2026-Q4"))
    with pytest.raises(Refused, match="still open"):
        asked(store, round_key="2026-Q4")


@pytest.mark.parametrize(("question", "says"), [("", "no question"), (" \n\t", "no question"), ("a" * 2001, "2,000")])
def test_an_empty_or_endless_question_is_bad_input(store, question, says):
    """The question is checked before anything is read."""
    with pytest.raises(BadInput, match=says):
        asked(store, question)


def test_every_answer_is_written_to_the_reader_log(store):
    """Who looked, when, at which round, and whose findings they saw; no words of the question."""
    publish(store, a_report(MIA, a_finding(), round_key="2026-Q3"), a_report(LEO, round_key="2026-Q3"))
    asked(store)
    with store.work() as work:
        (entry,) = work.reader_log.entries()
    assert entry == LogEntry(
        NOW, ADA, Looked.ANSWER, "2026-Q3", (MIA,), Capacity.LEADER, Outcome.SHOWN,
        AskedFor(Measure.FINDINGS, kinds=(FindingKind.BLIND_SPOT,)),
    )  # fmt: skip


def test_figures_are_logged_for_every_manager_they_are_made_of(store):
    """An answer in numbers cites no finding and still is a reading of all the reports behind it."""
    publish(
        store,
        a_report(MIA, round_key="2026-Q3"),
        a_report(LEO, round_key="2026-Q3"),
    )
    asked(store, "How many people gave feedback?")
    with store.work() as work:
        (entry,) = work.reader_log.entries()
    assert entry.about == (LEO, MIA)


def test_a_refused_question_is_logged_about_those_it_was_meant_for(store):
    """Nothing was shown; that somebody asked, and about whom, is kept."""
    publish(store, a_report(MIA, a_finding(), round_key="2026-Q3"))
    assert asked(store, "Who complained about Mia?").refused
    with store.work() as work:
        (entry,) = work.reader_log.entries()
    assert (entry.about, entry.outcome, entry.asked.measure) == ((MIA,), Outcome.REFUSED, Measure.WHO_SAID_WHAT)


def test_a_question_that_may_not_be_asked_is_logged_as_refused(store):
    """The refusal comes before anything is understood, so nothing is kept of what was asked."""
    with pytest.raises(Refused):
        asked(store, viewer=person(MIA), acting_for=ADA, round_key="2026-Q3")
    with store.work() as work:
        (entry,) = work.reader_log.entries()
    assert entry == LogEntry(NOW, MIA, Looked.ANSWER, "2026-Q3", (), Capacity.PERSON, Outcome.REFUSED)


def test_a_team_is_known_by_the_name_its_members_carry(store):
    """Pricing is the team that Mia leads, though she belongs to the heads herself."""
    publish(
        store,
        a_report(MIA, a_finding(), round_key="2026-Q3"),
        a_report(LEO, a_finding(), round_key="2026-Q3"),
    )
    answered = asked(store, "What is missing in the pricing team?")
    assert {finding.manager for finding in answered.findings} == {MIA}


@pytest.mark.parametrize("with_index", [True, False])
def test_a_question_without_a_topic_is_answered_by_what_is_near_in_meaning(store, index, with_index):
    """With the index, which first catches up, or without one, the finding that speaks of the matter is cited."""
    publish(
        store,
        a_report(
            MIA,
            a_finding("f1", text="Your team goes without hours in which nobody interrupts their drawing."),
            a_finding("f2", FindingKind.SHARED_STRENGTH, "goals", text="You set targets for the year."),
            round_key="2026-Q3",
        ),
        a_suppressed_report(LEO, round_key="2026-Q3"),
    )
    answered = asked(
        store, "In which teams do people draw without hours nobody interrupts?", index=index if with_index else None
    )
    assert [finding.id for finding in answered.findings] == [f"{MIA}/f1"]


def test_a_question_is_compared_on_the_spot_where_no_vectors_can_be_had(store, index):
    """The server of the embeddings is away: the index is left as it is, and the answer is the same."""
    words = "Your team goes without hours in which nobody interrupts their drawing."
    publish(store, a_report(MIA, a_finding(text=words), round_key="2026-Q3"))
    question = "In which teams do people draw without hours nobody interrupts?"
    away = ask(store, NoVectors(), index, person(ADA), question, ADA, None, NOW, BEHAVIOURS)
    assert [finding.id for finding in away.findings] == [f"{MIA}/f1"]
    assert away == asked(store, question)
    assert index.count(Shelf.FINDINGS) == 0


def test_what_is_near_is_searched_for_among_the_leaders_own_managers_only(store, index):
    """A finding of a manager elsewhere is never cited, however near it is."""
    import_people(
        store,
        [Person("vic@acme.example", "Vic Lang", None), Person("eva@acme.example", "Eva Roth", "vic@acme.example")],
    )
    words = "Your team waits for paint."
    publish(
        store,
        a_report("vic@acme.example", a_finding(text=words), round_key="2026-Q3"),
        a_report(MIA, a_finding(text="Your team goes without praise."), round_key="2026-Q3"),
    )
    answered = asked(store, "Which team has a lot of paint and a lot of people?", index=index)
    assert "vic@acme.example" not in {finding.manager for finding in answered.findings}


def test_a_whole_downline_below_the_floor_is_refused(store):
    """The refusal names how many teams, and nobody."""
    publish(store, a_suppressed_report(MIA, round_key="2026-Q3"), a_suppressed_report(LEO, round_key="2026-Q3"))
    answered = asked(store)
    assert "2 teams are below the anonymity floor" in (answered.refused or "")
    assert "Mia" not in answered.text
    with store.work() as work:
        (entry,) = work.reader_log.entries()
    assert (entry.about, entry.outcome) == ((LEO, MIA), Outcome.SUPPRESSED)


def test_a_question_over_two_rounds_is_noted_for_each_of_them(store):
    """What was read of each round stands in the log under that round."""
    publish(store, a_report(MIA, a_finding(), round_key="2026-Q3"), a_report(MIA, a_finding("f2"), round_key="2026-Q4"))
    close_round(store, "2026-Q4", NOW - timedelta(days=1))
    answered = asked(store, "Which gaps are there compared with last round?")
    assert answered.query is not None
    assert answered.query.rounds == ("2026-Q3", "2026-Q4")
    with store.work() as work:
        assert {(entry.round_key, entry.about) for entry in work.reader_log.entries()} == {
            ("2026-Q3", (MIA,)),
            ("2026-Q4", (MIA,)),
        }


def test_an_open_round_is_not_compared_with(store):
    """The latest closed round is the only one that there is to ask about."""
    publish(store, a_report(MIA, a_finding(), round_key="2026-Q3"), a_report(MIA, a_finding(), round_key="2026-Q4"))
    assert "nothing to compare it with yet" in (asked(store, "What changed since last round?").refused or "")
    assert "no closed round 2026-Q4" in (asked(store, "Where are blind spots in 2026-Q4?").refused or "")


def test_a_question_carries_on_from_the_one_before(store):
    """Only what is said anew changes."""
    publish(store, a_report(MIA, a_finding(), round_key="2026-Q3"), a_report(LEO, a_finding(), round_key="2026-Q3"))
    first = asked(store, "Where are blind spots in Mia's team?")
    second = ask(store, Engine(), None, person(ADA), "And in Leo's?", ADA, None, NOW, BEHAVIOURS, first.query)
    assert {finding.manager for finding in second.findings} == {LEO}


@pytest.mark.parametrize("managers", [("vic@acme.example",), ("vic@acme.example", MIA)])
def test_what_came_before_or_was_picked_opens_nobody_elses_team(store, managers):
    """A query that a browser made up names a manager elsewhere: nothing of them is read, shown or logged."""
    import_people(
        store,
        [Person("vic@acme.example", "Vic Lang", None), Person("eva@acme.example", "Eva Roth", "vic@acme.example")],
    )
    publish(
        store,
        a_report("vic@acme.example", a_finding(), round_key="2026-Q3"),
        a_report(MIA, a_finding(), round_key="2026-Q3"),
    )
    made_up = Query(Measure.FINDINGS, managers, kinds=tuple(FindingKind), rounds=("2026-Q4",))
    carried_on = ask(store, Engine(), None, person(ADA), "And strengths?", ADA, None, NOW, BEHAVIOURS, made_up)
    picked = ask_picked(store, Engine(), person(ADA), made_up, ADA, None, NOW, BEHAVIOURS)
    for answered in (carried_on, picked):
        assert {finding.manager for finding in answered.findings} <= {MIA}
        assert all("vic" not in manager for figure in answered.figures for manager in figure.managers)
        assert answered.round_key == "2026-Q3"
    with store.work() as work:
        assert all("vic@acme.example" not in entry.about for entry in work.reader_log.entries())


def test_a_picked_query_is_answered_as_one_that_was_asked(store):
    """Words and pickers lead to one answer."""
    publish(store, a_report(MIA, a_finding(), round_key="2026-Q3"), a_report(LEO, a_finding(), round_key="2026-Q3"))
    in_words = asked(store)
    picked = ask_picked(store, Engine(), person(ADA), in_words.query, ADA, None, NOW, BEHAVIOURS)
    assert (picked.text, picked.findings, picked.figures) == (in_words.text, in_words.findings, in_words.figures)


def test_only_a_leader_may_pick(store):
    """What can be picked from is told to nobody else, and nothing is answered."""
    publish(store, a_report(MIA, a_finding(), round_key="2026-Q3"))
    with pytest.raises(Refused):
        askable(store, person(MIA), MIA, None, NOW)
    with pytest.raises(Refused):
        ask_picked(store, Engine(), person(MIA), Query(Measure.FINDINGS), ADA, None, NOW, BEHAVIOURS)
