"""The vector index, in a folder and on a server: nearest entries of the groups asked for, and what was put is kept.

What holds for a folder alone, as that it has one owner, is here, too; a server's own is in test_index_server.py.
"""

from __future__ import annotations

import math
import os
import shutil
import signal
import struct
import subprocess
import sys
import uuid
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from chromadb import PersistentClient
from chromadb.config import Settings

from assistant.domain.errors import Broken, Busy
from assistant.domain.indexing import Entry, Shelf
from assistant.ports.index import Index
from assistant.stores.chroma.index import ChromaIndex
from assistant.stores.chroma.place import Place
from assistant.stores.chroma.server import ChromaServerIndex
from tests.fakes.chroma_server import ChromaServer

MIA = "2026-Q4/mia@acme.example"
TOM = "2026-Q4/tom@acme.example"
BEFORE = "2026-Q3/mia@acme.example"
RIGHT, UP, LEFT = (1.0, 0.0, 0.0), (0.0, 1.0, 0.0), (-1.0, 0.0, 0.0)
SLANTED = (math.sqrt(0.5), math.sqrt(0.5), 0.0)


@pytest.fixture
def folder_index(home: Path) -> Iterator[ChromaIndex]:
    """An index in a folder of its own."""
    opened = ChromaIndex.open(home, "model-1")
    yield opened
    opened.close()


@pytest.fixture
def server_index(chroma: ChromaServer) -> Iterator[ChromaServerIndex]:
    """An index in a database of its own on a server."""
    opened = ChromaServerIndex(Place.of(f"{chroma.url}/{uuid.uuid4().hex}", None), "model-1")
    yield opened
    opened.close()


@pytest.fixture(params=["folder", "server"])
def index(request: pytest.FixtureRequest) -> Index:
    """The index wherever it may be."""
    opened: Index = request.getfixturevalue(f"{request.param}_index")
    return opened


def finding(id: str, group: str = MIA) -> Entry:
    return Entry(Shelf.FINDINGS, id, group)


def ids(index: Index, vector: tuple[float, ...], *groups: str, most: int = 10) -> list[str]:
    return [hit.id for hit in index.near(Shelf.FINDINGS, vector, groups, most)]


def test_the_nearest_come_first_with_their_cosine(index: Index) -> None:
    """Similarity is the cosine: 1 for the same direction, 0 across, -1 for the opposite."""
    index.put([finding("a"), finding("b"), finding("c"), finding("d")], [LEFT, UP, SLANTED, RIGHT])
    hits = index.near(Shelf.FINDINGS, RIGHT, [MIA], 10)
    assert [hit.id for hit in hits] == ["d", "c", "b", "a"]
    assert [hit.similarity for hit in hits] == pytest.approx([1, math.sqrt(0.5), 0, -1], abs=1e-6)


def test_only_the_groups_asked_for_are_searched(index: Index) -> None:
    """Across rounds and managers, merged by nearness and cut to the number wanted; no group means no hit."""
    index.put([finding("mia"), finding("tom", TOM), finding("before", BEFORE)], [UP, RIGHT, SLANTED])
    assert ids(index, RIGHT, MIA) == ["mia"]
    assert ids(index, RIGHT, MIA, TOM, BEFORE) == ["tom", "before", "mia"]
    assert ids(index, RIGHT, MIA, TOM, BEFORE, most=2) == ["tom", "before"]
    assert ids(index, RIGHT, "2026-Q4/nobody@acme.example", "2031-Q1/mia@acme.example") == []
    assert ids(index, RIGHT) == []


def test_shelves_are_kept_apart(index: Index) -> None:
    """The same id and group on another shelf is another thing; knowledge has the empty group."""
    index.put([finding("x"), Entry(Shelf.KNOWLEDGE, "x", "")], [RIGHT, LEFT])
    assert [hit.id for hit in index.near(Shelf.KNOWLEDGE, LEFT, [""], 5)] == ["x"]
    index.drop([finding("x")])
    assert [index.count(shelf) for shelf in (Shelf.FINDINGS, Shelf.KNOWLEDGE)] == [0, 1]


def test_vectors_of_what_people_said_leave_an_older_index(home: Path) -> None:
    """An earlier version kept them on a shelf of their own: it goes when the index is opened, the others stay."""
    index = ChromaIndex.open(home, "model-1")
    index.put([finding("a")], [UP])
    index.close()
    chroma = PersistentClient(str(home / "index"), settings=Settings(anonymized_telemetry=False))
    chroma.create_collection("statements-0123456789abcdef").upsert(ids=["c1:1"], embeddings=[list(RIGHT)])
    chroma.close()
    index = ChromaIndex.open(home, "model-1")
    index.purge()
    assert ids(index, UP, MIA) == ["a"]
    index.close()
    chroma = PersistentClient(str(home / "index"), settings=Settings(anonymized_telemetry=False))
    assert [one.name for one in chroma.list_collections() if one.name.startswith("statements")] == []
    chroma.close()
    holding = [path.name for path in home.rglob("*.sqlite3") if b"c1:1" in path.read_bytes()]
    assert holding == []


