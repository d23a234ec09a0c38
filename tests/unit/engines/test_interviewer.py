"""Wording turns without a model."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

import pytest

from assistant.domain.interview import Asked, Heard, Move, Setting, Slot, Turn, Wish
from assistant.domain.words import Fundamental
from assistant.engines.embedded.feedback_phrases import FEEDBACK
from assistant.engines.embedded.phrases import Phrases
from assistant.engines.embedded.reflection_phrases import REFLECTION
from assistant.interview.policy import CARRIED_OVER
from tests.fakes.interview import INTERVIEWER, LI_ON_MIA, MIA_ON_LI, MIA_ON_TEAM, OPENING, say, told


def test_the_closing_word_takes_up_what_was_said_last() -> None:
    """Nobody's last answer falls flat, and nothing is asked any more."""
    words = say(
        Turn(Move.CLOSE, None, Heard(gist="you moved her onto pricing")), history=told("What?", "I moved her onto it")
    )
    assert "you moved her onto pricing" in words.replace("You", "you")
    assert "?" not in words


@pytest.mark.parametrize("author", ["Mia", "Henrike", "Tomasz", "Nadia", "Solveig"])
def test_a_reflection_opens_with_the_value_question_about_the_person_or_the_team(author: str) -> None:
    """However it is worded, the opening ends in the value question."""
    assert say(OPENING, replace(MIA_ON_LI, author=author, turn=0)).endswith("What value are you bringing to Li?")
    assert say(OPENING, replace(MIA_ON_TEAM, author=author, turn=0)).endswith(
        "What value are you bringing to your team?"
    )


COMMITTED = replace(MIA_ON_LI, turn=0, commitment="Say why, before the plan changes!")


@pytest.mark.parametrize("author", ["Mia", "Henrike", "Tomasz", "Nadia", "Solveig"])
def test_a_reflection_can_open_with_what_was_taken_on(author: str) -> None:
    """In the manager's own words and with one open question; the value question comes next, whole."""
    setting = replace(COMMITTED, author=author)
    words = say(Turn(Move.ASK, Asked(Slot.COMMITMENT), Heard()), setting)
    assert "Say why, before the plan changes. " in words
    assert words.count("?") == 1
    after = say(OPENING, replace(setting, turn=1), told(words, "About half of the time."))
    assert after.endswith("What value are you bringing to Li?")


@pytest.mark.parametrize("taken_on", ["Ask {author} why? <b>now</b>", "word " * 80])
def test_what_was_taken_on_is_said_back_as_plain_words(taken_on: str) -> None:
    """Neither markup nor a second question nor a whole page comes of it."""
    words = say(Turn(Move.ASK, Asked(Slot.COMMITMENT), Heard()), replace(COMMITTED, commitment=taken_on))
    assert not re.search(r"[<>{}]", words)
    assert words.count("?") == 1
    assert len(words.split()) < 60


@pytest.mark.parametrize("turn", range(1, 6))
def test_a_question_on_a_change_is_put_as_it_was_given(turn: int) -> None:
    """Word for word, since it was chosen to be neutral."""
    asked = "Have you noticed any change in how priorities are explained?"
    setting = replace(LI_ON_MIA, turn=turn, change_asked=asked)
    assert say(Turn(Move.ASK, Asked(Slot.CHANGE), Heard()), setting, told("What?", "This.")).endswith(asked)


@pytest.mark.parametrize("author", ["Li", "Samir", "Dagmar", "Tuan", "Bronagh"])
def test_a_feedback_opens_with_who_decides_about_sending(author: str) -> None:
    """That it is the author, in a few words, and then the value question; the page tells the rest above it."""
    words = say(OPENING, replace(LI_ON_MIA, author=author, turn=0))
    assert re.search(r"\. (?:You|Only you|Nothing) .*sen[dt]", words)
    assert len(words.split()) <= 18
    assert words.endswith("What value did your manager bring to your team?")


def test_the_same_turn_is_always_worded_the_same() -> None:
    """A conversation that is replayed reads the same."""
    turn = Turn(Move.ASK, Asked(Slot.EXAMPLE), Heard(gist="you moved her onto pricing"))
    assert say(turn) == say(turn)


def test_two_reflections_of_one_manager_do_not_read_the_same() -> None:
    """Over a team of eight there are at least four different questions for an example."""
    turn = Turn(Move.ASK, Asked(Slot.EXAMPLE), Heard())
    names = ["Li", "Samir", "Dagmar", "Tuan", "Bronagh", "Eskil", "Gunnar", "Aoife"]
    first = told("What value are you bringing?", "...")
    questions = {say(turn, replace(MIA_ON_LI, about=name), first).replace(name, "") for name in names}
    assert len(questions) >= 4


