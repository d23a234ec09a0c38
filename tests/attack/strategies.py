"""Histories as Hypothesis makes them up: small organisations, late answers, people who go, and any looks in between."""

from __future__ import annotations

from hypothesis import strategies as st

from tests.attack.history import History, Look, Member, Presence, Second, Stage, Words

TEXTS = ("goals+", "goals-", "goals+ listening-", "listening+ goals-", "workload- *fear", "*safety goals+ listening+")
_LAST_LOOKS = ("report", "overview", "roll-up", "question", "status", "log")
_EARLY_LOOKS = ("operator's report", "all reports", *_LAST_LOOKS)
_questions = st.integers(0, 2)


@st.composite
def histories(draw: st.DrawFn, colluders: bool = False) -> History:
    """A history whose last stage is closed, and in which everybody who may look does so at the end."""
    floor = draw(st.sampled_from((3, 3, 3, 4, 5)))
    lower = draw(st.integers(0, 2))
    managers = [None, *(draw(st.sampled_from((None, *range(number + 1)))) for number in range(lower))]
    stages = draw(st.integers(1, 3))
    closes = draw(st.integers(0, stages - 1))
    members = [
        draw(_member(manager, place, stages, closes))
        for manager in range(len(managers))
        for place in range(draw(st.integers(1, floor + 3)))
    ]
    answering = [m.email for m in members if m.presence.answers is not None]
    knowing = draw(st.sets(st.sampled_from(answering), max_size=2)) if colluders and answering else set()
    return History(
        floor,
        tuple(managers),
        tuple(members),
        (*(draw(_stage(len(managers))) for _ in range(stages - 1)), draw(_last(len(managers)))),
        closes,
        frozenset(knowing),
    )


@st.composite
def _member(draw: st.DrawFn, manager: int, place: int, stages: int, closes: int) -> Member:
    answers = draw(st.sampled_from((0, 0, 0, 0, 0, 1, 2, None)))
    if answers is not None and answers > closes:
        answers = closes
    last = stages - 1
    erased = draw(st.sampled_from((None, None, None, None, None, 1, 2)))
    if erased is not None and (answers is None or not answers < erased <= last):
        erased = None
    second = draw(st.sampled_from((Second.NOTHING, Second.NOTHING, Second.NOTHING, *Second)))
    at = draw(st.integers(0, closes))
    joins_late = answers not in {0, None} and draw(st.booleans())
    words = Words(draw(st.sampled_from(TEXTS)), second, at)
    return Member(f"m{manager}.{place}@acme.example", manager, Presence(answers, erased, joins_late), words)


@st.composite
def _stage(draw: st.DrawFn, managers: int) -> Stage:
    only = draw(st.sampled_from((None, None, *range(managers))))
    look = st.builds(Look, st.sampled_from(_EARLY_LOOKS), st.integers(-1, managers - 1), _questions)
    return Stage(only, tuple(draw(st.lists(look, max_size=2))))


@st.composite
def _last(draw: st.DrawFn, managers: int) -> Stage:
    looks = (Look(what, whom, draw(_questions)) for what in _LAST_LOOKS for whom in _whom(what, managers))
    return Stage(None, tuple(looks))


def _whom(what: str, managers: int) -> tuple[int, ...]:
    if what in {"status", "log"}:
        return (0,)
    return tuple(range(0 if what == "report" else -1, managers))
