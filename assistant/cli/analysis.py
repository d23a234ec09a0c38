"""``value-loop analyse``."""

from __future__ import annotations

from typing import Annotated

import typer

from assistant.cli.indexing import follow_if_possible
from assistant.cli.options import AsJson, RoundKey
from assistant.cli.output import as_json
from assistant.cli.progress import progress
from assistant.cli.running import parts

Manager = Annotated[
    str | None, typer.Option("--manager", metavar="EMAIL", help="Only this manager.", show_default=False)
]

OVER_BUDGET = (
    "Round {key} has used its budget: {calls} of the language model were not made, and the embedded engine stood in. "
    "Raise the budget and analyse again to have the rest read by the model."
)


def analyse(key: RoundKey, manager: Manager = None, json: AsJson = False) -> None:
    """Extract, compare and suggest for a round.

    Makes every manager's report; safe to run again.
    """
    from assistant.loop.analysis import analyse as analyse_round
    from assistant.loop.rounds import close_overdue
    from assistant.loop.usage import kept_back

    running = parts()
    close_overdue(running.store, running.now())
    kept_back_before = kept_back(running.store, key)
    with progress("Reading conversations") as tell:
        reports = analyse_round(running.store, running.engine, running.knowledge, key, manager, tell)
    index = follow_if_possible(running)
    not_made = kept_back(running.store, key) - kept_back_before
    suppressed = sum(report.suppressed for report in reports)
    if json:
        made = [{"manager": report.manager, "suppressed": report.suppressed} for report in reports]
        typer.echo(
            as_json(
                {"round": key, "reports": made, "index_up_to_date": index.up_to_date, "calls_over_budget": not_made}
            )
        )
        return
    made_words = "1 report" if len(reports) == 1 else f"{len(reports):,} reports"
    typer.echo(f"{made_words} made, {suppressed:,} below the anonymity floor. {index.says}")
    if not_made:
        typer.echo(OVER_BUDGET.format(key=key, calls="1 call" if not_made == 1 else f"{not_made:,} calls"))
