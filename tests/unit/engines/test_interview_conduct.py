"""Whole conversations, policy and interviewer together: how the assistant conducts itself."""

from __future__ import annotations

import re
from dataclasses import dataclass

import pytest

from assistant.domain.conversation import Message
from assistant.domain.interview import InterviewState, Move, Setting, Slot, Turn, Wish
from assistant.domain.words import ConversationKind, Fundamental, Speaker
from assistant.engines.embedded.interviewer import EmbeddedInterviewer
from assistant.interview.policy import advance, opening

REFLECTION, FEEDBACK = ConversationKind.REFLECTION, ConversationKind.FEEDBACK

TALKATIVE_MANAGER = (
    "I moved her onto the pricing work she asked for. She had been stuck on support for two years and I could see "
    "that she was getting bored, so I talked to the other lead until we found a swap that worked for both of the "
    "teams.",
    "The pricing review in March comes to mind. She presented it to the board on her own, I sat in the back row "
    "and kept my mouth shut, even when the finance people pushed her on the margin numbers, which was honestly "
    "hard for me to watch.",
    "She comes with proposals and not with questions, and the sales people ask for her directly and go around me, "
    "which I like. I also see that she takes on the younger ones and shows them how the pricing sheet is built, "
    "without being asked.",
    "I could have done it a year earlier. It was comfortable to have somebody reliable on support because nobody "
    "else wanted it, and I told myself that she was happy there, although I had not sat down with her to find out "
    "for a long time.",
    "Probably that I change priorities too often and say nothing about the reasons. She told me in the summer "
    "that she finds out about changes in the corridor, from people who are not even in our team, and that it "
    "makes her look foolish.",
    "We looked at what she wants to do in three years. She would like to lead a small team, and from January on "
    "she runs the Monday meeting, at first with me in the room and then, if she likes it, without me and with her "
    "own agenda.",
    "I write the change and the reason for it into our channel now, before I tell anybody in person. To be fair I "
    "forget it about half of the time, and then it is the corridor again, so that is something for me to work on "
    "this winter.",
)
COOPERATIVE_MEMBER = (
    "She gave me the pricing work I had asked for, and she kept out of it while I found my way",
    "In March she sat in the back row of the board meeting and let me answer every question",
    "Priorities change and we hear about it in the corridor",
    "The Friday talks, they are short and they help",
    "There is a course now and then",
    "From the channel, mostly",
)
TERSE = ("Support.", "Monday.", "Better.", "Some.", "Speed.", "Courses.", "Email.")
HOSTILE = ("this is a waste of time", "You people only want to spy on us", "bullshit", "whatever")
BLAMING = (
    "It's not my fault, head office cut the budget",
    "They just don't take any ownership",
    "Fine. I could have told them about the cuts",
    "On Tuesday, at the meeting",
    "They grumble less",
    "That I only bring bad news",
    "I let them choose courses",
    "By mail",
)
TICKETS = (
    "I assign and check tickets",
    "I track the deadlines",
    "I review the backlog",
    "ok",
    "ok",
    "ok",
    "ok",
    "ok",
    "ok",
)
NOTHING = ("nothing", "nothing really", "no")
WITH_WISHES = (
    "She explains things",
    "why do you ask?",
    "Once she drew the whole plan for me on a napkin",
    "who will see this?",
    "skip",
    "go back",
    "More time for questions",
    "The napkin",
    "stop",
)
SCRIPTS = {
    "talkative": (REFLECTION, TALKATIVE_MANAGER),
    "cooperative": (FEEDBACK, COOPERATIVE_MEMBER),
    "terse manager": (REFLECTION, TERSE),
    "terse member": (FEEDBACK, TERSE),
    "hostile manager": (REFLECTION, HOSTILE),
    "hostile member": (FEEDBACK, HOSTILE),
    "blaming": (REFLECTION, BLAMING),
    "tickets": (REFLECTION, TICKETS),
    "nothing": (FEEDBACK, NOTHING),
    "wishes": (FEEDBACK, WITH_WISHES),
    "other language": (
        REFLECTION,
        ("Ich h\u00f6re zu", "Jeden Freitag", "Sie traut sich mehr", "Ungeduld", "Zu wenig Zeit"),
    ),
}


@dataclass(frozen=True)
class Talk:
    """A conversation that has been held: the turns, what was said in them, and where it ended."""

    turns: tuple[Turn, ...]
    said: tuple[str, ...]
    answers: tuple[str, ...]
    state: InterviewState

    @property
    def asking(self) -> list[str]:
        """What was said in turns that ask."""
        return [words for turn, words in zip(self.turns, self.said, strict=True) if turn.move is not Move.CLOSE]

    @property
    def questions(self) -> list[str]:
        """The questions that were put of the assistant's own accord."""
        wanted = {Wish.WHY, Wish.PRIVACY, Wish.BACK}
        pairs = zip(self.turns, self.said, strict=True)
        return [re.split(r"[.:] ", w)[-1] for t, w in pairs if t.move is not Move.CLOSE and t.heard.wish not in wanted]


def hold(kind: ConversationKind, answers: tuple[str, ...], about: str | None = "Li", author: str = "Mia") -> Talk:
    """Play a conversation until it closes or the answers run out."""
    interviewer = EmbeddedInterviewer(_by_word)
    turn, state = opening(kind)
    history: tuple[Message, ...] = ()
    turns: list[Turn] = []
    for number in range(len(answers) + 1):
        setting = Setting(kind is REFLECTION, author, about, 4, number)
        if number:
            history = (*history, Message(Speaker.USER, answers[number - 1]))
            turn, state = advance(kind, state, interviewer.hear(answers[number - 1], setting), number)
        turns.append(turn)
        history = (*history, Message(Speaker.ASSISTANT, "".join(interviewer.word(turn, setting, history))))
        if state.closed:
            break
    said = tuple(m.content for m in history if m.role is Speaker.ASSISTANT)
    return Talk(tuple(turns), said, tuple(m.content for m in history if m.role is Speaker.USER), state)


