"""Guessing who wrote a text by how everybody writes, and how much better than chance that goes."""

from __future__ import annotations

import math
import string
from collections import Counter, defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np
import numpy.typing as npt

from assistant.ports.encoder import Encoder
from assistant.settings import Settings

DRAWS = 2_000
Vector = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Guess:
    """One text of one round: who stands behind it, and everybody's other lines, by e-mail or number."""

    round: str
    text: str
    behind: frozenset[str]
    samples: Mapping[str, tuple[str, ...]]

    @property
    def chance(self) -> float:
        """How often a blind guess is right."""
        return len(self.behind) / len(self.samples)


Attack = Callable[[Guess], str]
"""From a guess to the person who is taken for the author."""


def by_letters(guess: Guess) -> dict[str, float]:
    """How near everybody's writing is to the text, by character n-grams."""
    pieces = [_ngrams(guess.text), *(sum(map(_ngrams, lines), Counter()) for lines in guess.samples.values())]
    spread = Counter(gram for counts in pieces for gram in counts)
    rare = {gram: math.log((1 + len(pieces)) / (1 + n)) + 1 for gram, n in spread.items()}
    text, *samples = ({gram: (1 + math.log(n)) * rare[gram] for gram, n in counts.items()} for counts in pieces)
    return {who: _cosine(text, sample) for who, sample in zip(guess.samples, samples, strict=True)}


@cache
def _ngrams(text: str) -> Counter[str]:
    """Character n-grams of 2 to 4 within words, a blank at either end of each."""
    words = [f" {word} " for word in text.lower().split()]
    return Counter(word[at : at + n] for word in words for n in (2, 3, 4) for at in range(len(word) - n + 1))


def _cosine(left: Mapping[str, float], right: Mapping[str, float]) -> float:
    both = sum(weight * right[gram] for gram, weight in left.items() if gram in right)
    return both / (math.hypot(*left.values()) * math.hypot(*right.values()))


class Meanings:
    """Sentence vectors, each made once."""

    def __init__(self, encoder: Encoder) -> None:
        self._encoder = encoder
        self._known: dict[str, Vector] = {}

    def of(self, text: str) -> Vector:
        """The unit vector of a text."""
        if text not in self._known:
            self._known[text] = np.array(self._encoder.vectors([text])[0])
        return self._known[text]

    def nearness(self, guess: Guess) -> dict[str, float]:
        """How near everybody's lines are to the text, on average."""
        text = self.of(guess.text)
        return {who: float(np.mean([self.of(line) @ text for line in lines])) for who, lines in guess.samples.items()}


def _together(*signs: Mapping[str, float]) -> dict[str, float]:
    """The sum of the signs, each in standard deviations from its mean."""
    total: dict[str, float] = defaultdict(float)
    for sign in signs:
        values = np.array(list(sign.values()))
        for who, value in sign.items():
            total[who] += (value - values.mean()) / (values.std() + 1e-9)
    return total


def _nearest(sign: Mapping[str, float]) -> str:
    return max(sorted(sign), key=lambda who: sign[who])


def attacks(encoder: Encoder) -> dict[str, Attack]:
    """The attacks that need no model."""
    meanings = Meanings(encoder)
    return {
        "character n-grams": lambda g: _nearest(by_letters(g)),
        "sentence vectors": lambda g: _nearest(meanings.nearness(g)),
        "both": lambda g: _nearest(_together(by_letters(g), meanings.nearness(g))),
    }


def by_model(settings: Settings) -> Attack:
    """An attack that asks the language model of the settings; an answer that names nobody counts as the first one."""
    from openai import OpenAI

    key = settings.openai_api_key
    client = OpenAI(base_url=settings.openai_base_url, api_key=key.get_secret_value() if key else "none")
    name = (settings.model or "").removeprefix("openai:")

    def ask(guess: Guess) -> str:
        letters = dict(zip(string.ascii_uppercase, guess.samples, strict=False))
        people = "\n\n".join(f"{letter}: {' '.join(guess.samples[who])}" for letter, who in letters.items())
        order = (
            f"These people wrote:\n\n{people}\n\nWho of them is most likely behind this text?\n\n{guess.text}\n\n"
            "Answer with one letter only."
        )
        said = client.chat.completions.create(
            model=name, messages=[{"role": "user", "content": order}], max_tokens=4, temperature=0
        )
        answer = (said.choices[0].message.content or "").upper()
        return letters[next((c for c in answer if c in letters), "A")]

    return ask


@dataclass(frozen=True, slots=True)
class Outcome:
    """An attack on some texts: how often it was right, chance, and their difference with its 95 % interval."""

    texts: int
    right: float
    chance: float
    above: float
    interval: tuple[float, float]

    @property
    def tells(self) -> bool:
        """Whether the attack does better than chance, beyond the interval."""
        return self.interval[0] > 0


def outcome(given: Sequence[Guess], attack: Attack) -> Outcome:
    """Make an attack on each text; the interval is drawn anew over whole rounds, whose texts hang together."""
    right = np.array([float(attack(guess) in guess.behind) for guess in given])
    chance = np.array([guess.chance for guess in given])
    rounds = sorted({guess.round for guess in given})
    place = np.array([rounds.index(guess.round) for guess in given])
    sums = np.stack([np.bincount(place, right - chance, len(rounds)), np.bincount(place, minlength=len(rounds))])
    draws = np.random.default_rng(11).integers(0, len(rounds), (DRAWS, len(rounds)))
    drawn = sums[0][draws].sum(1) / sums[1][draws].sum(1)
    low, high = np.quantile(drawn, [0.025, 0.975])
    above = float((right - chance).mean())
    return Outcome(len(given), float(right.mean()), float(chance.mean()), above, (float(low), float(high)))
