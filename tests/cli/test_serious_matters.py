"""Serious matters in imported conversations, and what the commands say of them."""

import json

import pytest


def lines(people: int) -> str:
    """Feedback of so many of Mia's team, each with a serious matter and something else."""
    said = ["UNMISTAKABLE, he hit me with a ladder.", "She explains every change to us."]
    messages = [{"role": "user", "content": content} for content in said]
    return "".join(
        json.dumps(
            {
                "round": "2026-Q4",
                "kind": "feedback",
                "author": f"m{n}@acme.example",
                "about": "mia@acme.example",
                "messages": messages,
            }
        )
        + "\n"
        for n in range(1, people + 1)
    )


@pytest.mark.parametrize(("people", "told"), [(3, None), (5, 4)])
def test_an_analysis_says_how_many_only_from_the_floor_on(small, given_file, people, told) -> None:
    """In words and for machines; and no report has any of it."""
    assert small("conversations", "import", given_file(lines(people))).status == 0
    assert small("analyse", "2026-Q4", "--json").json["people_set_apart"] == told
    said = small("analyse", "2026-Q4").out
    assert ("At least 4 people wrote of what may be harassment" in said) is (told is not None)
    for form in ("json", "markdown", "html"):
        report = small("report", "mia@acme.example", "--round", "2026-Q4", "--format", form)
        assert report.status == 0
        assert "UNMISTAKABLE" not in report.out
        assert "ladder" not in report.out
    own = small("export", "m1@acme.example").json["conversations"][0]["messages"]
    assert [message["set_apart"] for message in own] == [True, False]
