"""Scenario files: what is read in them, and what is refused with which words."""

import copy
import json
from pathlib import Path

import pytest

from assistant.domain.errors import BadInput
from assistant.domain.report import Source
from assistant.domain.words import ClimateLevel, Fundamental, Stance
from assistant.evaluation.annotation import MarkedClaim, MarkedObservation
from assistant.loop.scenario_files import LARGEST_FILE, read_folder, read_scenario

SECRET = "He lets me run the drying room my own way"  # noqa: S105 -- said in confidence
GOOD = {
    "people": [
        {"email": "noor@s.example", "name": "Noor", "manager_email": "", "team": "Seeds"},
        {"email": "piet@s.example", "name": "Piet", "manager_email": "noor@s.example", "team": "Seeds"},
    ],
    "conversations": [
        {
            "kind": "reflection",
            "author": "noor@s.example",
            "about": "piet@s.example",
            "messages": [{"role": "user", "content": "Well. I let Piet choose."}],
        },
        {
            "kind": "feedback",
            "author": "piet@s.example",
            "about": "noor@s.example",
            "messages": [{"role": "assistant", "content": "And?"}, {"role": "user", "content": f"{SECRET}."}],
        },
    ],
    "gold": {
        "topics": [{"id": "t1", "fundamental": "powering_performance"}],
        "claims": [{"conversation": 0, "message": 0, "quote": "I let Piet choose", "stance": "does", "topic": "t1"}],
        "observations": [{"conversation": 0, "message": 1, "quote": SECRET, "stance": "valued", "topic": "t1"}],
        "climate": "mixed",
    },
}


def changed(path: str, value) -> bytes:
    """The good scenario with one part of it replaced."""
    data = copy.deepcopy(GOOD)
    *way, last = [int(step) if step.isdigit() else step for step in path.split(".")]
    part = data
    for step in way:
        part = part[step]
    part[last] = value
    return json.dumps(data).encode()


def test_a_scenario_is_read():
    """People, conversations, and marks at their places."""
    scenario = read_scenario("seeds", json.dumps(GOOD).encode())
    assert (scenario.name, scenario.manager.name, len(scenario.conversations)) == ("seeds", "Noor", 2)
    assert scenario.marked.topics == {"t1": Fundamental.POWERING_PERFORMANCE}
    assert scenario.marked.claims == (MarkedClaim(Source(0, 0, 6, 23), Stance.DOES, "t1"),)
    assert scenario.marked.observations == (MarkedObservation("piet@s.example", Stance.VALUED, "t1"),)
    assert (scenario.marked.climate, scenario.marked.respondents) == (ClimateLevel.MIXED, 1)


@pytest.mark.parametrize(
    ("path", "value", "place"),
    [
        ("people", [], "people"),
        ("people.1.email", "nobody", r"people\[1\]\.email"),
        ("people.1.manager_email", "", r"people\[1\]: everybody"),
        ("conversations.1.author", "eve@s.example", r"conversations\[1\]\.author"),
        ("conversations.1.messages.1.role", "system", r"conversations\[1\]\.messages\[1\]\.role"),
        ("conversations", [3], r"conversations\[0\]"),
        ("gold", {}, r"gold\.topics"),
        ("gold.climate", "sunny", r"gold\.climate"),
        ("gold.topics", [*GOOD["gold"]["topics"]] * 2, r"gold\.topics"),
        ("gold.topics.0.fundamental", "luck", r"gold\.topics\[0\]\.fundamental"),
        ("gold.claims.0.topic", "t9", r"gold\.claims\[0\]\.topic"),
        ("gold.claims.0.stance", "valued", r"gold\.claims\[0\]\.stance.*does"),
        ("gold.claims.0.conversation", 1, r"gold\.claims\[0\]\.conversation"),
        ("gold.claims.0.message", -1, r"gold\.claims\[0\]\.message"),
        ("gold.claims.0.quote", "", r"gold\.claims\[0\]\.quote"),
        ("gold.observations.0.message", 0, r"gold\.observations\[0\]\.message"),
        ("gold.observations.0.quote", "never said", r"gold\.observations\[0\]\.quote"),
        ("conversations.1.messages.1.content", f"{SECRET}. {SECRET}.", r"gold\.observations\[0\]\.quote.*once"),
    ],
)
def test_what_is_wrong_is_named_with_its_place(path, value, place):
    """And nothing of what was said is repeated."""
    with pytest.raises(BadInput, match=f"The scenario seeds cannot be used. {place}") as refused:
        read_scenario("seeds", changed(path, value))
    assert "drying" not in str(refused.value)


@pytest.mark.parametrize("data", [b"", b"{", b"\xff\xfe", b"[" * 100_000, b"[]", b"null"])
def test_what_is_no_scenario_is_refused(data):
    """In words that name the file."""
    with pytest.raises(BadInput, match="seeds"):
        read_scenario("seeds", data)


def test_a_folder_is_read_by_name(tmp_path: Path):
    """Files of other kinds are left alone."""
    for name in ("b.json", "a.json", "README.md"):
        (tmp_path / name).write_text(json.dumps(GOOD))
    assert [scenario.name for scenario in read_folder(tmp_path)] == ["a", "b"]


def test_a_folder_without_scenarios_is_refused(tmp_path: Path):
    """As is one that is not there, or a file that is far too large."""
    with pytest.raises(BadInput, match="no scenario file"):
        read_folder(tmp_path)
    with pytest.raises(BadInput, match="There is no folder"):
        read_folder(tmp_path / "away")
    (tmp_path / "huge.json").write_bytes(b" " * (LARGEST_FILE + 1))
    with pytest.raises(BadInput, match="huge"):
        read_folder(tmp_path)
