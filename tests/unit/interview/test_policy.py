"""What comes next in a guided conversation."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.domain.interview import Asked, Heard, InterviewState, Move, Setting, Slot, Turn, Wish
from assistant.domain.words import ConversationKind, Fundamental
from assistant.interview.policy import LAST_TURN, MOST_NUDGES, NOTHING_CARRIED, advance, carried_over, opening

REFLECTION, FEEDBACK = ConversationKind.REFLECTION, ConversationKind.FEEDBACK
ANSWER = Heard()
NOTHING = Heard(nothing=True)
TICKETS = Heard(work_management=True)
BLAME = Heard(blames_others=True)
SERIOUS = Heard(serious=True)

kinds = st.sampled_from(list(ConversationKind))


def anything(wishes: list[Wish | None]) -> st.SearchStrategy[Heard]:
    """All that could be heard in one message, with a wish out of ``wishes``."""
    return st.builds(
        Heard,
        wish=st.sampled_from(wishes),
        slots=st.frozensets(st.sampled_from(Slot)),
        fundamentals=st.frozensets(st.sampled_from(Fundamental)),
        work_management=st.booleans(),
        blames_others=st.booleans(),
        nothing=st.booleans(),
    )


talks = st.lists(anything([None, *Wish]), min_size=LAST_TURN, max_size=LAST_TURN + 5)
talks_without_back = st.lists(anything([None, None, Wish.SKIP, Wish.WHY, Wish.PRIVACY]), max_size=LAST_TURN)


def run(
    kind: ConversationKind, talk: list[Heard], carried: frozenset[Slot] = NOTHING_CARRIED
) -> list[tuple[Turn, InterviewState]]:
    """Each turn of the assistant with the state after it, the opening first."""
    steps = [opening(kind, carried)]
    for number, heard in enumerate(talk, start=1):
        steps.append(advance(kind, steps[-1][1], heard, number, carried))
    return steps


def moves(
    kind: ConversationKind, *talk: Heard, carried: frozenset[Slot] = NOTHING_CARRIED
) -> list[Move | Slot | Fundamental]:
    """The assistant's turns as short names: what is asked for an ASK, else the move."""
    names: list[Move | Slot | Fundamental] = []
    for turn, _ in run(kind, list(talk), carried):
        asked = turn.asked
        names.append(turn.move if turn.move is not Move.ASK or asked is None else asked.fundamental or asked.slot)
    return names


def wants(wish: Wish) -> Heard:
    return Heard(wish=wish)


def test_a_reflection_goes_from_value_to_what_is_hard_to_hear_and_two_fundamentals() -> None:
    """A manager who answers plainly is led through every part of a reflection, and then it closes."""
    assert moves(REFLECTION, *[ANSWER] * 7) == [
        Slot.VALUE,
        Slot.EXAMPLE,
        Slot.EFFECT,
        Slot.OWN_PART,
        Slot.HARD_TO_HEAR,
        Fundamental.DEVELOPING_TALENT,
        Fundamental.CREATING_CLARITY,
        Move.CLOSE,
    ]


TOOK_ON, CHANGED = frozenset({Slot.COMMITMENT}), frozenset({Slot.CHANGE})


def test_a_reflection_asks_first_after_what_was_taken_on() -> None:
    """Then it goes on with the value question as ever."""
    assert moves(REFLECTION, *[ANSWER] * 3, carried=TOOK_ON) == [
        Slot.COMMITMENT,
        Slot.VALUE,
        Slot.EXAMPLE,
        Slot.EFFECT,
    ]


def test_a_feedback_asks_after_a_change_once_when_value_and_example_are_said() -> None:
    """It is one question among the others, and not the first."""
    asked = moves(FEEDBACK, *[ANSWER] * 7, carried=CHANGED)
    assert asked[:4] == [Slot.VALUE, Slot.EXAMPLE, Slot.CHANGE, Slot.MISSING]
    assert asked.count(Slot.CHANGE) == 1


@pytest.mark.parametrize("heard", [NOTHING, wants(Wish.SKIP)], ids=["nothing", "skip"])
def test_what_was_taken_on_may_be_left_without_a_word(heard: Heard) -> None:
    """There is no second try: nobody is to be held to account."""
    assert moves(REFLECTION, heard, carried=TOOK_ON) == [Slot.COMMITMENT, Slot.VALUE]


