"""``value-loop round``."""

from __future__ import annotations

from dataclasses import asdict
from datetime import UTC, datetime, time
from typing import TYPE_CHECKING, Annotated, Any

import typer

from assistant.cli.options import AsJson, RoundKey
from assistant.cli.output import as_json
from assistant.cli.running import parts
from assistant.domain.access import OPERATOR
from assistant.domain.errors import BadInput
from assistant.domain.planning import Every
from assistant.domain.rating import FULLY
from assistant.domain.rounds import DEFAULT_FLOOR

if TYPE_CHECKING:
    from assistant.domain.planning import PlannedRound
    from assistant.domain.rating import Rated
    from assistant.domain.rounds import RoundStatus
    from assistant.ports.store import Store

commands = typer.Typer(help="Open, close, count and plan rounds.", no_args_is_help=True)
Floor = Annotated[int, typer.Option("--floor", metavar="N", help="Anonymity floor, at least 3; fixed once open.")]
Closes = Annotated[
    str | None,
    typer.Option("--closes", metavar="DATE", help="Last day (UTC), such as 2026-12-18.", show_default=False),
]

Opens = Annotated[
    str, typer.Option("--opens", metavar="DATE", help="First day, or time, in UTC, such as 2027-01-11T08:00.")
]
Again = Annotated[
    Every | None,
    typer.Option("--every", help="Plan such a round again and again, with keys that follow.", show_default=False),
]


@commands.command("open")
def open_(key: RoundKey, floor: Floor = DEFAULT_FLOOR, closes: Closes = None, json: AsJson = False) -> None:
    """Open a round over the reporting line as it stands."""
    from assistant.loop.rounds import open_round

    running = parts()
    until = _closing_time(closes) if closes else None
    open_round(running.store, key, running.now(), floor, until, running.announcer)
    _show(running.store, key, json)


@commands.command()
def close(key: RoundKey, json: AsJson = False) -> None:
    """Close a round; nothing can be added to it then."""
    from assistant.loop.rounds import close_round

    running = parts()
    close_round(running.store, key, running.now())
    _show(running.store, key, json)


@commands.command()
def status(key: RoundKey, json: AsJson = False) -> None:
    """Show a round in counts only."""
    from assistant.loop.rounds import close_overdue

    running = parts()
    close_overdue(running.store, running.now())
    _show(running.store, key, json)


@commands.command()
def plan(
    key: RoundKey,
    opens: Opens,
    floor: Floor = DEFAULT_FLOOR,
    closes: Closes = None,
    every: Again = None,
    json: AsJson = False,
) -> None:
    """Have a round open by itself.

    The running app opens it, or value-loop tick.
    """
    from assistant.domain.planning import PlannedRound
    from assistant.loop.planning import plan_round

    running = parts()
    until = _closing_time(closes) if closes else None
    planned = PlannedRound(key, _time(opens), until, floor, every)
    plan_round(running.store, OPERATOR, planned, running.now())
    typer.echo(as_json(_plan_as_dict(planned)) if json else f"Planned: {_plan_in_words(planned)}")


@commands.command()
def plans(json: AsJson = False) -> None:
    """List rounds that open by themselves."""
    from assistant.loop.planning import planned_rounds

    found = planned_rounds(parts().store, OPERATOR)
    if json:
        typer.echo(as_json([_plan_as_dict(planned) for planned in found]))
        return
    typer.echo("\n".join(map(_plan_in_words, found)) or "No round is planned.")


@commands.command()
def unplan(key: RoundKey) -> None:
    """Plan a round no more, nor those that would follow it."""
    from assistant.loop.planning import unplan_round

    unplan_round(parts().store, OPERATOR, key)
    typer.echo(f"Round {key} does not open by itself any more.")


def _show(store: Store, key: str, json: bool) -> None:
    from assistant.loop.rounds import round_status

    found = round_status(store, key, OPERATOR)
    typer.echo(as_json(_as_dict(found)) if json else _in_words(found))


def _closing_time(text: str) -> datetime:
    """The end of a day, or a time."""
    given = _time(text)
    return datetime.combine(given, time(23, 59, 59), UTC) if len(text) == len("2026-12-18") else given


def _time(text: str) -> datetime:
    """A time, or the beginning of a day."""
    try:
        given = datetime.fromisoformat(text)
    except ValueError:
        raise BadInput(f"{text!r} is not a date such as 2026-12-18.") from None
    return given.replace(tzinfo=UTC) if given.tzinfo is None else given.astimezone(UTC)


def _plan_as_dict(planned: PlannedRound) -> dict[str, Any]:
    return {
        "round": planned.key,
        "floor": planned.floor,
        "opens_at": planned.opens_at.isoformat(),
        "closes_at": planned.closes_at.isoformat() if planned.closes_at else None,
        "every": planned.every.value if planned.every else None,
    }


def _plan_in_words(planned: PlannedRound) -> str:
    until = f" until {planned.closes_at:%Y-%m-%d %H:%M}" if planned.closes_at else ""
    again = f", and so on every {planned.every}" if planned.every else ""
    return f"{planned.key} from {planned.opens_at:%Y-%m-%d %H:%M}{until} UTC, floor {planned.floor}{again}."


def _as_dict(status: RoundStatus) -> dict[str, Any]:
    held = status.round
    return {
        "round": held.key,
        "open": held.is_open,
        "floor": held.floor,
        "opened_at": held.opened_at.isoformat(),
        "closes_at": held.closes_at.isoformat() if held.closes_at else None,
        "closed_at": held.closed_at.isoformat() if held.closed_at else None,
        "words_deleted_at": held.words_deleted_at.isoformat() if held.words_deleted_at else None,
        "managers": status.managers,
        "invited": status.invited,
        "reflections": status.reflections,
        "feedbacks": status.feedbacks,
        "reports": status.reports,
        "staying": status.staying,
        "rated": asdict(status.rated) if status.rated else None,
    }


def _in_words(status: RoundStatus) -> str:
    held = status.round
    until = f" until {held.closes_at:%Y-%m-%d %H:%M} UTC" if held.closes_at and held.is_open else ""
    sent = f"Sent so far: {status.reflections:,} reflections, {_feedbacks(status)}."
    return "\n".join(
        (
            f"Round {held.key} is {'open' if held.is_open else 'closed'}{until}.",
            f"People asked: {status.invited:,} about {status.managers:,} managers; anonymity floor {held.floor}.",
            f"What was said was deleted on {held.words_deleted_at:%Y-%m-%d}." if held.words_deleted_at else sent,
            f"Reports: {status.reports:,}.",
            *([stays(status.staying)] if status.staying else []),
            *([_rated(status.rated)] if status.rated else []),
        )
    )


def _rated(of: Rated) -> str:
    return (
        f"How well summaries captured what people meant, as they say themselves: {of.mean:g} of {FULLY}, by at least "
        f"{of.people:,} people."
    )


def stays(reports: int) -> str:
    """Why some reports were not replaced; it does not tell whose."""
    some = "1 report stays as it was" if reports == 1 else f"{reports:,} reports stay as they were"
    return f"{some} seen: fewer people than the floor have changed since, and a new one beside it would tell of them."


def _feedbacks(status: RoundStatus) -> str:
    if not status.feedbacks:
        return f"feedback from fewer than {status.round.floor} people, or none that may be counted"
    return f"feedback from at least {status.feedbacks:,} people"
