"""An interviewer without a model, and the conversations that it is tried with."""

from __future__ import annotations

from dataclasses import replace

from assistant.domain.conversation import Message
from assistant.domain.interview import Asked, Heard, Move, Setting, Slot, Turn
from assistant.domain.words import Fundamental, Speaker
from assistant.engines.embedded.interviewer import EmbeddedInterviewer

MIA_ON_LI = Setting(is_reflection=True, author="Mia", about="Li", floor=4, turn=1)
MIA_ON_TEAM = replace(MIA_ON_LI, about=None)
LI_ON_MIA = Setting(is_reflection=False, author="Li", about="Mia", floor=5, turn=1)
OPENING = Turn(Move.ASK, Asked(Slot.VALUE), Heard())


def no_fundamentals(_: str) -> frozenset[Fundamental]:
    return frozenset()


INTERVIEWER = EmbeddedInterviewer(no_fundamentals)


def hear(text: str, setting: Setting = MIA_ON_LI) -> Heard:
    return INTERVIEWER.hear(text, setting)


def say(turn: Turn, setting: Setting = MIA_ON_LI, history: tuple[Message, ...] = ()) -> str:
    return "".join(INTERVIEWER.word(turn, setting, history))


def told(*contents: str) -> tuple[Message, ...]:
    """A history: assistant and user in turns, the assistant first."""
    return tuple(Message(Speaker.USER if i % 2 else Speaker.ASSISTANT, c) for i, c in enumerate(contents))