@pytest.mark.parametrize("heard", [NOTHING, wants(Wish.SKIP)], ids=["nothing", "skip"])
def test_a_question_on_a_change_may_be_left_without_a_word(heard: Heard) -> None:
    """To have seen no change is an answer."""
    assert moves(FEEDBACK, ANSWER, ANSWER, heard, carried=CHANGED)[-1] is Slot.MISSING


def test_what_is_carried_over_is_what_the_setting_holds() -> None:
    """Nothing where the last round left nothing."""
    plain = Setting(is_reflection=True, author="Mia", about="Li", floor=4, turn=0)
    assert carried_over(plain) == NOTHING_CARRIED
    assert carried_over(replace(plain, commitment="say why plans change")) == TOOK_ON
    assert carried_over(replace(plain, change_asked="How are plans explained now?")) == CHANGED


def test_a_feedback_goes_from_value_to_what_should_stay_and_two_fundamentals() -> None:
    """A team member who answers plainly is asked for value, example, what is missing and what to keep."""
    assert moves(FEEDBACK, *[ANSWER] * 6) == [
        Slot.VALUE,
        Slot.EXAMPLE,
        Slot.MISSING,
        Slot.KEEP,
        Fundamental.DEVELOPING_TALENT,
        Fundamental.CREATING_CLARITY,
        Move.CLOSE,
    ]


def test_what_was_volunteered_is_not_asked_again() -> None:
    """Slots and fundamentals that came up by themselves are left out."""
    full = Heard(
        slots=frozenset({Slot.EXAMPLE, Slot.EFFECT, Slot.OWN_PART}),
        fundamentals=frozenset({Fundamental.DEVELOPING_TALENT, Fundamental.CREATING_CLARITY}),
    )
    assert moves(REFLECTION, full, ANSWER, ANSWER, ANSWER) == [
        Slot.VALUE,
        Slot.HARD_TO_HEAR,
        Fundamental.BUILDING_TRUST,
        Fundamental.POWERING_PERFORMANCE,
        Move.CLOSE,
    ]


def test_a_talk_in_which_everything_came_up_closes_at_once() -> None:
    """Nothing is asked for the sake of asking."""
    everything = Heard(slots=frozenset(Slot), fundamentals=frozenset(Fundamental))
    assert moves(FEEDBACK, everything) == [Slot.VALUE, Move.CLOSE]


def test_talk_of_tickets_is_turned_to_the_person_at_most_twice() -> None:
    """Work management is turned to the person; after the second time the talk goes on."""
    assert moves(REFLECTION, TICKETS, TICKETS, TICKETS)[1:] == [
        Move.TURN_TO_PERSON,
        Move.TURN_TO_PERSON,
        Slot.EXAMPLE,
    ]


def test_blame_is_turned_to_the_own_part_at_most_twice_and_that_is_not_asked_again() -> None:
    """Blaming others leads to the manager's own part, which the plan then leaves out."""
    assert moves(REFLECTION, BLAME, BLAME, BLAME, ANSWER, ANSWER)[1:] == [
        Move.TURN_TO_OWN_PART,
        Move.TURN_TO_OWN_PART,
        Slot.EXAMPLE,
        Slot.EFFECT,
        Slot.HARD_TO_HEAR,
    ]


def test_both_nudges_have_their_own_measure() -> None:
    """Two turns to the person leave room for two turns to the own part."""
    assert moves(REFLECTION, TICKETS, TICKETS, BLAME, BLAME, BLAME)[1:] == [
        Move.TURN_TO_PERSON,
        Move.TURN_TO_PERSON,
        Move.TURN_TO_OWN_PART,
        Move.TURN_TO_OWN_PART,
        Slot.EXAMPLE,
    ]


def test_a_team_member_is_never_turned_away_from_what_they_say() -> None:
    """In feedback neither complaints nor talk of tasks are turned around."""
    assert moves(FEEDBACK, BLAME, TICKETS)[1:] == [Slot.EXAMPLE, Slot.MISSING]


