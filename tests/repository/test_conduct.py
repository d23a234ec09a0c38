"""How the assistant conducts itself, on conversations of ``benchmarks/conduct``: counts, never time."""

from pathlib import Path
from types import SimpleNamespace

import pytest

from assistant.engines.embedded.engine import EmbeddedEngine
from assistant.stores.knowledge_files import load_knowledge


@pytest.fixture(scope="module")
def talks(conduct_tools: SimpleNamespace, repository: Path):
    """Whole conversations with all the people whom the engine may be worked on with."""
    engine = EmbeddedEngine.load(load_knowledge(repository / "knowledge"))
    return conduct_tools.talking.hold_all(conduct_tools.personas.personas(unseen=False), engine)


def test_what_a_turn_does_is_told_as_a_person_tells_it(conduct_tools: SimpleNamespace) -> None:
    """On the turns that were held out, nine times in ten for each label."""
    agreed = conduct_tools.figures.agreement()
    assert len(agreed) == 5
    assert all(right >= 0.9 * of and of >= 50 for right, of in agreed.values())


def test_turns_ask_one_open_question_and_give_no_advice(conduct_tools: SimpleNamespace, talks) -> None:
    """With whoever comes; nothing is asked twice, and nobody is led."""
    of = conduct_tools.figures.figures(talks)
    assert of.talks == 16
    assert of.one_open_share >= 0.95
    assert (of.advising, of.repeats, of.leading) == (0, 0, 0)


def test_the_cooperative_come_to_say_what_a_whole_answer_holds(conduct_tools: SimpleNamespace, talks) -> None:
    """Within twelve turns."""
    helpful = [talk for talk in talks if talk.persona.manner == "cooperative"]
    assert len(helpful) == 4
    assert conduct_tools.figures.figures(helpful).coverage >= 0.9


def test_whoever_speaks_english_hears_what_they_said(conduct_tools: SimpleNamespace, talks) -> None:
    """With people who talk, at least one sentence reflects for each question."""
    talkers = [talk for talk in talks if talk.persona.manner in {"cooperative", "talkative"}]
    assert conduct_tools.figures.figures(talkers).reflections_per_question >= 1.0


def test_with_the_talkative_the_assistant_says_little(conduct_tools: SimpleNamespace, talks) -> None:
    """At most 35 words in a hundred."""
    talkative = [talk for talk in talks if talk.persona.manner == "talkative"]
    assert all(conduct_tools.figures.figures([talk]).word_share <= 0.35 for talk in talkative)


def test_with_whoever_comes_the_assistant_says_less_and_says_something_back(
    conduct_tools: SimpleNamespace, talks
) -> None:
    """At most 45 words in a hundred over all of them, and one sentence that reflects for each question."""
    of = conduct_tools.figures.figures(talks)
    assert of.word_share <= 0.45
    assert of.reflections_per_question >= 1.0


def test_whatever_the_manner_most_of_what_is_said_is_said_back(conduct_tools: SimpleNamespace, talks) -> None:
    """Two sentences for three questions, also with the terse, those with nothing to say, and in another language."""
    for manner in {talk.persona.manner for talk in talks}:
        held = [talk for talk in talks if talk.persona.manner == manner]
        assert conduct_tools.figures.figures(held).reflections_per_question >= 2 / 3, manner


def test_every_conversation_comes_to_an_end(talks) -> None:
    """The last word is the assistant's, and it asks nothing."""
    assert all("?" not in talk.turns[-1] and len(talk.turns) == len(talk.lines) + 1 for talk in talks)


def test_a_second_question_a_leading_one_and_advice_would_be_seen(conduct_tools: SimpleNamespace) -> None:
    """The figures above are none if they could not be otherwise."""
    asked, said = "Did it help? You should rest. Don't you agree that it was late?", "I was tired."
    seen = conduct_tools.turns.conduct(asked, said)
    assert (len(seen.questions), seen.asks_one_open_question, seen.advises) == (2, False, True)
    assert conduct_tools.turns.Question.LEADING in seen.questions
    again = ["What came of it for Li?", "I see. What came of it for Li?"]
    assert conduct_tools.figures.repeats(again) == ["What came of it for Li?"]
