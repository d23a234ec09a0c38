"""The questions of ``benchmarks/questions`` are measured with a language model as with the embedded engine."""

import json
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from tests.fakes.chats import part
from tests.fakes.fault_server import fails, serving, thinks

NOTHING = {"managers": [], "with_below": False, "fundamentals": [], "kinds": [], "behaviours": [], "rounds": []} | {
    "comparison": "none", "change": "any", "order": "evidence", "why": False,
}  # fmt: skip
KINDS = {
    "gaps": ["shared_concern", "blind_spot", "split_view"],
    "strengths": ["shared_strength", "hidden_strength"],
    "all": ["shared_strength", "hidden_strength", "shared_concern", "blind_spot", "split_view", "unseen_claim"],
}


@pytest.fixture(scope="module")
def right(repository: Path) -> dict[str, dict[str, Any]]:
    """The right query of each held-out question; findings where it has to be refused, as a careless model may say."""
    lines = (repository / "benchmarks" / "questions" / "held_out.jsonl").read_text(encoding="utf-8").splitlines()
    return {one["ask"]: one.get("query", {"measure": "findings"}) for one in map(json.loads, lines)}


def measured(repository: Path, url: str) -> subprocess.CompletedProcess[str]:
    """The benchmark in a process of its own, on a third of the held-out questions."""
    command = [sys.executable, "benchmarks/questions", "--engine", "llm", "--model", "openai:small", "--url", url]
    return subprocess.run(
        [*command, "--only", "held out", "--first", "110"],
        cwd=repository,
        text=True,
        capture_output=True,
        timeout=300,
        check=False,
    )


def test_a_model_that_understands_everything_is_found_to_do_so(repository: Path, right) -> None:
    """Each query is right but where rules stand above the model, and what has to be refused is, whatever it says."""

    def answer(messages: Sequence[Any]) -> dict[str, Any]:
        managers = [json.loads(line) for line in part(messages, "managers").splitlines()]
        query = right.get(part(messages, "question"), {"measure": "findings"})
        named = {f"{name}@acme.example" for name in query.get("managers", ())}
        ids = [one["id"] for one in managers if f"{one['name'].lower().replace(' ', '.')}@acme.example" in named]
        kinds = query.get("kinds", [])
        return (
            NOTHING | query | {"managers": ids, "kinds": KINDS.get(kinds, kinds) if isinstance(kinds, str) else kinds}
        )

    with serving(thinks(answer)) as server:
        done = measured(repository, server.url)
    assert (done.returncode, done.stderr) == (0, "")
    cells = next(line for line in done.stdout.splitlines() if line.startswith("| held out")).split("|")
    exact, of = map(int, cells[3].split("(")[0].split(" of "))
    assert exact >= 0.9 * of
    assert cells[5].endswith("(1.00) ")
    assert "in place of the model: 0 calls" in done.stdout


def test_where_no_model_answers_it_is_said_that_none_did(repository: Path) -> None:
    """The figures are then those of the embedded engine, and not to be taken for a model's."""
    with serving(fails(401)) as server:
        done = measured(repository, server.url)
    assert done.returncode == 0
    assert "in place of the model: 0 calls" not in done.stdout
