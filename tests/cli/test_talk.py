"""``value-loop talk``: the guide to the talk with the team."""

from __future__ import annotations

BOSS, SMALL, ROUND = "henrike@threeherons.example", "aoife@threeherons.example", "2026-Q3"


def test_the_guide_is_printed_and_written_down(example) -> None:
    """In Markdown or as JSON, with the parts of the talk in order; a team below the floor has none."""
    printed = example("talk", BOSS, "--round", ROUND).out
    headings = [line.lstrip("# ") for line in printed.splitlines() if line.startswith("#")]
    assert headings[:5] == [
        "Talking it over with your team",
        "How to begin",
        "What we heard",
        "What I will do",
        "What I ask of you",
    ]
    assert set(example("talk", BOSS, "--round", ROUND, "--json").json) >= {"heard", "will_do", "ask", "questions"}
    refused = example("talk", SMALL, "--round", ROUND)
    assert (refused.status, refused.out) == (2, "")
    assert "Fewer than 4 people" in refused.err
    assert [entry["looked"] for entry in example("log", "--json").json] == ["report"] * 3
