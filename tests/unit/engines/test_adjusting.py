"""Learning from corrections: it helps a house with words of its own, is bounded, and does nothing without them."""

from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest

from assistant.domain.conversation import Conversation, Message
from assistant.domain.corrections import Adjustment, Example
from assistant.domain.statements import AuthorsView, Span, Statement
from assistant.domain.words import ConversationKind, Speaker, Stance
from assistant.engines.embedded.adjusting import Learner
from assistant.engines.embedded.engine import EmbeddedEngine
from assistant.engines.embedded.model import LanguageModel
from assistant.engines.embedded.settled import with_settled
from assistant.stores.knowledge_files import load_knowledge
from tests.fakes.house_words import HUDDLE, NEWS, ORDINARY, a_house

KNOWLEDGE = load_knowledge(Path(__file__).parents[3] / "knowledge")
FUNDAMENTALS = {id_: behaviour.fundamental for id_, behaviour in KNOWLEDGE.behaviours.items()}
BOTH = Adjustment(999, behaviours=True, stances=True)
NEW_LINES = ("I would not want to be without the huddle.", "She does a huddle before every change.")
UNHEARD = "I'd be lost without her huddle."
the_model = cache(LanguageModel.load)


def probability(examples: list[Example], text: str, behaviour: str = NEWS, use: Adjustment = BOTH) -> float:
    """How probable a behaviour is for a text, after learning."""
    seen = Learner(the_model(), examples).learned(use).adjust(the_model().see([text]))
    return float(seen.behaviours[0][the_model().labels.behaviours.index(behaviour)])


def an_engine() -> EmbeddedEngine:
    """The real engine."""
    return EmbeddedEngine(the_model(), KNOWLEDGE)


def feedback(*said: str) -> Conversation:
    """A sent feedback."""
    messages = tuple(Message(Speaker.USER, text) for text in said)
    return Conversation("c", "2026-Q4", ConversationKind.FEEDBACK, "li@acme.example", "mia@acme.example", messages)


def test_a_house_with_a_word_of_its_own_is_read_better_by_what_others_corrected():
    """With each person left out in turn, the huddle is understood, and its interval holds no loss."""
    measured = Learner(the_model(), a_house(FUNDAMENTALS)).measure().behaviours
    assert measured.gain > 0.3
    assert measured.helps
    assert measured.low > 0.2


def test_ordinary_lines_are_read_no_worse_for_the_word_of_the_house():
    """What has nothing to do with the huddle stays what it was."""
    learned = Learner(the_model(), a_house(FUNDAMENTALS)).learned(BOTH)
    others = ["He rings me back within the hour.", "The rota is up by Wednesday.", "She got us a second van at last."]
    before = the_model().see(others)
    assert (learned.adjust(before).behaviours.argmax(1) == before.behaviours.argmax(1)).all()


@pytest.mark.parametrize("text", NEW_LINES)
def test_lines_that_nobody_has_corrected_profit(text):
    """What was learned is used for new words about the same thing."""
    assert probability([], text) < 0.1
    assert probability(a_house(FUNDAMENTALS), text) > 0.5


def test_without_a_house_word_nothing_is_switched_on_by_chance():
    """Thirty ordinary lines about thirty things have nothing to teach each other."""
    measured = Learner(the_model(), a_house(FUNDAMENTALS, huddle=False)).measure()
    assert not measured.behaviours.helps
    assert not measured.stances.helps


def test_one_person_alone_turns_nothing_however_often_they_say_it():
    """Thirty corrections by one, beside the ordinary lines of nine others, leave the huddle as it was."""
    alone = [replace(e, author="m0@acme.example") if e.number <= len(HUDDLE) else e for e in a_house(FUNDAMENTALS)]
    for text in NEW_LINES:
        assert probability(alone, text) == pytest.approx(probability([], text), abs=0.02)


def test_what_people_say_of_other_things_never_drowns_the_model():
    """However many corrections lie near, the model keeps a fifth of the say."""
    many = [replace(e, number=n, author=f"p{n}@acme.example") for n, e in enumerate(a_house(FUNDAMENTALS)[:30] * 5)]
    text = NEW_LINES[0]
    read_as = the_model().labels.behaviours[int(the_model().see([text]).behaviours[0].argmax())]
    assert probability(many, text, read_as) >= probability([], text, read_as) / 5 - 1e-6


