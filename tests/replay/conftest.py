"""Calls that were recorded from a real server, replayed without a network. ``script/record`` records them anew."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from assistant.engines.llm.connecting import Connection, model_at
from assistant.engines.llm.model import Model
from assistant.engines.llm.usage import LedgerInMemory

PROMPTS = Path(__file__).parents[2] / "prompts"
NO_SERVER = "http://127.0.0.1:9/v1"
SECONDS = 300.0
"""A slow machine records, too."""

KEPT = {"content-type", "transfer-encoding"}


def pytest_recording_configure(config: pytest.Config, vcr: Any) -> None:  # noqa: ARG001 - the plugin's own form
    """Requests are the same where all but the name of the model is."""
    vcr.register_matcher("asked", _asked_the_same)


def _asked_the_same(one: Any, other: Any) -> None:
    asked, before = (json.loads(request.body) | {"model": ""} for request in (one, other))
    assert asked == before, "the request is not the one that was recorded: run script/record"


def _scrubbed(response: dict[str, Any]) -> dict[str, Any]:
    headers = response["headers"]
    return response | {"headers": {name: value for name, value in headers.items() if name.lower() in KEPT}}


def _plain(request: Any) -> Any:
    request.headers = {}
    return request


@pytest.fixture(scope="module")
def vcr_config() -> dict[str, Any]:
    """No header of a request is kept, and of an answer only how it is to be read."""
    return {
        "match_on": ["method", "path", "query", "asked"],
        "decode_compressed_response": True,
        "before_record_request": _plain,
        "before_record_response": _scrubbed,
    }


@pytest.fixture(autouse=True)
def whole(vcr: Any, record_mode: str) -> Iterator[None]:
    """What was recorded is played to its end, and no call is made beside it."""
    yield
    if record_mode == "none":
        assert vcr is not None
        assert vcr.all_played


@dataclass(frozen=True)
class Connected:
    """A model, and what it has used."""

    model: Model
    ledger: LedgerInMemory


@dataclass(frozen=True)
class Reached:
    """The server of this run: while recording the one that ``script/record`` names, else none."""

    model: str
    url: str
    key: str


@pytest.fixture
def reached() -> Reached:
    set_to = os.environ.get
    return Reached(set_to("RECORD_MODEL", "smollm2"), set_to("RECORD_URL", NO_SERVER), set_to("RECORD_KEY", "none"))


@pytest.fixture
def connect(reached: Reached) -> Callable[..., Connected]:
    """The real model over the real client."""

    def make(context: int = 8_000) -> Connected:
        name, ledger = reached.model, LedgerInMemory()
        connection = Connection(name, name, reached.url, reached.key, SECONDS, 1, context)
        return Connected(model_at(connection, PROMPTS, ledger), ledger)

    return make
