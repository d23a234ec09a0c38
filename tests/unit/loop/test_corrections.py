"""Authors correct how they were read: on a real database with the real engine, from the first word to the report."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

import pytest

from assistant.domain.access import ANALYSIS, OPERATOR, person
from assistant.domain.conversation import Conversation, ConversationState, Message
from assistant.domain.corrections import Adjustment, Correction, digest_of
from assistant.domain.errors import BadInput, Refused, Unknown
from assistant.domain.organisation import Person
from assistant.domain.statements import AuthorsView, Span, Statement
from assistant.domain.words import ConversationKind, FindingKind, Speaker, Stance
from assistant.engines.embedded.engine import EmbeddedEngine
from assistant.engines.embedded.model import LanguageModel
from assistant.loop.adjusting import in_use, review, switch_off, switch_on
from assistant.loop.analysis import analyse
from assistant.loop.conversations import import_conversations, preview, send
from assistant.loop.corrections import Says, Word, correct, likely, own_claims
from assistant.loop.organisation import import_people
from assistant.loop.own_data import erase, export_own
from assistant.loop.rounds import close_round, open_round
from assistant.stores.knowledge_files import load_knowledge
from assistant.stores.sql.store import SqlStore
from tests.fakes.house_words import NEWS, a_house

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)
ROUND = "2026-Q4"
KNOWLEDGE = load_knowledge(Path(__file__).parents[3] / "knowledge")
FUNDAMENTALS = {id_: behaviour.fundamental for id_, behaviour in KNOWLEDGE.behaviours.items()}
MIA, M1 = person("mia@acme.example"), person("m1@acme.example")
CREDIT = "I stood next to them at the lathe and taught them the trade, step by step."
PRAISE = "She stood next to me at the lathe and taught me the trade, step by step."
TAUGHT = "I stand next to new people at the lathe and teach them the trade."
RIGHT, NOTHING = Word(Says.RIGHT), Word(Says.NOTHING)
GOALS = Word(Says.CHANGED, "goals", "missing")
the_model = cache(LanguageModel.load)


@pytest.fixture
def engine() -> EmbeddedEngine:
    return EmbeddedEngine(the_model(), KNOWLEDGE)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[SqlStore]:
    """Mia leads ten people; a round is open."""
    opened = SqlStore.open(tmp_path)
    people = [
        Person("mia@acme.example", "Mia Maker", None),
        *(Person(f"m{n}@acme.example", f"Member {n}", "mia@acme.example") for n in range(10)),
    ]
    import_people(opened, people)
    open_round(opened, ROUND, NOON)
    yield opened
    opened.close()


@pytest.fixture
def say(store: SqlStore) -> Callable[..., Conversation]:
    """Have somebody say something in the round."""

    def _say(
        id: str, author: str, *texts: str, state: ConversationState = ConversationState.SENT, about: str | None = None
    ) -> Conversation:
        kind = ConversationKind.REFLECTION if author == "mia" else ConversationKind.FEEDBACK
        target = None if author == "mia" else "mia@acme.example"
        messages = tuple(Message(Speaker.USER, text) for text in texts)
        held = Conversation(id, ROUND, kind, f"{author}@acme.example", about or target, messages, False, state, NOON)
        import_conversations(store, (held,))
        return held

    return _say


@pytest.fixture
def draft(say) -> Conversation:
    """What Member 1 has said and not sent yet."""
    return say("d", "m1", PRAISE, "Decisions take far too long and we wait for weeks.", state=ConversationState.DRAFT)


def lines(store: SqlStore, engine: EmbeddedEngine, id: str = "d", viewer=M1) -> tuple[Statement, ...]:
    """The lines of a conversation, as its author sees them."""
    return preview(store, engine, viewer, id).statements


@pytest.mark.usefixtures("draft")
def test_a_line_is_settled_as_its_author_says_and_sent_so(store, engine):
    """Right, changed or nothing: it shows at once, in the preview made anew, and to the analysis when it is sent."""
    first, second = lines(store, engine)
    assert correct(store, engine, KNOWLEDGE, M1, "d", first.span, GOALS).view is AuthorsView.CHANGED
    assert correct(store, engine, KNOWLEDGE, M1, "d", second.span, RIGHT).view is AuthorsView.RIGHT
    settled = lines(store, engine)
    assert [(s.behaviour, s.stance, s.confidence) for s in settled] == [
        ("goals", Stance.MISSING, 1.0),
        (second.behaviour, second.stance, 1.0),
    ]
    send(store, engine, M1, "d")
    with store.work() as work:
        assert work.statements.of("d", engine.name, ANALYSIS).statements == settled


@pytest.mark.usefixtures("draft")
def test_an_author_who_changes_their_mind_is_taken_at_their_last_word(store, engine):
    """Right then means as it was first read, not as it was changed to."""
    first = lines(store, engine)[0]
    for word in (GOALS, NOTHING, RIGHT):
        now = correct(store, engine, KNOWLEDGE, M1, "d", first.span, word)
    assert now == replace(first, confidence=1.0, view=AuthorsView.RIGHT)


@pytest.mark.usefixtures("draft")
@pytest.mark.parametrize(
    "word", [Word(Says.CHANGED), Word(Says.CHANGED, "flying", "missing"), Word(Says.CHANGED, "goals", "does")]
)
def test_a_behaviour_or_stance_that_does_not_exist_is_refused(store, engine, word):
    """A claim's stance does not fit a line of feedback either."""
    first = lines(store, engine)[0]
    with pytest.raises(BadInput):
        correct(store, engine, KNOWLEDGE, M1, "d", first.span, word)


