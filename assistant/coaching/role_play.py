"""The rules of a rehearsal: who speaks when, what is asked where no model words it, and how it ends.

The rehearsal lives on the manager's page alone, so what comes back from there is looked at as if anybody had sent it.
"""

from __future__ import annotations

from collections.abc import Sequence

from assistant.domain.conversation import Message, clean
from assistant.domain.errors import BadInput, Refused
from assistant.domain.talk import Guide
from assistant.domain.words import Speaker

MOST_ANSWERS = 5
LONGEST_ANSWER = 1_500
LONGEST_REPLY = 1_500
"""Characters that the team member's words have at most, with what the house says around them."""

ENCOURAGEMENT = (
    "That was the rehearsal. In the real talk you need not win anybody over: it is enough that you ask, listen, and do "
    "the one thing you said."
)
_STILL_ASKED = (
    "How will we notice that something has changed?",
    "What happens when everything gets busy again?",
    "What if somebody does not want to say anything in front of the others?",
)


def opening(guide: Guide) -> tuple[Message, ...]:
    """The rehearsal as it begins: with the first of the likely questions."""
    return (Message(Speaker.ASSISTANT, _likely(guide)[0]),)


def answered(shown: Sequence[Message], text: str) -> tuple[Message, ...]:
    """The rehearsal as it is ``shown``, and the manager's answer after it.

    Raises BadInput where the answer is empty or too long, or where this is no rehearsal; Refused where it is over.
    """
    words = clean(text)
    if not words:
        raise BadInput("There is nothing in this answer yet.")
    if len(words) > LONGEST_ANSWER:
        raise BadInput(f"An answer has at most {LONGEST_ANSWER:,} characters here; this one has {len(words):,}.")
    if not _is_rehearsal(shown):
        raise BadInput("This is not how the rehearsal was left. Begin it anew.")
    if answers(shown) >= MOST_ANSWERS:
        raise Refused("This rehearsal is over. Begin anew to rehearse once more.")
    return (*(Message(one.role, clean(one.content)) for one in shown), Message(Speaker.USER, words))


def answers(messages: Sequence[Message]) -> int:
    """How often the manager has answered."""
    return sum(message.role is Speaker.USER for message in messages)


def next_question(guide: Guide, messages: Sequence[Message]) -> str:
    """The first likely question that has not been put; there are more than a rehearsal has room for."""
    put = " ".join(message.content for message in messages if message.role is Speaker.ASSISTANT)
    likely = _likely(guide)
    return next((question for question in likely if question not in put), likely[-1])


def _likely(guide: Guide) -> list[str]:
    return [*(question.asked for question in guide.questions), *_STILL_ASKED]


def _is_rehearsal(messages: Sequence[Message]) -> bool:
    """Whether the two take turns, with the team member first and last, and nobody speaks longer than they can."""
    turns = (Speaker.ASSISTANT, Speaker.USER)
    longest = {Speaker.ASSISTANT: LONGEST_REPLY, Speaker.USER: LONGEST_ANSWER}
    in_turn = all(message.role is turns[place % 2] for place, message in enumerate(messages))
    return len(messages) % 2 == 1 and in_turn and all(len(one.content) <= longest[one.role] for one in messages)
