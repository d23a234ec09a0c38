"""A calm page that says one thing."""

from __future__ import annotations

from assistant.web.rendering import render
from assistant.web.visitor import Visitor


def message_page(heading: str, words: str, who: Visitor | None = None) -> str:
    """The page as HTML, with the ways that are open to the visitor."""
    return render("message", title=heading, heading=heading, words=words, visitor=who)
