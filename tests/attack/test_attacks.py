"""Attacks on all that is shown: made-up organisations in which somebody who sees everything looks for single people."""

from collections.abc import Collection, Iterator
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

import assistant.comparison.compare
import assistant.comparison.roll_up
import assistant.loop.analysis
import assistant.loop.contributions
from tests.attack.attacker import given_away, given_away_in_rounds
from tests.attack.history import LEADER, History, Look, Member, Presence, Second, Signs, Stage, Words
from tests.attack.strategies import histories, two_rounds
from tests.attack.world import QUESTIONS, Scene, scene

EXAMPLES = 30
WITH_COLLUDERS = 15
WITH_TWO_ROUNDS = 10
quietly = settings(
    derandomize=True, deadline=None, database=None, suppress_health_check=list(HealthCheck), max_examples=EXAMPLES
)
probes = st.integers(0, 40)


@pytest.fixture(scope="module")
def stage() -> Iterator[Scene]:
    with scene() as made:
        yield made


@given(histories(), probes)
@quietly
def test_nobody_is_given_away_by_all_that_is_shown(stage, history, probe) -> None:
    """Reports, roll-ups, questions, counts and the log, in any order, leave a whole floor of people to choose from."""
    assert given_away(stage.shown, history, probe) is None


@given(histories(colluders=True), probes)
@settings(quietly, max_examples=WITH_COLLUDERS)
def test_colluders_learn_no_more_than_their_own_words_take_away(stage, history, probe) -> None:
    """Two who tell each other all they know are two fewer to hide among, and no more."""
    assert given_away(stage.shown, history, probe) is None


@given(two_rounds(), st.integers(0, 1), probes)
@settings(quietly, max_examples=WITH_TWO_ROUNDS)
def test_two_rounds_tell_no_more_than_each_by_itself(stage, rounds, attacked, probe) -> None:
    """What was said in one of them cannot be told from all that is shown of both."""
    assert given_away_in_rounds(stage.shown, rounds, attacked, probe) is None


def team(
    manager: int, *texts: str, presence: dict[int, Presence] | None = None, signing: Collection[int] = ()
) -> tuple[Member, ...]:
    """A team in which each text is one person's answer, who is there from the start unless said otherwise.

    Those who are ``signing`` (by number) say one line more, under their name.
    """
    there = presence or {}

    def one(n: int, text: str) -> Member:
        signs = Signs.A_LINE if n in signing else Signs.NOTHING
        return Member(f"m{manager}.{n}@acme.example", manager, there.get(n, Presence()), Words(text), signs)

    return tuple(one(n, text) for n, text in enumerate(texts))


def last_of(shown: tuple[str, ...], what: str) -> str:
    """The last thing of a kind that was shown."""
    return next(one for one in reversed(shown) if one.startswith(what))


OPERATOR_LOOKS = Look("operator's report", 0)
ALL_LOOK = (Look("report", 0), Look("roll-up", -1), Look("status", 0))


def _found_among_made_up_histories(stage: Scene) -> None:
    @given(histories(), probes)
    @settings(quietly, phases=[Phase.generate], report_multiple_bugs=False)
    def attack(history: History, probe: int) -> None:
        assert given_away(stage.shown, history, probe) is None

    with pytest.raises(AssertionError, match="hides among"):
        attack()


def test_the_attack_finds_a_floor_that_is_ignored(stage, monkeypatch) -> None:
    """Two are given away by a report of their own small team; two rules keep the floor, so both are broken."""
    members = (*team(0, "goals+ listening-", "goals+ listening-"), *team(1, *["workload- *fear"] * 5))
    history = History(3, (None, None), members, (Stage(None, ALL_LOOK),))
    assert given_away(stage.shown, history, 0) is None
    monkeypatch.setattr(assistant.comparison.compare, "suppressed", lambda *_: False)
    assert given_away(stage.shown, history, 0) is None
    monkeypatch.setattr(assistant.loop.analysis, "may_replace", lambda *_: True)
    assert "hides among 2 of 3: report 0" in str(given_away(stage.shown, history, 0))
    _found_among_made_up_histories(stage)