def test_the_first_answer_is_not_taken_up_as_if_there_were_one_before_it() -> None:
    """Whoever is met by "And" has said something already."""
    turn = Turn(Move.ASK, Asked(Slot.EXAMPLE), Heard(gist="you moved her onto pricing"))
    names = ["Li", "Samir", "Dagmar", "Tuan", "Bronagh", "Eskil", "Gunnar", "Aoife"]
    history = told("What value?", "I moved her onto pricing")
    first = {say(turn, replace(MIA_ON_LI, about=name), history).split()[0] for name in names}
    later = {say(turn, replace(MIA_ON_LI, about=name, turn=3), history).split()[0] for name in names}
    assert (first, later) == ({"So", "You"}, {"So", "You", "And"})


def test_what_was_heard_is_taken_up_first() -> None:
    """The turn begins with the author's own words."""
    turn = Turn(Move.ASK, Asked(Slot.EXAMPLE), Heard(gist="you moved her onto pricing"))
    words = say(turn, history=told("What value are you bringing to Li?", "I moved her onto pricing"))
    assert "you moved her onto pricing. " in words.replace("You", "you")


def test_a_brief_answer_is_met_briefly() -> None:
    """By one of the shortest questions there are, and without leading over to it."""
    turn = Turn(Move.ASK, Asked(Slot.FUNDAMENTAL, Fundamental.POWERING_PERFORMANCE), Heard(gist="Li works alone now"))
    briefly = [say(turn, replace(MIA_ON_LI, turn=n), told("What?", "Works alone now.")) for n in range(8)]
    at_length = [say(turn, replace(MIA_ON_LI, turn=n), told("What?", "Works alone now. " * 3)) for n in range(8)]
    leads = re.compile("|".join(map(re.escape, REFLECTION.before_fundamental)))
    assert not any(map(leads.search, briefly))
    assert all(map(leads.search, at_length))
    assert max(map(_words_asked, briefly)) < max(map(_words_asked, at_length))


def test_the_way_to_a_new_topic_is_led_once() -> None:
    """From then on it is plain that topics change."""
    turn = Turn(Move.ASK, Asked(Slot.FUNDAMENTAL, Fundamental.BUILDING_TRUST), Heard())
    answer = "They can say anything to me."
    for lead in REFLECTION.before_fundamental:
        words = say(turn, history=told("What?", answer, f"I see. {lead} What comes first?", answer))
        assert len(re.split(r"(?<=[.?]) ", words)) == 2, "a word of thanks and the question"


def _words_asked(turn: str) -> int:
    return len(re.split(r"(?<=[.]) ", turn)[-1].split())


@pytest.mark.parametrize("move", [Move.EXPLAIN_WHY, Move.EXPLAIN_PRIVACY])
def test_after_an_explanation_the_same_question_is_put_again(move: Move) -> None:
    """Word for word, so that nobody wonders what changed."""
    history = told("I see. When did you last notice that, and what happened?", "?")
    words = say(Turn(move, Asked(Slot.EXAMPLE), Heard()), LI_ON_MIA, history)
    assert words.endswith(" When did you last notice that, and what happened?")
    assert words.count("?") == 1


def test_an_explanation_without_a_question_before_it_asks_one() -> None:
    """A history that holds no question is no reason to fall silent."""
    words = say(Turn(Move.EXPLAIN_WHY, Asked(Slot.MISSING), Heard()), LI_ON_MIA, told("Hello.", "why?"))
    assert words.count("?") == 1


@pytest.mark.parametrize("setting", [MIA_ON_LI, LI_ON_MIA])
@pytest.mark.parametrize("turn", range(1, 9))
def test_the_word_on_privacy_tells_the_floor_and_who_holds_the_keys(setting: Setting, turn: int) -> None:
    """Whoever asks what happens with this hears the floor, and the limit of the promise."""
    asked = Turn(Move.EXPLAIN_PRIVACY, Asked(Slot.VALUE), Heard(wish=Wish.PRIVACY))
    words = say(asked, replace(setting, turn=turn), told("What?", "who sees this?"))
    assert str(setting.floor) in words
    assert "installation" in words


