"""Slowing down addresses from which too much is tried, whichever process they reach."""

from __future__ import annotations

from datetime import datetime

from assistant.domain.attempts import WITHIN, Attempt, place_of
from assistant.domain.signing_in import digest
from assistant.ports.store import Store


def too_many(store: Store, attempt: Attempt, address: str, now: datetime) -> bool:
    """Whether an address has tried this as often as it may within a minute."""
    with store.work() as work:
        return work.sign_in.attempts(attempt, digest(place_of(address)), now - WITHIN) >= attempt.most


def count(store: Store, attempt: Attempt, address: str, now: datetime) -> None:
    """Count one attempt; it is remembered for a minute, and its address not at all."""
    with store.work() as work:
        work.sign_in.forget_old_attempts(now - WITHIN)
        work.sign_in.add_attempt(attempt, digest(place_of(address)), now)
