"""A small server that speaks real HTTP and OpenAI's chat protocol, and fails as it is told."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

Reply = Callable[["Handler"], None]
OK = '{"ready": "yes"}'


class Handler(BaseHTTPRequestHandler):
    """Answers each request by the next reply of its server; the last one is given from then on."""

    protocol_version = "HTTP/1.1"
    server: FaultServer
    body: dict[str, Any]

    def do_POST(self) -> None:
        """One call."""
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self.body = body
        self.server.begin(body)
        try:
            self.server.next_reply()(self)
        except (BrokenPipeError, ConnectionResetError):
            self.server.left += 1
        finally:
            self.server.end()

    def give(self, status: int, body: Any, **headers: str) -> None:
        """A whole answer."""
        data = body.encode() if isinstance(body, str) else json.dumps(body).encode()
        self.send_response(status)
        for name, value in {"Content-Type": "application/json", **headers}.items():
            self.send_header(name.replace("_", "-"), value)
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def log_message(self, *_: Any) -> None:
        """Say nothing."""


class FaultServer(ThreadingHTTPServer):
    """``requests`` holds the bodies, ``most`` how many were in work at once, ``left`` how many clients went away.

    ``connections`` is how many were made.
    """

    daemon_threads = True

    def __init__(self, *replies: Reply) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.replies = list(replies)
        self.requests: list[dict[str, Any]] = []
        self.most = self._now = self.left = self.connections = 0
        self._counting = threading.Lock()

    @property
    def url(self) -> str:
        """The address for clients."""
        return f"http://127.0.0.1:{self.server_port}/v1"

    def get_request(self) -> Any:
        """A connection has come."""
        self.connections += 1
        return super().get_request()

    def begin(self, body: dict[str, Any]) -> None:
        """A request has come."""
        with self._counting:
            self.requests.append(body)
            self._now += 1
            self.most = max(self.most, self._now)

    def end(self) -> None:
        """A request is done."""
        with self._counting:
            self._now -= 1

    def next_reply(self) -> Reply:
        """What is answered now."""
        with self._counting:
            return self.replies.pop(0) if len(self.replies) > 1 else self.replies[0]

    def handle_error(self, *_: Any) -> None:
        """Clients that go away are no news."""


@contextmanager
def serving(*replies: Reply) -> Iterator[FaultServer]:
    """A server that runs until the block ends."""
    server = FaultServer(*replies)
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    try:
        yield server
    finally:
        server.shutdown()
        server.server_close()


def completion(text: str = OK, finish: str = "stop") -> dict[str, Any]:
    """A whole answer of the protocol."""
    message = {"role": "assistant", "content": text}
    return {
        "id": "c1",
        "object": "chat.completion",
        "created": 1,
        "model": "small",
        "choices": [{"index": 0, "message": message, "finish_reason": finish}],
        "usage": {"prompt_tokens": 11, "completion_tokens": 5, "total_tokens": 16},
    }


def says(text: str = OK, finish: str = "stop") -> Reply:
    """A good answer, or one that was cut off."""
    return lambda handler: handler.give(200, completion(text, finish))


def thinks(answer: Callable[[list[Any]], Any]) -> Reply:
    """What a function of the messages gives, streamed where it is asked for so: text, or anything else as JSON."""
    from langchain_core.messages import HumanMessage, SystemMessage

    kinds = {"system": SystemMessage, "user": HumanMessage}

    def reply(handler: Handler) -> None:
        given = answer([kinds[one["role"]](one["content"]) for one in handler.body["messages"]])
        text = given if isinstance(given, str) else json.dumps(given)
        (streams(text) if handler.body.get("stream") else says(text))(handler)

    return reply


def fails(status: int, code: str | None = None, message: str = "no", **headers: str) -> Reply:
    """An error of the protocol."""
    error = {"message": message, "type": "error", "code": code}
    return lambda handler: handler.give(status, {"error": error}, **headers)


def embeds(vector: Callable[[str], list[float]]) -> Reply:
    """A vector for each text that was sent."""

    def reply(handler: Handler) -> None:
        rows = [
            {"object": "embedding", "index": n, "embedding": vector(text)}
            for n, text in enumerate(handler.body["input"])
        ]
        usage = {"prompt_tokens": 3, "total_tokens": 3}
        handler.give(200, {"object": "list", "data": rows, "model": "tiny", "usage": usage})

    return reply


def answers(body: Any) -> Reply:
    """Status 200 with whatever this is."""
    return lambda handler: handler.give(200, body)


def sleeps(seconds: float, then: Reply) -> Reply:
    """Nothing for a while."""

    def reply(handler: Handler) -> None:
        time.sleep(seconds)
        then(handler)

    return reply


def drips(seconds: float) -> Reply:
    """A byte now and then, so that no gap is long and the whole never ends."""

    def reply(handler: Handler) -> None:
        handler.send_response(200)
        handler.send_header("Content-Type", "application/json")
        handler.send_header("Content-Length", "100000")
        handler.end_headers()
        until = time.monotonic() + seconds
        while time.monotonic() < until:
            handler.wfile.write(b" ")
            handler.wfile.flush()
            time.sleep(0.02)
        handler.close_connection = True

    return reply


def breaks_off() -> Reply:
    """Half an answer, and the line is dead."""

    def reply(handler: Handler) -> None:
        handler.send_response(200)
        handler.send_header("Content-Type", "application/json")
        handler.send_header("Content-Length", "1000")
        handler.end_headers()
        handler.wfile.write(b'{"id": "c1", "cho')
        handler.close_connection = True

    return reply


def hangs_up_after(reply: Reply) -> Reply:
    """A whole answer, after which the server closes the connection."""

    def replied(handler: Handler) -> None:
        reply(handler)
        handler.close_connection = True

    return replied


def streams(*pieces: str, gap: float = 0.0, ends: bool = True) -> Reply:
    """Pieces as server-sent events; without an end the line goes dead in the middle."""

    def reply(handler: Handler) -> None:
        handler.send_response(200)
        handler.send_header("Content-Type", "text/event-stream")
        handler.send_header("Transfer-Encoding", "chunked")
        handler.end_headers()
        for piece in pieces:
            delta = {"index": 0, "delta": {"role": "assistant", "content": piece}, "finish_reason": None}
            event = {"id": "c1", "object": "chat.completion.chunk", "created": 1, "model": "small", "choices": [delta]}
            _chunk(handler, f"data: {json.dumps(event)}\n\n")
            time.sleep(gap)
        if ends:
            _chunk(handler, "data: [DONE]\n\n")
            handler.wfile.write(b"0\r\n\r\n")
        handler.close_connection = not ends

    return reply


def _chunk(handler: Handler, text: str) -> None:
    data = text.encode()
    handler.wfile.write(f"{len(data):x}\r\n".encode() + data + b"\r\n")
    handler.wfile.flush()