def test_nothing_is_accepted_after_one_kind_try() -> None:
    """The second "nothing" about value stands: no example is asked of it, and what is missing comes next."""
    assert moves(FEEDBACK, NOTHING, NOTHING)[1:] == [Move.TRY_ONCE_MORE, Slot.MISSING]


def test_nothing_is_tried_again_only_once_in_a_talk() -> None:
    """A later "nothing" is taken as it is."""
    assert moves(FEEDBACK, NOTHING, ANSWER, ANSWER, NOTHING)[1:] == [
        Move.TRY_ONCE_MORE,
        Slot.EXAMPLE,
        Slot.MISSING,
        Slot.KEEP,
    ]


def test_three_times_nothing_ends_the_talk() -> None:
    """Nobody is asked on and on."""
    assert moves(FEEDBACK, NOTHING, NOTHING, NOTHING)[-1] is Move.CLOSE


def test_a_light_question_is_not_tried_again() -> None:
    """Nothing to say about a fundamental is accepted at once."""
    assert moves(FEEDBACK, *[ANSWER] * 4, NOTHING)[-1] is Fundamental.CREATING_CLARITY


def test_skip_goes_on_without_an_answer() -> None:
    """A skipped question is left alone, and counts as not answered."""
    steps = run(FEEDBACK, [wants(Wish.SKIP), ANSWER])
    assert steps[1][0].asked == Asked(Slot.EXAMPLE)
    assert steps[1][1].filled == frozenset()
    assert steps[2][0].asked == Asked(Slot.MISSING)


def test_back_asks_the_question_before_and_then_goes_on_where_it_was() -> None:
    """Going back by one does not lose the question that was open."""
    assert moves(REFLECTION, ANSWER, ANSWER, wants(Wish.BACK), ANSWER)[1:] == [
        Slot.EXAMPLE,
        Slot.EFFECT,
        Slot.EXAMPLE,
        Slot.EFFECT,
    ]


def test_back_at_the_beginning_asks_the_value_question() -> None:
    """There is nothing before the first question but the first question."""
    assert moves(FEEDBACK, wants(Wish.BACK), wants(Wish.BACK)) == [Slot.VALUE, Slot.VALUE, Slot.VALUE]


@pytest.mark.parametrize(("wish", "move"), [(Wish.WHY, Move.EXPLAIN_WHY), (Wish.PRIVACY, Move.EXPLAIN_PRIVACY)])
def test_an_explanation_leaves_the_question_open(wish: Wish, move: Move) -> None:
    """After an explanation the same question waits for its answer."""
    steps = run(REFLECTION, [ANSWER, wants(wish), ANSWER])
    assert steps[2][0] == Turn(move, Asked(Slot.EXAMPLE), wants(wish))
    assert steps[2][1] == steps[1][1]
    assert steps[3][0].asked == Asked(Slot.EFFECT)


def test_an_explanation_after_a_nudge_is_about_the_nudge() -> None:
    """Who asks why after being turned to their own part hears why the own part is asked."""
    steps = run(REFLECTION, [ANSWER, ANSWER, ANSWER, ANSWER, BLAME, wants(Wish.WHY)])
    assert steps[5][0].move is Move.TURN_TO_OWN_PART
    assert steps[6][0].asked == Asked(Slot.OWN_PART)


def test_stop_closes() -> None:
    """Whoever wants to stop is let go."""
    assert moves(REFLECTION, ANSWER, wants(Wish.STOP))[-1] is Move.CLOSE


def test_a_state_without_questions_starts_with_the_value_question() -> None:
    """A conversation whose opening is not on record goes on from the value question."""
    turn, _ = advance(FEEDBACK, InterviewState(), wants(Wish.WHY), 1)
    assert turn.asked == Asked(Slot.VALUE)


@settings(deadline=None, max_examples=60)
@given(kinds, talks)
def test_every_talk_ends_within_its_twelve_turns_and_stays_closed(kind: ConversationKind, talk: list[Heard]) -> None:
    """Whatever is said, the twelfth answer is followed by the closing word, and so is everything after it."""
    steps = run(kind, talk)
    assert steps[LAST_TURN][1].closed
    closed = [turn.move for turn, state in steps if state.closed]
    assert set(closed) == {Move.CLOSE}
    first = next(i for i, (_, state) in enumerate(steps) if state.closed)
    assert all(state == steps[first][1] for _, state in steps[first:])


