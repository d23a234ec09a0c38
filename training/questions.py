"""The questions that the reader of questions learns from, and what it is given of each.

    .venv/bin/python training/questions.py

reads them with the model, in the environment of the product, and writes ``training/work/questions.npz``, from which
``training/question_reader.py`` learns.
"""

from __future__ import annotations

import hashlib
import json
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE), str(HERE.parent)]

from asked_before import FILE as ASKED_BEFORE
from asked_before import asked_before
from seen_questions import SEEN, Seen

from assistant.engines.embedded.model import LanguageModel
from assistant.engines.embedded.question_reader import NONE, PARTS, features
from assistant.engines.embedded.question_rounds import when
from assistant.engines.embedded.question_signs import asked_part, signs, words
from assistant.engines.embedded.question_topics import QuestionTopics
from assistant.stores.knowledge_files import load_knowledge

FILES = tuple(sorted((HERE / "questions").glob("*.jsonl")))
ROUNDS = ("2026-Q1", "2026-Q2", "2026-Q3", "2026-Q4")


@dataclass(frozen=True)
class Labelled:
    """A question without names, and the values of those of its parts that somebody told."""

    text: str
    values: dict[str, str]


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
    looked = [model.look_into(one.text) for one in questions]
    return Seen(
        card={"version": model.version, "corpus": digest()},
        values=tuple(one.values for one in questions),
        features=np.array([features(one) for one in looked]),
        halfway=tuple(one.words for one in looked),
        words=tuple(tuple(words(one.text)) for one in questions),
        signs=tuple(tuple(sorted(signs(one.text, when(one.text.lower(), ROUNDS), topics))) for one in questions),
    )


def main() -> None:
    """Read all of them."""
    questions = labelled()
    see(questions, LanguageModel.load()).keep(SEEN)
    print(f"{len(questions):,} questions read")


if __name__ == "__main__":
    main()
