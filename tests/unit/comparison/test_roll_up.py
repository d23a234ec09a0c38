"""What all teams below a leader say together, and that no small team can be taken out of it."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from itertools import pairwise

from hypothesis import find, given, settings
from hypothesis import strategies as st

from assistant.comparison.roll_up import pooled, roll_ups, tally
from assistant.domain.roll_up import RollUp, Side, Tally, Voice
from assistant.domain.statements import Span, Statement
from assistant.domain.words import Fundamental, Stance

FLOOR = 4
CLARITY, TRUST = Fundamental.CREATING_CLARITY, Fundamental.BUILDING_TRUST
GOALS = Voice(Side.VALUES, CLARITY, "goals")
LISTENING = Voice(Side.MISSES, TRUST, "listening")


def team(respondents: int, goals: int = 0) -> Tally:
    """A team of which so many value goals."""
    return Tally(respondents, ((GOALS, goals),) if goals else ())


def of(leader: str, made: tuple[RollUp, ...]) -> RollUp:
    """The roll-up of one leader."""
    return next(one for one in made if one.leader == leader)


def said(author: str, behaviour: str, stance: Stance, shared: bool = True) -> Statement:
    """An observation."""
    fundamental = CLARITY if behaviour == "goals" else TRUST
    return Statement(
        f"{author}:{behaviour}", author, author, None, Span(0, 0, 1), "", fundamental, behaviour, stance, 1.0,
        shared=shared,
    )  # fmt: skip


def test_a_tally_counts_people_and_nothing_that_was_held_back() -> None:
    """Who says a thing twice is one person, and harm is missing."""
    observations = [
        said("ann", "goals", Stance.VALUED),
        said("ann", "goals", Stance.VALUED),
        said("bob", "listening", Stance.HARMFUL),
        said("bob", "goals", Stance.VALUED, shared=False),
    ]
    counts = dict(tally(observations, 3).voices)
    assert counts == {
        GOALS: 1,
        LISTENING: 1,
        Voice(Side.VALUES, CLARITY): 1,
        Voice(Side.MISSES, TRUST): 1,
    }


def test_teams_that_reach_the_floor_are_added_up() -> None:
    """Both teams count, people and voices."""
    made = roll_ups("r", {"mia": "top", "leo": "top"}, {"mia": team(6, 5), "leo": team(5, 4)}, FLOOR)
    assert of("top", made) == RollUp("r", "top", 11, ((GOALS, 9),))


def test_a_small_team_alone_is_left_out() -> None:
    """Whoever knows the reports of the two large ones could take it from the sum."""
    line = {"mia": "top", "leo": "top", "eva": "top"}
    made = roll_ups("r", line, {"mia": team(6), "leo": team(5), "eva": team(3)}, FLOOR)
    assert of("top", made).respondents == 11


def test_small_teams_count_where_they_add_up_to_the_floor() -> None:
    """Two and two are four, and none of the two can be told apart."""
    made = roll_ups("r", {"mia": "top", "leo": "top"}, {"mia": team(2, 2), "leo": team(2, 2)}, FLOOR)
    assert of("top", made) == RollUp("r", "top", 4, ((GOALS, 4),))


def test_a_team_that_is_left_over_further_down_waits_for_company_further_up() -> None:
    """Below Mia three people are too few; with Leo's three they are six, and only at the top."""
    line = {"mia": "top", "leo": "top", "eva": "mia", "kim": "leo"}
    made = roll_ups("r", line, {"eva": team(3), "kim": team(3)}, FLOOR)
    assert [(one.leader, one.respondents) for one in made] == [("leo", None), ("mia", None), ("top", 6)]


def test_what_was_put_together_further_down_stays_together_and_the_rest_waits() -> None:
    """Four of Mia's count for her, so at the top the single one below Leo cannot be had by taking them off."""
    line = {"mia": "top", "leo": "top", "eva": "mia", "kim": "mia", "sam": "leo"}
    made = roll_ups("r", line, {"eva": team(2), "kim": team(2), "sam": team(1)}, FLOOR)
    assert [(one.leader, one.respondents) for one in made] == [("leo", None), ("mia", 4), ("top", 4)]


