"""The ledger that lasts, and the budget of a round, on a real store with the real model over a chat that counts."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from pathlib import Path

import pytest

from assistant.domain.errors import OverBudget
from assistant.domain.usage import Budget, CallKind, CallPurpose, Price, Prices, Used, total
from assistant.engines.llm.answers import Tried
from assistant.engines.llm.model import Model
from assistant.loop.ledger import KeptLedger
from assistant.loop.usage import look_at_usage
from assistant.stores.sql.store import SqlStore
from tests.fakes.chats import Answering, a_model, in_turn

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)
ROUND = "2026-Q4"
PRICES = Prices("EUR", {"small": Price(1.0, 2.0, 0.5)})
KIND = CallKind(ROUND, CallPurpose.TRIALS, "try-model@1-abc", "small")
A_CALL = 2_100
"""More than one trial call may need, and less than two."""


@pytest.fixture
def store(tmp_path: Path) -> Iterator[SqlStore]:
    opened = SqlStore.open(tmp_path)
    yield opened
    opened.close()


def a_ledger(store: SqlStore, budget: Budget, prices: Prices = PRICES) -> KeptLedger:
    """The real ledger."""
    return KeptLedger(store, budget, prices, lambda: NOON)


def used(store: SqlStore, round_key: str | None = None) -> Used:
    """All that was used, together."""
    with store.work() as work:
        return total(work.usage.sums(round_key).values())


def ask_on_and_on(model: Model) -> None:
    """A hundred small calls."""
    for _ in range(100):
        model.ask("try-model", Tried)


def test_no_call_is_made_past_the_budget(store):
    """As long as a call fits it goes out, and from then on none does; each that does not is counted."""
    chat = Answering(answer=in_turn({"ready": "yes"}))
    model = a_model(chat, ledger=a_ledger(store, Budget(tokens=A_CALL + 200))).of_round(ROUND)
    with pytest.raises(OverBudget, match="VALUE_LOOP_ROUND_TOKENS"):
        ask_on_and_on(model)
    assert 0 < len(chat.seen) < 100
    assert used(store).tokens <= A_CALL + 200
    assert (used(store).calls, used(store).kept_back) == (len(chat.seen), 1)


def test_a_budget_in_money_holds_too(store):
    """By the prices of the model."""
    chat = Answering(answer=in_turn({"ready": "yes"}))
    money = PRICES.models["small"].of(Used(tokens_in=300, tokens_out=2_100))
    model = a_model(chat, ledger=a_ledger(store, Budget(money=money))).of_round(ROUND)
    with pytest.raises(OverBudget):
        ask_on_and_on(model)
    assert 0 < len(chat.seen) < 100


def test_calls_at_once_do_not_pass_it_together(store):
    """What a running call may need is held for it."""
    ledger = a_ledger(store, Budget(tokens=150))
    with ledger.holding(KIND, Used(1, 100)), pytest.raises(OverBudget), ledger.holding(KIND, Used(1, 100)):
        pass
    with ledger.holding(KIND, Used(1, 100)):
        pass


def test_many_at_once_are_counted_whole(store):
    """From many threads."""
    ledger = a_ledger(store, Budget())
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(lambda _: ledger.note(KIND, Used(1, 10)), range(40)))
    assert used(store) == Used(40, 400)


def test_another_round_has_a_budget_of_its_own(store):
    """And what belongs to no round has none."""
    ledger = a_ledger(store, Budget(tokens=10))
    ledger.note(KIND, Used(1, 10))
    with pytest.raises(OverBudget), ledger.holding(KIND, Used(1, 1)):
        pass
    for other in ("2027-Q1", None):
        with ledger.holding(CallKind(other, KIND.purpose, KIND.prompt, KIND.model), Used(1, 10)):
            pass


def test_what_the_store_cannot_take_now_is_kept_with_the_next(store, tmp_path):
    """It counts against the budget meanwhile."""
    impatient = SqlStore.open(tmp_path, patience=0.05)
    ledger = a_ledger(impatient, Budget(tokens=100))
    with store.work():
        ledger.note(KIND, Used(1, 60))
    assert used(store) == Used()
    with pytest.raises(OverBudget), ledger.holding(KIND, Used(1, 50)):
        pass
    ledger.note(KIND, Used(1, 10))
    assert used(store) == Used(2, 70)
    impatient.close()


def test_what_is_left_is_told_by_round(store):
    """In tokens and in money; tokens that the server remembered cost less."""
    from assistant.loop.rounds import open_round

    open_round(store, ROUND, NOON)
    ledger = a_ledger(store, Budget(tokens=5_000_000, money=10.0))
    ledger.note(KIND, Used(1, 2_000_000, 1_000_000, 1_000_000))
    seen = look_at_usage(store, PRICES, Budget(5_000_000, 10.0), ROUND)
    assert seen.prices.cost(seen.sums) == pytest.approx(1.0 + 0.5 + 2.0)
    assert seen.left[ROUND] == Budget(2_000_000, 6.5)


def test_without_a_price_there_is_no_cost():
    """Nor where one of two models has none: half a sum is none."""
    other = CallKind(ROUND, KIND.purpose, KIND.prompt, "large")
    assert Prices().cost({KIND: Used(1, 5)}) is None
    assert PRICES.cost({KIND: Used(1, 5), other: Used(1, 5)}) is None
