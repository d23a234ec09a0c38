"""What all teams below a leader say together, and that no small team can be taken out of it."""

from collections import Counter, defaultdict
from itertools import pairwise

from hypothesis import given
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


def _above(line: dict[str, str], manager: str) -> list[str]:
    found = []
    while manager in line:
        manager = line[manager]
        found.append(manager)
    return found


def _counts_at(leader: str, manager: str, groups: dict[str, list[frozenset[str]]], line: dict[str, str]) -> bool:
    starts = [at for at in _above(line, manager) if any(manager in group for group in groups.get(at, ()))]
    return bool(starts) and (leader == starts[0] or leader in _above(line, starts[0]))
