"""``value-loop link``."""

from __future__ import annotations

import typer

from assistant.cli.options import AsJson, Email
from assistant.cli.output import as_json
from assistant.cli.running import parts


def link(email: Email, json: AsJson = False) -> None:
    """Print a sign-in link for a person, good once and for a day."""
    from assistant.loop.sign_in import make_link

    running = parts()
    secret = running.new_secret()
    make_link(running.store, email, secret, running.now())
    settings = running.settings
    host = "localhost" if settings.host in {"0.0.0.0", "::"} else settings.host  # noqa: S104 -- compared, not bound
    address = (settings.public_url or f"http://{host}:{settings.port}").rstrip("/")
    way_in = f"{address}/sign-in?token={secret}"
    typer.echo(as_json({"email": email.strip().lower(), "link": way_in}) if json else way_in)
