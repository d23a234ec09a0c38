"""People of the organisation are found however they are written, and ordinary words are not taken for them."""

import pytest

from assistant.domain.organisation import Organisation, Person
from assistant.redaction.people import colleagues

HOUSE = Organisation.of(
    Person(f"p{n}@acme.example", name, None)
    for n, name in enumerate(
        [
            "Zoltán Kovács",
            "Siobhán O’Sullivan",
            "Li Na",
            "Grace Okafor",
            "Will Marsh",
            "Anneke van der Meer",
            "Katherine Roe",
        ]
    )
)
ABOUT = "p3@acme.example"


def named(text: str, about: str | None = None) -> list[str]:
    """The words that call somebody."""
    return [text[g.start : g.end] for g in colleagues(text, HOUSE, about)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Ask Zoltán Kovács about it", ["Zoltán Kovács"]),
        ("ask zoltan, or ZOLTAN", ["zoltan", "ZOLTAN"]),
        ("Zoltan’s plan and kovács's plan", ["Zoltan", "kovács"]),
        ("Siobhan O'Sullivan told us", ["Siobhan O'Sullivan"]),
        ("Anneke van der Meer left", ["Anneke van der Meer"]),
        ("We asked Kate and Kath", ["Kate", "Kath"]),
        ("It was ZK who said so", ["ZK"]),
        ("We told Will and Grace", ["Will", "Grace"]),
        ("Then na spoke", ["na"]),
    ],
)
def test_a_colleague_is_found_however_written(text, expected) -> None:
    """Whole, in part, short, by initials, without accents, small or possessive."""
    assert named(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "Will she ask? She will.",
        "She takes it with grace.",
        "Grace is what it takes.",
        "The marsh is wet.",
        "A meeting at noon",
    ],
)
def test_words_that_are_names_as_well_are_left_alone(text) -> None:
    """In small letters, and where a sentence begins with them anyway."""
    assert named(text) == []


def test_the_name_of_whom_it_is_about_gives_nobody_away() -> None:
    """Everybody in the team speaks of their manager."""
    assert named("Grace Okafor listens, and so does Zoltán", ABOUT) == ["Zoltán"]
