"""``value-loop eval``."""

import json
import shutil
from pathlib import Path

import pytest

from tests.fakes.fault_server import says, serving

SCENARIOS = Path(__file__).parents[1] / "scenarios"
NO_STATEMENTS = json.dumps({"statements": [], "language": "en", "unclear": 0})


def test_engines_are_measured_side_by_side_and_nothing_is_kept(value_loop):
    """What a model does not find is not found; the home that is set stays as it was."""
    with serving(says(NO_STATEMENTS)) as server:
        settings = {"VALUE_LOOP_MODEL": "openai:small", "OPENAI_BASE_URL": server.url}
        outcome = value_loop("eval", SCENARIOS, "--json", **settings)
        sent = len(server.requests)
    assert outcome.status == 0, outcome.err
    embedded, model = outcome.json
    assert embedded["engine"].startswith("embedded:")
    assert (embedded["scenarios"], embedded["calls"], embedded["figures"]["claim_recall"] > 0.5) == (3, 0, True)
    low, high = embedded["intervals"]["finding_f1"]
    assert low <= embedded["figures"]["finding_f1"] <= high
    assert (model["engine"], model["figures"]["claim_recall"]) == ("openai:small", 0.0)
    assert (model["calls"], model["tokens_in"], model["stand_ins"]) == (sent, 11 * sent, 0)
    assert model["leaks"] == model["suppression_errors"] == 0
    assert not value_loop.home.exists()


def test_a_table_names_what_was_measured(value_loop):
    """One column an engine, an interval beside each figure, and how many readings were another's."""
    outcome = value_loop("eval", SCENARIOS)
    assert outcome.status == 0, outcome.err
    rows = dict(line.split("  ", 1) for line in outcome.out.splitlines())
    assert rows["engine"].strip().startswith("embedded:")
    assert rows["scenarios"].strip() == "3"
    assert " to " in rows["claim recall"]
    assert rows["leaks"].strip() == "0"


def test_where_a_model_fails_the_stand_ins_are_counted(value_loop):
    """So that nobody takes the embedded engine's figures for the model's."""
    with serving(says("certainly!")) as server:
        settings = {"VALUE_LOOP_MODEL": "openai:small", "OPENAI_BASE_URL": server.url}
        (model,) = value_loop("eval", SCENARIOS, "--engine", "llm", "--json", **settings).json
    assert model["stand_ins"] == model["readings"] > 0


def test_a_model_that_is_not_set_cannot_be_measured(value_loop):
    """It is said which setting is missing."""
    outcome = value_loop("eval", SCENARIOS, "--engine", "llm")
    assert outcome.status == 2
    assert "VALUE_LOOP_MODEL" in outcome.err


@pytest.mark.parametrize("content", ["{", json.dumps({"people": []})])
def test_a_file_that_is_no_scenario_is_named(value_loop, tmp_path, content):
    """Before anything runs."""
    folder = Path(shutil.copytree(SCENARIOS, tmp_path / "mine"))
    (folder / "own.json").write_text(content)
    outcome = value_loop("eval", folder)
    assert outcome.status == 2
    assert "own" in outcome.err
    assert outcome.out == ""