def test_putting_an_entry_again_moves_it(index: Index) -> None:
    """The new vector takes the place of the old one."""
    index.put([finding("a"), finding("b")], [RIGHT, UP])
    index.put([finding("a")], [LEFT])
    assert ids(index, RIGHT, MIA) == ["b", "a"]
    assert index.count(Shelf.FINDINGS) == 2


def test_dropping_what_is_not_there_is_no_error(index: Index) -> None:
    """Neither an unknown entry nor an unknown round stops the rest from being forgotten."""
    index.put([finding("a"), finding("b")], [RIGHT, UP])
    index.drop([finding("nothing"), finding("a"), finding("x", "2031-Q1/mia@acme.example")])
    assert ids(index, RIGHT, MIA) == ["b"]


def test_nothing_to_do_is_no_error(index: Index) -> None:
    """Empty lists change nothing."""
    index.put([], [])
    index.drop([])
    assert index.count(Shelf.FINDINGS) == 0


def test_thousands_of_entries_are_put_found_and_counted(index: Index) -> None:
    """More than one batch, with the nearest among them found for each of some."""
    angles = [i / 2500 * math.pi for i in range(2500)]
    vectors = [(math.cos(a), math.sin(a), 0.0) for a in angles]
    index.put([finding(f"e{i}") for i in range(2500)], vectors)
    assert index.count(Shelf.FINDINGS) == 2500
    assert [ids(index, vectors[i], MIA, most=1) for i in (3, 1111, 2499)] == [["e3"], ["e1111"], ["e2499"]]


def test_what_was_put_is_there_when_the_index_is_opened_again(home: Path) -> None:
    """Closing lets go of the folder and loses nothing."""
    first = ChromaIndex.open(home, "model-1")
    first.put([finding("a")], [RIGHT])
    first.close()
    second = ChromaIndex.open(home, "model-1")
    assert ids(second, RIGHT, MIA) == ["a"]
    second.close()


def test_clearing_forgets_everything_and_the_index_can_be_used_on(index: Index) -> None:
    """Vectors of any length may follow, as from another model."""
    index.put([finding("a"), Entry(Shelf.KNOWLEDGE, "card", "")], [RIGHT, UP])
    index.clear()
    assert [index.count(shelf) for shelf in Shelf] == [0, 0]
    index.put([finding("a")], [(1.0, 0.0)])
    assert ids(index, (1.0, 0.0), MIA) == ["a"]


def test_purging_takes_dropped_vectors_off_the_disk_and_keeps_the_rest(folder_index: ChromaIndex, home: Path) -> None:
    """Vectors of people's words are personal data: after a purge no file holds a dropped one, or its id."""
    erased, kept = (0.123456789, 0.987654321, 0.111111111), RIGHT
    folder_index.put([finding("erased-one"), finding("kept"), finding("other", TOM)], [erased, kept, UP])
    folder_index.drop([finding("erased-one")])
    traces = (struct.pack("<3f", *erased), b"erased-one")
    assert _files_with(home, *traces)
    folder_index.purge()
    assert _files_with(home, *traces) == []
    assert ids(folder_index, RIGHT, MIA, TOM) == ["kept", "other"]


def test_a_purge_that_died_half_way_is_mended_when_the_index_is_opened(home: Path) -> None:
    """With the copy finished it is taken; with the copy unfinished the index stays as it was."""
    first = ChromaIndex.open(home, "model-1")
    first.put([finding("a")], [RIGHT])
    first.close()
    (home / "index").rename(home / "index.new")
    (home / "index.old").mkdir()
    second = ChromaIndex.open(home, "model-1")
    assert ids(second, RIGHT, MIA) == ["a"]
    second.close()
    shutil.copytree(home / "index", home / "index.new")
    (home / "index.new" / "chroma.sqlite3").write_bytes(b"unfinished")
    third = ChromaIndex.open(home, "model-1")
    assert ids(third, RIGHT, MIA) == ["a"]
    third.close()
    assert sorted(path.name for path in home.iterdir() if path.is_dir()) == ["index"]


