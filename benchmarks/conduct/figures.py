"""What conduct comes to over conversations: counts, and what is made of them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from personas import WISHED_FOR
from talking import Talk
from turns import Conduct, Question, conduct, labelled, stems

WITHIN = 12
"""Turns of a person within which a whole answer is to be had."""

ALIKE = 0.8


@dataclass(frozen=True, slots=True)
class Figures:
    """Counts over some conversations.

    ``wanted`` and ``covered`` count what a whole answer holds, and what of it the persona came to say within twelve
    turns; ``repeats`` questions that were put before in the same conversation; ``words`` all words of both sides.
    """

    talks: int
    turns: int
    asking: int
    one_open: int
    questions: int
    leading: int
    reflections: int
    advising: int
    repeats: int
    own_words: int
    words: int
    wanted: int
    covered: int

    @property
    def one_open_share(self) -> float:
        """Turns with exactly one open question, of those that ask."""
        return self.one_open / self.asking

    @property
    def reflections_per_question(self) -> float:
        """Sentences that reflect, for each question."""
        return self.reflections / self.questions

    @property
    def advising_share(self) -> float:
        """Turns with advice nobody asked for."""
        return self.advising / self.turns

    @property
    def word_share(self) -> float:
        """The assistant's words in all words."""
        return self.own_words / self.words

    @property
    def coverage(self) -> float:
        """How much of a whole answer came to be said."""
        return self.covered / self.wanted


def figures(talks: Sequence[Talk]) -> Figures:
    """The counts over these conversations."""
    turns = [conduct(turn, said) for talk in talks for turn, said in talk.pairs]
    own = sum(len(turn.split()) for talk in talks for turn in talk.turns)
    said = sum(len(line.words.split()) for talk in talks for line in talk.lines)
    return Figures(
        talks=len(talks),
        turns=len(turns),
        asking=sum(turn.asks for turn in turns),
        one_open=sum(turn.asks_one_open_question for turn in turns),
        questions=sum(len(turn.questions) for turn in turns),
        leading=sum(turn.questions.count(Question.LEADING) for turn in turns),
        reflections=sum(turn.reflections for turn in turns),
        advising=sum(turn.advises for turn in turns),
        repeats=sum(len(repeats(talk.turns)) for talk in talks),
        own_words=own,
        words=own + said,
        wanted=sum(len(WISHED_FOR[talk.persona.kind]) for talk in talks),
        covered=sum(_covered(talk) for talk in talks),
    )


def repeats(turns: Iterable[str]) -> list[str]:
    """The questions that were put before, in the same words or nearly so."""
    seen: list[str] = []
    again: list[str] = []
    for question in map(str.strip, _questions(turns)):
        (again if any(_alike(question, earlier) for earlier in seen) else seen).append(question)
    return again


def agreement() -> dict[str, tuple[int, int]]:
    """On the turns that were held out: how often the rules and the hand agree, and of how many, label by label."""
    pairs = [(one.conduct, conduct(one.turn, one.said)) for one in labelled() if one.part == "held out"]
    return {
        called: (sum(_value(a, name) == _value(b, name) for a, b in pairs), len(pairs))
        for name, called in _NAMES.items()
    }


_NAMES = {
    "questions": "the questions and how each is put",
    "reflections": "how many sentences reflect",
    "advises": "advice",
    "affirms": "praise",
    "informs": "information",
}
"""The labels, and what each is called on the page."""


def _value(of: Conduct, name: str) -> object:
    return sorted(of.questions) if name == "questions" else getattr(of, name)


def _covered(talk: Talk) -> int:
    said = {what for line in talk.lines[:WITHIN] for what in line.says}
    return len(said.intersection(WISHED_FOR[talk.persona.kind]))


def _questions(turns: Iterable[str]) -> Iterator[str]:
    for turn in turns:
        yield from re.findall(r"[^.!?:]+\?", turn)


def _alike(one: str, other: str) -> bool:
    """Whether two questions share nearly all words that carry meaning, or are the same where they have few of them."""
    a, b = stems(one), stems(other)
    if min(len(a), len(b)) < 2:
        return one.lower().split() == other.lower().split()
    return len(a & b) / len(a | b) >= ALIKE
