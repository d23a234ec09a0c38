"""``value-loop serve`` and ``value-loop demo``."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Annotated

import typer

from assistant.cli.fleeting_home import fleeting_home
from assistant.cli.running import parts

if TYPE_CHECKING:
    from assistant.bootstrap import Parts
    from assistant.loop.example import Tour

Host = Annotated[
    str | None, typer.Option("--host", metavar="ADDRESS", help="Address to listen on.", show_default=False)
]
Port = Annotated[
    int | None,
    typer.Option("--port", metavar="N", min=0, max=65535, help="Port; 0 takes a free one.", show_default=False),
]

OF_A_REAL_INSTALLATION = (
    "database_url",
    "chroma_url",
    "chroma_token",
    "keys_url",
    "public_url",
    "oidc_issuer",
    "master_key",
    "master_key_file",
    "smtp_host",
    "smtp_user",
    "slack_webhook",
    "teams_webhook",
)
"""Settings that the demo does without: it touches no real round and no real index, and sends nobody anything."""


def serve(host: Host = None, port: Port = None) -> None:
    """Run the web app."""
    from assistant.web.server import run

    running = parts()
    settings = running.settings
    run(
        running,
        host=settings.host if host is None else host,
        port=settings.port if port is None else port,
        tour=None,
        on_ready=_say_address,
    )


def demo(port: Port = 0) -> None:
    """Run the web app on an example organisation.

    It has one finished round, lies in a temporary folder and is gone when the app ends.
    """
    from assistant.web.server import run

    with fleeting_home() as home:
        running = parts(home=home, host="127.0.0.1", **dict.fromkeys(OF_A_REAL_INSTALLATION))
        typer.echo("Preparing the example organisation ...", err=True)
        tour = _prepared(running)
        run(running, host="127.0.0.1", port=port or 0, tour=tour, on_ready=_say_address)


def _prepared(running: Parts) -> Tour:
    from assistant.background import Background
    from assistant.loop.example import FINISHED_ROUND, fill
    from assistant.loop.jobs import analyses

    tour = fill(running.store, running.new_id, running.now())
    Background(running).jobs.put(analyses(running.store, FINISHED_ROUND))
    return tour


def _say_address(address: str) -> None:
    typer.echo(f"Value Loop is ready at {address} (Ctrl-C ends it).")
    sys.stdout.flush()
