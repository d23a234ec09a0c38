"""Serving the web app until somebody stops it."""

from __future__ import annotations

import signal
import socket
from collections.abc import Callable
from contextlib import suppress

import uvicorn

from assistant.bootstrap import Parts
from assistant.domain.errors import Busy, NoIndex
from assistant.domain.indexing import Shelf
from assistant.loop.example import Tour
from assistant.web.keeper import Keeper

_GRACE_SECONDS = 3
UNFINISHED_HEADERS = 16_000


def run(
    parts: Parts, *, host: str, port: int, tour: Tour | None = None, on_ready: Callable[[str], None] = lambda _url: None
) -> None:
    """Serve until Ctrl-C or SIGTERM; ``on_ready`` is called with the app's address once it answers.

    The process owns a vector index in the home folder as long as it runs. Raises Busy where another process owns it, or
    the port.
    """
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        _serve(parts, host, port, tour, on_ready)
    except KeyboardInterrupt:
        return


def _serve(parts: Parts, host: str, port: int, tour: Tour | None, on_ready: Callable[[str], None]) -> None:
    with _listen(host, port) as listener:
        address = f"http://{host}:{listener.getsockname()[1]}"
        _own_index(parts)
        _ = parts.contacts  # who is in need is not to find that the file cannot be read
        from assistant.web.application import build

        config = uvicorn.Config(
            build(parts, tour),
            log_config=None,
            log_level="critical",
            access_log=False,
            server_header=False,
            http="h11",  # bounds the headers of a request, and wants every one to name its host
            h11_max_incomplete_event_size=UNFINISHED_HEADERS,
            forwarded_allow_ips=parts.settings.trusted_proxies,
            timeout_graceful_shutdown=_GRACE_SECONDS,
        )
        with Keeper(parts):
            _Server(config, lambda: on_ready(parts.settings.public_url or address)).run([listener])


def _own_index(parts: Parts) -> None:
    """Open the index before anything slow is done, so that a second app on the same home ends at once.

    An index on a server has no owner, and people are served while that server is away.
    """
    with suppress(NoIndex):
        parts.index.count(Shelf.KNOWLEDGE)


class _Server(uvicorn.Server):
    def __init__(self, config: uvicorn.Config, on_ready: Callable[[], None]) -> None:
        super().__init__(config)
        self._on_ready = on_ready

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        self._on_ready()


def _listen(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listener = socket.socket(family, socket.SOCK_STREAM)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((host, port))
    except OSError as error:
        listener.close()
        raise Busy(f"The app cannot listen on {host}, port {port}: {error.strerror}. Choose another port.") from error
    return listener
