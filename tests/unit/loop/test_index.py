"""The vector index follows the store, also where vectors cannot be had for a while."""

from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

import pytest

from assistant.domain.errors import OutOfReach
from assistant.domain.indexing import Entry, Shelf
from assistant.domain.organisation import Person
from assistant.loop.index import follow, rebuild
from assistant.loop.organisation import import_people
from assistant.loop.rounds import open_round
from assistant.stores.chroma.index import ChromaIndex
from assistant.stores.sql.store import SqlStore
from tests.fakes.encoder import BagOfWords
from tests.fakes.reports import a_finding, a_knowledge, a_report

MIA = "mia@acme.example"
GROUP = f"2026-Q3/{MIA}"


class Away(BagOfWords):
    """An encoder whose server is away."""

    def vectors(self, texts: Sequence[str]) -> list[list[float]]:
        """None."""
        raise OutOfReach(f"Nobody is there for {len(texts)} texts.")


@pytest.fixture
def store(tmp_path: Path) -> SqlStore:
    """Mia, and a round in which she may have a report."""
    store = SqlStore.open(tmp_path)
    import_people(store, [Person(MIA, "Mia Berg", None, "Heads")])
    open_round(store, "2026-Q3", datetime(2026, 8, 2, 9, 0, tzinfo=UTC))
    return store


@pytest.fixture
def index(tmp_path: Path):
    """A real vector index, closed afterwards."""
    index = ChromaIndex.open(tmp_path, BagOfWords().fingerprint)
    yield index
    index.close()


def publish(store: SqlStore, count: int) -> None:
    """One report with so many findings."""
    findings = [a_finding(id=f"f{n}", text=f"Her team has {n} wishes.") for n in range(count)]
    with store.work() as work:
        work.reports.save(a_report(MIA, *findings, round_key="2026-Q3"))


def test_while_no_vectors_can_be_had_changes_wait_and_nothing_is_lost(store, index):
    """The next time they can be had, the index holds everything."""
    publish(store, 3)
    with pytest.raises(OutOfReach):
        follow(store, index, Away())
    assert index.count(Shelf.FINDINGS) == 0
    assert follow(store, index, BagOfWords()) == 3
    assert index.count(Shelf.FINDINGS) == 3


def test_what_is_to_be_forgotten_does_not_wait_for_vectors(store, index, tmp_path):
    """However much waits before it: an erasure reaches the index and the disk while the server is away."""
    index.put([Entry(Shelf.FINDINGS, "c1:1", GROUP)], BagOfWords().vectors(["to be erased"]))
    publish(store, 60)
    with store.work() as work:
        work.index_queue.drop([Entry(Shelf.FINDINGS, "c1:1", GROUP)])
    with pytest.raises(OutOfReach):
        follow(store, index, Away())
    assert index.count(Shelf.FINDINGS) == 0
    assert not (tmp_path / "index" / "dropped").exists()


def test_making_the_index_anew_says_how_far_it_is(store, index):
    """Batch by batch, up to all."""
    publish(store, 40)
    told: list[tuple[int, int]] = []
    rebuild(store, index, BagOfWords(), a_knowledge(), lambda done, of: told.append((done, of)))
    assert told == [(32, 40), (40, 40)]
    assert index.count(Shelf.FINDINGS) == 40
