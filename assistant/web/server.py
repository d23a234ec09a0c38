"""Serving the web app until somebody stops it."""

from __future__ import annotations

import gc
import os
import signal
import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from types import FrameType

import structlog
import uvicorn

from assistant import __version__
from assistant.bootstrap import Parts
from assistant.domain.errors import Busy, NoIndex
from assistant.domain.indexing import Shelf
from assistant.loop.example import Tour
from assistant.web.keeper import LEAVE_SECONDS, Keeper
from assistant.web.shift import Shift

_GRACE_SECONDS = 3
LATEST_SECONDS = _GRACE_SECONDS + LEAVE_SECONDS + 2
UNFINISHED_HEADERS = 16_000


def run(
    parts: Parts, *, host: str, port: int, tour: Tour | None = None, on_ready: Callable[[str], None] = lambda _url: None
) -> None:
    """Serve until Ctrl-C or SIGTERM; ``on_ready`` is called with the app's address once it answers.

    Asked to end, it waits for running answers, at most as long as the settings say, and then at most fifteen seconds
    for all else. Asked a second time, it waits for no answer.

    The process owns a vector index in the home folder as long as it runs. Raises Busy where another process owns it, or
    the port, or while everything is restored or moved.
    """
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    parts.set_up_logs()
    try:
        _serve(parts, host, port, tour, on_ready)
    except KeyboardInterrupt:
        return


def _serve(parts: Parts, host: str, port: int, tour: Tour | None, on_ready: Callable[[str], None]) -> None:
    with parts.at_work(), _listen(host, port) as listener:
        address = f"http://{host}:{listener.getsockname()[1]}"
        _own_index(parts)
        _ = parts.contacts  # who is in need is not to find that the file cannot be read
        with _monitored(parts):
            server = _server(parts, tour, lambda: on_ready(parts.settings.public_url or address))
            with Keeper(parts):
                server.run([listener])


def _server(parts: Parts, tour: Tour | None, on_ready: Callable[[], None]) -> _Server:
    from assistant.web.application import build

    shift = Shift(parts.settings.stop_seconds, time.monotonic)
    config = uvicorn.Config(
        build(parts, tour, shift),
        log_config=None,
        log_level="critical",
        access_log=False,
        server_header=False,
        http="h11",  # bounds the headers of a request, and wants every one to name its host
        h11_max_incomplete_event_size=UNFINISHED_HEADERS,
        forwarded_allow_ips=parts.settings.trusted_proxies,
        timeout_graceful_shutdown=_GRACE_SECONDS,
    )
    return _Server(config, shift, on_ready)


@contextmanager
def _monitored(parts: Parts) -> Iterator[None]:
    """Watch what is done until the block ends, and hand over the last of it."""
    parts.monitoring.start()
    try:
        yield
    finally:
        structlog.get_logger().info("stopped")
        parts.monitoring.close()


def _own_index(parts: Parts) -> None:
    """Open the index before anything slow is done, so that a second app on the same home ends at once.

    An index on a server has no owner, and people are served while that server is away.
    """
    with suppress(NoIndex):
        parts.index.count(Shelf.KNOWLEDGE)


class _Server(uvicorn.Server):
    """Ends gently when it is asked to: what is under way goes on, new questions go elsewhere. Asked again, at once."""

    def __init__(self, config: uvicorn.Config, shift: Shift, on_ready: Callable[[], None]) -> None:
        super().__init__(config)
        self._shift = shift
        self._on_ready = on_ready
        self._asked_by: int = signal.SIGTERM

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        # What is loaded by now stays as long as the process: looked through again and again by the collector, it would
        # take a seventh of the time of an answer over many reports.
        gc.collect()
        gc.freeze()
        structlog.get_logger().info("started", version=__version__)
        self._on_ready()

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        """A signal that asks the process to end."""
        if self._shift.is_ending:
            super().handle_exit(sig, frame)
            return
        self._asked_by = sig
        self._shift.end()
        structlog.get_logger().info("stopping", under_way=self._shift.under_way)

    async def on_tick(self, counter: int) -> bool:
        """Ten times a second: whether to leave."""
        if self._shift.is_over and not self.should_exit:
            _leave_within(LATEST_SECONDS)
            super().handle_exit(self._asked_by, None)
        return await super().on_tick(counter)


def _leave_within(seconds: float) -> None:
    """End the process after this time, whatever still runs: a thread that waits for a model cannot be broken off.

    What was acknowledged is kept by then, as it is when the process is killed.
    """
    latest = threading.Timer(seconds, os._exit, [0])
    latest.daemon = True
    latest.start()


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
