from datetime import UTC, datetime

import pytest

from assistant.domain.organisation import Organisation, Person
from assistant.domain.rounds import Round
from assistant.domain.words import Role


@pytest.fixture
def organisation() -> Organisation:
    """Ada leads Mia (Pricing), Leo (Night shift) and Zoë (Depot); each of them has people of their own."""
    people = [
        Person("ada@acme.example", "Ada Byron", None, "Board", Role.LEADER),
        Person("mia@acme.example", "Mia Berg", "ada@acme.example", "Heads"),
        Person("leo@acme.example", "Leo Stern", "ada@acme.example", "Heads"),
        Person("zoe@acme.example", "Zoë Okafor", "mia@acme.example", "Pricing"),
        Person("li@acme.example", "Li Wei", "mia@acme.example", "Pricing"),
        Person("ben@acme.example", "Ben Holt", "leo@acme.example", "Night shift"),
        Person("may@acme.example", "May Dunn", "zoe@acme.example", "Depot"),
        Person("eva@acme.example", "Eva Roth", "vic@acme.example", "Sales"),
        Person("vic@acme.example", "Vic Lang", None, "Board"),
    ]
    return Organisation.of(people)


@pytest.fixture
def closed_round() -> Round:
    """A closed round with a floor of four."""
    return Round("2026-Q4", 4, datetime(2026, 10, 1, tzinfo=UTC), None, datetime(2026, 11, 1, tzinfo=UTC))
