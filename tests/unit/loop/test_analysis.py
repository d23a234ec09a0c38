"""Analysing a round, on a real database with the real engine."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from threading import Barrier, BrokenBarrierError

import pytest

from assistant.domain.access import ANALYSIS, OPERATOR, person
from assistant.domain.conversation import Conversation, ConversationState, Message, fingerprint
from assistant.domain.errors import Unknown
from assistant.domain.organisation import Person
from assistant.domain.report import Report
from assistant.domain.statements import Reading
from assistant.domain.words import ClimateLevel, ConversationKind, FindingKind, Speaker
from assistant.engines.embedded.model import LanguageModel
from assistant.loop.analysis import analyse
from assistant.loop.conversations import import_conversations
from assistant.loop.organisation import import_people
from assistant.loop.own_data import erase
from assistant.loop.rounds import open_round
from assistant.stores.knowledge_files import load_knowledge
from assistant.stores.sql.store import SqlStore
from tests.fakes.counting_engine import CountingEngine


class ReadingAtOnce(CountingEngine):
    """The real engine, which reads three conversations at the same time: none is done before all three are begun."""

    reads_at_once = 3

    def read(self, conversation: Conversation) -> Reading:
        """Read like the real one, when the others have come."""
        self.meeting.wait(timeout=20)
        return super().read(conversation)


NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)
ROUND = "2026-Q4"
FEEDBACK, REFLECTION = ConversationKind.FEEDBACK, ConversationKind.REFLECTION
KNOWLEDGE = load_knowledge(Path(__file__).parents[3] / "knowledge")
the_model = cache(LanguageModel.load)
CREDIT = "I took time to show them how the new machine works, step by step."
PRAISE = "She took time to show me how the new machine works, step by step."
COMPLAINT = "Decisions take far too long and we wait for weeks."


def an_engine(version: str = "") -> CountingEngine:
    """The real engine, which counts."""
    engine = CountingEngine(the_model(), KNOWLEDGE)
    engine.read_ones, engine.version = [], version
    return engine


@pytest.fixture
def engine() -> CountingEngine:
    return an_engine()


@pytest.fixture
def store(tmp_path: Path) -> Iterator[SqlStore]:
    """Toni leads Mia and Leo; Mia has six reports, Leo two; a round is open."""
    opened = SqlStore.open(tmp_path)
    people = [
        Person("toni@acme.example", "Toni Top", None),
        Person("mia@acme.example", "Mia Maker", "toni@acme.example"),
        Person("leo@acme.example", "Leo Lane", "toni@acme.example"),
        *(Person(f"m{n}@acme.example", f"Member {n}", "mia@acme.example") for n in range(1, 7)),
        *(Person(f"l{n}@acme.example", f"Lamb {n}", "leo@acme.example") for n in range(1, 3)),
    ]
    import_people(opened, people)
    open_round(opened, ROUND, NOON)
    yield opened
    opened.close()


@pytest.fixture
def say(store: SqlStore) -> Callable[..., Conversation]:
    """Have somebody say something in the round."""
    count = 0

    def _say(
        author: str, about: str | None, *texts: str, state: ConversationState = ConversationState.SENT
    ) -> Conversation:
        nonlocal count
        count += 1
        kind = REFLECTION if author in ("mia", "leo", "toni") else FEEDBACK
        messages = tuple(Message(Speaker.USER, text) for text in texts)
        target = about and f"{about}@acme.example"
        held = Conversation(f"c{count}", ROUND, kind, f"{author}@acme.example", target, messages, False, state, NOON)
        if state is ConversationState.SENT:
            assert import_conversations(store, (held,)) == (1, 0)
        else:
            with store.work() as work:
                work.conversations.add(held, fingerprint(ROUND, kind, held.author, target, messages))
        return held

    return _say


@pytest.fixture
def a_team_speaks(say) -> None:
    """Mia claims to teach the work; five of six praise that, and four of them miss decisions."""
    say("mia", None, CREDIT)
    for n in range(1, 6):
        say(f"m{n}", "mia", *([PRAISE] if n == 5 else [PRAISE, COMPLAINT]))


def report_of(reports: tuple[Report, ...], manager: str) -> Report:
    """The report of one manager."""
    return next(r for r in reports if r.manager == f"{manager}@acme.example")


@pytest.mark.usefixtures("a_team_speaks")
def test_both_sides_are_compared_and_the_report_is_kept(store, engine):
    """A shared strength and a blind spot, in words and with something to try; the claim points into the reflection."""
    report = report_of(analyse(store, engine, KNOWLEDGE, ROUND), "mia")
    assert (report.invited, report.respondents, report.suppressed, report.engine) == (6, 5, False, engine.name)
    assert {(f.kind, f.respondents) for f in report.findings} == {
        (FindingKind.SHARED_STRENGTH, 5),
        (FindingKind.BLIND_SPOT, 4),
    }
    (claim,) = report.claims
    assert (claim.source.conversation, CREDIT[claim.source.start : claim.source.end]) == (0, claim.text)
    assert all(finding.text for finding in report.findings)
    assert "Mia" in report.summary
    assert report.suggestions
    with store.work() as work:
        assert work.reports.get("mia@acme.example", ROUND, OPERATOR) == report


@pytest.mark.usefixtures("a_team_speaks")
def test_a_second_run_reads_nothing_again_and_gives_the_same(store, engine):
    """What an engine has read is kept."""
    first = analyse(store, engine, KNOWLEDGE, ROUND)
    assert sorted(engine.read_ones) == ["c1", "c2", "c3", "c4", "c5", "c6"]
    engine.read_ones.clear()
    assert analyse(store, engine, KNOWLEDGE, ROUND) == first
    assert engine.read_ones == []


@pytest.mark.usefixtures("a_team_speaks")
def test_conversations_are_read_at_the_same_time_where_the_engine_takes_several(store, engine):
    """Three at once, and what is kept is the same as one after the other."""
    several = ReadingAtOnce(the_model(), KNOWLEDGE)
    several.read_ones, several.version, several.meeting = [], "", Barrier(3)
    made = analyse(store, several, KNOWLEDGE, ROUND)
    assert sorted(several.read_ones) == ["c1", "c2", "c3", "c4", "c5", "c6"]
    assert analyse(store, engine, KNOWLEDGE, ROUND) == made
    assert engine.read_ones == []


@pytest.mark.usefixtures("a_team_speaks")
def test_where_one_reading_fails_nothing_of_that_manager_is_kept_and_the_next_run_reads(store, engine):
    """Whatever the others have found meanwhile."""
    several = ReadingAtOnce(the_model(), KNOWLEDGE)
    several.read_ones, several.version, several.meeting = [], "", Barrier(7)
    several.meeting.abort()
    with pytest.raises(BrokenBarrierError):
        analyse(store, several, KNOWLEDGE, ROUND, "mia@acme.example")
    assert report_of(analyse(store, engine, KNOWLEDGE, ROUND), "mia").respondents == 5
    assert sorted(engine.read_ones) == ["c1", "c2", "c3", "c4", "c5", "c6"]


@pytest.mark.usefixtures("a_team_speaks")
def test_only_what_is_new_is_read(store, engine, say):
    """One more feedback is one more to read, and one more respondent."""
    analyse(store, engine, KNOWLEDGE, ROUND)
    engine.read_ones.clear()
    late = say("m6", "mia", PRAISE)
    assert report_of(analyse(store, engine, KNOWLEDGE, ROUND), "mia").respondents == 6
    assert engine.read_ones == [late.id]


@pytest.mark.usefixtures("a_team_speaks")
def test_another_engine_reads_everything_anew(store, engine):
    """A report never mixes what two models have read."""
    analyse(store, engine, KNOWLEDGE, ROUND)
    other = an_engine("-other")
    assert report_of(analyse(store, other, KNOWLEDGE, ROUND), "mia").engine == other.name
    assert len(other.read_ones) == 6


def test_below_the_floor_only_the_manager_s_own_claims_are_told(store, engine, say):
    """Three answers give what none give, but for the claims; how many there are is not told."""
    say("mia", None, CREDIT)
    for n in range(1, 4):
        say(f"m{n}", "mia", COMPLAINT, "He blames us for his own mistakes.")
    report = report_of(analyse(store, engine, KNOWLEDGE, ROUND), "mia")
    assert (report.suppressed, report.respondents, report.invited) == (True, None, 6)
    assert (report.fundamentals, report.findings, report.suggestions, report.summary) == ((), (), (), "")
    assert (report.climate.level, report.climate.signals) == (ClimateLevel.TOO_LITTLE_EVIDENCE, ())
    assert [(c.text, c.alignment, c.support, c.oppose) for c in report.claims] == [(CREDIT, None, None, None)]
    assert "Fewer than 4" in (report.reason or "")


def test_feedback_in_another_language_counts_no_further_than_its_author(store, engine, say):
    """The reader leaves it unread; it brings the team to the floor and says nothing."""
    german = "Sie erklärt uns immer, warum sich die Pläne ändern, und gibt mir Aufgaben, an denen ich wachsen kann."
    for n in range(1, 5):
        say(f"m{n}", "mia", german)
    report = report_of(analyse(store, engine, KNOWLEDGE, ROUND), "mia")
    assert (report.suppressed, report.respondents, report.findings) == (False, 4, ())


@pytest.mark.usefixtures("a_team_speaks")
def test_a_draft_is_not_read(store, engine, say):
    """What has not been sent is nobody else's yet."""
    say("m6", "mia", COMPLAINT, state=ConversationState.DRAFT)
    assert report_of(analyse(store, engine, KNOWLEDGE, ROUND), "mia").respondents == 5
    assert "c7" not in engine.read_ones


