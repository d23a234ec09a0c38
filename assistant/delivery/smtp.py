"""Handing mails over by SMTP (RFC 5321), so that it is always known whether one has been."""

from __future__ import annotations

import re
import smtplib
import socket
import ssl
from collections.abc import Callable
from dataclasses import dataclass, field

from assistant.delivery.mail import mail
from assistant.delivery.security import Security
from assistant.domain.errors import NoDelivery
from assistant.domain.mail_address import is_plain_address
from assistant.domain.notices import Fate, Letter, Outcome

SECONDS = 30.0
SECONDS_FOR_THE_LAST_ANSWER = 600.0
"""RFC 5321, 4.5.3.2.6: whoever does not wait so long sends mails twice."""

_OK, _GO_ON, _CLOSING = 250, 354, 421
_TAKEN = range(250, 253)
"""Codes by which a server takes a recipient, also one that it passes on or knows nothing of yet."""
_FOR_GOOD = range(500, 600)
_ALL_OF_IT = frozenset({_CLOSING, 530, 535, 538})
_DOT_AT_LINE = re.compile(rb"^\.", re.MULTILINE)
_ENHANCED = re.compile(r"^[245]\.\d{1,3}\.\d{1,3}\b")


@dataclass(frozen=True, slots=True)
class Server:
    """A server that takes mails; ``sender`` is the address that they come from."""

    host: str
    port: int
    security: Security
    sender: str
    user: str = ""
    password: str = field(default="", repr=False)

    def __str__(self) -> str:
        return f"{self.host}:{self.port}"


