"""Which addresses a mail can be from or to."""

from __future__ import annotations

import re

_PLAIN = re.compile(r"[^@\s<>,;:\\\"()\[\]]+@[^@\s<>,;:\\\"()\[\]]+", re.ASCII)


def is_plain_address(text: str) -> bool:
    """Whether every server takes this for one address and nothing else: no spaces, quotes or letters beyond ASCII."""
    return text.isascii() and _PLAIN.fullmatch(text) is not None
