"""Whoever notices that a message is no matter for coaching."""

from __future__ import annotations

from typing import Protocol


class Safeguard(Protocol):
    """Looks at one message before anything else is done with it."""

    def is_serious(self, text: str) -> bool:
        """Whether a message may tell of harassment, violence, self-harm or a crime; in doubt, that it does."""
        ...