@pytest.mark.usefixtures("a_team_speaks")
def test_the_words_of_somebody_erased_are_gone_from_the_next_report(store, engine):
    """With two of five gone, the report falls below the floor."""
    analyse(store, engine, KNOWLEDGE, ROUND)
    for n in (1, 2):
        assert erase(store, f"m{n}@acme.example").conversations == 1
    report = report_of(analyse(store, engine, KNOWLEDGE, ROUND), "mia")
    assert (report.suppressed, report.findings) == (True, ())


@pytest.mark.usefixtures("a_team_speaks")
def test_a_manager_who_was_erased_gets_no_report(store, engine):
    """Nobody is asked about somebody who is gone."""
    analyse(store, engine, KNOWLEDGE, ROUND)
    erase(store, "mia@acme.example")
    assert "mia@acme.example" not in {r.manager for r in analyse(store, engine, KNOWLEDGE, ROUND)}
    with store.work() as work:
        assert work.reports.get("mia@acme.example", ROUND, OPERATOR) is None


@pytest.mark.usefixtures("a_team_speaks")
def test_somebody_who_is_erased_while_being_read_is_left_out(store):
    """An analysis takes its time; what is gone at its end is not kept again."""

    class Erasing(CountingEngine):
        def read(self, conversation: Conversation):
            if not self.read_ones:
                erase(store, "m5@acme.example")
            return super().read(conversation)

    engine = Erasing(the_model(), KNOWLEDGE)
    engine.read_ones, engine.version = [], ""
    report = report_of(analyse(store, engine, KNOWLEDGE, ROUND), "mia")
    assert (report.respondents, report.suppressed) == (4, False)


