"""Histories as Hypothesis makes them up: small organisations, late answers, people who go, and any looks in between."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from hypothesis import strategies as st

from tests.attack.history import History, Look, Member, Presence, Second, Signs, Stage, Words
from tests.attack.world import QUESTIONS

TEXTS = ("goals+", "goals-", "goals+ listening-", "listening+ goals-", "workload- *fear", "*safety goals+ listening+")
_LAST_LOOKS = ("report", "overview", "roll-up", "question", "status", "log")
_EARLY_LOOKS = ("operator's report", "all reports", *_LAST_LOOKS)
_questions = st.integers(0, len(QUESTIONS) - 1)


@st.composite
def histories(draw: st.DrawFn, colluders: bool = False) -> History:
    """A round that is closed at the end, when everybody who may look does so."""
    floor = draw(st.sampled_from((3, 3, 3, 4, 5)))
    lower = draw(st.integers(0, 2))
    managers = (None, *(draw(st.sampled_from((None, *range(number + 1)))) for number in range(lower)))
    places = [
        (manager, f"m{manager}.{place}@acme.example")
        for manager in range(len(managers))
        for place in range(draw(st.integers(1, floor + 3)))
    ]
    history = draw(_round(floor, managers, places))
    answering = [m.email for m in history.members if m.presence.answers is not None]
    knowing = draw(st.sets(st.sampled_from(answering), max_size=2)) if colluders and answering else set()
    return replace(history, colluders=frozenset(knowing))


@st.composite
def two_rounds(draw: st.DrawFn) -> tuple[History, History]:
    """A round, and another one of the same people, without those who were erased."""
    first = draw(histories())
    stay = [m for m in first.members if m.presence.erased is None]
    second = draw(_round(first.floor, first.managers, [(m.manager, m.email) for m in stay]))
    known = [replace(m, presence=replace(m.presence, joins_late=False)) for m in second.members]
    return first, replace(second, members=tuple(known))


@st.composite
def _round(draw: st.DrawFn, floor: int, managers: tuple[int | None, ...], places: Sequence[tuple[int, str]]) -> History:
    stages = draw(st.sampled_from((1, 2, 2, 2, 3)))
    closes = draw(st.sampled_from((0, *[stages - 1] * 3)))
    watched = draw(st.sampled_from((True, True, False)))
    members = tuple(draw(_member(manager, email, stages, closes)) for manager, email in places)
    earlier = (draw(_stage(len(managers), watched)) for _ in range(stages - 1))
    return History(floor, managers, members, (*earlier, draw(_last(len(managers)))), closes)


@st.composite
def _member(draw: st.DrawFn, manager: int, email: str, stages: int, closes: int) -> Member:
    answers = draw(st.sampled_from((0, 0, 0, 0, 0, 1, 2, None)))
    if answers is not None and answers > closes:
        answers = closes
    erased = _later(draw(st.sampled_from((None, None, None, None, None, 1, 2))), answers, stages - 1)
    withdrawn = _later(draw(st.sampled_from((None, None, None, None, None, 1, 2))), answers, closes)
    if erased is not None:
        withdrawn = None
    second = draw(st.sampled_from((Second.NOTHING, Second.NOTHING, Second.NOTHING, *Second)))
    at = draw(st.integers(0, closes))
    joins_late = answers not in {0, None} and draw(st.booleans())
    words = Words(draw(st.sampled_from(TEXTS)), second, at)
    signs = draw(st.sampled_from((Signs.NOTHING,) * 6 + (Signs.A_LINE, Signs.ALL)))
    return Member(email, manager, Presence(answers, erased, joins_late, withdrawn), words, signs)


def _later(at: int | None, answers: int | None, last: int) -> int | None:
    """A time after the answer and not after the last one that is possible, else None."""
    return at if at is not None and answers is not None and answers < at <= last else None


@st.composite
def _stage(draw: st.DrawFn, managers: int, watched: bool) -> Stage:
    """An analysis and some looks; in a round that is ``watched``, somebody takes out all reports first."""
    only = None if watched else draw(st.sampled_from((None, *range(managers))))
    look = st.builds(Look, st.sampled_from(_EARLY_LOOKS), st.integers(-1, managers - 1), _questions)
    always = (Look("all reports"),) if watched else ()
    return Stage(only, (*always, *draw(st.lists(look, max_size=2))))


@st.composite
def _last(draw: st.DrawFn, managers: int) -> Stage:
    looks = (Look(what, whom, draw(_questions)) for what in _LAST_LOOKS for whom in _whom(what, managers))
    return Stage(None, tuple(looks))


def _whom(what: str, managers: int) -> tuple[int, ...]:
    if what in {"status", "log"}:
        return (0,)
    return tuple(range(0 if what == "report" else -1, managers))
