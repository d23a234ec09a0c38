"""What a monitor reads of calls of a language model and of the index: how many, how they ended, how long they took."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from assistant.bootstrap import Parts
from assistant.domain.conversation import Conversation, Message
from assistant.domain.errors import NotSet
from assistant.domain.indexing import Entry, Shelf
from assistant.domain.usage import CallPurpose
from assistant.domain.words import ConversationKind, Speaker
from assistant.engines.llm.connecting import Connection, embedder_at, model_at
from assistant.engines.llm.usage import LedgerInMemory
from assistant.settings import Settings
from assistant.telemetry.watched import ASKED
from assistant.web.shift import Shift
from assistant.web.watch import metrics_page
from tests.fakes.fault_server import FaultServer, embeds, fails, says, serving, streams
from tests.traces import found_in

TOKEN = "of-our-own-0123456789"  # noqa: S105 -- of this test alone
PROMPTS = Path(__file__).parents[2] / "prompts"
ROUND, MEMBER, MANAGER, SAID = "2026-Q4", "joaquim@acme.example", "mia@acme.example", "quokkaline"
MODEL = "tangerinian"
CALLS, SECONDS = "value_loop_model_calls_total", "value_loop_model_call_seconds_count"
Counted = Callable[[], dict[str, float]]


@pytest.fixture
def model() -> Iterator[FaultServer]:
    """A server that answers once, and takes no key from then on."""
    with serving(says(), fails(401)) as server:
        yield server


@pytest.fixture
def parts(model: FaultServer, tmp_path: Path) -> Iterator[Parts]:
    """The parts of a process that is watched, over that model, in which a round may use next to nothing."""
    settings = Settings(
        home=tmp_path / "home",
        metrics_token=TOKEN,
        model=f"openai:{MODEL}",
        openai_base_url=model.url,
        round_tokens=1,
        _env_file=None,
    )
    made = Parts(settings)
    made.monitoring.start()
    yield made
    made.monitoring.close()


@pytest.fixture
def counted(parts: Parts) -> Counted:
    """What ``/metrics`` says, by sample."""
    app = FastAPI()
    app.include_router(metrics_page(parts, Shift(30, lambda: 0.0)))
    monitor = TestClient(app, headers={"authorization": f"Bearer {TOKEN}"})

    def read() -> dict[str, float]:
        text = monitor.get("/metrics").text
        assert found_in(text.encode(), (ROUND, MEMBER, MANAGER, SAID, MODEL, "read-feedback")) == set()
        return {name: float(number) for name, number in re.findall(r"^(value_loop_\S+) (\S+)$", text, re.MULTILINE)}

    return read


def test_calls_are_counted_by_what_they_are_for_and_how_they_ended(parts: Parts, counted: Counted) -> None:
    """One that was answered, one that failed, and one that the budget of its round kept back, which took no time."""
    parts.engine.try_out()
    with pytest.raises(NotSet):
        parts.engine.try_out()
    said = (Message(Speaker.ASSISTANT, "What did they bring?"), Message(Speaker.USER, f"She explains the {SAID} plan."))
    feedback = Conversation("c1", ROUND, ConversationKind.FEEDBACK, MEMBER, MANAGER, said)
    assert parts.engine.of_round(ROUND).read(feedback).stand_in == parts.embedded.name
    now = counted()
    assert {name: number for name, number in now.items() if name.startswith(CALLS)} == {
        f'{CALLS}{{outcome="done",purpose="trying"}}': 1,
        f'{CALLS}{{outcome="failed",purpose="trying"}}': 1,
        f'{CALLS}{{outcome="kept_back",purpose="reading"}}': 1,
    }
    assert {name: number for name, number in now.items() if name.startswith(SECONDS)} == {
        f'{SECONDS}{{purpose="trying"}}': 2
    }
    assert now['value_loop_model_call_seconds_sum{purpose="trying"}'] > 0


def test_an_answer_that_nobody_waits_for_any_more_has_not_failed(parts: Parts, counted: Counted) -> None:
    """Somebody closes the page while a turn streams, or what it says is broken off by rule."""
    with serving(streams("I have heard ", "that before.")) as server:
        connection = Connection(MODEL, MODEL, server.url, None, 5.0, 4, 8_000)
        ledger = parts.monitoring.watched_ledger(LedgerInMemory())
        pieces = model_at(connection, PROMPTS, ledger).stream("next-turn", conversation="", draft="What helped?")
        next(pieces)
        pieces.close()
    assert counted()[f'{CALLS}{{outcome="left",purpose="talking"}}'] == 1


def test_vectors_from_a_server_are_calls_as_well(parts: Parts, counted: Counted) -> None:
    """Each batch is one."""
    with serving(embeds(lambda _text: [1.0, 0.0])) as server:
        connection = Connection(MODEL, MODEL, server.url, None, 5.0, 4, 8_000, embeddings="tiny")
        embedder_at(connection, "tiny", parts.monitoring.watched_ledger(LedgerInMemory())).vectors(["one"] * 65)
    assert counted()[f'{CALLS}{{outcome="done",purpose="vectors"}}'] == 2


def test_queries_and_updates_of_the_index_are_counted(parts: Parts, counted: Counted) -> None:
    """A look at how much it holds is neither."""
    index = parts.index
    entry, vector = Entry(Shelf.FINDINGS, f"{ROUND}/{MANAGER}/f1", f"{ROUND}/{MANAGER}"), [1.0, 0.0]
    index.put([entry], [vector])
    (hit,) = index.near(Shelf.FINDINGS, vector, [entry.group], 3)
    index.drop([entry])
    index.clear()
    assert (hit.id, index.count(Shelf.FINDINGS)) == (entry.id, 0)
    now = counted()
    assert now['value_loop_steps_total{outcome="done",step="index_query"}'] == 1
    assert now['value_loop_steps_total{outcome="done",step="index_update"}'] == 3
    assert now['value_loop_step_seconds_count{step="index_query"}'] == 1


def test_whatever_a_call_is_for_it_is_told() -> None:
    """So that none fails for a label that is missing."""
    assert ASKED.keys() == set(CallPurpose)