@pytest.mark.usefixtures("a_team_speaks")
def test_what_is_sent_while_others_are_read_waits_for_the_next_run(store, say):
    """Somebody whose words nobody has read yet is not counted as having nothing to say."""

    class Interrupted(CountingEngine):
        def read(self, conversation: Conversation):
            if not self.read_ones:
                say("m6", "mia", COMPLAINT)
            return super().read(conversation)

    engine = Interrupted(the_model(), KNOWLEDGE)
    engine.read_ones, engine.version = [], ""
    counted = [report_of(analyse(store, engine, KNOWLEDGE, ROUND), "mia").respondents for _ in range(2)]
    assert counted == [5, 6]


@pytest.mark.usefixtures("a_team_speaks")
@pytest.mark.parametrize("later", ["", "-newer"], ids=["same engine", "newer engine"])
def test_what_was_held_back_is_not_used_by_any_engine(store, engine, later):
    """Two of the four who miss decisions hold that back: no engine brings it out again, not even on its first run."""
    analyse(store, engine, KNOWLEDGE, ROUND)
    for n in (1, 2):
        me = person(f"m{n}@acme.example")
        with store.work() as work:
            (own,) = work.conversations.by_author(me.email, me)
            reading = work.statements.of(own.id, engine.name, me)
            work.statements.hold_back(own.id, [s.id for s in reading.statements if s.text == COMPLAINT], me)
    report = report_of(analyse(store, an_engine(later), KNOWLEDGE, ROUND), "mia")
    assert {(f.kind, f.respondents) for f in report.findings} == {
        (FindingKind.SHARED_STRENGTH, 5),
        (FindingKind.BLIND_SPOT, None),
    }


