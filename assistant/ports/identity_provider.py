"""Who vouches for people that sign in with an account elsewhere."""

from __future__ import annotations

from datetime import datetime
from typing import Protocol

from assistant.domain.accounts import Account, Login, Returned


class IdentityProvider(Protocol):
    """One organisation's provider of accounts."""

    @property
    def name(self) -> str:
        """What people call it."""
        ...

    def way_there(self, login: Login) -> str:
        """The address to which the browser is sent to begin this attempt. Raises NoProvider."""
        ...

    def account(self, returned: Returned, login: Login, now: datetime) -> Account:
        """Whose account it was that came back.

        Raises Refused where what came back cannot be trusted, and NoProvider where the provider cannot be asked.
        """
        ...

    def check(self) -> str:
        """Ask for everything that signing in needs, and say in words how it stands. Raises NoProvider."""
        ...
