"""The command on a Chroma server, and while that server is away."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.fakes.chroma_server import ChromaServer

LEADER, MANAGER = "solveig@threeherons.example", "henrike@threeherons.example"
WITHOUT_TOPIC = "Which teams have trouble with what comes down from above?"


@pytest.fixture
def chroma(tmp_path: Path) -> Iterator[ChromaServer]:
    """A server of its own, to be ended."""
    server = ChromaServer(tmp_path / "chroma")
    yield server
    server.end()


def test_commands_use_a_server_and_do_without_it_while_it_is_away(example, chroma) -> None:
    """The index is made there. While it is away, questions are answered, an analysis is made, and doctor tells."""
    there = {"VALUE_LOOP_CHROMA_URL": chroma.url}
    rebuilt = example("index", "rebuild", "--json", **there)
    assert rebuilt.status == 0, rebuilt.err
    assert rebuilt.json["entries"] > 0
    assert example("doctor", **there).status == 0
    with_index = example("ask", WITHOUT_TOPIC, "--as", LEADER, "--json", **there)
    chroma.end()
    without = example("ask", WITHOUT_TOPIC, "--as", LEADER, "--json", **there)
    assert (with_index.status, without.status) == (0, 0)
    assert with_index.json["findings"]
    assert without.json["findings"] == with_index.json["findings"]
    assert (
        "The index is not up to date yet. The Chroma server at"
        in example("analyse", "2026-Q3", "--manager", MANAGER, **there).out
    )
    doctor = example("doctor", **there)
    assert doctor.status == 1
    assert f"MEND  index: The Chroma server at {chroma.url}/value_loop does not serve the index" in doctor.out
    chroma.start()


def test_an_index_moves_to_a_server_and_leaves_the_home_folder(example, chroma) -> None:
    """Alone, with the database where it is; a server that does not answer, or a bad address, leaves all as it was."""
    folder = example.home / "index"
    assert folder.is_dir()
    chroma.end()
    away = example("move", "--to-chroma", chroma.url)
    assert (away.status, "does not serve the index" in away.err, folder.is_dir()) == (1, True, True)
    wrong = example("move", "--to-chroma", "chroma:8000")
    assert (wrong.status, "--to-chroma" in wrong.err, folder.is_dir()) == (2, True, True)
    chroma.start()
    moved = example("move", "--to-chroma", chroma.url)
    assert moved.status == 0, moved.err
    assert f"Set VALUE_LOOP_CHROMA_URL to {chroma.url}." in moved.out
    assert not folder.exists()
    there = {"VALUE_LOOP_CHROMA_URL": chroma.url}
    doctor = example("doctor", **there)
    assert (doctor.status, "ok    index: " in doctor.out) == (0, True)
    assert example("ask", WITHOUT_TOPIC, "--as", LEADER, "--json", **there).json["findings"]


def test_nothing_is_put_in_place_of_what_an_app_works_with(small, chroma, tmp_path) -> None:
    """Nobody owns an index on a server, and yet a restore and a move wait for the app to end."""
    there = {"VALUE_LOOP_CHROMA_URL": chroma.url}
    made = small("backup", tmp_path, "--json", **there).json["data"]["file"]
    changes = (("restore", made, "--yes"), ("move", "--to-database", f"sqlite:///{tmp_path}/new/value-loop.sqlite3"))
    app = small.start("serve", "--port", "0", **there)
    try:
        assert "Value Loop is ready" in app.stdout.readline()
        refused = [small(*change, **there) for change in changes]
    finally:
        app.terminate()
        app.communicate()
    assert [(one.status, "Stop the app and all workers" in one.err) for one in refused] == [(1, True)] * 2
    assert [small(*change, **there).status for change in changes] == [0, 0]


def test_database_and_index_move_at_once(small, chroma, tmp_path) -> None:
    """To another home folder and the server; with a token from the environment, which has no server to go to yet."""
    new = tmp_path / "new"
    token = {"VALUE_LOOP_CHROMA_TOKEN": "of-our-own"}
    to = ("--to-database", f"sqlite:///{new / 'value-loop.sqlite3'}", "--to-chroma", chroma.url)
    moved = small("move", *to, "--json", **token)
    assert moved.status == 0, moved.err
    assert (moved.json["chroma"], moved.json["tables"]["person"]["rows"]) == (chroma.url, 8)
    assert moved.json["index_entries"] > 0
    assert not (new / "index").exists()
    back = small("move", "--back")
    assert (back.status, "can be used again" in back.out) == (0, True)
    assert small("doctor").status == 0
