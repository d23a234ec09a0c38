"""A real SMTP server on this machine, which keeps what it takes and fails as it is told."""

from __future__ import annotations

import email
import re
import ssl
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from email import policy
from email.message import EmailMessage
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult, LoginPassword

OK = "250 OK"
LINK = re.compile(r"https?://\S+/sign-in\?token=(\S+)")
STOP = re.compile(r"https?://\S+?(/reminders\?notice=\S+)")


class MailServer:
    """``taken`` holds, in order, whom each mail was for and its bytes.

    ``at_address`` answers to a recipient, ``at_end`` to the dot that ends a mail; ``hangs_up`` breaks off in its place,
    once.
    """

    def __init__(self) -> None:
        self.taken: list[tuple[str, bytes]] = []
        self.at_address: dict[str, str] = {}
        self.at_end: list[str] = []
        self.hangs_up = False
        self.on_taken: Callable[[int], None] = lambda _many: None
        self.port = 0

    async def handle_RCPT(  # noqa: N802 -- aiosmtpd names it
        self, _server: Any, _session: Any, envelope: Any, address: str, _options: Any
    ) -> str:
        """Take a recipient, or not."""
        answer = self.at_address.get(address, OK)
        if answer == OK:
            envelope.rcpt_tos.append(address)
        return answer

    async def handle_DATA(self, server: Any, _session: Any, envelope: Any) -> str:  # noqa: N802 -- as above
        """Take a mail that has come to its end, or not."""
        answer = self.at_end.pop(0) if self.at_end else OK
        if answer == OK:
            self.taken.append((envelope.rcpt_tos[0], envelope.content))
            self.on_taken(len(self.taken))
        if self.hangs_up:
            self.hangs_up = False
            server.transport.abort()
        return answer

    @property
    def counts(self) -> Counter[str]:
        """How many mails each recipient got."""
        return Counter(to for to, _ in self.taken)

    def mails_to(self, address: str) -> list[EmailMessage]:
        """The mails that somebody got, read as a mail program would."""
        return [as_mail(content) for to, content in self.taken if to == address]


def as_mail(content: bytes) -> EmailMessage:
    """Bytes as a mail."""
    return email.message_from_bytes(content, policy=policy.default)


def text_of(mail: EmailMessage) -> str:
    """Its plain text."""
    return mail.get_body(("plain",)).get_content()


def html_of(mail: EmailMessage) -> str:
    """Its HTML."""
    return mail.get_body(("html",)).get_content()


def token_in(mail: EmailMessage) -> str:
    """The secret of its sign-in link."""
    return LINK.search(text_of(mail))[1]


@contextmanager
def taking_mails(
    port: int = 0, tls: ssl.SSLContext | None = None, implicit: bool = False, account: tuple[str, str] | None = None
) -> Iterator[MailServer]:
    """A server until the block ends, with STARTTLS or TLS from the first byte, and for this account alone."""
    server = MailServer()

    def known(_server: Any, _session: Any, _envelope: Any, _mechanism: str, given: LoginPassword) -> AuthResult:
        fits = account is not None and (given.login.decode(), given.password.decode()) == account
        return AuthResult(success=fits, handled=fits)

    controller = _OnAnyPort(
        server,
        hostname="127.0.0.1",
        port=port,
        ssl_context=tls if implicit else None,
        tls_context=None if implicit else tls,
        require_starttls=tls is not None and not implicit,
        authenticator=known if account else None,
        auth_required=account is not None,
        auth_require_tls=tls is not None and not implicit,
    )
    controller.start()
    server.port = controller.port
    try:
        yield server
    finally:
        controller.stop()


class _OnAnyPort(Controller):
    """Port 0 takes a free one."""

    def _trigger_server(self) -> None:
        self.port = self.server.sockets[0].getsockname()[1]
        super()._trigger_server()
