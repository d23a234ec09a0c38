"""Signing in with an account that people have elsewhere: one attempt, what comes back, and whose account it is."""

from __future__ import annotations

import hashlib
import hmac
from base64 import urlsafe_b64encode
from dataclasses import dataclass
from datetime import timedelta
from ipaddress import ip_address
from urllib.parse import urlsplit

LOGIN_LIFE = timedelta(minutes=10)


@dataclass(frozen=True, slots=True)
class Login:
    """One attempt to sign in: what the provider sends back, signs, and has proven to it (RFC 7636).

    All three follow from one secret that lies in the browser alone, so nothing of them has to be kept; each is 43
    characters of URL-safe base64, and tells nothing about the others.
    """

    state: str
    nonce: str
    verifier: str

    @classmethod
    def of(cls, secret: str) -> Login:
        """The attempt that belongs to a secret of 256 bits."""
        return cls(*(_derived(secret, part) for part in ("state", "nonce", "verifier")))

    def is_answered_by(self, returned: Returned) -> bool:
        """Whether the browser comes back from this attempt, and not from one that somebody else began."""
        return hmac.compare_digest(self.state.encode(), returned.state.encode())


@dataclass(frozen=True, slots=True)
class Returned:
    """What a browser brings back from the provider; anybody can have made it up."""

    state: str
    code: str = ""
    issuer: str | None = None
    error: str | None = None


@dataclass(frozen=True, slots=True)
class Account:
    """Whom the provider vouches for: an e-mail, and whether it says that the account's owner has shown to own it."""

    email: str
    is_verified: bool


def is_safe_address(address: str) -> bool:
    """Whether what goes to this address cannot be read on its way: https, or http that does not leave the machine."""
    try:
        parts = urlsplit(address)
        host, _ = parts.hostname or "", parts.port
    except ValueError:
        return False
    if not host or parts.username is not None or parts.fragment:
        return False
    return parts.scheme == "https" or (parts.scheme == "http" and is_loopback(host))


def is_loopback(host: str) -> bool:
    """Whether a host name or address is this machine itself."""
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _derived(secret: str, part: str) -> str:
    made = hmac.new(secret.encode(), part.encode(), hashlib.sha256).digest()
    return urlsafe_b64encode(made).decode().rstrip("=")
