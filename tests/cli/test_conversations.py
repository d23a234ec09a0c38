"""``value-loop conversations import``."""

import json
import signal
import time


def feedback(member: int, *said: str, **changed: object) -> str:
    """A line in which a member of Mia's team says these things."""
    line = {
        "round": "2026-Q4",
        "kind": "feedback",
        "author": f"m{member}@acme.example",
        "about": "mia@acme.example",
        "messages": [{"role": "user", "content": content} for content in said or ("She explains every change.",)],
    }
    return json.dumps(line | changed) + "\n"


def reflection(about: str | None, said: str = "I explain every change.") -> str:
    """A line in which Mia reflects."""
    return feedback(1, said, kind="reflection", author="mia@acme.example", about=about)


def test_conversations_are_kept_once(small, given_file) -> None:
    """Twice in a file or imported twice is still one conversation, and no error."""
    lines = feedback(1) + reflection(None) + reflection("m2@acme.example") + feedback(1)
    first = small("conversations", "import", given_file(lines))
    assert first.out == "3 conversations added, 1 was there already.\n"
    again = small("conversations", "import", given_file(lines + feedback(2)), "--json")
    assert again.json == {"added": 1, "known": 4, "left_out": []}
    status = small("round", "status", "2026-Q4", "--json").json
    assert (status["reflections"], status["feedbacks"]) == (2, 0), "two feedbacks are fewer than may be counted"


def test_bad_lines_refuse_the_whole_file(small, given_file) -> None:
    """Exit 2, each line and place named; the good lines around them are not kept either."""
    bad = {
        feedback(1, round="2031-Q1"): "round: there is no such round",
        feedback(1, round="2026-Q3"): "round: this round is closed",
        feedback(1, author="who@acme.example"): "author: nobody has this e-mail",
        feedback(1, about="top@acme.example"): "about: feedback is about the author's manager",
        reflection("ada@acme.example"): "about: a reflection is about a direct report",
        feedback(1, messages=[]): "messages: a conversation has at least one message",
        feedback(1, " "): "messages[0].content: this is empty",
        feedback(1, "x" * 100_001): "messages[0].content: a message has at most 100,000",
        feedback(1)[:40] + "\n": "41: this is not JSON",
        "\ufeff{}\n": "1: this is not JSON",
    }
    outcome = small("conversations", "import", given_file(feedback(2) + "".join(bad) + feedback(3)))
    assert (outcome.status, outcome.out) == (2, "")
    headline, *problems = outcome.err.splitlines()
    assert headline == "The file has 10 problems. Nothing was imported."
    for line, (problem, says) in enumerate(zip(problems, bad.values(), strict=True), start=2):
        assert problem.startswith(f"line {line}, column {says}")
    assert small("round", "status", "2026-Q4", "--json").json["feedbacks"] == 0


def test_with_skip_bad_the_good_lines_are_kept(small, given_file) -> None:
    """What was left out is named, never quoted."""
    lines = feedback(1) + feedback(2, "SECRETWORDS", round="2026-Q3") + "SECRETWORDS\n" + feedback(3)
    outcome = small("conversations", "import", given_file(lines), "--skip-bad")
    assert (outcome.status, outcome.out) == (0, "2 conversations added, 0 were there already, 2 problems left out.\n")
    assert [line.partition(":")[0] for line in outcome.err.splitlines()] == ["line 2, column round", "line 3, column 1"]
    assert "SECRETWORDS" not in outcome.err


def test_words_come_out_as_they_went_in(small, given_file) -> None:
    """Markup, other scripts, line ends and 100,000 characters are kept as they are; control characters are not."""
    said = ["<script>alert(1)</script> **bold**", "  我们 🫩\r\n\tZoe\u0308  ", "y" * 100_000, "a\x00b\x1bc"]
    assert small("conversations", "import", given_file(feedback(4, *said))).status == 0
    own = small("export", "m4@acme.example").json
    assert [m["content"] for m in own["conversations"][0]["messages"]] == [*said[:3], "abc"]


def test_a_round_that_is_over_its_time_takes_nothing_more(small, given_file) -> None:
    """Nobody has to close it by hand."""
    assert small("round", "open", "2027-Q1", "--closes", _in_a_moment()).status == 0
    time.sleep(8)
    outcome = small("conversations", "import", given_file(feedback(1, round="2027-Q1")))
    assert outcome.status == 2
    assert "this round is closed" in outcome.err


def _in_a_moment() -> str:
    return time.strftime("%Y-%m-%dT%H:%M:%S+00:00", time.gmtime(time.time() + 8))


def test_a_process_that_is_killed_in_the_middle_leaves_nothing_half_written(small, given_file) -> None:
    """Killed while it is writing 20 MB: nothing of them is there, and the same import then works from the start."""
    large = given_file("".join(feedback(1 + i % 5, f"{i} " + "x" * 99_000) for i in range(200)))
    journal = small.home / "value-loop.sqlite3-wal"
    process = small.start("conversations", "import", large)
    while process.poll() is None and not (journal.exists() and journal.stat().st_size > 1_000_000):
        time.sleep(0.001)
    process.send_signal(signal.SIGKILL)
    assert process.wait() == -signal.SIGKILL
    process.communicate()
    assert journal.stat().st_size > 1_000_000
    assert small("round", "status", "2026-Q4", "--json").json["feedbacks"] == 0
    assert small("conversations", "import", large, "--json").json["added"] == 200
