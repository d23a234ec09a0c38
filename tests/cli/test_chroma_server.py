"""The command on a Chroma server, and while that server is away."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.fakes.chroma_server import ChromaServer

LEADER, MANAGER = "solveig@threeherons.example", "henrike@threeherons.example"
WITHOUT_TOPIC = "Where is there trouble with bicycles that come back?"


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
    assert without.json["findings"] == with_index.json["findings"]
    assert (
        "The index is not up to date yet. The Chroma server at"
        in example("analyse", "2026-Q3", "--manager", MANAGER, **there).out
    )
    doctor = example("doctor", **there)
    assert doctor.status == 1
    assert f"MEND  index: The Chroma server at {chroma.url}/value_loop does not serve the index" in doctor.out
    chroma.start()