@pytest.mark.usefixtures("draft")
def test_nobody_corrects_another_s_words_and_no_place_is_made_up(store, engine):
    """To the manager and the operator the conversation is not there; a place without a line is none."""
    first = lines(store, engine)[0]
    for other in (MIA, OPERATOR, person("m2@acme.example")):
        with pytest.raises(Unknown):
            correct(store, engine, KNOWLEDGE, other, "d", first.span, RIGHT)
    with pytest.raises(Unknown):
        correct(store, engine, KNOWLEDGE, M1, "d", Span(0, 1, 5), RIGHT)
    assert lines(store, engine)[0] == first


def test_feedback_is_settled_when_the_round_closes_and_a_reflection_is_not(store, engine, say):
    """Nobody can be asked to turn their feedback after the reports are there; a manager may say what they meant."""
    say("f", "m1", PRAISE)
    say("r", "mia", CREDIT)
    close_round(store, ROUND, NOON)
    with pytest.raises(Refused, match="closed"):
        correct(store, engine, KNOWLEDGE, M1, "f", lines(store, engine, "f")[0].span, RIGHT)
    claim = lines(store, engine, "r", MIA)[0]
    meant = Word(Says.CHANGED, "goals", "intends")
    assert correct(store, engine, KNOWLEDGE, MIA, "r", claim.span, meant).behaviour == "goals"


@pytest.mark.usefixtures("draft")
def test_the_behaviours_offered_first_begin_with_the_one_that_was_read(store, engine):
    """A short list without anything twice."""
    first = lines(store, engine)[0]
    offered = likely(engine, KNOWLEDGE, first)
    assert offered[0] == first.behaviour == "teaching_craft"
    assert len(offered) == len(set(offered)) == 4


def test_the_next_report_uses_what_a_manager_meant_and_the_old_one_stays(store, engine, say):
    """A claim whose author meant something else leaves its topic; what the team values is then unclaimed."""
    say("r", "mia", TAUGHT)
    for n in range(4):
        say(f"f{n}", f"m{n}", PRAISE)
    (before,) = analyse(store, engine, KNOWLEDGE, ROUND)
    assert [f.kind for f in before.findings] == [FindingKind.SHARED_STRENGTH]
    claim = own_claims(store, engine, MIA, before)["c1"]
    correct(store, engine, KNOWLEDGE, MIA, "r", claim.span, Word(Says.CHANGED, "goals", "does"))
    with store.work() as work:
        assert work.reports.get(MIA.email, ROUND, OPERATOR) == before
    (after,) = analyse(store, engine, KNOWLEDGE, ROUND)
    assert {(f.kind, f.behaviour) for f in after.findings} == {
        (FindingKind.HIDDEN_STRENGTH, "teaching_craft"),
        (FindingKind.UNSEEN_CLAIM, "goals"),
    }
    correct(store, engine, KNOWLEDGE, MIA, "r", claim.span, NOTHING)
    (last,) = analyse(store, engine, KNOWLEDGE, ROUND)
    assert last.claims == ()
    assert [f.kind for f in last.findings] == [FindingKind.HIDDEN_STRENGTH]


def test_the_claims_of_a_report_are_shown_to_be_corrected_to_its_manager_alone(store, engine, say):
    """Somebody else finds none, and neither does a later engine that has not read them."""
    say("r", "mia", CREDIT)
    (report,) = analyse(store, engine, KNOWLEDGE, ROUND)
    assert [s.text for s in own_claims(store, engine, MIA, report).values()] == [CREDIT]
    assert own_claims(store, engine, M1, report) == {}
    assert own_claims(store, engine, M1, replace(report, manager=M1.email)) == {}


@pytest.mark.usefixtures("draft")
def test_lines_to_hold_back_are_those_of_the_preview_or_nothing_is_sent(store, engine):
    """Without a preview of this engine nobody knows what its numbers stand for."""
    with pytest.raises(Refused, match="look once more"):
        send(store, engine, M1, "d", ("d:1",))
    lines(store, engine)
    send(store, engine, M1, "d", ("d:1",))


def a_house_corrects(store: SqlStore, say, huddle: bool = True, people: int = 10) -> None:
    """Sixty lines of ten people, each sent and corrected by its author."""
    house = a_house(FUNDAMENTALS, people, huddle)
    for example in house:
        say(f"h{example.number}", example.author.partition("@")[0], example.text)
    with store.work() as work:
        for e in house:
            place = Span(0, 0, len(e.text))
            said = Correction(f"h{e.number}", place, digest_of(e.text), e.was, e.meant)
            work.statements.correct(said, person(e.author))


