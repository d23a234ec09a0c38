"""How often one address may try to come in, over all processes that serve it."""

from __future__ import annotations

import ipaddress
from datetime import timedelta
from enum import StrEnum

WITHIN = timedelta(minutes=1)
MOST_FAILED = 10
MOST_BEGUN = 60
_ONE_HOUSEHOLD = 64


class Attempt(StrEnum):
    """What is counted.

    Of tries to sign in only failures count: a whole office may sign in from one address within a minute. Of ways to a
    provider of accounts each one counts, as each leaves something behind, whatever comes of it.
    """

    FAILED = "failed"
    BEGUN = "begun"

    @property
    def most(self) -> int:
        """How many one place may have :data:`WITHIN` the time before."""
        return MOST_FAILED if self is Attempt.FAILED else MOST_BEGUN


def place_of(address: str) -> str:
    """What is counted as one address.

    Of an IPv6 address the first 64 bits count, which is the least that one connection to the internet has for itself.
    """
    try:
        known = ipaddress.ip_address(address)
    except ValueError:
        return address
    if known.version == 4:
        return str(known)
    if known.ipv4_mapped is not None:
        return str(known.ipv4_mapped)
    return str(ipaddress.ip_network((known.packed, _ONE_HOUSEHOLD), strict=False))
