"""What the assistant does with its turn: pure decisions over what has been asked and heard.

::

    reflection   commitment, value, example, effect, own part, hard to hear, up to two fundamentals nobody has touched,
                 close
    feedback     value, example, change, missing, keep, up to two fundamentals nobody has touched, close

Commitment and change are asked after only where the last round left something to ask after. What was volunteered is not
asked again. A wish of the person always comes first, and never costs them an answer. Where somebody tells of a serious
matter, all that is stopped until they say how to go on.
"""

from __future__ import annotations

from dataclasses import replace

from assistant.domain.interview import Asked, Heard, InterviewState, Move, Setting, Slot, Turn, Wish
from assistant.domain.words import ConversationKind, Fundamental

LAST_TURN = 12
MOST_NUDGES = 2
MOST_FUNDAMENTALS = 2
MOST_NOTHINGS = 3

PLAN = {
    ConversationKind.REFLECTION: (
        Slot.COMMITMENT,
        Slot.VALUE,
        Slot.EXAMPLE,
        Slot.EFFECT,
        Slot.OWN_PART,
        Slot.HARD_TO_HEAR,
    ),
    ConversationKind.FEEDBACK: (Slot.VALUE, Slot.EXAMPLE, Slot.CHANGE, Slot.MISSING, Slot.KEEP),
}
CARRIED_OVER = frozenset({Slot.COMMITMENT, Slot.CHANGE})
"""Slots that come from the last round; a conversation that has nothing to carry over leaves them out."""

WORTH_A_SECOND_TRY = frozenset(Slot) - CARRIED_OVER - {Slot.KEEP, Slot.FUNDAMENTAL}
EXPLAINED = frozenset({Wish.WHY, Wish.PRIVACY})
SETTLED_WITHOUT_VALUE = frozenset({Slot.EXAMPLE, Slot.EFFECT})


NOTHING_CARRIED: frozenset[Slot] = frozenset()


def carried_over(setting: Setting) -> frozenset[Slot]:
    """The slots that a conversation asks for because of the last round."""
    given = {Slot.COMMITMENT: setting.commitment, Slot.CHANGE: setting.change_asked}
    return frozenset(slot for slot, words in given.items() if words)


def opening(kind: ConversationKind, carried: frozenset[Slot] = NOTHING_CARRIED) -> tuple[Turn, InterviewState]:
    """The first question, before anything has been said; ``carried`` as :func:`carried_over` gives it."""
    first = Asked(_plan(kind, carried)[0])
    return Turn(Move.ASK, first, Heard()), InterviewState(asked=(first,))


def advance(
    kind: ConversationKind,
    state: InterviewState,
    heard: Heard,
    turn: int,
    carried: frozenset[Slot] = NOTHING_CARRIED,
) -> tuple[Turn, InterviewState]:
    """What to say next, and where the conversation stands then.

    ``turn`` is the number of the person's messages so far, the one in ``heard`` included. After the closing word every
    further message is answered by a closing word again.
    """
    if heard.serious:
        return Turn(Move.PAUSE, None, heard), paused(state)
    state = replace(state, paused=state.paused and heard.wish in EXPLAINED)
    if heard.wish is Wish.NOT_MEANT:
        heard = replace(heard, wish=None)
    if state.closed:
        return Turn(Move.CLOSE, None, heard), state
    state = replace(state, filled=state.filled | heard.slots, touched=state.touched | heard.fundamentals)
    if heard.wish is Wish.STOP or turn >= LAST_TURN:
        return _close(state, heard)
    plan = _plan(kind, carried)
    if heard.wish is not None:
        return _grant(plan, state, heard, heard.wish)
    if heard.nothing:
        return _take_nothing(plan, state, heard)
    if kind is ConversationKind.REFLECTION:
        if heard.blames_others and state.own_part_nudges < MOST_NUDGES:
            return _turn_to_own_part(state, heard)
        if heard.work_management and state.nudges - state.own_part_nudges < MOST_NUDGES:
            return Turn(Move.TURN_TO_PERSON, _pending(state), heard), replace(state, nudges=state.nudges + 1)
    return _ask_next(plan, _answered(state), heard)


