"""``value-loop eval``."""

from __future__ import annotations

import time
import traceback
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from dataclasses import asdict, dataclass
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from assistant.cli.fleeting_home import fleeting_home
from assistant.cli.options import AsJson
from assistant.cli.output import as_json
from assistant.cli.progress import progress
from assistant.cli.running import parts
from assistant.cli.usage import rounded
from assistant.domain.errors import BadInput, ValueLoopError

if TYPE_CHECKING:
    from assistant.bootstrap import Parts
    from assistant.domain.knowledge import Knowledge
    from assistant.domain.usage import Used
    from assistant.evaluation.counting import Counts
    from assistant.evaluation.scenario import Scenario
    from assistant.loop.analysis import Progress
    from assistant.loop.evaluation import Evaluated
    from assistant.ports.engine import Engine
    from assistant.ports.store import Store


class Kind(StrEnum):
    """Which engine is to be measured."""

    EMBEDDED = "embedded"
    LLM = "llm"


Folder = Annotated[Path, typer.Argument(metavar="FOLDER", help="A folder of scenario files.", show_default=False)]
Only = Annotated[
    Kind | None, typer.Option("--engine", help="Only this one; else both, where a model is set.", show_default=False)
]

COUNTED = ("suppression_errors", "leaks", "ungrounded_suggestions", "readings", "stand_ins")
USED = ("calls", "tokens_in", "tokens_out")
OF_REAL_ROUNDS: dict[str, Any] = {"database_url": None, "keys_url": None, "round_tokens": None, "round_money": None}
"""What is for rounds of real people: the database in which they are, and their budget."""


@dataclass(frozen=True, slots=True)
class Measured:
    """An engine on the scenarios: what came out, what calls used and cost, and how long (s) it took.

    ``cost`` is in the operator's own currency; None where there is no price.
    """

    evaluated: Evaluated
    used: Used
    cost: float | None
    seconds: float


def evaluate(folder: Folder, engine: Only = None, json: AsJson = False) -> None:
    """Measure engines on annotated scenarios, to choose a model.

    Everything runs in a temporary home. With a language model, what the scenarios hold is sent to it.
    """
    from assistant.loop.scenario_files import read_folder

    scenarios = read_folder(folder)
    with fleeting_home(status_when_ended=1) as home:
        measured = [_measure(running, scenarios) for running in _chosen(engine, home)]
    typer.echo(as_json([_as_dict(one) for one in measured]) if json else _in_words(measured))
    for failed in (failed for one in measured for failed in one.evaluated.failed):
        typer.echo(f"The scenario {failed.scenario} did not run to its end. {failed.why}", err=True)
    if any(one.evaluated.failed for one in measured):
        raise typer.Exit(1)


def _chosen(kind: Kind | None, home: Path) -> list[Parts]:
    """The parts of each engine that is to be measured, all with this home."""
    with_model = parts(home=home, **OF_REAL_ROUNDS)
    if with_model.settings.model is None:
        if kind is Kind.LLM:
            raise BadInput(
                "No language model is set. Set VALUE_LOOP_MODEL, and see whether it serves: value-loop doctor"
            )
        return [with_model]
    embedded = parts(home=home, model=None, embeddings=None, **OF_REAL_ROUNDS)
    return {None: [embedded, with_model], Kind.EMBEDDED: [embedded], Kind.LLM: [with_model]}[kind]


def _measure(running: Parts, scenarios: Sequence[Scenario]) -> Measured:
    from assistant.domain.usage import total
    from assistant.loop.usage import look_at_usage

    began = time.monotonic()
    with progress(f"Rounds with {running.engine.name}") as tell:
        evaluated = run_all(scenarios, running.engine, running.knowledge, running.fleeting_store, running.now(), tell)
    seconds = time.monotonic() - began
    sums = look_at_usage(running.store, running.prices, running.settings.budget).sums
    return Measured(evaluated, total(sums.values()), running.prices.cost(sums), seconds)


def run_all(
    scenarios: Sequence[Scenario],
    engine: Engine,
    knowledge: Knowledge,
    new_store: Callable[[], AbstractContextManager[Store]],
    now: datetime,
    tell: Progress,
) -> Evaluated:
    """Run every scenario on a store of its own; one that fails is named, and costs the others nothing."""
    from assistant.loop.evaluation import Evaluated, Failed, run

    counts: list[Counts] = []
    failed: list[Failed] = []
    tell(0, len(scenarios))
    for done, scenario in enumerate(scenarios, 1):
        try:
            with new_store() as store:
                counts.append(run(scenario, store, engine, knowledge, now))
        except ValueLoopError as error:
            failed.append(Failed(scenario.name, str(error)))
        except Exception as error:  # noqa: BLE001 -- our own mistakes are named, too, and the other figures are kept
            failed.append(Failed(scenario.name, _mistake(error)))
        tell(done, len(scenarios))
    return Evaluated(engine.name, tuple(counts), tuple(failed))


def _mistake(error: Exception) -> str:
    """Kind and place of a mistake of ours; its message may hold somebody's words."""
    last = traceback.extract_tb(error.__traceback__)[-1]
    return f"{type(error).__name__} at {Path(last.filename).name}:{last.lineno}, which is a mistake of ours."


def _as_dict(one: Measured) -> dict[str, Any]:
    from assistant.evaluation.counting import figures, intervals

    counts = one.evaluated.counts
    return {
        "engine": one.evaluated.engine,
        "scenarios": len(counts),
        "figures": figures(counts),
        "intervals": intervals(counts),
        **_counted(one),
        "cost": rounded(one.cost),
        "seconds": round(one.seconds, 1),
        "failed": [asdict(failed) for failed in one.evaluated.failed],
    }


def _counted(one: Measured) -> dict[str, int]:
    """What is counted over all scenarios, and what calls used."""
    from assistant.evaluation.counting import total_of

    n = total_of(one.evaluated.counts).n
    return {name: n[name] for name in COUNTED} | {name: getattr(one.used, name) for name in USED}


def _in_words(measured: Sequence[Measured]) -> str:
    """A table with one column an engine; beside a figure the interval that holds 90 % of the draws."""
    columns = [_column(_as_dict(one)) for one in measured]
    rows = [[name, *(column[name] for column in columns)] for name in columns[0]]
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    return "\n".join("  ".join(cell.ljust(w) for cell, w in zip(row, widths, strict=True)).rstrip() for row in rows)


def _column(one: dict[str, Any]) -> dict[str, str]:
    figures = {name: _figure(value, one["intervals"][name]) for name, value in one["figures"].items()}
    counted = {name: f"{one[name]:,}" for name in (*COUNTED, *USED, "seconds")}
    counted["cost"] = "-" if one["cost"] is None else f"{one['cost']:,.4f}"
    cells = {"engine": one["engine"], "scenarios": str(one["scenarios"]), **figures, **counted}
    return {name.replace("_", " "): cell for name, cell in cells.items()}


def _figure(value: float | None, interval: tuple[float, float] | None) -> str:
    if value is None:
        return "-"
    return f"{value:.3f}" if interval is None else f"{value:.3f}  ({interval[0]:.2f} to {interval[1]:.2f})"
