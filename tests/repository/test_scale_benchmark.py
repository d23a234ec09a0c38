"""What ``benchmarks/scale`` measures beside others, and beside the least that it could be."""

import json
import os
import re
import string
import subprocess
import sys
from pathlib import Path

from benchmarks.echo import echoed

TABLE_OF_CHATS = """
import json, runpy, sys
print(runpy.run_path("benchmarks/scale/__main__.py")["chats_table"]([json.loads(sys.argv[1])]))
"""


def printed(repository: Path, *command: str, **environment: str) -> str:
    """What a script prints that ends well."""
    done = subprocess.run(
        [sys.executable, *command],
        cwd=repository,
        env=os.environ | environment,
        text=True,
        capture_output=True,
        timeout=600,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def cells(table: str, beginning: str) -> list[str]:
    """The cells of the row that begins so."""
    row = next(line for line in table.splitlines() if line.startswith(f"| {beginning} |"))
    return [cell.strip() for cell in row.strip("|").split("|")]


def test_peers_are_measured_in_the_same_run(repository: Path) -> None:
    """A chain shows a model more, the more there is; ours asks for a query. By meaning, more is told than by words."""
    table = printed(repository, "benchmarks/scale", "--only", "peers", "--peers", "1", "--teams", "12")
    chain, everything, ours = (int(cell.replace(",", "")) for cell in cells(table, "1")[-3:])
    assert cells(table, "1")[1] == "45"
    assert 0 < chain < everything
    assert ours > 0
    names = ("BM25, stemmed", "scikit-learn's TF-IDF, stemmed", "the bare encoder, cosine", "Value Loop's pair model")
    for column in (1, 2, 3):
        bm25, tfidf, bare, pairs = (float(cells(table, name)[column]) for name in names)
        assert max(bm25, tfidf) < bare < pairs


def test_talks_stand_beside_a_bare_echo_with_their_memory(repository: Path, tmp_path: Path) -> None:
    """No turn is quicker than the echo, and memory at most is no less than at rest."""
    environment = {"VALUE_LOOP_HOME": str(tmp_path / "home"), "PYTHONPATH": str(repository)}
    found = json.loads(printed(repository, "benchmarks/crowd.py", "2", "calm", "0", **environment))
    assert 0 < found["echo"] < found["alone"]
    assert 0 < found["at_rest"] <= found["in_use"]
    assert (found["errors"], found["lost"], found["mixed"]) == (0, 0, 0)
    row = cells(printed(repository, "-c", TABLE_OF_CHATS, json.dumps({"people": 2, **found})), "2")
    assert row[4:] == [f"{found['at_rest']:,.0f} MB", f"{found['in_use']:,.0f} MB", "0", "0", "0"]


def test_an_echo_gives_back_what_comes_in_several_parts() -> None:
    """It would raise where something else came back; there is a time for each text."""
    times = echoed(["word", "A long answer. " * 50_000])
    assert len(times) == 2
    assert min(times) > 0


def test_the_page_has_a_place_for_each_measurement(repository: Path) -> None:
    """What is measured for an hour is not lost for want of a place."""
    page = (repository / "benchmarks" / "scale" / "page.md").read_text(encoding="utf-8")
    places = {name for _, name, _, _ in string.Formatter().parse(page) if name}
    choices = re.search(r"--only \{([\w,]+)\}", printed(repository, "benchmarks/scale", "--help"))
    assert choices
    assert places == {"machine", *choices[1].split(",")}
