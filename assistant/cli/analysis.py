"""``value-loop analyse``."""

from __future__ import annotations

from typing import Annotated

import typer

from assistant.cli.indexing import followed, not_followed
from assistant.cli.options import AsJson, RoundKey
from assistant.cli.output import as_json
from assistant.cli.progress import progress
from assistant.cli.rounds import stays
from assistant.cli.running import parts
from assistant.cli.usage import NO_PRICES, left_in_words, sums_as_list, table, total_as_dict
from assistant.domain.access import OPERATOR
from assistant.domain.errors import OperatorError

Manager = Annotated[
    str | None, typer.Option("--manager", metavar="EMAIL", help="Only this manager.", show_default=False)
]

EstimateOnly = Annotated[
    bool, typer.Option("--estimate", help="Only say about what a language model would use; nothing is called or kept.")
]
ByWorkers = Annotated[
    bool, typer.Option("--by-workers", help="Leave it to the workers on this database, each manager by itself.")
]
OVER_BUDGET = (
    "Round {key} has used its budget: {calls} of the language model were not made, and the embedded engine stood in. "
    "Raise the budget and analyse again to have the rest read by the model."
)
SET_APART = (
    "At least {people:,} people wrote of what may be harassment, violence, self-harm or a crime. Those messages are "
    "left out of everything that was read. See to it that people know whom to turn to."
)


def analyse(
    key: RoundKey,
    manager: Manager = None,
    estimate_only: EstimateOnly = False,
    by_workers: ByWorkers = False,
    json: AsJson = False,
) -> None:
    """Extract, compare and suggest for a round.

    Makes every manager's report; safe to run again.
    """
    if by_workers:
        _leave_to_workers(key, manager, json)
        return
    if estimate_only:
        _estimate(key, manager, json)
        return
    from assistant.background import Background
    from assistant.loop.jobs import analyses
    from assistant.loop.rounds import close_overdue, round_status
    from assistant.loop.serious import people_set_apart
    from assistant.loop.usage import kept_back

    running = parts()
    close_overdue(running.store, running.now())
    kept_back_before = kept_back(running.store, key)
    left: list[OperatorError] = []
    wanted = analyses(running.store, key, manager)
    with progress("Reading conversations") as tell:
        came = Background(running).here(left.append).do(wanted, tell)
    reports = [done.report for done in came if done.report is not None]
    index = not_followed(left[0]) if left else followed(running)
    not_made = kept_back(running.store, key) - kept_back_before
    set_apart = people_set_apart(running.store, key)
    suppressed = sum(report.suppressed for report in reports)
    staying = round_status(running.store, key, OPERATOR).staying
    if json:
        made = [{"manager": report.manager, "suppressed": report.suppressed} for report in reports]
        typer.echo(
            as_json(
                {
                    "round": key,
                    "reports": made,
                    "staying": staying,
                    "index_up_to_date": index.up_to_date,
                    "calls_over_budget": not_made,
                    "people_set_apart": set_apart,
                }
            )
        )
        return
    made_words = "1 report" if len(reports) == 1 else f"{len(reports):,} reports"
    typer.echo(f"{made_words} made, {suppressed:,} below the anonymity floor. {index.says}")
    if staying:
        typer.echo(stays(staying))
    if set_apart:
        typer.echo(SET_APART.format(people=set_apart))
    if not_made:
        typer.echo(OVER_BUDGET.format(key=key, calls="1 call" if not_made == 1 else f"{not_made:,} calls"))


def _leave_to_workers(key: str, manager: str | None, json: bool) -> None:
    """Put one job a manager into the queue; one that waits already is not put again."""
    from assistant.background import Background
    from assistant.loop.jobs import analyses
    from assistant.loop.rounds import close_overdue

    running = parts()
    queue = Background(running).queue()
    close_overdue(running.store, running.now())
    wanted = analyses(running.store, key, manager)
    put = queue.put(wanted)
    if json:
        typer.echo(as_json({"round": key, "managers": len(wanted), "put": put}))
        return
    waiting = len(wanted) - put
    before = f" {waiting:,} of them waited already." if waiting else ""
    made = "1 report waits" if len(wanted) == 1 else f"{len(wanted):,} reports wait"
    typer.echo(f"{made} to be made by the workers.{before} See how they get on with: value-loop jobs status")


def _estimate(key: str, manager: str | None, json: bool) -> None:
    """Say what an analysis would use now."""
    from assistant.loop.analysis import estimate
    from assistant.loop.usage import look_at_usage

    running = parts()
    with progress("Estimating") as tell:
        sums = estimate(running.store, running.engine, running.knowledge, key, manager, tell)
    prices = running.prices
    left = look_at_usage(running.store, prices, running.settings.budget, key).left.get(key)
    if json:
        steps, whole = sums_as_list(sums, prices), total_as_dict(sums, prices)
        typer.echo(as_json({"round": key, "currency": prices.currency or None, "estimate": steps, "total": whole}))
        return
    if not sums:
        typer.echo("The analysis would call no language model.")
        return
    lines = [f"About what an analysis of {key} would use now:", table(sums, prices)]
    if not prices.models:
        lines.append(NO_PRICES)
    if left is not None:
        lines.append(f"Left of the budget: {left_in_words(left, prices)}.")
    typer.echo("\n".join(lines))
