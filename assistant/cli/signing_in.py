"""``value-loop link`` and ``value-loop sessions``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from assistant.cli.options import AsJson, Email
from assistant.cli.output import as_json
from assistant.cli.running import parts
from assistant.domain.errors import BadInput

if TYPE_CHECKING:
    from assistant.domain.signing_in import Session

OneOrAll = Annotated[str | None, typer.Argument(metavar="[EMAIL]", help="One person only.", show_default=False)]
EndAll = Annotated[bool, typer.Option("--end-all", help="End all sessions of this person, and unused links.")]


def link(email: Email, json: AsJson = False) -> None:
    """Print a sign-in link for a person, good once.

    It is good for VALUE_LOOP_LINK_HOURS. Links made for the person before, and not used, are worthless then.
    """
    from assistant.loop.sign_in import make_link

    running = parts()
    secret = running.new_secret()
    make_link(running.store, email, secret, running.now(), running.settings.lives.link)
    settings = running.settings
    host = "localhost" if settings.host in {"0.0.0.0", "::"} else settings.host  # noqa: S104 -- compared, not bound
    address = (settings.public_url or f"http://{host}:{settings.port}").rstrip("/")
    way_in = f"{address}/sign-in?token={secret}"
    typer.echo(as_json({"email": email.strip().lower(), "link": way_in}) if json else way_in)


def sessions(email: OneOrAll = None, end_all: EndAll = False, json: AsJson = False) -> None:
    """Show who is signed in, on what kind of device, or sign somebody out everywhere.

    Times are in UTC, and the last use is known to within five minutes.
    """
    from assistant.loop import sessions as held

    running = parts()
    if end_all:
        if email is None:
            raise BadInput("Say whose sessions are to end: value-loop sessions EMAIL --end-all")
        ended = held.end_all(running.store, email)
        typer.echo(as_json({"email": email.strip().lower(), "ended": ended}) if json else _ended(ended))
        return
    found = held.sessions(running.store, email, running.now(), running.settings.lives.idle)
    if json:
        typer.echo(as_json([_as_dict(session) for session in found]))
        return
    for session in found:
        typer.echo(
            f"{session.email}  {session.device or 'unknown device'}  since {session.started_at:%Y-%m-%d %H:%M}  "
            f"last used {session.last_seen_at:%Y-%m-%d %H:%M}"
        )
    if not found:
        typer.echo("Nobody is signed in." if email is None else "This person is not signed in.")


def _ended(number: int) -> str:
    return f"{number:,} {'session' if number == 1 else 'sessions'} ended, and unused links are worthless."


def _as_dict(session: Session) -> dict[str, Any]:
    return {
        "email": session.email,
        "device": session.device,
        "started_at": session.started_at.isoformat(),
        "last_seen_at": session.last_seen_at.isoformat(),
        "expires_at": session.expires_at.isoformat(),
    }
