"""Using corrections: what may be told of them, whether learning from them helps, and switching that on and off."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from assistant.domain.access import ANALYSIS, Viewer, may_adjust
from assistant.domain.anonymity import suppressed
from assistant.domain.corrections import (
    LEAST_CORRECTIONS,
    LEAST_PEOPLE,
    Adjustment,
    Example,
    Measurement,
    enough,
)
from assistant.domain.errors import Refused
from assistant.domain.rounds import DEFAULT_FLOOR
from assistant.ports.engine import Engine
from assistant.ports.store import Store, Work

TOO_FEW = (
    f"There is not enough to learn from yet: it takes {LEAST_CORRECTIONS} corrections or confirmations in what was "
    f"sent, by {LEAST_PEOPLE} people, and changes by at least as many people as the highest anonymity floor."
)
NO_GAIN = (
    "It was not shown that learning from the corrections helps here: where the gain lies, there may be a loss, too. "
    "The reading stays as it is. Try again when more has been corrected."
)


@dataclass(frozen=True, slots=True)
class Counts:
    """How many corrections of each sort were sent; None where fewer people than the floor stand behind a number."""

    right: int | None
    behaviour_changed: int | None
    stance_changed: int | None
    nothing: int | None


@dataclass(frozen=True, slots=True)
class Before:
    """How often (0 to 1) the engine was right about what was then confirmed or corrected."""

    behaviours: float
    stances: float


@dataclass(frozen=True, slots=True)
class Review:
    """What may be told of the corrections.

    ``measurement`` is None where there is not enough yet; so is ``before``, also where a count is kept back that could
    be worked out from it.
    """

    counts: Counts
    before: Before | None
    measurement: Measurement | None
    used: Adjustment | None


def in_use(store: Store, engine: Engine) -> Engine:
    """The engine as it is to read now: itself, or adjusted by what had been corrected when that was switched on.

    Where so much has been erased that the rest would not be enough, it is itself again.
    """
    with store.work("what was corrected") as work:
        use = work.corrections.adjustment()
        if use is None:
            return engine
        floor = _floor(work)
        examples = [e for e in work.corrections.examples(ANALYSIS) if e.number <= use.upto]
    return engine.adjusted(_teaching(examples), use) if enough(examples, floor) else engine


def review(store: Store, engine: Engine, viewer: Viewer) -> Review:
    """Counts and measurements, no words. Raises Refused for anybody but the operator."""
    examples, floor, use = _look(store, viewer)
    if not enough(examples, floor):
        return Review(_counts(examples, floor), None, None, use)
    return _reviewed(examples, floor, engine.measure(_teaching(examples)), use)


def switch_on(store: Store, engine: Engine, viewer: Viewer) -> Review:
    """Use all that has been corrected so far, for what it measurably helps with.

    Raises Refused where there is not enough, or no gain without the chance of a loss; then it stays as it was.
    """
    examples, floor, _ = _look(store, viewer)
    if not enough(examples, floor):
        raise Refused(TOO_FEW)
    measured = engine.measure(_teaching(examples))
    use = Adjustment(max(e.number for e in examples), measured.behaviours.helps, measured.stances.helps)
    if not (use.behaviours or use.stances):
        raise Refused(NO_GAIN)
    with store.work() as work:
        work.corrections.use(use)
    return _reviewed(examples, floor, measured, use)


def switch_off(store: Store, engine: Engine, viewer: Viewer) -> Review:
    """Read as before; the corrections stay, and each still holds for the line that it is about."""
    _look(store, viewer)
    with store.work() as work:
        work.corrections.use(None)
    return review(store, engine, viewer)


def _look(store: Store, viewer: Viewer) -> tuple[tuple[Example, ...], int, Adjustment | None]:
    if not may_adjust(viewer):
        raise Refused("Whether corrections are used is for whoever runs the installation.")
    with store.work() as work:
        return work.corrections.examples(ANALYSIS), _floor(work), work.corrections.adjustment()


def _reviewed(examples: Sequence[Example], floor: int, measured: Measurement, use: Adjustment | None) -> Review:
    counts = _counts(examples, floor)
    kept_back = None in {counts.right, counts.behaviour_changed, counts.stance_changed}
    return Review(counts, None if kept_back else _before(_teaching(examples)), measured, use)


def _floor(work: Work) -> int:
    return max((round_.floor for round_ in work.rounds.all()), default=DEFAULT_FLOOR)


def _teaching(examples: Sequence[Example]) -> tuple[Example, ...]:
    return tuple(e for e in examples if e.meant is not None)


def _counts(examples: Sequence[Example], floor: int) -> Counts:
    def shown(some: list[Example]) -> int | None:
        return len(some) if not some or not suppressed(len({e.author for e in some}), floor) else None

    meant = [(e, e.meant) for e in examples if e.meant is not None]
    return Counts(
        right=shown([e for e, m in meant if m == e.was]),
        behaviour_changed=shown([e for e, m in meant if m.behaviour != e.was.behaviour]),
        stance_changed=shown([e for e, m in meant if m.behaviour == e.was.behaviour and m.stance != e.was.stance]),
        nothing=shown([e for e in examples if e.meant is None]),
    )


def _before(teaching: Sequence[Example]) -> Before:
    meant = [(e.was, e.meant) for e in teaching if e.meant is not None]
    return Before(
        sum(was.behaviour == m.behaviour for was, m in meant) / len(meant),
        sum(was.stance == m.stance for was, m in meant) / len(meant),
    )
