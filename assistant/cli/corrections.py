"""``value-loop corrections``."""

from __future__ import annotations

from dataclasses import asdict
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated, Any

import typer

from assistant.cli.options import AsJson
from assistant.cli.output import as_json
from assistant.cli.running import parts
from assistant.domain.access import OPERATOR

if TYPE_CHECKING:
    from assistant.domain.corrections import Adjustment, Measured
    from assistant.loop.adjusting import Review


class Use(StrEnum):
    """Whether corrections are used to read."""

    ON = "on"
    OFF = "off"


Wanted = Annotated[
    Use | None,
    typer.Option(
        "--use", help="Read by what was corrected so far, where it measurably helps, or as before.", show_default=False
    ),
]


def corrections(use: Wanted = None, json: AsJson = False) -> None:
    """Count how people corrected the reading of their words.

    Counts only, no words. Measures whether learning from them helps, and switches that on or off.
    """
    from assistant.loop.adjusting import review, switch_off, switch_on

    running = parts()
    act = {None: review, Use.ON: switch_on, Use.OFF: switch_off}[use]
    found = act(running.store, running.engine, OPERATOR)
    typer.echo(as_json(_as_dict(found)) if json else _in_words(found))


def _as_dict(found: Review) -> dict[str, Any]:
    measured = found.measurement
    return {
        "counts": asdict(found.counts),
        "right_before": asdict(found.before) if found.before else None,
        "measured": {"behaviours": _measured(measured.behaviours), "stances": _measured(measured.stances)}
        if measured
        else None,
        "used": {"behaviours": found.used.behaviours, "stances": found.used.stances} if found.used else None,
    }


def _measured(one: Measured) -> dict[str, Any]:
    return {
        "without": round(one.without, 3),
        "adjusted": round(one.adjusted, 3),
        "gain": round(one.gain, 3),
        "interval": [round(one.low, 3), round(one.high, 3)],
        "helps": one.helps,
    }


def _in_words(found: Review) -> str:
    counts = found.counts
    lines = [
        "What people said of how their sent lines were read:",
        f"  right as it was                  {_count(counts.right)}",
        f"  about something else             {_count(counts.behaviour_changed)}",
        f"  meant in another way             {_count(counts.stance_changed)}",
        f"  nothing about the manager        {_count(counts.nothing)}",
    ]
    if found.before:
        lines.append(
            f"Of those, the reading was right about the behaviour in {found.before.behaviours:.0%}, and about how it "
            f"was meant in {found.before.stances:.0%}."
        )
    if found.measurement:
        lines.append("Read without and with learning from the others, each person left out in turn:")
        lines.append(f"  behaviour                        {_change(found.measurement.behaviours)}")
        lines.append(f"  how it was meant                 {_change(found.measurement.stances)}")
    else:
        lines.append("There is not enough yet to measure whether learning from them helps.")
    return "\n".join([*lines, _use(found.used)])


def _count(count: int | None) -> str:
    return "too few people to show" if count is None else f"{count:,}"


def _change(one: Measured) -> str:
    verdict = "helps" if one.helps else "not shown to help"
    return f"{one.without:.2f} -> {one.adjusted:.2f}, gain {one.low:+.2f} to {one.high:+.2f}: {verdict}"


def _use(used: Adjustment | None) -> str:
    if used is None:
        return "Learning from corrections is off. Each still holds for the line it is about."
    what = [name for name, is_on in (("behaviours", used.behaviours), ("how lines are meant", used.stances)) if is_on]
    return f"Learning from corrections is on, for {' and '.join(what)}. The next analysis reads everything anew."
