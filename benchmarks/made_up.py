"""Files to measure with: people by number, and conversations from the rounds by which the model is tested.

The same seed gives the same files. The texts are by a writer of whom the model has learned nothing.
"""

from __future__ import annotations

import json
import random
import sys
from pathlib import Path

REPOSITORY = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(REPOSITORY / "training"))

from corpus import behaviours  # type: ignore[import-not-found]
from rounds import Round, read  # type: ignore[import-not-found]

ROUND = "2026-Q4"
MANAGER = "boss@acme.example"


def people(count: int, reports_each: int = 8) -> str:
    """people.csv of so many people in one reporting line, eight to a manager."""
    lines = ["email,name,manager_email,team,role,locale"]
    for n in range(count):
        manager = f"p{(n - 1) // reports_each}@acme.example" if n else ""
        lines.append(f"p{n}@acme.example,First{n} Last{n},{manager},Team {n // reports_each},,en")
    return "\n".join(lines) + "\n"


def feedbacks(count: int, seed: int = 1) -> str:
    """conversations.jsonl: feedback of each of so many people after the first about their manager, five texts each."""
    draw = random.Random(seed)  # noqa: S311 - for drawing only
    texts = [talk.text(mark) for r in test_rounds() for talk in r.feedbacks for mark in talk.statements]
    lines = (
        _line("feedback", f"p{n}@acme.example", f"p{(n - 1) // 8}@acme.example", draw.sample(texts, 5))
        for n in range(1, count + 1)
    )
    return "\n".join(lines) + "\n"


def team_people(respondents: int = 8) -> str:
    """people.csv of one manager and their team."""
    lines = ["email,name,manager_email,team", f"{MANAGER},Bo Boss,,Team"]
    lines += [f"m{n}@acme.example,Member {n},{MANAGER},Team" for n in range(1, respondents + 1)]
    return "\n".join(lines) + "\n"


def team_conversations(seed: int = 1, respondents: int = 8, statements: int = 40) -> str:
    """conversations.jsonl of one team, from several test rounds: six claims in a reflection, the others as feedback."""
    draw = random.Random(seed)  # noqa: S311 - for drawing only
    rounds = draw.sample(test_rounds(), 3)
    claims = [talk.text(mark) for r in rounds for talk in r.reflections for mark in talk.statements]
    observations = [talk.text(mark) for r in rounds for talk in r.feedbacks for mark in talk.statements]
    claimed = statements // 6
    seen = draw.sample(observations, statements - claimed)
    lines = [_line("reflection", MANAGER, None, draw.sample(claims, claimed))]
    lines += [
        _line("feedback", f"m{n}@acme.example", MANAGER, seen[n - 1 :: respondents]) for n in range(1, respondents + 1)
    ]
    return "\n".join(lines) + "\n"


def test_rounds() -> list[Round]:
    """The rounds that training holds out for its test, as in ``training/examples.py``."""
    known = behaviours(REPOSITORY / "knowledge" / "behaviours.yaml")
    return list(read(REPOSITORY / "training" / "rounds" / "v.txt", known))


def _line(kind: str, author: str, about: str | None, texts: list[str]) -> str:
    messages = [
        m for text in texts for m in ({"role": "assistant", "content": "And?"}, {"role": "user", "content": text})
    ]
    return json.dumps({"round": ROUND, "kind": kind, "author": author, "about": about, "messages": messages})
