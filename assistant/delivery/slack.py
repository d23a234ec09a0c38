"""What is posted to an incoming webhook of Slack.

Its form is that of https://docs.slack.dev/messaging/sending-messages-using-incoming-webhooks.
"""

from __future__ import annotations

from typing import Any

from assistant.delivery.words import words_of
from assistant.domain.notices import Letter


def slack_payload(letter: Letter) -> dict[str, Any]:
    """A text for notifications, and the words as blocks."""
    words = words_of(letter)
    text = "\n".join((f"*{_plain(words.subject)}*", *map(_plain, words.paragraphs)))
    link = f"<{letter.link}|{_plain(words.button)}>"
    blocks = [{"type": "section", "text": {"type": "mrkdwn", "text": part}} for part in (text, link)]
    return {"text": _plain(words.subject), "blocks": blocks}


def _plain(text: str) -> str:
    """Text in which nothing is a command to Slack."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