def _by_word(text: str) -> frozenset[Fundamental]:
    return frozenset({Fundamental.POWERING_PERFORMANCE} if "swap" in text else ())


def _words(texts: tuple[str, ...]) -> int:
    return sum(len(text.split()) for text in texts)


@pytest.mark.parametrize("script", SCRIPTS)
def test_each_turn_asks_one_question(script: str) -> None:
    """Exactly one question mark where the assistant asks, none where it closes."""
    talk = hold(*SCRIPTS[script])
    assert all(words.count("?") == 1 for words in talk.asking)
    assert all("?" not in words for turn, words in zip(talk.turns, talk.said, strict=True) if turn.move is Move.CLOSE)


@pytest.mark.parametrize("script", SCRIPTS)
def test_no_question_is_put_twice(script: str) -> None:
    """Unless it was asked for, no question comes again in the same words."""
    questions = hold(*SCRIPTS[script]).questions
    assert len(questions) == len(set(questions))


@pytest.mark.parametrize("script", SCRIPTS)
def test_no_turn_begins_like_another(script: str) -> None:
    """What was heard is taken up in changing words."""
    said = hold(*SCRIPTS[script]).said
    assert len(said) == len(set(said))


@pytest.mark.parametrize(
    "script", ["talkative", "cooperative", "terse manager", "blaming", "tickets", "nothing", "wishes"]
)
def test_a_talk_closes(script: str) -> None:
    """Once all is said, or nothing is, the assistant closes."""
    assert hold(*SCRIPTS[script]).state.closed


def test_a_cooperative_manager_is_asked_for_every_part() -> None:
    """In the end all that a reflection holds has been answered."""
    talk = hold(REFLECTION, TALKATIVE_MANAGER)
    assert talk.state.filled >= {Slot.VALUE, Slot.EXAMPLE, Slot.EFFECT, Slot.OWN_PART, Slot.HARD_TO_HEAR}


def test_a_cooperative_team_member_is_asked_for_every_part() -> None:
    """In the end all that a feedback holds has been answered."""
    assert hold(FEEDBACK, COOPERATIVE_MEMBER).state.filled >= {Slot.VALUE, Slot.EXAMPLE, Slot.MISSING, Slot.KEEP}


def test_the_talkative_do_the_talking() -> None:
    """With somebody who talks, less than 45 words in a hundred are the assistant's."""
    talk = hold(REFLECTION, TALKATIVE_MANAGER)
    assert _words(talk.said) / (_words(talk.said) + _words(talk.answers)) < 0.45


def test_the_blaming_are_turned_to_their_own_part_and_then_asked_on() -> None:
    """Two turns to the own part, and the own part is not asked a third time."""
    talk = hold(REFLECTION, BLAMING)
    assert [turn.move for turn in talk.turns].count(Move.TURN_TO_OWN_PART) == 2
    assert talk.state.filled >= {Slot.OWN_PART, Slot.HARD_TO_HEAR}


def test_talk_of_tickets_is_turned_to_the_person_twice() -> None:
    """After two tries the conversation goes on."""
    moves = [turn.move for turn in hold(REFLECTION, TICKETS).turns]
    assert moves[1:4] == [Move.TURN_TO_PERSON, Move.TURN_TO_PERSON, Move.ASK]


def test_the_hostile_are_met_calmly_and_let_go() -> None:
    """Insults are neither said back nor argued with, and after three there is an end."""
    talk = hold(FEEDBACK, HOSTILE)
    assert talk.state.closed
    assert talk.turns[2].move is Move.EXPLAIN_PRIVACY
    assert not re.search(r"spy|waste|bull|sorry you feel|actually", " ".join(talk.said))


def test_nothing_is_accepted_and_what_is_missing_is_still_asked() -> None:
    """One more try, then the next part, then the end."""
    talk = hold(FEEDBACK, NOTHING)
    assert [turn.move for turn in talk.turns] == [Move.ASK, Move.TRY_ONCE_MORE, Move.ASK, Move.CLOSE]


def test_wishes_are_granted_on_the_way() -> None:
    """Why, privacy, skip, back and stop each get what they want."""
    talk = hold(FEEDBACK, WITH_WISHES)
    moves = [turn.move for turn in talk.turns]
    assert moves[2] is Move.EXPLAIN_WHY
    assert moves[4] is Move.EXPLAIN_PRIVACY
    assert re.split(r"[.:] ", talk.said[4])[-1] == re.split(r"[.:] ", talk.said[3])[-1]
    asked = [turn.asked.slot for turn in talk.turns[3:9] if turn.asked is not None]
    assert asked == [Slot.MISSING, Slot.MISSING, Slot.KEEP, Slot.MISSING, Slot.KEEP, Slot.FUNDAMENTAL]
    assert moves[-1] is Move.CLOSE


def test_a_conversation_replays_word_for_word() -> None:
    """The same answers give the same conversation."""
    assert hold(FEEDBACK, WITH_WISHES).said == hold(FEEDBACK, WITH_WISHES).said


def test_a_reflection_on_the_team_never_speaks_of_nobody() -> None:
    """Without a name it is about "your team"."""
    said = " ".join(hold(REFLECTION, TALKATIVE_MANAGER, about=None).said)
    assert "your team" in said
    assert "None" not in said
