"""What an analysis would use, told before it is made, against what it then uses."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from assistant.domain.conversation import Conversation, ConversationState, Message
from assistant.domain.organisation import Person
from assistant.domain.usage import Budget, CallPurpose, Prices, Sums, total
from assistant.domain.words import ConversationKind, Speaker
from assistant.loop.analysis import analyse, estimate
from assistant.loop.conversations import import_conversations
from assistant.loop.ledger import KeptLedger
from assistant.loop.organisation import import_people
from assistant.loop.rounds import open_round
from assistant.stores.sql.store import SqlStore
from tests.fakes.chats import Answering, an_engine
from tests.fakes.well_behaved import well_behaved

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)
ROUND = "2026-Q4"
CREDIT = "I took time to show them how the new machine works, step by step."
SAID = (
    "She took time to show me how the new machine works, step by step.",
    "Decisions take far too long and we wait for weeks.",
    "He explains why the plans change, which helps me a lot.",
    "My ideas are heard in every meeting.",
)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[SqlStore]:
    """Mia claims one thing, six people of her team say four things each."""
    opened = SqlStore.open(tmp_path)
    team = [Person(f"m{n}@acme.example", f"Member {n}", "mia@acme.example") for n in range(1, 7)]
    import_people(opened, [Person("mia@acme.example", "Mia Maker", None), *team])
    open_round(opened, ROUND, NOON)
    said = [("mia", None, (CREDIT,)), *((f"m{n}", "mia@acme.example", SAID) for n in range(1, 7))]
    import_conversations(opened, tuple(a_conversation(*one) for one in said))
    yield opened
    opened.close()


def a_conversation(who: str, about: str | None, texts: tuple[str, ...]) -> Conversation:
    """What somebody said."""
    kind = ConversationKind.FEEDBACK if about else ConversationKind.REFLECTION
    messages = tuple(Message(Speaker.USER, text) for text in texts)
    return Conversation(who, ROUND, kind, f"{who}@acme.example", about, messages, False, ConversationState.SENT, NOON)


def used(store: SqlStore) -> Sums:
    """What was used so far."""
    with store.work() as work:
        return work.usage.sums(ROUND)


def test_an_estimate_is_near_to_what_is_used(store, embedded, knowledge):
    """Within a quarter, in calls and tokens, where the model answers as it should; nothing is called or kept."""
    chat = Answering(answer=well_behaved(embedded))
    engine = an_engine(chat, embedded, knowledge, KeptLedger(store, Budget(), Prices(), lambda: NOON))
    told = total(estimate(store, engine, knowledge, ROUND).values())
    assert chat.seen == []
    assert used(store) == {}
    analyse(store, engine, knowledge, ROUND)
    really = total(used(store).values())
    assert really.stand_ins == 0
    assert told.calls == pytest.approx(really.calls, rel=0.25)
    assert told.tokens_in == pytest.approx(really.tokens_in, rel=0.25)
    assert told.tokens_out == pytest.approx(really.tokens_out, rel=0.25)


def test_what_was_read_costs_nothing_again(store, embedded, knowledge):
    """Words are made anew; one more conversation is one more to read."""
    engine = an_engine(Answering(answer=well_behaved(embedded)), embedded, knowledge)
    reading = [
        u.calls for k, u in estimate(store, engine, knowledge, ROUND).items() if k.purpose is CallPurpose.READING
    ]
    assert sorted(reading) == [1, 6]
    analyse(store, engine, knowledge, ROUND)
    again = estimate(store, engine, knowledge, ROUND)
    assert CallPurpose.READING not in {kind.purpose for kind in again}
    assert CallPurpose.WORDING in {kind.purpose for kind in again}


def test_the_embedded_engine_would_call_nothing(store, embedded, knowledge):
    """Whatever there is to read."""
    assert estimate(store, embedded, knowledge, ROUND) == {}


def test_over_budget_the_embedded_engine_reads_and_the_report_says_so(store, embedded, knowledge):
    """No call goes out past the budget, and the analysis comes to its end."""
    chat = Answering(answer=well_behaved(embedded))
    budget = Budget(tokens=9_000)
    engine = an_engine(chat, embedded, knowledge, KeptLedger(store, budget, Prices(), lambda: NOON))
    (report,) = analyse(store, engine, knowledge, ROUND)
    whole = total(used(store).values())
    readings = total(u for kind, u in used(store).items() if kind.purpose is CallPurpose.READING)
    assert whole.tokens <= budget.tokens
    assert len(chat.seen) == whole.calls
    assert 0 < readings.calls < 7
    assert readings.kept_back == readings.stand_ins == 7 - readings.calls
    assert report.read_by.feedback == (embedded.name, "openai:small")
    assert report.findings