class SmtpCarrier:
    """See :class:`assistant.ports.carrier.Carrier`; one connection is used for mail after mail.

    A server may take a mail only once it has the dot that ends it. So all of the mail leaves first, then comes the
    mark, then the dot. What fails before the mark was not handed over, for certain. After it an answer decides, and
    where none comes the mail counts as handed over.
    """

    def __init__(self, server: Server) -> None:
        self._server = server
        self._line: smtplib.SMTP | None = None

    def carry(self, letter: Letter, mark: Callable[[], None]) -> Outcome:
        """Hand one mail over."""
        if not is_plain_address(letter.notice.person):
            return Outcome(Fate.REFUSED, "the address cannot be used in a mail")
        try:
            line = self._ready()
        except NoDelivery as error:
            return Outcome(Fate.NO_SERVER, str(error))
        outcome = None
        try:
            outcome = self._handed_over(line, letter.notice.person, mail(letter, self._server.sender), mark)
            return outcome
        finally:
            if outcome is None or outcome.fate in {Fate.NO_SERVER, Fate.UNCONFIRMED}:
                line.close()  # without a word, which might be taken for a part of the mail
                self._line = None

    def check(self) -> str:
        """Connect and sign in, as for a mail. Raises NoDelivery."""
        try:
            self._ready()
        finally:
            self.close()
        who = f" as {self._server.user}" if self._server.user else ""
        return f"{self._server} answers{who}"

    def close(self) -> None:
        """Say goodbye, if there is a connection."""
        line, self._line = self._line, None
        if line is not None:
            try:
                line.quit()
            except (smtplib.SMTPException, OSError):
                line.close()

    def _ready(self) -> smtplib.SMTP:
        """A connection that answers and has nothing of an earlier mail; raises NoDelivery."""
        if self._line is not None:
            try:
                if self._line.rset()[0] == _OK:
                    return self._line
            except (smtplib.SMTPException, OSError):
                pass  # it was idle for too long, or the server was started anew
            self._line.close()
            self._line = None
        self._line = self._connected()
        return self._line

    def _connected(self) -> smtplib.SMTP:
        server = self._server
        try:
            line = self._opened()
        except ssl.SSLError as error:
            raise NoDelivery(f"{server} could not prove who it is, or speaks no TLS ({_reason(error)})") from None
        except smtplib.SMTPException as error:
            raise NoDelivery(f"{server} does not answer as it has to ({_code(error)})") from None
        except OSError as error:
            raise NoDelivery(f"{server} cannot be reached ({error.strerror or type(error).__name__})") from None
        assert line.sock is not None  # noqa: S101 -- it has just been connected
        line.sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)  # the dot is not to wait for company
        try:
            if server.user:
                line.login(server.user, server.password)
        except (smtplib.SMTPException, OSError) as error:
            line.close()
            raise NoDelivery(f"{server} does not let {server.user} in ({_code(error)})") from None
        return line

    def _opened(self) -> smtplib.SMTP:
        server = self._server
        if server.security is Security.TLS:
            return smtplib.SMTP_SSL(server.host, server.port, timeout=SECONDS, context=ssl.create_default_context())
        line = smtplib.SMTP(server.host, server.port, timeout=SECONDS)
        try:
            if server.security is Security.STARTTLS:
                line.starttls(context=ssl.create_default_context())
            line.ehlo_or_helo_if_needed()
        except BaseException:
            line.close()
            raise
        return line

    def _handed_over(self, line: smtplib.SMTP, to: str, made: bytes, mark: Callable[[], None]) -> Outcome:
        try:
            refusal = self._announced(line, to)
            if refusal is not None:
                return refusal
            line.send(_DOT_AT_LINE.sub(b"..", made.removesuffix(b"\r\n")) + b"\r\n")
        except (smtplib.SMTPException, OSError) as error:
            return Outcome(Fate.NO_SERVER, f"{self._server} broke off ({type(error).__name__})")
        return self._ended(line, mark)

    def _announced(self, line: smtplib.SMTP, to: str) -> Outcome | None:
        """Say whom a mail is from and to; what the server has against it, if anything."""
        code, says = line.mail(self._server.sender)
        if code in _FOR_GOOD or code == _CLOSING:
            return Outcome(Fate.NO_SERVER, f"{self._server} takes no mail from this sender ({_short(code, says)})")
        if code == _OK:
            code, says = line.rcpt(to)
        if code in _TAKEN:
            code, says = line.docmd("DATA")
        return None if code == _GO_ON else self._refusal(code, says)

    def _ended(self, line: smtplib.SMTP, mark: Callable[[], None]) -> Outcome:
        """End the mail with its dot, and wait for what the server says to it."""
        assert line.sock is not None  # noqa: S101 -- it has just been written to
        line.sock.settimeout(SECONDS_FOR_THE_LAST_ANSWER)
        end = line.sock.sendall
        mark()
        try:
            end(b".\r\n")  # at once: a process that is killed between the two leaves a mail for sent that is not
        except OSError as error:
            return Outcome(Fate.NO_SERVER, f"{self._server} broke off ({type(error).__name__})")
        try:
            code, says = line.getreply()
            line.sock.settimeout(SECONDS)
        except (smtplib.SMTPException, OSError):
            return Outcome(Fate.UNCONFIRMED, f"{self._server} broke off before it answered")
        return Outcome(Fate.ACCEPTED) if code == _OK else self._refusal(code, says)

    def _refusal(self, code: int, says: bytes) -> Outcome:
        if code in _ALL_OF_IT:
            return Outcome(Fate.NO_SERVER, f"{self._server} takes no mails ({_short(code, says)})")
        fate = Fate.REFUSED if code in _FOR_GOOD else Fate.NOT_NOW
        return Outcome(fate, f"{self._server} refused it ({_short(code, says)})")


def _short(code: int, says: bytes) -> str:
    """The codes of an answer; its words may name people and stay out."""
    enhanced = _ENHANCED.match(says.decode(errors="replace"))
    return f"{code} {enhanced[0]}" if enhanced else f"{code}"


def _code(error: Exception) -> str:
    if isinstance(error, smtplib.SMTPResponseException):
        says = error.smtp_error
        return _short(error.smtp_code, says if isinstance(says, bytes) else says.encode())
    return type(error).__name__


def _reason(error: ssl.SSLError) -> str:
    return (error.reason or type(error).__name__).lower().replace("_", " ")