def test_learning_is_switched_on_where_it_measurably_helps_and_the_report_says_so(store, engine, say):
    """For behaviours, not for stances, of which nothing was learned; every reading of the plain engine is made anew."""
    a_house_corrects(store, say)
    found = review(store, engine, OPERATOR)
    assert (found.measurement.behaviours.helps, found.measurement.stances.helps, found.used) == (True, False, None)
    assert in_use(store, engine) is engine
    used = switch_on(store, engine, OPERATOR).used
    assert used == Adjustment(60, behaviours=True, stances=False)
    late = say("late", "m1", "I'd be lost without her huddle.")
    assert NEWS in {s.behaviour for s in lines(store, engine, late.id)}
    (report,) = analyse(store, engine, KNOWLEDGE, ROUND)
    assert report.engine == in_use(store, engine).name != engine.name
    switch_off(store, engine, OPERATOR)
    assert analyse(store, engine, KNOWLEDGE, ROUND)[0].engine == engine.name


@pytest.mark.usefixtures("draft")
def test_what_is_corrected_later_waits_until_it_is_switched_on_anew(store, engine, say):
    """So that what reads is what was measured, and a preview is not of another engine a moment later."""
    a_house_corrects(store, say)
    switch_on(store, engine, OPERATOR)
    name = in_use(store, engine).name
    correct(store, engine, KNOWLEDGE, M1, "d", lines(store, engine)[0].span, GOALS)
    send(store, engine, M1, "d")
    assert in_use(store, engine).name == name
    switch_on(store, engine, OPERATOR)
    assert in_use(store, engine).name != name


def test_learning_is_refused_below_thirty_corrections_by_five_people(store, engine, say):
    """Thirty by four people, or nine and twenty, are too few; the reason is plain and gives no number away."""
    a_house_corrects(store, say, huddle=False, people=4)
    with pytest.raises(Refused, match=r"30 corrections .* 5 people"):
        switch_on(store, engine, OPERATOR)
    found = review(store, engine, OPERATOR)
    assert (found.before, found.measurement) == (None, None)


def test_learning_is_refused_where_the_gain_may_be_a_loss(store, engine, say):
    """Enough was corrected, about things that have nothing to do with each other."""
    a_house_corrects(store, say, huddle=False)
    with pytest.raises(Refused, match="may be a loss"):
        switch_on(store, engine, OPERATOR)
    assert in_use(store, engine) is engine


def test_only_the_operator_learns_of_corrections(store, engine):
    """No person, and not the analysis."""
    for act in (review, switch_on, switch_off):
        for viewer in (MIA, M1, ANALYSIS):
            with pytest.raises(Refused):
                act(store, engine, viewer)


def test_a_number_that_few_people_stand_behind_is_not_told(store, engine, say):
    """Three people said nothing of the kind: that stays among them; ten said something else."""
    a_house_corrects(store, say)
    with store.work() as work:
        for e in a_house(FUNDAMENTALS)[:3]:
            said = Correction(f"h{e.number}", Span(0, 0, len(e.text)), digest_of(e.text), e.was, None)
            work.statements.correct(said, person(e.author))
    counts = review(store, engine, OPERATOR).counts
    assert (counts.right, counts.nothing) == (0, None)
    assert counts.behaviour_changed == 57


def test_where_one_count_is_kept_back_nothing_is_told_that_gives_it_away(store, engine, say):
    """The share that was right before would let it be worked out."""
    a_house_corrects(store, say)
    assert review(store, engine, OPERATOR).before is not None
    with store.work() as work:
        for e in a_house(FUNDAMENTALS)[:3]:
            said = Correction(f"h{e.number}", Span(0, 0, len(e.text)), digest_of(e.text), e.was, e.was)
            work.statements.correct(said, person(e.author))
    found = review(store, engine, OPERATOR)
    assert (found.counts.right, found.before) == (None, None)


def test_who_is_erased_takes_their_corrections_along(store, engine, say):
    """What was learned from them is forgotten; where too little is left, nothing is learned any more."""
    a_house_corrects(store, say)
    switch_on(store, engine, OPERATOR)
    name = in_use(store, engine).name
    erase(store, "m1@acme.example")
    assert in_use(store, engine).name not in {name, engine.name}
    for n in (2, 3, 4, 5, 6):
        erase(store, f"m{n}@acme.example")
    assert in_use(store, engine) is engine


@pytest.mark.usefixtures("draft")
def test_an_export_holds_what_its_owner_has_corrected(store, engine):
    """With its place, and as what it was and is read."""
    first = lines(store, engine)[0]
    correct(store, engine, KNOWLEDGE, M1, "d", first.span, GOALS)
    (own,) = export_own(store, M1, M1.email, NOON).conversations
    (said,) = own.corrections
    assert (said.span, said.was.behaviour, said.meant.behaviour) == (first.span, "teaching_craft", "goals")
