"""``value-loop usage``, and what ``analyse`` says of a language model's use and of its budget."""

import json
from collections.abc import Iterator

import pytest

from tests.cli.conftest import CommandLine
from tests.fakes.fault_server import FaultServer, says, serving

NOTHING_FOUND = json.dumps(
    {"statements": [], "language": "en", "unclear": 0, "matches": [], "texts": [], "summary": []}
)
A_CALL = 16
"""Tokens of each call, as the server counts them."""


@pytest.fixture
def server() -> Iterator[FaultServer]:
    """A model that finds nothing in anything."""
    with serving(says(NOTHING_FOUND)) as running:
        yield running


@pytest.fixture
def asked(small, server, given_file) -> tuple[CommandLine, dict[str, str]]:
    """A round in which five people said something of Mia, and the settings of the model."""
    said = [{"role": "user", "content": "She explains why the plans change, which helps me a lot."}]
    talk = {"round": "2026-Q4", "kind": "feedback", "about": "mia@acme.example", "messages": said}
    lines = (json.dumps(talk | {"author": f"m{n}@acme.example"}) for n in range(1, 6))
    assert small("conversations", "import", given_file("\n".join(lines))).status == 0
    return small, {"VALUE_LOOP_MODEL": "openai:small", "OPENAI_BASE_URL": server.url}


def test_an_estimate_names_each_step_and_calls_nothing(asked, server) -> None:
    """Nor is anything kept: nothing has been used after it."""
    value_loop, model = asked
    told = value_loop("analyse", "2026-Q4", "--estimate", **model)
    assert told.status == 0, told.err
    assert told.out.startswith("About what an analysis of 2026-Q4 would use now:\n")
    assert "reading  read-feedback@" in told.out
    assert "tokens only" in told.out
    whole = value_loop("analyse", "2026-Q4", "--estimate", "--json", **model).json["total"]
    assert whole["calls"] > 5
    assert whole["cost"] is None
    assert server.requests == []
    assert value_loop("usage").out == "No language model has been called so far.\n"


def test_usage_is_what_the_server_counted(asked, server) -> None:
    """Call by call, by purpose and prompt, of one round or of everything."""
    value_loop, model = asked
    assert value_loop("analyse", "2026-Q4", **model).status == 0
    used = value_loop("usage", "--round", "2026-Q4", "--json").json
    assert used["total"]["calls"] == len(server.requests) > 5
    assert used["total"]["tokens_in"] + used["total"]["tokens_out"] == A_CALL * len(server.requests)
    reading = next(one for one in used["usage"] if one["purpose"] == "reading")
    assert (reading["calls"], reading["model"]) == (5, "small")
    told = value_loop("usage").out
    assert "all together" in told
    assert "The embedded engine stood in" in told


def test_a_round_of_which_nothing_is_known_has_no_usage(small) -> None:
    """The words name it."""
    outcome = small("usage", "--round", "2020-Q1")
    assert outcome.status == 2
    assert "2020-Q1" in outcome.err


def test_over_budget_nothing_is_called_and_the_command_says_so(asked, server) -> None:
    """What was not done, what happened in its place, and how to have it done."""
    value_loop, model = asked
    short = model | {"VALUE_LOOP_ROUND_TOKENS": "100"}
    told = value_loop("analyse", "2026-Q4", **short)
    assert told.status == 0, told.err
    assert "Round 2026-Q4 has used its budget: " in told.out
    assert "the embedded engine stood in" in told.out
    assert "Raise the budget and analyse again" in told.out
    assert server.requests == []
    assert value_loop("analyse", "2026-Q4", "--json", **short).json["calls_over_budget"] > 5
    used = value_loop("usage", **short).out
    assert "calls were not made, because a round had used its budget." in used
    assert "Left of the budget of 2026-Q4: 100 tokens." in used