def test_a_shift_of_stances_is_small_and_a_person_counts_ten_times():
    """A house that calls everything missing moves a stance by at most a factor, however many lines one person adds."""
    wrong = [
        replace(e, meant=replace(e.meant, stance=Stance.MISSING), author=f"m{n % 12}@acme.example")
        for n, e in enumerate(a_house(FUNDAMENTALS))
        if e.meant
    ]
    shift = Learner(the_model(), wrong).learned(BOTH).observations
    assert 0 < shift[1] <= 1
    assert shift[0] >= -1
    loud = [replace(e, author="m0@acme.example") for e in wrong]
    (one, ten) = (Learner(the_model(), loud[:n]).learned(BOTH).observations for n in (10, 60))
    assert abs(one).max() == abs(ten).max() == 0


def test_without_corrections_the_engine_is_itself():
    """The same object, and so the same name and readings."""
    engine = an_engine()
    assert engine.adjusted((), BOTH) is engine


def test_an_adjusted_engine_says_so_and_is_the_same_for_the_same_corrections():
    """Its name goes into reports and keeps readings apart; it is learned once."""
    engine, house = an_engine(), a_house(FUNDAMENTALS)
    adjusted = engine.adjusted(house, BOTH)
    assert adjusted.name.startswith(f"{engine.name}+c")
    assert len(adjusted.name) == len(engine.name) + 8
    assert engine.adjusted(house, BOTH) is adjusted
    assert adjusted.adjusted(house, BOTH) is adjusted
    assert an_engine().adjusted(house, BOTH).name == adjusted.name
    assert engine.adjusted(house[:-1], BOTH).name != adjusted.name
    assert engine.adjusted(house, replace(BOTH, stances=False)).name != adjusted.name


def test_an_adjusted_engine_reads_the_word_of_the_house():
    """Statements and topics follow what was corrected; the plain engine goes on as before."""
    plain = an_engine()
    adjusted = plain.adjusted(a_house(FUNDAMENTALS), BOTH)
    conversation = feedback(UNHEARD, ORDINARY[1][2])
    assert NEWS not in {s.behaviour for s in plain.read(conversation).statements}
    found = adjusted.read(conversation).statements
    assert [s.behaviour for s in found] == [NEWS, "teaching_craft"]
    assert {t.behaviour for t in adjusted.topics(found)} == {NEWS, "teaching_craft"}


def test_what_the_model_does_not_know_teaches_nothing():
    """A behaviour of another version is passed over; of nothing else nothing is learned."""
    strange = [replace(e, meant=replace(e.meant, behaviour="flying")) for e in a_house(FUNDAMENTALS) if e.meant]
    assert probability(strange, NEW_LINES[0]) == pytest.approx(probability([], NEW_LINES[0]))
    assert not Learner(the_model(), strange).measure().behaviours.helps


def a_statement(number: int, behaviour: str, view: AuthorsView = AuthorsView.OPEN) -> Statement:
    """A statement that says this line."""
    return Statement(
        f"c:{number}", "c", f"m{number}@acme.example", None, Span(number, 0, 5), PRAISE,
        FUNDAMENTALS[behaviour], behaviour, Stance.VALUED, 0.8, view=view,
    )  # fmt: skip


PRAISE = "She stood next to me at the lathe and taught me the trade, step by step."


def test_a_settled_statement_is_never_laid_beside_what_its_author_says_it_is_not():
    """Said in the very same words as three others, it is still a topic of its own, or in that of its behaviour."""
    engine = an_engine()
    others = [a_statement(n, "teaching_craft") for n in (1, 2, 3)]
    goals = [a_statement(n, "goals", AuthorsView.CHANGED) for n in (4, 5)]
    topics = {t.behaviour: t.statements for t in engine.topics([*others, *goals])}
    assert topics == {"teaching_craft": ("c:1", "c:2", "c:3"), "goals": ("c:4", "c:5")}
    right = a_statement(6, "teaching_craft", AuthorsView.RIGHT)
    assert engine.topics([*others, right])[0].statements == ("c:1", "c:2", "c:3", "c:6")


def test_topics_without_anything_settled_stay_as_they_are():
    """Nothing is renamed or moved."""
    engine = an_engine()
    statements = [a_statement(1, "teaching_craft"), a_statement(2, "goals")]
    topics = engine.topics(statements)
    assert with_settled(topics, statements) == topics
