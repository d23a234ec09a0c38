"""What calls to a language model used, what that costs, and how much a round may use."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

MILLION = 1_000_000


class CallPurpose(StrEnum):
    """What a call was for. A repair asks once more for an answer that could not be used, whatever it was for.

    Rehearsals are those of managers' talks with their teams. Wording is of a whole report; summary and suggestions were
    calls of their own once, and are still in old sums.
    """

    TURNS = "turns"
    READING = "reading"
    MATCHING = "matching"
    WORDING = "wording"
    SUMMARY = "summary"
    SUGGESTIONS = "suggestions"
    QUESTIONS = "questions"
    REHEARSALS = "rehearsals"
    REPAIRS = "repairs"
    TRIALS = "trials"
    VECTORS = "vectors"


@dataclass(frozen=True, slots=True)
class CallKind:
    """Which calls are counted together; ``round_key`` is None outside of a round.

    ``prompt`` is name, version and fingerprint, ``model`` what the server calls it.
    """

    round_key: str | None
    purpose: CallPurpose
    prompt: str
    model: str


@dataclass(frozen=True, slots=True)
class Used:
    """Sums over calls. ``tokens_cached`` are among ``tokens_in``.

    ``stand_ins`` is how often the embedded engine stood in, ``kept_back`` how many calls were not made because a budget
    was used up.
    """

    calls: int = 0
    tokens_in: int = 0
    tokens_cached: int = 0
    tokens_out: int = 0
    stand_ins: int = 0
    kept_back: int = 0

    def __add__(self, other: Used) -> Used:
        """Both together."""
        return Used(
            self.calls + other.calls,
            self.tokens_in + other.tokens_in,
            self.tokens_cached + other.tokens_cached,
            self.tokens_out + other.tokens_out,
            self.stand_ins + other.stand_ins,
            self.kept_back + other.kept_back,
        )

    @property
    def tokens(self) -> int:
        """In and out together."""
        return self.tokens_in + self.tokens_out


Sums = Mapping[CallKind, Used]


def total(parts: Iterable[Used]) -> Used:
    """All of them together."""
    return sum(parts, start=Used())


@dataclass(frozen=True, slots=True)
class Price:
    """Money for a million tokens of one model; ``cached_in`` is for what the server remembered, None where as dear."""

    tokens_in: float
    tokens_out: float
    cached_in: float | None = None

    def of(self, used: Used) -> float:
        """What these tokens cost."""
        cached = self.tokens_in if self.cached_in is None else self.cached_in
        fresh = used.tokens_in - used.tokens_cached
        return (fresh * self.tokens_in + used.tokens_cached * cached + used.tokens_out * self.tokens_out) / MILLION


@dataclass(frozen=True, slots=True)
class Prices:
    """Prices by model, in one currency; empty where the operator has set none."""

    currency: str = ""
    models: Mapping[str, Price] = field(default_factory=dict)

    def cost(self, sums: Sums) -> float | None:
        """What all of this costs; None where tokens were used by a model that has no price."""
        costs = [(self.models.get(kind.model), used) for kind, used in sums.items() if used.tokens]
        if any(price is None for price, _ in costs):
            return None
        return sum((price.of(used) for price, used in costs if price is not None), 0.0) if self.models else None


@dataclass(frozen=True, slots=True)
class Budget:
    """The most that a round may use; None where there is no limit."""

    tokens: int | None = None
    money: float | None = None

    @property
    def is_set(self) -> bool:
        """Whether there is any limit."""
        return self.tokens is not None or self.money is not None

    def left(self, sums: Sums, prices: Prices) -> Budget:
        """What is left of it, never below nothing."""
        tokens = None if self.tokens is None else max(0, self.tokens - total(sums.values()).tokens)
        money = None if self.money is None else max(0.0, self.money - (prices.cost(sums) or 0.0))
        return Budget(tokens, money)

    def allows(self, used: Sums, needed: Sums, prices: Prices) -> bool:
        """Whether what is needed fits beside what is used."""
        left = self.left(used, prices)
        enough_tokens = left.tokens is None or total(needed.values()).tokens <= left.tokens
        return enough_tokens and (left.money is None or (prices.cost(needed) or 0.0) <= left.money)
