"""A bare HTTP echo: what asking a server costs before it does anything, with the server that the web app runs on."""

from __future__ import annotations

import http.client
import socket
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import uvicorn


def echoed(texts: Sequence[str]) -> list[float]:
    """Seconds of each text from being sent to having come back, one after the other; an empty one warms up."""
    taken = []
    with serving() as port:
        client = http.client.HTTPConnection("127.0.0.1", port)
        for text in ("", *texts):
            started = time.perf_counter()
            client.request("POST", "/", text.encode())
            if client.getresponse().read() != text.encode():
                raise ValueError("The echo is not what was sent.")
            taken.append(time.perf_counter() - started)
        client.close()
    return taken[1:]


@contextmanager
def serving() -> Iterator[int]:
    """The port of a server that gives back what it is sent, in a thread of its own."""
    with socket.create_server(("127.0.0.1", 0)) as door:
        server = uvicorn.Server(uvicorn.Config(_echo, log_level="error", lifespan="off", http="h11"))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [door]})
        thread.start()
        try:
            yield door.getsockname()[1]
        finally:
            server.should_exit = True
            thread.join()


async def _echo(_scope: dict[str, Any], receive: Any, send: Any) -> None:
    body, more = b"", True
    while more:
        part = await receive()
        body, more = body + part.get("body", b""), part.get("more_body", False)
    await send({"type": "http.response.start", "status": 200, "headers": []})
    await send({"type": "http.response.body", "body": body})
