"""``value-loop worker`` and ``value-loop jobs``."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated

import typer

from assistant.cli.options import AsJson
from assistant.cli.output import as_json
from assistant.cli.running import parts
from assistant.domain.access import OPERATOR
from assistant.domain.errors import BadInput

if TYPE_CHECKING:
    from assistant.bootstrap import Parts
    from assistant.domain.jobs import JobsNow
    from assistant.telemetry.monitoring import Monitoring

commands = typer.Typer(help="What workers do in the background.", no_args_is_help=True)
AtOnce = Annotated[int, typer.Option("--at-once", metavar="N", min=1, help="Jobs that this process does at once.")]
MetricsPort = Annotated[
    int | None,
    typer.Option(
        "--metrics-port",
        metavar="N",
        min=1,
        max=65535,
        help="Serve /metrics on this port of VALUE_LOOP_HOST, for whoever brings VALUE_LOOP_METRICS_TOKEN.",
        show_default=False,
    ),
]
UntilIdle = Annotated[bool, typer.Option("--until-idle", help="End when nothing waits any more.")]


def worker(at_once: AtOnce = 1, until_idle: UntilIdle = False, metrics_port: MetricsPort = None) -> None:
    """Do jobs of the queue on the PostgreSQL server, beside any number of other workers.

    Ctrl-C or SIGTERM ends it, after what it has at hand. What a worker had at hand that was killed is done by another.
    """
    from assistant.background import Background
    from assistant.web.fault import write_down

    running = parts()
    with running.at_work(), _watched(running, metrics_port):
        Background(running).worker(lambda error: write_down("job_failed", error)).run(at_once, until_idle)


@contextmanager
def _watched(running: Parts, port: int | None) -> Iterator[None]:
    """Watch what is done until the block ends, and let a monitor read it where a port is given."""
    monitoring, host = running.monitoring, running.settings.host
    if port is not None and not monitoring.metrics_token:
        raise BadInput("--metrics-port needs a token that a monitor brings: set VALUE_LOOP_METRICS_TOKEN.")
    monitoring.start()
    try:
        with nullcontext() if port is None else _page(monitoring, host, port):
            yield
    finally:
        monitoring.close()


def _page(monitoring: Monitoring, host: str, port: int) -> AbstractContextManager[None]:
    from assistant.telemetry.metrics_page import metrics_page

    return metrics_page(monitoring, host, port)


@commands.command()
def status(json: AsJson = False) -> None:
    """Show how many workers are at work, how many jobs wait and are being done, and what was given up, and why."""
    from assistant.background import Background
    from assistant.loop.jobs import look_at_jobs

    running = parts()
    jobs = Background(running).jobs
    now, workers = look_at_jobs(running.store, jobs, OPERATOR), jobs.workers()
    typer.echo(as_json({"workers": workers} | asdict(now)) if json else "\n".join(_in_words(now, workers)))


@commands.command()
def retry(json: AsJson = False) -> None:
    """Try again what was given up, once what was wrong is mended."""
    from assistant.background import Background
    from assistant.loop.jobs import try_again

    running = parts()
    waiting = try_again(running.store, Background(running).jobs, OPERATOR)
    typer.echo(as_json({"waiting": waiting}) if json else f"Waiting again: {waiting:,}.")


def _in_words(now: JobsNow, workers: int) -> list[str]:
    counts = f"Waiting: {now.waiting:,}. Being done: {now.at_work:,}. Given up: {len(now.given_up):,}."
    lines = [f"{counts} Workers: {workers:,}."]
    lines += [f"Reports of {key} still to be made: {left:,}." for key, left in now.reports_left.items()]
    return lines + [f"Given up: {one.job.name}. {one.problem}" for one in now.given_up]
