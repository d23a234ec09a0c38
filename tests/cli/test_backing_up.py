"""``value-loop backup`` and ``value-loop restore``."""

import json
import shutil
import signal

from tests.cli.conftest import CommandLine


def folders(tmp_path):
    """Where backups of the data and of the keys go."""
    for name in ("away", "safe"):
        (tmp_path / name).mkdir()
    return tmp_path / "away", tmp_path / "safe"


def test_a_running_installation_comes_back_on_another_machine(example, tmp_path) -> None:
    """Every report and the head of the log are the same, doctor finds all in order, and nothing is replaced in use."""
    away, safe = folders(tmp_path)
    app = example.start("serve", "--port", "0")
    try:
        assert "Value Loop is ready" in app.stdout.readline()
        made = example("backup", away, "--keys", safe, "--json").json
        before = example("report", "--round", "2026-Q3", "--all").json
    finally:
        app.send_signal(signal.SIGTERM)
        app.communicate()
    assert made["data"]["counts"]["person"] == 47
    elsewhere = CommandLine(tmp_path / "elsewhere" / "home")
    elsewhere.home.mkdir(parents=True)
    shutil.copy(example.home / "master.key", elsewhere.home)
    restored = elsewhere("restore", made["data"]["file"], "--keys", made["keys"]["file"], "--yes", "--json").json
    assert restored["counts"] == made["data"]["counts"]
    assert (restored["erased_since"], restored["index_entries"] > 100) == ([], True)
    assert elsewhere("log", "verify").status == 0
    assert elsewhere("report", "--round", "2026-Q3", "--all").json == before
    assert elsewhere("doctor").status == 0


def test_a_restore_is_asked_about_and_refused_while_the_app_runs(small, tmp_path) -> None:
    """Whoever says no has changed nothing; the process that is in the way is named."""
    away, _ = folders(tmp_path)
    made = small("backup", away, "--json").json["data"]["file"]
    assert small("round", "close", "2026-Q4").status == 0
    asked = small("restore", made, answers="n\n")
    assert (asked.status, "What came after it is lost" in asked.err) == (1, True)
    app = small.start("serve", "--port", "0")
    try:
        assert "Value Loop is ready" in app.stdout.readline()
        while not (small.home / "index.owner").exists():
            assert app.poll() is None
        refused = small("restore", made, "--yes")
    finally:
        app.send_signal(signal.SIGTERM)
        app.communicate()
    assert (refused.status, f"process {app.pid}" in refused.err) == (1, True)
    assert "closed" in small("round", "status", "2026-Q4").out
    assert "8 people, 2 rounds" in small("restore", made, "--yes").out
    assert "open" in small("round", "status", "2026-Q4").out.splitlines()[0]


def test_who_was_erased_since_is_named_with_what_to_run(small, given_file, tmp_path) -> None:
    """The list of people is for the operator to clear."""
    away, _ = folders(tmp_path)
    said = [{"role": "user", "content": "She told us why the launch moved before we had to ask."}]
    talk = {"round": "2026-Q4", "kind": "feedback", "about": "mia@acme.example", "messages": said}
    talks = "\n".join(json.dumps(talk | {"author": f"m{n}@acme.example"}) for n in (1, 2))
    assert small("conversations", "import", given_file(talks)).status == 0
    made = small("backup", away, "--json").json["data"]["file"]
    assert small("erase", "m1@acme.example", "--yes").status == 0
    assert "Run: value-loop erase m1@acme.example" in small("restore", made, "--yes").out


def test_keys_that_are_left_out_are_spoken_of(small, tmp_path) -> None:
    """A backup of the data alone says so, and a folder that keys may not go to is bad input."""
    away, _ = folders(tmp_path)
    assert "The keys are not backed up" in small("backup", away).out
    beside = small("backup", away, "--keys", away)
    assert (beside.status, "kept apart" in beside.err) == (2, True)