def paused(state: InterviewState) -> InterviewState:
    """Where a conversation stands while its author has not said how to go on after a serious matter."""
    return replace(state, paused=True)


def _plan(kind: ConversationKind, carried: frozenset[Slot]) -> tuple[Slot, ...]:
    return tuple(slot for slot in PLAN[kind] if slot in carried or slot not in CARRIED_OVER)


def _grant(plan: tuple[Slot, ...], state: InterviewState, heard: Heard, wish: Wish) -> tuple[Turn, InterviewState]:
    """Do as the person wishes: explain and ask the same again, go back by one, or go on without an answer."""
    if wish is Wish.WHY:
        return Turn(Move.EXPLAIN_WHY, _pending(state), heard), state
    if wish is Wish.PRIVACY:
        return Turn(Move.EXPLAIN_PRIVACY, _pending(state), heard), state
    if wish is Wish.BACK:
        before = replace(state, asked=state.asked[:-1] or state.asked)
        return Turn(Move.ASK, _pending(before), heard), before
    return _ask_next(plan, state, heard)


def _take_nothing(plan: tuple[Slot, ...], state: InterviewState, heard: Heard) -> tuple[Turn, InterviewState]:
    """Take "nothing, really" for an answer after one kind second try; the third one ends the talk."""
    state = replace(state, nothings=state.nothings + 1)
    pending = _pending(state)
    if state.nothings >= MOST_NOTHINGS:
        return _close(state, heard)
    if state.nothings == 1 and pending.slot in WORTH_A_SECOND_TRY:
        return Turn(Move.TRY_ONCE_MORE, pending, heard), state
    if pending.slot is Slot.VALUE:
        state = replace(state, filled=state.filled | SETTLED_WITHOUT_VALUE)
    return _ask_next(plan, _answered(state), heard)


def _turn_to_own_part(state: InterviewState, heard: Heard) -> tuple[Turn, InterviewState]:
    """Ask for the own part at once; it is the open question then, and is not planned any more."""
    own_part = Asked(Slot.OWN_PART)
    asked = (*(question for question in state.asked if question != own_part), own_part)
    after = replace(state, asked=asked, nudges=state.nudges + 1, own_part_nudges=state.own_part_nudges + 1)
    return Turn(Move.TURN_TO_OWN_PART, own_part, heard), after


def _ask_next(plan: tuple[Slot, ...], state: InterviewState, heard: Heard) -> tuple[Turn, InterviewState]:
    question = _next_slot(plan, state) or _next_fundamental(state)
    if question is None:
        return _close(state, heard)
    return Turn(Move.ASK, question, heard), replace(state, asked=(*state.asked, question))


def _next_slot(plan: tuple[Slot, ...], state: InterviewState) -> Asked | None:
    asked = {question.slot for question in state.asked}
    return next((Asked(slot) for slot in plan if slot not in state.filled and slot not in asked), None)


def _next_fundamental(state: InterviewState) -> Asked | None:
    asked = {question.fundamental for question in state.asked if question.fundamental is not None}
    if len(asked) >= MOST_FUNDAMENTALS:
        return None
    untouched = (f for f in Fundamental if f not in state.touched and f not in asked)
    return next((Asked(Slot.FUNDAMENTAL, fundamental) for fundamental in untouched), None)


def _close(state: InterviewState, heard: Heard) -> tuple[Turn, InterviewState]:
    return Turn(Move.CLOSE, None, heard), replace(state, closed=True)


def _answered(state: InterviewState) -> InterviewState:
    """The state with the question that is open now marked as answered."""
    pending = _pending(state)
    touched = state.touched if pending.fundamental is None else state.touched | {pending.fundamental}
    return replace(state, filled=state.filled | {pending.slot}, touched=touched)


def _pending(state: InterviewState) -> Asked:
    """The question that is open now; before any other it is the value question."""
    return state.asked[-1] if state.asked else Asked(Slot.VALUE)
