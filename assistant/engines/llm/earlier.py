"""What came before the turns that a model is shown, summed up by rule: without a call, however long the talk is."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterable, Mapping, Sequence

from assistant.domain.conversation import Message
from assistant.domain.knowledge import Behaviour
from assistant.domain.words import Speaker

MOST_QUESTIONS = 8
MOST_BEHAVIOURS = 8
LONGEST_QUESTION = 160
LEAST_WORDS = 4
"""A message of fewer words, such as a yes, is about nothing."""

_SENTENCE = re.compile(r"(?<=[.!?])\s+")


class Earlier:
    """Sums up earlier turns. ``likely`` names the behaviours (ids) that a text is about, the likeliest first."""

    def __init__(self, likely: Callable[[str], tuple[str, ...]], behaviours: Mapping[str, Behaviour]) -> None:
        self._likely, self._behaviours = likely, behaviours
        self._known: dict[str, str] = {}

    def of(self, turns: Sequence[Message]) -> str:
        """Which behaviours were spoken of and which questions were asked, the latest of each; empty without turns."""
        spoken_of = _latest((self._about(m.content) for m in turns if m.role is Speaker.USER), MOST_BEHAVIOURS)
        asked = _latest((_question(m.content) for m in turns if m.role is Speaker.ASSISTANT), MOST_QUESTIONS)
        parts = [f"The person spoke of: {'; '.join(spoken_of)}."] if spoken_of else []
        return " ".join([*parts, f"You asked: {' '.join(asked)}"] if asked else parts)

    def _about(self, text: str) -> str | None:
        """The behaviour that a message is most probably about; known by a digest, so that no words are kept."""
        if len(text.split()) < LEAST_WORDS:
            return None
        digest = hashlib.sha256(text.encode()).hexdigest()
        if digest not in self._known:
            self._known[digest] = self._behaviours[self._likely(text)[0]].doing
        return self._known[digest]


def _latest(found: Iterable[str | None], most: int) -> list[str]:
    """The last ``most`` different ones, in the order in which they last came up."""
    last = dict.fromkeys(reversed([one for one in found if one is not None]))
    return [*last][:most][::-1]


def _question(text: str) -> str | None:
    questions = [sentence for sentence in _SENTENCE.split(text) if sentence.rstrip().endswith("?")]
    return questions[-1][:LONGEST_QUESTION] if questions else None
