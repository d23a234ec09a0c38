"""Posting messages to incoming webhooks. Their addresses are secrets, and are in no error."""

from __future__ import annotations

import http.client
import json
import ssl
from collections.abc import Callable
from contextlib import closing
from datetime import timedelta
from typing import Any
from urllib.parse import urlsplit

from assistant.domain.errors import NoDelivery
from assistant.domain.notices import Fate, Letter, Outcome

SECONDS = 30.0

_OK = range(200, 300)
_LATER = frozenset({408, 425, 429})
_FOR_GOOD = range(300, 500)


class Webhook:
    """See :class:`assistant.ports.carrier.Carrier`.

    ``payload`` makes what is posted, as JSON. No server can act on a body of which the last byte is missing. So all but
    that one leaves first, then comes the mark, then the last byte.
    """

    def __init__(self, name: str, address: str, payload: Callable[[Letter], dict[str, Any]]) -> None:
        self._name = name
        self._address = urlsplit(address)
        self._payload = payload

    def carry(self, letter: Letter, mark: Callable[[], None]) -> Outcome:
        """Post one message."""
        body = json.dumps(self._payload(letter)).encode()
        with closing(self._line()) as line:
            try:
                self._begin(line, body)
            except (OSError, http.client.HTTPException) as error:
                return Outcome(Fate.NOT_NOW, f"{self._name} cannot be reached ({type(error).__name__})")
            mark()
            try:
                line.send(body[-1:])
                answer = line.getresponse()
                return self._outcome(answer.status, answer.headers.get("Retry-After", ""))
            except (OSError, http.client.HTTPException):
                return Outcome(Fate.UNCONFIRMED, f"{self._name} broke off before it answered")

    def check(self) -> str:
        """Whether the server is there; whether it takes messages shows only when one is posted. Raises NoDelivery."""
        line = self._line()
        try:
            line.connect()
        except OSError as error:
            raise NoDelivery(f"{self._name} cannot be reached ({type(error).__name__})") from None
        finally:
            line.close()
        return f"{self._name} can be reached"

    def close(self) -> None:
        """There is nothing to let go of."""

    def _line(self) -> http.client.HTTPConnection:
        host, port = self._address.hostname or "", self._address.port
        if self._address.scheme == "http":
            return http.client.HTTPConnection(host, port, timeout=SECONDS)
        return http.client.HTTPSConnection(host, port, timeout=SECONDS, context=ssl.create_default_context())

    def _begin(self, line: http.client.HTTPConnection, body: bytes) -> None:
        where = self._address.path or "/"
        line.putrequest("POST", f"{where}?{self._address.query}" if self._address.query else where)
        line.putheader("Content-Type", "application/json")
        line.putheader("Content-Length", str(len(body)))
        line.endheaders()
        line.send(body[:-1])

    def _outcome(self, status: int, retry_after: str) -> Outcome:
        if status in _OK:
            return Outcome(Fate.ACCEPTED)
        problem = f"{self._name} answered with status {status}"
        if status in _FOR_GOOD and status not in _LATER:
            return Outcome(Fate.REFUSED, problem)
        return Outcome(Fate.NOT_NOW, problem, timedelta(seconds=int(retry_after) if retry_after.isdecimal() else 0))
