"""When a report that was seen may be replaced."""

from collections.abc import Callable, Iterable, Sequence
from itertools import combinations, product

import pytest
from hypothesis import find, given, settings
from hypothesis import strategies as st

from assistant.domain.publishing import Contributions, Signed, cohorts, marked, may_replace, sealed

FLOOR = 4
Rule = Callable[[Sequence[Contributions], Contributions, int], bool]


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


def test_whoever_signs_a_part_hides_nobody_else() -> None:
    """Three who sign a line and one who signs none come late: what is not theirs by name would be that one's."""
    late = [f"{who}:1" for who in "fghi"]
    assert may_replace([FIRST], FIRST | version(*late), FLOOR)
    signing = {who: marked("1", Signed.PART) for who in "fgh"}
    assert not may_replace([FIRST], FIRST | signing | version("i:1"), FLOOR)
    assert may_replace([FIRST], FIRST | signing | version("i:1", "j:1", "k:1", "l:1"), FLOOR)


def test_whoever_signs_all_comes_and_goes_freely() -> None:
    """Their words stand beside the report with their name, so a difference tells nothing that is not told."""
    signing = {"f": marked("1", Signed.ALL)}
    assert may_replace([FIRST], FIRST | signing, FLOOR)
    assert may_replace([FIRST | signing], FIRST, FLOOR)
    assert may_replace([FIRST | signing], FIRST | {"f": marked("2", Signed.ALL)}, FLOOR)


def test_whoever_takes_their_name_off_is_still_known_from_before() -> None:
    """What was signed in a version that somebody saw, is not a secret in the next one, and hides nobody there."""
    signing = {"f": marked("1", Signed.ALL)}
    assert not may_replace([FIRST | signing], FIRST | version("f:2"), FLOOR)
    assert not may_replace([FIRST | signing], FIRST | version("f:2", "g:1", "h:1", "i:1"), FLOOR)


def test_a_report_of_signed_words_alone_is_replaced() -> None:
    """It is of known respondents, if of none who hide."""
    signing = {who: marked("1", Signed.ALL) for who in "abcd"}
    assert may_replace([signing], signing | version("e:1", "f:1", "g:1", "h:1"), FLOOR)


_what = st.builds(marked, st.sampled_from("12"), st.sampled_from([*[Signed.NOTHING] * 6, Signed.PART, Signed.ALL]))
_versions = st.lists(st.dictionaries(st.sampled_from("abcdefghij"), _what, min_size=FLOOR), min_size=1, max_size=4)
PEOPLE = "abcdefghijkl"
_neighbours = st.tuples(st.integers(0, 11), st.integers(1, 8)).map(lambda at: PEOPLE[at[0] : at[0] + at[1]])
_changes = st.lists(st.tuples(_neighbours, st.sampled_from("12 ")), min_size=1, max_size=4)
"""Who says what from then on, step by step; a blank takes them out."""


def let_through(rule: Rule, offered: Iterable[dict[str, str]]) -> list[dict[str, str]]:
    """Those of some versions, offered one after the other, that a rule shows."""
    shown: list[dict[str, str]] = []
    for one in offered:
        if rule(shown, one, FLOOR):
            shown.append(one)
    return shown


def step_by_step(changes: Sequence[tuple[str, str]]) -> list[dict[str, str]]:
    """A version of eight people, and one after each change."""
    versions = [dict.fromkeys("abcdefgh", "1")]
    for who, what in changes:
        after = versions[-1] | dict.fromkeys(who, what)
        versions.append({one: said for one, said in after.items() if said != " "})
    return versions


def groups_told_of(shown: Sequence[dict[str, str]]) -> set[int]:
    """All groups of people that versions tell of, a bit a person: who was there, who differs between two versions.

    With them their unions, overlaps and remainders, gathered until no new one comes; nothing of the rule is used.
    """
    told = {_bits(one) for one in shown}
    for before, after in combinations(shown, 2):
        told.add(_bits(who for who in before.keys() & after.keys() if before[who] != after[who]))
    while more := {new for a, b in combinations(told, 2) for new in (a | b, a & b, a & ~b, b & ~a)} - told:
        told |= more
    return told - {0}


def _bits(people: Iterable[str]) -> int:
    return sum(1 << PEOPLE.index(who) for who in people)


def sets_few_apart(rule: Rule, changes: Sequence[tuple[str, str]]) -> bool:
    """Whether what a rule shows tells of a group below the floor."""
    return any(group.bit_count() < FLOOR for group in groups_told_of(let_through(rule, step_by_step(changes))))


@given(_changes)
@settings(max_examples=2000, deadline=None, derandomize=True, database=None)
def test_no_group_that_all_seen_versions_tell_of_is_below_the_floor(changes) -> None:
    """By no union, overlap or remainder of versions and of their differences is one to three people set apart."""
    assert not sets_few_apart(may_replace, changes)


def always(_seen: Sequence[Contributions], _new: Contributions, _floor: int) -> bool:
    """A rule that lets everything through."""
    return True


def held_against_the_last(seen: Sequence[Contributions], new: Contributions, floor: int) -> bool:
    """A rule that forgets all versions but the last."""
    return may_replace(seen[-1:], new, floor)


def by_who_is_there(seen: Sequence[Contributions], new: Contributions, floor: int) -> bool:
    """A rule that does not notice what people say."""
    return may_replace([dict.fromkeys(one, "1") for one in seen], dict.fromkeys(new, "1"), floor)


@pytest.mark.parametrize("broken", [always, held_against_the_last, by_who_is_there])
def test_groups_below_the_floor_are_found_where_the_rule_is_broken(broken) -> None:
    """The search that finds nothing with the rule finds somebody without it."""
    found = find(
        _changes,
        lambda changes: sets_few_apart(broken, changes),
        settings=settings(max_examples=2000, deadline=None, derandomize=True, database=None),
    )
    assert not sets_few_apart(may_replace, found)


@given(_versions)
def test_whatever_was_let_through_no_two_versions_differ_by_too_few(offered) -> None:
    """Of any versions, shown one after the other where the rule lets them: no difference is one to three people."""
    shown = let_through(may_replace, offered)
    said = {who: {one[who] for one in shown if who in one} for one in shown for who in one}
    hiding = {who for who, what in said.items() if what <= {"1", "2"}}
    without_secrets = {who for who, what in said.items() if all(one.startswith(Signed.ALL) for one in what)}
    for before, after in product(shown, shown):
        gone = {who for who, what in before.items() if after.get(who) != what}
        for some in (gone, before.keys() - gone):
            assert len(some & hiding) >= FLOOR or some <= without_secrets


@given(_versions)
def test_everybody_is_in_exactly_one_group(offered) -> None:
    """The groups are a partition of all respondents, and nobody in a group differs in when they were there."""
    groups = cohorts(offered)
    assert sorted(who for group in groups for who in group) == sorted({who for one in offered for who in one})
    for group in groups:
        assert len({tuple(who in one for one in offered) for who in group}) == 1