@settings(deadline=None, max_examples=60)
@given(kinds, talks_without_back)
def test_no_question_is_put_twice_unless_somebody_wants_it(kind: ConversationKind, talk: list[Heard]) -> None:
    """Each slot and each fundamental is asked at most once; the own part not at all once it was turned to."""
    put = [turn.asked for turn, _ in run(kind, talk) if turn.move is Move.ASK]
    assert len(put) == len(set(put))
    turned = [turn.move for turn, _ in run(kind, talk)]
    if Move.TURN_TO_OWN_PART in turned:
        start = turned.index(Move.TURN_TO_OWN_PART)
        later = [turn.asked for turn, _ in run(kind, talk)[start:] if turn.move is Move.ASK]
        assert Asked(Slot.OWN_PART) not in later


@settings(deadline=None, max_examples=60)
@given(kinds, talks)
def test_what_was_answered_is_never_lost(kind: ConversationKind, talk: list[Heard]) -> None:
    """No wish and no answer takes away a filled slot or a touched fundamental."""
    states = [state for _, state in run(kind, talk)]
    for before, after in pairwise(states):
        assert before.filled <= after.filled
        assert before.touched <= after.touched


@settings(deadline=None, max_examples=60)
@given(kinds, talks)
def test_nobody_is_nudged_more_than_twice_or_asked_more_than_two_fundamentals_at_a_time(
    kind: ConversationKind, talk: list[Heard]
) -> None:
    """Each kind of nudge happens at most twice, and at most two fundamentals stand as asked."""
    steps = run(kind, talk)
    turned = [turn.move for turn, _ in steps]
    assert turned.count(Move.TURN_TO_PERSON) <= MOST_NUDGES
    assert turned.count(Move.TURN_TO_OWN_PART) <= MOST_NUDGES
    assert turned.count(Move.TRY_ONCE_MORE) <= 1
    assert all(sum(q.slot is Slot.FUNDAMENTAL for q in state.asked) <= 2 for _, state in steps)


@pytest.mark.parametrize("kind", ConversationKind)
@pytest.mark.parametrize("closed", [False, True])
def test_a_serious_matter_stops_the_talk_whatever_was_asked(kind, closed):
    """Nothing is asked, nothing counts as answered, and a talk that had ended stays ended."""
    state = InterviewState(asked=(Asked(Slot.VALUE),), closed=closed)
    turn, after = advance(kind, state, SERIOUS, 1)
    assert turn == Turn(Move.PAUSE, None, SERIOUS)
    assert (after.paused, after.filled, after.asked, after.closed) == (True, frozenset(), state.asked, closed)


@pytest.mark.parametrize("heard", [Heard(wish=Wish.SKIP), ANSWER, Heard(wish=Wish.BACK), NOTHING])
def test_any_answer_ends_the_pause(heard):
    """The talk goes on as after that answer without a pause."""
    state = InterviewState(asked=(Asked(Slot.VALUE),))
    paused = advance(FEEDBACK, state, SERIOUS, 1)[1]
    assert advance(FEEDBACK, paused, heard, 1) == advance(FEEDBACK, state, heard, 1)


@pytest.mark.parametrize("wish", [Wish.WHY, Wish.PRIVACY])
def test_a_question_about_the_talk_leaves_it_paused(wish):
    """Who asks what happens with their words has not yet said how to go on."""
    paused = advance(FEEDBACK, InterviewState(asked=(Asked(Slot.VALUE),)), SERIOUS, 1)[1]
    assert advance(FEEDBACK, paused, Heard(wish=wish), 1)[1].paused


def test_taking_something_back_where_nothing_is_paused_is_an_ordinary_answer():
    """There is nothing that it could take back."""
    state = InterviewState(asked=(Asked(Slot.VALUE),))
    assert advance(FEEDBACK, state, Heard(wish=Wish.NOT_MEANT), 1) == advance(FEEDBACK, state, ANSWER, 1)
