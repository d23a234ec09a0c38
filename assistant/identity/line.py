"""Asking a provider over HTTP: JSON comes back, of a bounded size and within a bounded time."""

from __future__ import annotations

import json
import time
from functools import cached_property
from typing import TYPE_CHECKING, Any

from assistant.domain.errors import NoProvider

if TYPE_CHECKING:
    import httpx2

SECONDS = 10.0
LARGEST_ANSWER = 1_000_000
_OK = range(200, 300)
_JSON = {"accept": "application/json", "accept-encoding": "identity"}
Answer = tuple[int, dict[str, Any]]
_ANSWERED_IN_JSON = range(400, 500)


class Line:
    """One provider's HTTP; redirects are not followed, as each address is checked before it is used."""

    def __init__(self, seconds: float = SECONDS) -> None:
        self._seconds = seconds

    def get(self, address: str, headers: dict[str, str] | None = None) -> dict[str, Any]:
        """What lies at an address, as a JSON object. Raises NoProvider."""
        status, answer = self._ask("GET", address, headers or {}, None)
        if status not in _OK:
            raise NoProvider(f"{address} answered with status {status}.")
        return answer

    def post(self, address: str, headers: dict[str, str], form: str) -> Answer:
        """Send a form; status and JSON object that come back, also where it was refused. Raises NoProvider."""
        return self._ask("POST", address, headers, form.encode())

    @cached_property
    def _client(self) -> httpx2.Client:
        """One for all calls, as making it reads the certificates of the world; threads may share it."""
        from httpx2 import Client

        return Client(timeout=self._seconds / 2, follow_redirects=False)

    def _ask(self, method: str, address: str, headers: dict[str, str], body: bytes | None) -> Answer:
        from httpx2 import HTTPError

        until = time.monotonic() + self._seconds
        try:
            with self._client.stream(method, address, headers=_JSON | headers, content=body) as coming:
                status = coming.status_code
                if status not in _OK and status not in _ANSWERED_IN_JSON:
                    raise NoProvider(f"{address} answered with status {status}.")
                received = bytearray()
                for piece in coming.iter_bytes():
                    received += piece
                    if len(received) > LARGEST_ANSWER or time.monotonic() > until:
                        raise NoProvider(f"{address} answered with too much, or too slowly.")
        except HTTPError as error:
            raise NoProvider(f"{address} cannot be reached ({type(error).__name__}).") from None
        return status, _as_object(bytes(received), address)


def _as_object(received: bytes, address: str) -> dict[str, Any]:
    try:
        answer = json.loads(received)
    except (ValueError, RecursionError):
        answer = None
    if not isinstance(answer, dict):
        raise NoProvider(f"{address} did not answer with a JSON object.")
    return answer