def test_the_attack_finds_reports_that_are_replaced_at_any_time(stage, monkeypatch) -> None:
    """One who answers late is given away by two reports that differ by that answer, and by nothing where one stays."""
    late = team(0, *["goals+"] * 4, "goals- *fear", presence={4: Presence(answers=1)})
    stages = (Stage(None, (OPERATOR_LOOKS,)), Stage(None, ALL_LOOK))
    history = History(3, (None,), late, stages, closes=1)
    assert given_away(stage.shown, history, 0) is None
    monkeypatch.setattr(assistant.loop.analysis, "may_replace", lambda *_: True)
    assert "m0.4@acme.example hides among 1 of 3" in str(given_away(stage.shown, history, 4))
    _found_among_made_up_histories(stage)


def test_the_attack_finds_reports_in_which_those_who_sign_hide_others(stage, monkeypatch) -> None:
    """Three who sign a line and one who signs none come late: what is new and not signed is that one's."""
    late = {n: Presence(answers=1) for n in range(4, 8)}
    members = team(0, *["goals+"] * 7, "goals- *fear", presence=late, signing=range(4, 7))
    history = History(4, (None,), members, (Stage(None, (OPERATOR_LOOKS,)), Stage(None, ALL_LOOK)), closes=1)
    assert given_away(stage.shown, history, 0) is None
    assert '"respondents": 4' in last_of(stage.shown(history), "report 0")
    monkeypatch.setattr(assistant.loop.contributions, "marked", lambda what, _signed: what)
    assert "m0.7@acme.example hides among 1 of 4" in str(given_away(stage.shown, history, 0))


def test_the_attack_finds_roll_ups_without_complementary_suppression(stage, monkeypatch) -> None:
    """One alone in a team is given away by a sum that holds every team, and by nothing where small ones wait."""
    history = History(3, (None, None), (*team(0, *["goals+"] * 5), *team(1, "goals-")), (Stage(None, ALL_LOOK),))
    assert given_away(stage.shown, history, 0) is None
    everything = assistant.comparison.roll_up.pooled
    monkeypatch.setattr(
        assistant.comparison.roll_up, "pooled", lambda below, arriving, _: everything(below, arriving, 1)
    )
    assert "m1.0@acme.example hides among 1 of 3: roll-up -1" in str(given_away(stage.shown, history, 0))
    _found_among_made_up_histories(stage)


def test_one_answer_after_somebody_looked_does_not_change_what_they_see(stage) -> None:
    """The operator reads a report of an open round; one more answer comes; the report stays, and that is counted."""
    late = team(0, *["goals+"] * 4, "goals- *fear", presence={4: Presence(answers=1)})
    stages = (Stage(None, (OPERATOR_LOOKS,)), Stage(None, ALL_LOOK))
    shown = stage.shown(History(4, (None,), late, stages, closes=1))
    assert '"respondents": 4' in last_of(shown, "report 0")
    assert '"respondents": 4' in last_of(shown, "roll-up -1")
    assert "staying=1" in last_of(shown, "status")


def test_a_whole_conversation_tells_nothing_of_a_team_below_the_floor(stage) -> None:
    """Every question with all that follows it, over two teams that are shown and one of two people that is not."""
    members = (*team(0, *["goals+ listening-"] * 5), *team(1, "goals- *fear", "listening+"), *team(2, *["goals-"] * 4))
    asked = tuple(Look("question", -1, which) for which in range(len(QUESTIONS)))
    first, second = (History(4, (None, None, None), members, (Stage(None, asked),)) for _ in range(2))
    assert given_away_in_rounds(stage.shown, (first, second), 1, 5) is None
    other = team(1, "workload+", "workload+ *blame")
    silent = replace(first, members=(*members[:5], *other, *members[7:]))
    assert stage.shown(silent) == stage.shown(first)


