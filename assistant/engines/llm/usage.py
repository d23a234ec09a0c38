"""What calls use: each is held against the budget before it goes out, and written down when it is over."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from typing import TYPE_CHECKING, Any

from assistant.domain.errors import OverBudget
from assistant.domain.usage import CallKind, CallPurpose, Used
from assistant.engines.llm.prompts import Prompt
from assistant.engines.llm.tokens import Count
from assistant.ports.ledger import Ledger

if TYPE_CHECKING:
    from contextlib import AbstractContextManager

PURPOSES = {
    "next-turn": CallPurpose.TURNS,
    "put-house-words": CallPurpose.TURNS,
    "read-feedback": CallPurpose.READING,
    "read-reflection": CallPurpose.READING,
    "match-topics": CallPurpose.MATCHING,
    "word-report": CallPurpose.WORDING,
    "understand-question": CallPurpose.QUESTIONS,
    "rehearse-talk": CallPurpose.REHEARSALS,
    "try-model": CallPurpose.TRIALS,
}
"""What each prompt is for."""


class LedgerInMemory:
    """See :class:`assistant.ports.ledger.Ledger`; it forgets at the end of the process, and knows no budget."""

    def __init__(self) -> None:
        self._used: dict[CallKind, Used] = {}
        self._writing = threading.Lock()

    def note(self, kind: CallKind, used: Used) -> None:
        """Add to what was used."""
        with self._writing:
            self._used[kind] = self._used.get(kind, Used()) + used

    def holding(self, kind: CallKind, needed: Used) -> AbstractContextManager[None]:  # noqa: ARG002 - nothing is short
        """Nothing needs to be held."""
        return nullcontext()

    @property
    def used(self) -> dict[CallKind, Used]:
        """By kind of call."""
        with self._writing:
            return dict(self._used)


class Account:
    """The part of a ledger that belongs to one round, or to none."""

    def __init__(self, ledger: Ledger, round_key: str | None = None) -> None:
        self._ledger, self._round_key = ledger, round_key

    def of_round(self, round_key: str) -> Account:
        """The part that belongs to this round."""
        return Account(self._ledger, round_key)

    def kept_in(self, ledger: Ledger) -> Account:
        """The same round's part of another ledger."""
        return Account(ledger, self._round_key)

    @contextmanager
    def call(self, prompt: Prompt, model: str, counted: CallUse, is_repair: bool = False) -> Iterator[None]:
        """One call: held against the budget, and noted with what it used, also when it fails. Raises OverBudget."""
        kind = self._kind(prompt, model, is_repair)
        try:
            with self._ledger.holding(kind, counted.needed):
                try:
                    yield
                finally:
                    self._ledger.note(kind, counted.used)
        except OverBudget:
            self._ledger.note(kind, Used(kept_back=1))
            raise

    def note(self, prompt: Prompt, model: str, used: Used) -> None:
        """Write down what a prompt used, or that it was not asked."""
        self._ledger.note(self._kind(prompt, model), used)

    def _kind(self, prompt: Prompt, model: str, is_repair: bool = False) -> CallKind:
        purpose = CallPurpose.REPAIRS if is_repair else PURPOSES[prompt.name]
        return CallKind(self._round_key, purpose, str(prompt), model)


class CallUse:
    """What one call uses: ``sent`` tokens go out and at most ``most`` come back.

    What the server counts is believed; without that our own count stands.
    """

    def __init__(self, sent: int, most: int, count: Count) -> None:
        self._sent, self._most, self._count = sent, most, count
        self._told: Used | None = None
        self.words: list[str] = []

    @property
    def needed(self) -> Used:
        """The most that the call may use."""
        return Used(calls=1, tokens_in=self._sent, tokens_out=self._most)

    @property
    def used(self) -> Used:
        """What it used."""
        if self._told is not None:
            return self._told
        out = self._count("".join(self.words)) if self.words else 0
        return Used(calls=1, tokens_in=self._sent, tokens_out=out)

    def take(self, told: Any) -> None:
        """What the server says, where it says something; a stream may say it in parts."""
        if not told:
            return
        cached = (told.get("input_token_details") or {}).get("cache_read") or 0
        before = self._told or Used(calls=1)
        self._told = before + Used(0, told["input_tokens"], cached, told["output_tokens"])
