"""What came before the turns that a model is shown, summed up by rule: without a call, however long the talk is."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence

from assistant.domain.conversation import Message
from assistant.domain.knowledge import Behaviour
from assistant.domain.words import Speaker
from assistant.engines.llm.asking import questions

MOST_QUESTIONS = 8
MOST_BEHAVIOURS = 8
LONGEST_QUESTION = 160
LEAST_WORDS = 4
"""A message of fewer words, such as a yes, is about nothing."""


class Earlier:
    """Sums up earlier turns. ``likely`` names the behaviours (ids) that a text is about, the likeliest first."""

    def __init__(self, likely: Callable[[str], tuple[str, ...]], behaviours: Mapping[str, Behaviour]) -> None:
        self._likely, self._behaviours = likely, behaviours

    def of(self, turns: Sequence[Message]) -> str:
        """Which behaviours were spoken of and which questions were asked, the latest of each; empty without turns."""
        latest = turns[::-1]
        spoken_of = _first((self._about(m.content) for m in latest if m.role is Speaker.USER), MOST_BEHAVIOURS)[::-1]
        asked = _first((_question(m.content) for m in latest if m.role is Speaker.ASSISTANT), MOST_QUESTIONS)[::-1]
        parts = [f"The person spoke of: {'; '.join(spoken_of)}."] if spoken_of else []
        return " ".join([*parts, f"You asked: {' '.join(asked)}"] if asked else parts)

    def _about(self, text: str) -> str | None:
        """The behaviour that a message is most probably about."""
        return None if len(text.split()) < LEAST_WORDS else self._behaviours[self._likely(text)[0]].doing


def _first(found: Iterable[str | None], most: int) -> list[str]:
    """The first ``most`` different ones; no more is looked at than that takes, however long the talk is."""
    kept: dict[str, None] = {}
    for one in found:
        if one is not None:
            kept[one] = None
        if len(kept) == most:
            break
    return [*kept]


def _question(text: str) -> str | None:
    asked = questions(text)
    return asked[-1][:LONGEST_QUESTION] if asked else None
