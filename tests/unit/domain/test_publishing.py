"""When a report that was seen may be replaced."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.domain.publishing import cohorts, may_replace, sealed

FLOOR = 4


def version(*said: str) -> dict[str, str]:
    """Each word is a respondent and what they said, such as ``ann:1``."""
    return dict(one.split(":") for one in said)


FIRST = version("a:1", "b:1", "c:1", "d:1", "e:1")


@pytest.mark.parametrize(
    ("new", "may"),
    [
        (FIRST, True),
        (FIRST | version("f:1"), False),
        (FIRST | version("f:1", "g:1", "h:1"), False),
        (FIRST | version("f:1", "g:1", "h:1", "i:1"), True),
        (FIRST | version("a:2"), False),
        (FIRST | version("a:2", "b:2", "c:2", "d:2", "e:2"), True),
        (FIRST | version("a:2", "b:2", "c:2", "d:2"), False),
        (version("b:1", "c:1", "d:1", "e:1"), False),
        (version("f:1", "g:1", "h:1", "i:1"), True),
        (version("a:1", "f:1", "g:1", "h:1", "i:1"), False),
    ],
    ids=[
        "nothing but the engine has changed",
        "one answer came late",
        "three answers came late",
        "four answers came late",
        "one answer changed",
        "all answers changed",
        "all answers but one changed",
        "one person is erased",
        "all are others",
        "all but one are others",
    ],
)
def test_a_seen_report_is_replaced_only_where_whoever_changed_is_one_of_enough(new, may) -> None:
    """The floor is four, and so many have to have come, gone, changed, or stayed the same."""
    assert may_replace([FIRST], new, FLOOR) is may


def test_a_report_that_nobody_saw_is_replaced_freely() -> None:
    """There is nothing to hold the new one against; being large enough by itself is another rule."""
    assert may_replace([], FIRST, FLOOR)


def test_all_versions_that_were_seen_count_together() -> None:
    """Each step is wide enough by itself, and the first version with the last would still set one person apart."""
    second = version("e:1", "f:1", "g:1", "h:1", "i:1")
    third = version("f:1", "g:1", "h:1", "i:1")
    assert not may_replace([FIRST, second], third, FLOOR)
    assert not may_replace([FIRST], second, FLOOR)


def test_a_version_of_unknown_respondents_stays() -> None:
    """Reports from before respondents were kept cannot be compared with anything."""
    assert not may_replace([{}], FIRST, FLOOR)


def test_a_digest_tells_nothing_without_the_key() -> None:
    """The same values give the same digest under one key, and another one under another."""
    assert sealed(b"key", "ann@acme.example", ["words"]) == sealed(b"key", "ann@acme.example", ["words"])
    assert sealed(b"key", "ann@acme.example") != sealed(b"other", "ann@acme.example")
    assert sealed(b"key", "a", "b") != sealed(b"key", "ab", "")


_versions = st.lists(
    st.dictionaries(st.sampled_from("abcdefghij"), st.sampled_from("12"), min_size=FLOOR), min_size=1, max_size=4
)


@given(_versions)
def test_whatever_was_let_through_no_two_versions_differ_by_too_few(offered) -> None:
    """Of any versions, shown one after the other where the rule lets them: no difference is one to three people."""
    shown: list[dict[str, str]] = []
    for one in offered:
        if may_replace(shown, one, FLOOR):
            shown.append(one)
    for before in shown:
        for after in shown:
            gone = {who for who, what in before.items() if after.get(who) != what}
            stayed = before.keys() - gone
            assert not 0 < len(gone) < FLOOR
            assert not 0 < len(stayed) < FLOOR


@given(_versions)
def test_everybody_is_in_exactly_one_group(offered) -> None:
    """The groups are a partition of all respondents, and nobody in a group differs in when they were there."""
    groups = cohorts(offered)
    assert sorted(who for group in groups for who in group) == sorted({who for one in offered for who in one})
    for group in groups:
        assert len({tuple(who in one for one in offered) for who in group}) == 1
