"""Statements and topics in a few letters."""

from collections.abc import Callable

import pytest

from assistant.domain.statements import Span, Statement, Topic
from assistant.domain.words import Fundamental, Stance

CLARITY = Fundamental.CREATING_CLARITY


@pytest.fixture
def said() -> Callable[..., Statement]:
    """Make a statement: who said it, how it is meant, and anything else by name."""
    count = 0

    def make(author: str, stance: str | Stance, **more: object) -> Statement:
        nonlocal count
        count += 1
        values: dict[str, object] = {
            "id": f"{author}:{count}",
            "conversation": author,
            "author": author,
            "about": None,
            "span": Span(1, 0, 10),
            "text": "Plans are explained.",
            "fundamental": CLARITY,
            "behaviour": "reasons_for_changes",
            "stance": Stance(stance),
            "confidence": 1.0,
            **more,
        }
        return Statement(**values)  # type: ignore[arg-type]

    return make


@pytest.fixture
def topic() -> Callable[..., Topic]:
    """Make a topic of statements."""

    def make(*statements: Statement, behaviour: str = "goals", fundamental: Fundamental = CLARITY) -> Topic:
        return Topic(f"t-{behaviour}", behaviour, fundamental, tuple(s.id for s in statements))

    return make
