"""``value-loop withdraw``, and named feedback in the reports that the command gives."""

import json

import pytest

SAID = "She keeps meetings short so that we can work."


def feedback(number: int, named: bool = False) -> str:
    """A line in which a member of Mia's team says the same as the others."""
    about = {"author": f"m{number}@acme.example", "about": "mia@acme.example", "named": named}
    words = f"{SAID} UNMISTAKABLE {number}." if named else SAID
    return json.dumps(
        {"round": "2026-Q4", "kind": "feedback", **about, "messages": [{"role": "user", "content": words}]}
    )


@pytest.fixture
def answered(small, given_file):
    """Five people have answered, the first under their name."""
    lines = "\n".join(feedback(n, named=n == 1) for n in range(1, 6))
    assert small("conversations", "import", given_file(lines + "\n")).status == 0
    return small


def test_a_draft_again_or_gone_and_the_report_with_it(answered) -> None:
    """The command says what became of it; the words are in no file once they are deleted."""
    assert answered("analyse", "2026-Q4").status == 0
    first = answered("withdraw", "m1@acme.example", "--round", "2026-Q4", "--json")
    assert first.json == {"email": "m1@acme.example", "round": "2026-Q4", "now": "draft"}
    assert answered("report", "mia@acme.example", "--round", "2026-Q4").status == 2
    own = answered("export", "m1@acme.example").json["conversations"]
    assert [held["state"] for held in own] == ["draft"]
    again = answered("withdraw", "m1@acme.example", "--round", "2026-Q4")
    assert (again.status, "sent no feedback" in again.err) == (2, True)
    assert "deleted" in answered("withdraw", "m2@acme.example", "--round", "2026-Q4", "--delete").out
    assert answered("export", "m2@acme.example").json["conversations"] == []


def test_after_closing_it_is_refused_with_what_can_still_be_done(answered) -> None:
    """Exit 2, and the way that is left."""
    assert answered("round", "close", "2026-Q4").status == 0
    refused = answered("withdraw", "m1@acme.example", "--round", "2026-Q4")
    assert refused.status == 2
    assert "erased" in refused.err


@pytest.mark.parametrize("format_", ["json", "markdown", "html"])
def test_a_report_shows_signed_words_under_their_name(answered, format_) -> None:
    """In each format, and nobody else's; five answered, so that four are left beside the one who signed."""
    assert answered("analyse", "2026-Q4").status == 0
    told = answered("report", "mia@acme.example", "--round", "2026-Q4", "--format", format_).out
    if format_ == "json":
        named = json.loads(told)["named"]
        assert {one["author"] for one in named} == {"m1@acme.example"}
        assert not json.loads(told)["suppressed"]
    else:
        assert "Said to you by name" in told
        assert "Member 1" in told
        assert told.count("She keeps meetings short") == 1
    assert "Member 2" not in told
