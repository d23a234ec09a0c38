"""A page for a monitor from a process that has no other pages, such as a worker."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from assistant.domain.errors import Busy
from assistant.telemetry.monitoring import Monitoring

PATH = "/metrics"
_PATIENCE_SECONDS = 10
_LOOKS_WHETHER_TO_END_SECONDS = 0.1


@contextmanager
def metrics_page(monitoring: Monitoring, host: str, port: int) -> Iterator[None]:
    """Serve ``/metrics`` to whoever brings the token, until the block ends. Raises Busy where the port is taken."""
    server = _listening(monitoring, host, port)
    thread = threading.Thread(target=server.serve_forever, args=(_LOOKS_WHETHER_TO_END_SECONDS,), daemon=True)
    thread.start()
    try:
        yield
    finally:
        server.shutdown()
        server.server_close()


def _listening(monitoring: Monitoring, host: str, port: int) -> ThreadingHTTPServer:
    class Page(BaseHTTPRequestHandler):
        timeout = _PATIENCE_SECONDS

        def do_GET(self) -> None:
            if self.path.partition("?")[0] != PATH or monitoring.metrics is None:
                self._give(HTTPStatus.NOT_FOUND, b"")
            elif not monitoring.admits(self.headers.get("authorization", "")):
                self._give(HTTPStatus.UNAUTHORIZED, b"The token is missing or wrong.\n")
            else:
                self._give(HTTPStatus.OK, monitoring.metrics.as_text(), monitoring.metrics.content_type)

        def _give(self, status: HTTPStatus, body: bytes, kind: str = "text/plain; charset=utf-8") -> None:
            self.send_response(status)
            self.send_header("content-type", kind)
            self.send_header("content-length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def version_string(self) -> str:
            return "value-loop"

        def log_message(self, *_: object) -> None:
            """Say nothing: what is asked for may be anything."""

    try:
        return ThreadingHTTPServer((host, port), Page)
    except OSError as error:
        raise Busy(
            f"The metrics cannot be served on {host}, port {port}: {error.strerror}. Choose another port."
        ) from error
