"""Ending reminders from a mail, without signing in, and having them again."""

from __future__ import annotations

import hmac

from assistant.domain.errors import Refused
from assistant.ports.store import Store


def set_reminders(store: Store, notice: str, token: str, wanted: bool) -> None:
    """Whether the person to whom a mail went wants reminders; ``token`` proves that somebody has the mail.

    Raises Refused, in the same words, where the token does not fit or the notice is not there.
    """
    with store.work() as work:
        found = work.outbox.find(notice)
        fits = hmac.compare_digest(work.outbox.stop_token(notice).encode(), token.encode())
        if not fits or found is None or not found.person:
            raise Refused("This link leads nowhere, or not any more. Take the one in the newest mail.")
        work.outbox.set_reminders(found.person, wanted)