@pytest.mark.usefixtures("a_team_speaks")
def test_a_claim_that_the_manager_held_back_is_not_in_the_report(store, engine):
    """What the team values is then a strength nobody claimed."""
    analyse(store, engine, KNOWLEDGE, ROUND)
    mia = person("mia@acme.example")
    with store.work() as work:
        reading = work.statements.of("c1", engine.name, mia)
        work.statements.hold_back("c1", [s.id for s in reading.statements], mia)
    report = report_of(analyse(store, engine, KNOWLEDGE, ROUND), "mia")
    assert report.claims == ()
    assert {f.kind for f in report.findings} == {FindingKind.HIDDEN_STRENGTH, FindingKind.BLIND_SPOT}


@pytest.mark.usefixtures("a_team_speaks")
def test_one_manager_may_be_analysed_alone(store, engine):
    """However the e-mail is written; the others' conversations are not touched."""
    (report,) = analyse(store, engine, KNOWLEDGE, ROUND, " LEO@acme.example ")
    assert (report.manager, report.invited, engine.read_ones) == ("leo@acme.example", 2, [])


@pytest.mark.parametrize("who", ["m1@acme.example", "nobody@acme.example"])
def test_somebody_without_reports_cannot_be_analysed(store, engine, who):
    """The words name who it is."""
    with pytest.raises(Unknown, match=who):
        analyse(store, engine, KNOWLEDGE, ROUND, who)


def test_a_round_that_is_not_there_cannot_be_analysed(store, engine):
    """The words name the round."""
    with pytest.raises(Unknown, match="2020-Q1"):
        analyse(store, engine, KNOWLEDGE, "2020-Q1")


def test_progress_is_told_manager_by_manager(store, engine):
    """Also before the first is done."""
    told: list[tuple[int, int]] = []
    reports = analyse(store, engine, KNOWLEDGE, ROUND, progress=lambda done, of: told.append((done, of)))
    assert told == [(0, 3), (1, 3), (2, 3), (3, 3)]
    assert [r.manager.partition("@")[0] for r in reports] == ["leo", "mia", "toni"]


@pytest.mark.usefixtures("a_team_speaks")
def test_what_is_in_another_language_is_left_out_and_said_so(store, engine, say):
    """A French reflection and French feedback give no statement, and the summary says that something is missing."""
    before = report_of(analyse(store, engine, KNOWLEDGE, ROUND), "mia")
    say(
        "mia",
        "m1",
        "Je lui explique toujours pourquoi les plans changent et je prends le temps de l'écouter chaque jour.",
    )
    say("m6", "mia", "Elle ne nous écoute pas assez, et les décisions se font attendre pendant des semaines entières.")
    after = report_of(analyse(store, engine, KNOWLEDGE, ROUND), "mia")
    assert after.respondents == 6
    assert [c.text for c in after.claims] == [c.text for c in before.claims]
    assert "not read here" not in before.summary
    assert "your reflections are in a language that is not read here" in after.summary
    assert "this picture is incomplete" in after.summary


def test_a_report_is_the_same_whoever_of_the_team_said_what_and_when(store, engine, say, tmp_path):
    """The same things said by others and in another order make the same report, to the last figure."""
    other = SqlStore.open(tmp_path / "other")
    with store.work() as work:
        import_people(other, list(work.people.organisation().people.values()))
    open_round(other, ROUND, NOON)
    texts = [PRAISE, f"{PRAISE} {COMPLAINT}", COMPLAINT, "She never told us why the plan changed.", "He listens to us."]
    say("mia", None, CREDIT)
    for n, text in enumerate(texts, 1):
        say(f"m{n}", "mia", text)
    with store.work() as work:
        held = work.conversations.about_manager(ROUND, "mia@acme.example", ANALYSIS)
    reflection, *feedbacks = held
    passed_on = zip(feedbacks, feedbacks[2:] + feedbacks[:2], strict=True)
    exchanged = [replace(one, id=f"x{one.id}", messages=another.messages) for one, another in passed_on]
    import_conversations(other, (reflection, *reversed(exchanged)))
    made, again = (report_of(analyse(s, engine, KNOWLEDGE, ROUND), "mia") for s in (store, other))
    other.close()
    assert not made.suppressed
    assert again == made