def test_vectors_of_another_model_are_not_mixed_in(home: Path) -> None:
    """Another fingerprint is refused with what to do, and a rebuild begins empty."""
    first = ChromaIndex.open(home, "model-1")
    first.put([finding("a")], [RIGHT])
    first.close()
    with pytest.raises(Broken, match="value-loop index rebuild"):
        ChromaIndex.open(home, "model-2")
    rebuilt = ChromaIndex.open(home, "model-2", rebuild=True)
    assert rebuilt.count(Shelf.FINDINGS) == 0
    rebuilt.close()
    ChromaIndex.open(home, "model-2").close()


def _cut_short(home: Path, name: str) -> None:
    (file,) = (home / "index").rglob(name)
    os.truncate(file, file.stat().st_size // 2)


@pytest.mark.parametrize(
    "damage",
    [
        lambda home: (home / "index" / "chroma.sqlite3").write_bytes(b"garbage" * 1000),
        lambda home: os.truncate(home / "index" / "chroma.sqlite3", 8192),
        lambda home: (home / "index" / "fingerprint").unlink(),
        lambda home: next((home / "index").rglob("length.bin")).unlink(),
        lambda home: _cut_short(home, "data_level0.bin"),
        lambda home: _cut_short(home, "header.bin"),
    ],
    ids=["garbage", "no tables", "no fingerprint", "no lengths", "half the vectors", "half a header"],
)
def test_a_damaged_index_says_what_to_do_and_can_be_rebuilt(home: Path, damage: Callable[[Path], object]) -> None:
    """Nothing is lost by it, so the way out is to make it anew."""
    first = ChromaIndex.open(home, "model-1")
    first.put([finding(f"e{i}") for i in range(1100)], [(1.0, i / 1100, 0.0) for i in range(1100)])
    first.close()
    ChromaIndex.open(home, "model-1").close()
    damage(home)
    with pytest.raises(Broken, match="value-loop index rebuild"):
        ChromaIndex.open(home, "model-1")
    rebuilt = ChromaIndex.open(home, "model-1", rebuild=True)
    rebuilt.put([finding("b")], [UP])
    assert ids(rebuilt, UP, MIA) == ["b"]
    rebuilt.close()


def test_damage_that_shows_only_while_working_says_what_to_do(folder_index: ChromaIndex, home: Path) -> None:
    """Chroma's own complaint about its file is turned into words, too."""
    folder_index.put([finding("a")], [RIGHT])
    (home / "index" / "chroma.sqlite3").write_bytes(b"garbage" * 10_000)
    with pytest.raises(Broken, match="value-loop index rebuild"):
        folder_index.count(Shelf.FINDINGS)


def test_a_folder_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    """The operator reads which folder it is."""
    (tmp_path / "file").write_text("not a folder")
    with pytest.raises(Broken, match="file"):
        ChromaIndex.open(tmp_path / "file" / "home", "model-1")


def test_threads_share_one_index(index: Index) -> None:
    """Putting, asking and purging at the same time loses nothing."""

    def fill(letter: str) -> None:
        for number in range(20):
            index.put([finding(f"{letter}{number}")], [RIGHT])
            assert len(index.near(Shelf.FINDINGS, RIGHT, [MIA], 1)) == 1
        index.drop([finding(f"{letter}0")])
        index.purge()

    with ThreadPoolExecutor(3) as threads:
        list(threads.map(fill, "abc"))
    assert index.count(Shelf.FINDINGS) == 3 * 19


OWNER = """
import sys, time
from pathlib import Path
from assistant.stores.chroma.index import ChromaIndex
index = ChromaIndex.open(Path(sys.argv[1]), "model-1")
print("owned", flush=True)
time.sleep(60)
"""


def test_a_second_process_is_told_who_owns_the_index(home: Path) -> None:
    """It reads the number of the owning process, and may own the index once that one was killed."""
    other = subprocess.Popen([sys.executable, "-c", OWNER, str(home)], stdout=subprocess.PIPE, text=True)
    assert other.stdout is not None
    with other.stdout as told:
        assert told.readline() == "owned\n"
    try:
        with pytest.raises(Busy) as busy:
            ChromaIndex.open(home, "model-1")
    finally:
        other.send_signal(signal.SIGKILL)
        other.wait()
    assert str(busy.value) == (
        f"The index is in use by Value Loop (process {other.pid}). Stop it, or run this again when it has ended."
    )
    ChromaIndex.open(home, "model-1").close()


def _files_with(home: Path, *traces: bytes) -> list[str]:
    contents = [(path, path.read_bytes()) for path in home.rglob("*") if path.is_file()]
    return [path.name for path, content in contents if any(trace in content for trace in traces)]