def test_after_the_close_there_is_a_short_word_and_privacy_is_still_answered() -> None:
    """A message after the end is met with a closing word again, and a worry with its answer."""
    history = told("What value?", "stop", "Thank you, Mia.", "and another thing")
    words = say(Turn(Move.CLOSE, None, Heard()), history=history)
    assert words in REFLECTION.closed
    worried = say(Turn(Move.CLOSE, None, Heard(wish=Wish.PRIVACY)), history=history)
    assert "installation" in worried
    assert "?" not in worried


def test_blame_is_not_said_back() -> None:
    """Being turned to the own part does not begin with what others did wrong."""
    turn = Turn(
        Move.TURN_TO_OWN_PART, Asked(Slot.OWN_PART), Heard(blames_others=True, gist="they never take ownership")
    )
    assert say(turn, history=told("What value?", "They never take ownership")) in _filled(REFLECTION.turn_to_own_part)


def _filled(wordings: tuple[str, ...]) -> list[str]:
    return [wording.format(who="Li") for wording in wordings]


def test_words_come_in_pieces() -> None:
    """The page can show them as they come."""
    pieces = list(INTERVIEWER.word(OPENING, LI_ON_MIA, ()))
    assert len(pieces) > 10
    assert all(len(piece.split()) == 1 for piece in pieces)


@pytest.mark.parametrize(
    "name", ["<script>alert(1)</script>", "*Li*", "_Li_", "{gist}", "\u202eLi", "[Li](http://x.example)"]
)
def test_a_name_is_never_markup(name: str) -> None:
    """Whatever stands in the list of people, no markup comes out."""
    words = say(OPENING, replace(MIA_ON_LI, author=name, about=name, turn=0))
    assert not re.search(r"[<>*_\[\]{}`\u202e()/]", words)


def test_names_with_marks_and_hyphens_are_kept() -> None:
    """People are called by their names."""
    words = say(OPENING, replace(MIA_ON_LI, about="Ana-Mar\u00eda", turn=0))
    assert words.endswith("What value are you bringing to Ana-Mar\u00eda?")


def _questions(phrases: Phrases) -> Iterable[str]:
    yield from phrases.opening + phrases.turn_to_person + phrases.turn_to_own_part + phrases.opening_after_commitment
    asked = (wordings for slot, wordings in phrases.ask.items() if slot is not Slot.CHANGE)  # it is given from without
    for wordings in (*asked, *phrases.fundamental.values(), *phrases.try_once_more.values()):
        yield from wordings


def _statements(phrases: Phrases) -> Iterable[str]:
    yield from phrases.before_fundamental + phrases.privacy + phrases.close + phrases.closed
    for wordings in phrases.why.values():
        yield from wordings


@pytest.mark.parametrize("phrases", [REFLECTION, FEEDBACK], ids=["reflection", "feedback"])
class TestWordings:
    """What holds for every wording."""

    def test_each_question_is_one_short_question(self, phrases: Phrases) -> None:
        """One question mark at the end, and no question of more than 25 words."""
        for wording in _questions(phrases):
            assert wording.endswith("?")
            assert wording.count("?") == 1
            assert len(re.split(r"[.:] ", wording)[-1].split()) <= 25

    def test_questions_are_shorter_than_their_answers_need_be(self, phrases: Phrases) -> None:
        """Seven words or fewer at the mean, a closing word of eight at most."""
        asked = (wordings for slot, wordings in phrases.ask.items() if slot not in CARRIED_OVER)
        for wordings in (*asked, *phrases.fundamental.values()):
            assert sum(len(wording.split()) for wording in wordings) <= 7 * len(wordings)
        assert all(len(wording.split()) <= 8 for wording in phrases.close)

    def test_no_statement_asks_or_flatters(self, phrases: Phrases) -> None:
        """What is no question holds no question mark, and nobody is praised or shouted at."""
        for wording in (*_statements(phrases), *_questions(phrases)):
            assert not re.search(r"!|\b(?:great|excellent|wonderful|amazing|awesome|fantastic|well done)\b", wording)
        assert not [wording for wording in _statements(phrases) if "?" in wording]

    def test_there_is_enough_to_choose_from(self, phrases: Phrases) -> None:
        """At least four wordings of each, none of them twice."""
        groups = [phrases.opening, phrases.privacy, phrases.close, phrases.closed, phrases.before_fundamental]
        groups += [*phrases.ask.values(), *phrases.fundamental.values(), *phrases.try_once_more.values()]
        groups += [*phrases.why.values(), *filter(None, [phrases.turn_to_person, phrases.turn_to_own_part])]
        assert all(len(group) == len(set(group)) >= 4 for group in groups)
        assert set(phrases.fundamental) == set(Fundamental)