def test_as_many_answers_as_the_floor_bring_a_new_report(stage) -> None:
    """With four more there are enough that nobody stands out, so the report is made anew."""
    late = team(0, *["goals+"] * 4, *["goals-"] * 4, presence={n: Presence(answers=1) for n in range(4, 8)})
    stages = (Stage(None, (OPERATOR_LOOKS,)), Stage(None, ALL_LOOK))
    shown = stage.shown(History(4, (None,), late, stages, closes=1))
    assert '"respondents": 8' in last_of(shown, "report 0")
    assert "staying=0" in last_of(shown, "status")


def test_a_report_that_nobody_looked_at_takes_in_each_answer(stage) -> None:
    """An analysis alone publishes nothing."""
    late = team(0, *["goals+"] * 4, "goals-", presence={4: Presence(answers=1)})
    shown = stage.shown(History(4, (None,), late, (Stage(None, ()), Stage(None, ALL_LOOK)), closes=1))
    assert '"respondents": 5' in last_of(shown, "report 0")


def test_a_shown_team_that_shrinks_below_the_floor_is_in_no_roll_up(stage) -> None:
    """Five were shown, two are erased, and another team has one: the three and the one would be told apart.

    The report of the five tells of the three who stay. A roll-up of the three and the one, held against it, would leave
    the one alone; so the team that shrank is left out, and then the one is too few.
    """
    shrinking = team(0, *["goals+"] * 5, presence={n: Presence(erased=1) for n in (0, 1)})
    members = (*shrinking, *team(1, "listening-"))
    stages = (Stage(None, (Look("report", 0),)), Stage(None, ALL_LOOK))
    shown = stage.shown(History(4, (None, None), members, stages))
    assert '"suppressed": true' in last_of(shown, "report 0")
    assert '"respondents": null' in last_of(shown, "roll-up -1")


def test_a_line_held_back_after_somebody_looked_does_not_tell_which_it_was(stage) -> None:
    """What one person takes back would show as what is gone from the report; it stays until enough have changed."""
    members = team(0, *["goals+ listening-"] * 4)
    first, *others = members
    first = Member(first.email, 0, Presence(), Words("listening- goals+", Second.HOLDS_BACK, at=1))
    stages = (Stage(None, (OPERATOR_LOOKS,)), Stage(None, ALL_LOOK))
    shown = stage.shown(History(4, (None,), (first, *others), stages, closes=1))
    before = last_of(shown, "operator's report").partition(": ")[2]
    assert last_of(shown, "report 0").partition(": ")[2] == before


def test_a_roll_up_counts_those_who_sign_as_the_report_of_their_team_does(stage) -> None:
    """One of six signs a line. A roll-up of five beside a report of six would tell what else that one has said."""
    members = team(0, *["goals+"] * 6, signing=[0])
    shown = stage.shown(History(4, (None,), members, (Stage(None, ALL_LOOK),)))
    assert '"behaviour": "goals"' in last_of(shown, "report 0")
    assert '"respondents": 6' in last_of(shown, "report 0")
    assert '"goals"}, 6]' in last_of(shown, "roll-up -1")


def test_an_answer_taken_back_after_somebody_looked_does_not_change_what_they_see(stage) -> None:
    """The report would tell what the one had said by what is gone from it."""
    members = team(0, *["goals+"] * 4, "goals- *fear", presence={4: Presence(withdrawn=1)})
    stages = (Stage(None, (OPERATOR_LOOKS,)), Stage(None, ALL_LOOK))
    shown = stage.shown(History(4, (None,), members, stages, closes=1))
    assert '"respondents": 5' in last_of(shown, "report 0")
    assert "staying=1" in last_of(shown, "status")


def test_the_whole_of_a_round_does_not_tell_how_many_answered_in_a_small_team(stage) -> None:
    """Six and two answered: whoever takes the six that are shown from the counts is left with nothing."""
    members = (*team(0, *["goals+"] * 6), *team(1, "goals+", "goals-"))
    shown = stage.shown(History(4, (None, None), members, (Stage(None, ALL_LOOK),)))
    assert "feedbacks=4" in last_of(shown, "status")
    assert '"respondents": 6' in last_of(shown, "roll-up -1")
    assert LEADER in last_of(shown, "roll-up -1")
