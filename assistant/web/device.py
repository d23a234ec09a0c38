"""What somebody signed in on, as coarse as a person would say it: Firefox on Linux.

The header a browser sends tells versions and more, enough to know a machine again; nothing of it is kept.
"""

from __future__ import annotations

import re

# In this order: most browsers also claim to be those further down.
_BROWSERS = (
    (r"Edg(e|A|iOS)?/", "Edge"),
    (r"OPR/|Opera", "Opera"),
    (r"Firefox/|FxiOS/", "Firefox"),
    (r"Chrom(e|ium)/|CriOS/", "Chrome"),
    (r"Version/.*Safari/", "Safari"),
)
_SYSTEMS = (
    (r"iPhone", "iPhone"),
    (r"iPad", "iPad"),
    (r"Android", "Android"),
    (r"Windows", "Windows"),
    (r"Mac OS X|Macintosh", "macOS"),
    (r"CrOS", "ChromeOS"),
    (r"Linux", "Linux"),
)
_MOST_LOOKED_AT = 500


def device_of(user_agent: str) -> str:
    """The browser and the system that a ``User-Agent`` header speaks of, such as Safari on iPhone."""
    sent = user_agent[:_MOST_LOOKED_AT]
    browser = _first(_BROWSERS, sent) or "A browser"
    system = _first(_SYSTEMS, sent)
    return f"{browser} on {system}" if system else browser


def _first(known: tuple[tuple[str, str], ...], sent: str) -> str | None:
    return next((name for pattern, name in known if re.search(pattern, sent)), None)
