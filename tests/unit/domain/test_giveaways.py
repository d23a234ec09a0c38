"""Giveaways without overlaps, and the safer wording that rules make of them."""

import pytest

from assistant.domain.giveaways import Giveaway, GiveawayKind, safer, settled

TEXT = "Janek rang me on 3 May about Falcon, and as the only woman I was not heard."


def at(words: str, kind: GiveawayKind, text: str = TEXT) -> Giveaway:
    """The giveaway at these words."""
    start = text.index(words)
    return Giveaway(start, start + len(words), kind)


def test_where_two_lie_across_each_other_the_surer_kind_stays() -> None:
    """An address holds a name and a link; it is marked once, and the order of place is kept."""
    text = "Ask janek@acme.example or Janek."
    mail, name = at("janek@acme.example", GiveawayKind.EMAIL, text), at("Janek", GiveawayKind.COLLEAGUE, text)
    link = at("acme.example", GiveawayKind.LINK, text)
    inside = at("janek", GiveawayKind.COLLEAGUE, text)
    assert settled([name, link, inside, mail]) == (mail, name)


def test_a_safer_wording_says_the_same_in_general_words() -> None:
    """Names, times and projects become general; what only one person can say is left out."""
    found = [
        at("Janek", GiveawayKind.COLLEAGUE),
        at("3 May", GiveawayKind.WHEN),
        at("Falcon", GiveawayKind.THING),
        at("as the only woman", GiveawayKind.ALONE),
    ]
    assert safer(TEXT, found) == "A colleague rang me recently about something we work on, and I was not heard."


@pytest.mark.parametrize(
    ("text", "words", "kind", "expected"),
    [
        ("He took Dr. Roe’s side", "Roe", GiveawayKind.PERSON, "He took a colleague’s side"),
        ("She was late in March again", "March", GiveawayKind.WHEN, "She was late recently again"),
        ("the zymurgy talks went well", "zymurgy", GiveawayKind.RARE_WORD, "the zymurgy talks went well"),
        ("As the newest, I get no answers", "As the newest", GiveawayKind.ALONE, "I get no answers"),
        ("write to jo@acme.example first", "jo@acme.example", GiveawayKind.EMAIL, "write to an address first"),
    ],
)
def test_the_words_around_stay_as_they_are(text, words, kind, expected) -> None:
    """Articles and titles before a giveaway go with it, its possessive stays, and a rare word is left to its author."""
    assert safer(text, [at(words, kind, text)]) == expected


def test_a_text_without_giveaways_is_left_alone() -> None:
    """Nothing found, nothing changed."""
    assert safer(TEXT, []) == TEXT