def test_voices_that_are_too_few_beyond_a_large_team_are_not_added() -> None:
    """Five of one team and one of the other are told as at least five: the report of the first has told those."""
    made = roll_ups("r", {"mia": "top", "leo": "top"}, {"mia": team(6, 5), "leo": team(5, 1)}, FLOOR)
    assert of("top", made) == RollUp("r", "top", 11, ((GOALS, 5),))


def test_a_fundamental_is_not_told_where_it_sets_few_apart_from_a_behaviour() -> None:
    """Six value clarity and five goals: one person values something else there, and is not told of."""
    whole = Voice(Side.VALUES, CLARITY)
    made = roll_ups("r", {"mia": "top"}, {"mia": Tally(8, ((GOALS, 5), (whole, 6)))}, FLOOR)
    assert of("top", made).counts == ((GOALS, 5),)


def test_whoever_signs_is_told_with_the_others_and_makes_no_group_large() -> None:
    """Five who sign nothing and one who does are six, as in the report of their team; three and two are no group."""
    signing = Tally(5, ((GOALS, 5),), 1, ((GOALS, 1),))
    assert of("top", roll_ups("r", {"mia": "top"}, {"mia": signing}, FLOOR)) == RollUp("r", "top", 6, ((GOALS, 6),))
    few = Tally(3, ((GOALS, 3),), 2, ((GOALS, 2),))
    assert of("top", roll_ups("r", {"mia": "top"}, {"mia": few}, FLOOR)) == RollUp("r", "top", None, ())


def test_a_fundamental_is_not_told_where_it_sets_apart_somebody_who_signs() -> None:
    """Six value clarity and five goals: the sixth is known by name, and what they said beyond that is not."""
    whole = Voice(Side.VALUES, CLARITY)
    signing = Tally(5, ((GOALS, 5), (whole, 5)), 1, ((whole, 1),))
    assert of("top", roll_ups("r", {"mia": "top"}, {"mia": signing}, FLOOR)).counts == ((GOALS, 5),)


def test_a_tally_counts_those_who_sign_apart() -> None:
    """With all they said, signed or not."""
    observations = [said("ann", "goals", Stance.VALUED), said("bob", "goals", Stance.VALUED)]
    counted = tally(observations, 3, {"bob"})
    assert (counted.respondents, dict(counted.voices)[GOALS]) == (2, 1)
    assert (counted.signing, dict(counted.signed_voices)[GOALS]) == (1, 1)


_lines = st.lists(st.integers(0, 5), min_size=1, max_size=8).map(
    lambda above: {f"m{n}": "top" if a >= n else f"m{a}" for n, a in enumerate(above)}
)


@given(_lines, st.lists(st.integers(0, 7), min_size=8, max_size=8), st.integers(3, 5))
def test_no_group_that_can_be_worked_out_is_below_the_floor(line, sizes, floor) -> None:
    """Teams that are in the same of all things shown (own report, every roll-up) are at least the floor's people."""
    people = dict(zip(line, sizes, strict=False))
    below: dict[str, tuple[str, ...]] = defaultdict(tuple)
    for manager, leader in line.items():
        below[leader] += (manager,)
    groups = pooled(below, {leader: [(m, people[m]) for m in of] for leader, of in below.items()}, floor)
    atoms: Counter[frozenset[str]] = Counter()
    for manager in line:
        shown_in = frozenset(leader for leader in _above(line, manager) if _counts_at(leader, manager, groups, line))
        own_report = frozenset({f"report of {manager}"}) if people[manager] >= floor else frozenset()
        atoms[shown_in | own_report] += people[manager]
    assert all(size == 0 or size >= floor for shown_in, size in atoms.items() if shown_in)


@given(_lines, st.lists(st.tuples(st.integers(0, 7), st.integers(0, 7)), min_size=8, max_size=8), st.integers(3, 5))
def test_no_number_of_a_roll_up_differs_from_those_below_by_too_few(line, sizes, floor) -> None:
    """Along the line upwards numbers of people and of voices grow by nothing or by at least the floor."""
    teams = {m: team(size, min(size, goals)) for m, (size, goals) in zip(line, sizes, strict=False)}
    made = {one.leader: one for one in roll_ups("r", line, teams, floor)}
    for manager in line:
        chain = [made[leader] for leader in (manager, *_above(line, manager)) if leader in made]
        for numbers in ([one.respondents or 0 for one in chain], [dict(one.counts).get(GOALS, 0) for one in chain]):
            assert all(number == 0 or number >= floor for number in numbers)
            assert all(after - before == 0 or after - before >= floor for before, after in pairwise(numbers))


