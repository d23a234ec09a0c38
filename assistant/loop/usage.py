"""What was used of a language model, as an operator looks at it."""

from __future__ import annotations

from dataclasses import dataclass

from assistant.domain.usage import Budget, CallPurpose, Prices, Sums, total
from assistant.ports.store import Store

OF_AN_ANALYSIS = frozenset(
    {
        CallPurpose.READING,
        CallPurpose.MATCHING,
        CallPurpose.WORDING,
        CallPurpose.REPAIRS,
    }
)


@dataclass(frozen=True, slots=True)
class UsageSeen:
    """Sums of one round, or of everything; ``left`` of each round's budget where one is set."""

    round_key: str | None
    sums: Sums
    prices: Prices
    left: dict[str, Budget]


def look_at_usage(store: Store, prices: Prices, budget: Budget, round_key: str | None = None) -> UsageSeen:
    """What was used, of a round or of everything, and what is left of the budgets. Raises Unknown for the round."""
    with store.work() as work:
        if round_key is not None:
            work.rounds.get(round_key)
        keys = [round_.key for round_ in work.rounds.all() if round_key in {None, round_.key}]
        left = {key: budget.left(work.usage.sums(key), prices) for key in keys} if budget.is_set else {}
        return UsageSeen(round_key, work.usage.sums(round_key), prices, left)


def kept_back(store: Store, round_key: str) -> int:
    """How many calls of analyses of a round were not made so far, for want of budget."""
    with store.work() as work:
        sums = work.usage.sums(round_key)
    return total(used for kind, used in sums.items() if kind.purpose in OF_AN_ANALYSIS).kept_back
