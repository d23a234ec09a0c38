"""The questions that the reader of questions learns from, and what it is given of each."""

from __future__ import annotations

import hashlib
import json
import sys
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from asked_before import FILE as ASKED_BEFORE
from asked_before import asked_before
from numpy.typing import NDArray

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent))

from assistant.engines.embedded.model import LanguageModel, Matrix
from assistant.engines.embedded.question_reader import NONE, PARTS, Vocabulary, features
from assistant.engines.embedded.question_rounds import when
from assistant.engines.embedded.question_signs import asked_part, signs, words
from assistant.engines.embedded.question_topics import QuestionTopics
from assistant.stores.knowledge_files import load_knowledge

FILES = tuple(sorted((HERE / "questions").glob("*.jsonl")))
ROUNDS = ("2026-Q1", "2026-Q2", "2026-Q3", "2026-Q4")
SELDOM = 3
"""A word that fewer questions hold is not learned."""

TOO_ALIKE = 0.93
"""From this cosine on, two questions are not put on two sides when it is measured how well others foretell them."""


@dataclass(frozen=True)
class Labelled:
    """A question without names, and the values of those of its parts that somebody told."""

    text: str
    values: dict[str, str]


@dataclass(frozen=True)
class Seen:
    """What the reader is given of n questions: features (n, f), and the words and signs of each."""

    features: Matrix
    words: tuple[tuple[str, ...], ...]
    signs: tuple[tuple[str, ...], ...]


def labelled() -> tuple[Labelled, ...]:
    """Every question of the corpus."""
    lines = (line for file in FILES for line in file.read_text(encoding="utf-8").splitlines())
    written = map(_labelled, map(json.loads, lines))
    return (*written, *(Labelled(asked_part(text), values) for text, values in asked_before()))


def _labelled(said: dict[str, str | bool | None]) -> Labelled:
    text = asked_part(str(said["text"]).replace("the teams below the manager", "the team"))
    return Labelled(text, {part: _value(part, said[part]) for part in PARTS if part in said})


def _value(part: str, said: str | bool | None) -> str:
    """What is said first by most people comes first anyway, so that it is no order of its own."""
    if part == "why":
        return "yes" if said else NONE
    return NONE if said is None or (part == "order" and said == "evidence") else str(said)


def digest() -> str:
    """What the corpus is, in one number."""
    return hashlib.sha256(b"".join(file.read_bytes() for file in (*FILES, ASKED_BEFORE))).hexdigest()


def see(questions: Sequence[Labelled], model: LanguageModel) -> Seen:
    """What the reader is given of each question."""
    topics = QuestionTopics(load_knowledge(HERE.parent / "knowledge").behaviours)
    return Seen(
        np.array([features(model.look_into(one.text)) for one in questions]),
        tuple(tuple(words(one.text)) for one in questions),
        tuple(tuple(signs(one.text, when(one.text.lower(), ROUNDS), topics)) for one in questions),
    )


def vocabulary(seen: Seen, of: Sequence[int]) -> Vocabulary:
    """The words and signs of these questions that are not seldom, with the logarithm of how rare each is."""
    often = Counter(word for n in of for word in {*seen.words[n], *seen.signs[n]})
    known = sorted(word for word, number in often.items() if number >= SELDOM)
    rarity = [1 + np.log(len(of) / often[word]) for word in known]
    return Vocabulary({word: place for place, word in enumerate(known)}, np.array(rarity, dtype=np.float32))


def bags(seen: Seen, known: Vocabulary) -> Matrix:
    """The weighed words of every question, (n, v)."""
    rows = np.zeros((len(seen.words), len(known.places)), dtype=np.float32)
    for row, spoken, recognised in zip(rows, seen.words, seen.signs, strict=True):
        places, weights = known.weighed(spoken, recognised)
        row[places] = weights
    return rows


def kin(vectors: Matrix) -> NDArray[np.int64]:
    """A number for each question, (n), the same for those that are almost the same question."""
    number = np.arange(len(vectors))
    for one, other in np.argwhere(np.triu(vectors @ vectors.T > TOO_ALIKE, 1)):
        number[number == number[other]] = number[one]
    return number


def folds(kinship: NDArray[np.int64], count: int, draw: np.random.Generator) -> NDArray[np.int64]:
    """Which of ``count`` parts each question is in, (n); kin are in one part."""
    clans, of = np.unique(kinship, return_inverse=True)
    return (draw.permutation(len(clans)) % count)[of]


def share_right(told: Sequence[str], right: Callable[[int], str | None]) -> float:
    """How many of the values told are right, of those that somebody labelled."""
    marks = [value == right(n) for n, value in enumerate(told) if right(n) is not None]
    return sum(marks) / len(marks)
