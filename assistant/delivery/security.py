"""How the way to a mail server is secured."""

from __future__ import annotations

from enum import StrEnum


class Security(StrEnum):
    """How the way to the server is secured."""

    STARTTLS = "starttls"
    TLS = "tls"
    NONE = "none"

    @property
    def port(self) -> int:
        """The port that is usual for it."""
        return {Security.STARTTLS: 587, Security.TLS: 465, Security.NONE: 25}[self]
