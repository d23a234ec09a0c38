"""All that gives somebody away in a line, with the tagger as it is shipped."""

from functools import cache

import pytest

from assistant.domain.giveaways import GiveawayKind, safer
from assistant.domain.organisation import Organisation, Person
from assistant.redaction.spotter import RuleSpotter

the_spotter = cache(RuleSpotter)
HOUSE = Organisation.of(
    [Person("mia@acme.example", "Mia Maker", None), Person("li@acme.example", "Li Na", "mia@acme.example")]
)
NAMES = {GiveawayKind.PERSON, GiveawayKind.COLLEAGUE}


def marks(text: str, about: str | None = "mia@acme.example") -> list[tuple[str, GiveawayKind]]:
    """The marked words with their kinds."""
    return [(text[g.start : g.end], g.kind) for g in the_spotter().find(text, HOUSE, about)]


@pytest.mark.parametrize(
    "name", ["Bogumila Wrzesniewski", "Chidi Eze", "Anneliese Hoffmann", "Dr. Svensson", "Rajesh", "Yevgenia"]
)
def test_names_of_people_who_are_on_no_list_are_found(name) -> None:
    """By the tagger, whole."""
    last = name.split()[-1]
    assert any(last in words and kind in NAMES for words, kind in marks(f"She thanked {name} for the night shift."))


@pytest.mark.parametrize(
    "text",
    [
        "She keeps meetings short so that we can work.",
        "Nobody explains why the plan has changed again.",
        "You may ask her, and she will tell you why.",
        "He takes the time to teach us on Mondays.",
        "When something breaks we get the blame.",
    ],
)
def test_what_anybody_could_say_is_not_marked(text) -> None:
    """Ordinary lines stay without a mark."""
    assert marks(text) == []


def test_the_manager_is_no_giveaway_and_a_colleague_is() -> None:
    """Each line is about the manager."""
    assert marks("Mia thanked Li in front of all of us.") == [("Li", GiveawayKind.COLLEAGUE)]


def test_a_safer_wording_has_nothing_left_to_mark_but_rare_words() -> None:
    """What is offered is not marked again at once."""
    text = "Mia thanked Li Na on 14 May, write to li@acme.example or call +44 20 7946 0018."
    offered = safer(text, the_spotter().find(text, HOUSE, "mia@acme.example"))
    assert {kind for _, kind in marks(offered)} <= {GiveawayKind.RARE_WORD}


@pytest.mark.parametrize("text", ["", "   ", "???", "\u202eאבג דהו", "李娜谢谢", "x" * 20_000])
def test_any_text_is_looked_through(text) -> None:
    """Nothing, signs, other scripts and very long words are no mistake."""
    assert isinstance(marks(text), list)