_SIGNING = 1 << 16
"""Those who sign are counted in this step, so that they can be taken off again: whoever attacks knows who they are."""
TEAMS = 8
PRIME = 61
"""Reckoning in remainders by it is exact: no determinant of eight rows of noughts and ones is above 56 (Hadamard)."""
_powers = st.permutations([1 << n for n in range(TEAMS)])
"""Each team with a number of people of its own, so that a sum tells which teams it holds."""


def tallies(line: dict[str, str], numbers: Iterable[int], silent: int, signing: int) -> dict[str, Tally]:
    """Teams of so many people who all value goals, beside some who say nothing and some who sign."""
    voices, signed = (lambda people: ((GOALS, people),)), signing * _SIGNING
    return {
        manager: Tally(people + silent * _SIGNING * 8, voices(people), signed, voices(signed))
        for manager, people in zip(line, numbers, strict=False)
    }


def shown_sums(line: dict[str, str], teams: dict[str, Tally], made: Iterable[RollUp], floor: int) -> set[int]:
    """All numbers of people who value goals that are shown: in the report of each team, and in each roll-up."""
    own = {dict(teams[manager].voices)[GOALS] for manager in line}
    return {n for n in own if n >= floor} | {dict(one.counts).get(GOALS, 0) % _SIGNING for one in made}


def solved(sums: Iterable[int]) -> list[list[int]]:
    """Sums (a bit a team) brought to steps, as one solves linear equations; see :func:`follows`."""
    steps: list[list[int]] = []
    for one in sums:
        rest = _rest([one >> n & 1 for n in range(TEAMS)], steps)
        first = next((value for value in rest if value), None)
        if first:
            steps.append([value * pow(first, -1, PRIME) % PRIME for value in rest])
            steps.sort(key=_first)
    return steps


def follows(group: int, steps: list[list[int]]) -> bool:
    """Whether the number of a group of teams follows from sums by any adding and taking off."""
    return not any(_rest([group >> n & 1 for n in range(TEAMS)], steps))


def _rest(row: list[int], steps: list[list[int]]) -> list[int]:
    for step in steps:
        if taken := row[_first(step)]:
            row = [(value - taken * own) % PRIME for value, own in zip(row, step, strict=True)]
    return row


def _first(step: list[int]) -> int:
    return next(n for n, value in enumerate(step) if value)


def sets_few_apart(line: dict[str, str], teams: dict[str, Tally], floor: int, kept: int) -> bool:
    """Whether roll-ups that keep to one floor let a group below another one be worked out."""
    steps = solved(shown_sums(line, teams, roll_ups("r", line, teams, kept), floor))
    return any(follows(group, steps) for group in range(1, min(floor, 1 << TEAMS)))


_organisations = st.builds(
    tallies, line := st.shared(_lines, key="line"), _powers, st.integers(0, 1), st.integers(0, 2)
)
_floors = st.integers(3, 130)
exactly = settings(max_examples=1000, deadline=None, derandomize=True, database=None)


@given(line, _organisations, _floors)
@exactly
def test_by_no_adding_and_taking_off_is_a_group_below_the_floor_worked_out(line, teams, floor) -> None:
    """Teams are as many as a power of two each, so that every number tells of exactly which teams it is."""
    assert not sets_few_apart(line, teams, floor, kept=floor)


def test_a_group_below_the_floor_is_worked_out_where_the_rule_keeps_to_a_lower_one() -> None:
    """The attack finds something, also where the rule asks for only one less."""
    for kept in (1, 31):
        case = st.tuples(line, _organisations)
        assert find(case, lambda one, kept=kept: sets_few_apart(*one, floor=32, kept=kept), settings=exactly)


def _above(line: dict[str, str], manager: str) -> list[str]:
    found = []
    while manager in line:
        manager = line[manager]
        found.append(manager)
    return found


def _counts_at(leader: str, manager: str, groups: dict[str, list[frozenset[str]]], line: dict[str, str]) -> bool:
    starts = [at for at in _above(line, manager) if any(manager in group for group in groups.get(at, ()))]
    return bool(starts) and (leader == starts[0] or leader in _above(line, starts[0]))
