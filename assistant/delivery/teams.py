"""What is posted to the webhook of a Teams workflow, which takes adaptive cards alone.

Its form is that of https://learn.microsoft.com/microsoftteams/platform/webhooks-and-connectors/how-to/connectors-using.
"""

from __future__ import annotations

from typing import Any

from assistant.delivery.words import words_of
from assistant.domain.notices import Letter

_CARD = "application/vnd.microsoft.card.adaptive"
_SCHEMA = "http://adaptivecards.io/schemas/adaptive-card.json"


def teams_payload(letter: Letter) -> dict[str, Any]:
    """A message with one adaptive card."""
    words = words_of(letter)
    heading = {"type": "TextBlock", "text": words.subject, "weight": "bolder", "size": "medium", "wrap": True}
    card = {
        "$schema": _SCHEMA,
        "type": "AdaptiveCard",
        "version": "1.4",
        "body": [heading, *({"type": "TextBlock", "text": said, "wrap": True} for said in words.paragraphs)],
        "actions": [{"type": "Action.OpenUrl", "title": words.button, "url": letter.link}],
    }
    return {"type": "message", "attachments": [{"contentType": _CARD, "contentUrl": None, "content": card}]}
