"""The keys that people's words are locked with, by whose they are."""

from __future__ import annotations

from typing import Protocol


class PersonKeys(Protocol):
    """Each person has a key for what they said in each round, one for each commitment, and one for what stays.

    A key that is destroyed here is gone for good soon after the transaction is kept, also if the process dies on the
    way: what was locked with it can then be read in no copy of the database, however old.
    """

    def destroy(self, email: str) -> None:
        """Destroy all keys of a person."""
        ...

    def destroy_round(self, round_key: str) -> None:
        """Destroy everybody's keys to what was said in a round."""
        ...
