"""Giveaways that have a form."""

import time

import pytest

from assistant.domain.giveaways import GiveawayKind, settled
from assistant.redaction.patterns import is_card, is_iban, patterns
from assistant.redaction.phones import phones
from assistant.redaction.uniqueness import only_one

EMAIL, LINK, NUMBER, PHONE = GiveawayKind.EMAIL, GiveawayKind.LINK, GiveawayKind.IDENTIFIER, GiveawayKind.PHONE


def found(text: str) -> list[tuple[str, GiveawayKind]]:
    """The marked words with their kinds."""
    return [(text[g.start : g.end], g.kind) for g in settled([*patterns(text), *phones(text)])]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("write to jo.roe+x@mail.acme.example, please", [("jo.roe+x@mail.acme.example", EMAIL)]),
        ("see https://wiki.acme.example/team?x=1.", [("https://wiki.acme.example/team?x=1", LINK)]),
        ("my IBAN is DE89 3704 0044 0532 0130 00 there", [("DE89 3704 0044 0532 0130 00", NUMBER)]),
        ("card 4111 1111 1111 1111 was used", [("4111 1111 1111 1111", NUMBER)]),
        ("from 192.168.17.4 or 2001:db8::ff00:42", [("192.168.17.4", NUMBER), ("2001:db8::ff00:42", NUMBER)]),
        ("employee no. A-10233 and ticket OPS-4411", [("employee no. A-10233", NUMBER), ("ticket OPS-4411", NUMBER)]),
        ("call +44 20 7946 0018 or (555) 010-7788", [("+44 20 7946 0018", PHONE), ("(555) 010-7788", PHONE)]),
        ("ring 0490 39 07 81 at night", [("0490 39 07 81", PHONE)]),
    ],
)
def test_what_has_a_form_is_marked_whole(text, expected) -> None:
    """Each with the kind that says why."""
    assert found(text) == expected


@pytest.mark.parametrize(
    "when",
    [
        "on 14 May",
        "in March",
        "last Tuesday",
        "at 14:30",
        "on 2026-05-14",
        "since 2019",
        "before Christmas",
        "May 3rd, 2026",
    ],
)
def test_a_time_is_marked(when) -> None:
    """Days, months, hours and feasts."""
    assert [kind for _, kind in found(f"She shouted at us {when}, and left.")] == [GiveawayKind.WHEN]


@pytest.mark.parametrize(
    "text",
    [
        "She may go by may and march on", "In 4.5 of 10 talks he listens", "We are 12 people on 3 floors",
        "Version 1.2.3 came late",
        "She checks 1234567890123456 things", "He gives 24/7 support", "It takes 2-3 weeks, 9 to 5",
    ],
)  # fmt: skip
def test_ordinary_numbers_and_words_are_left_alone(text) -> None:
    """Numbers without check digits, versions, shares, and months that are words."""
    assert found(text) == []


def test_check_digits_decide() -> None:
    """One digit off is no account and no card."""
    assert is_iban("GB29 NWBK 6016 1331 9268 19")
    assert not is_iban("GB29 NWBK 6016 1331 9268 18")
    assert is_card("4012-8888-8888-1881")
    assert not is_card("4012-8888-8888-1882")


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("As the only woman on nights I am not asked.", "As the only woman on nights"),
        ("I’m the newest, and get the leftovers", "I’m the newest"),
        ("since my surgery she checks on me", "since my surgery"),
        ("I joined three weeks ago", "I joined three weeks ago"),
        ("nobody but me speaks up", "nobody but me"),
    ],
)
def test_what_only_one_person_can_say_is_marked(text, words) -> None:
    """Being the only one, the newest, on leave since."""
    (one,) = only_one(text)
    assert text[one.start : one.end] == words


@pytest.mark.parametrize("text", ["She is the only manager who asks", "My manager listens", "We are the last to hear"])
def test_what_is_said_of_others_or_of_all_is_not(text) -> None:
    """Only what the author says of themselves."""
    assert list(only_one(text)) == []


@pytest.mark.parametrize("unit", ["a-", "a.", ": ", "1 ", "a@", "1-", "as the only ", "::", "\u202e", "AA11 "])
def test_a_very_long_line_takes_no_more_than_a_moment(unit) -> None:
    """Whatever twenty thousand characters hold."""
    text = (unit * 20_000)[:20_000]
    started = time.perf_counter()
    settled([*patterns(text), *only_one(text)])
    assert time.perf_counter() - started < 10
