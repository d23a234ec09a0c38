"""What the index has yet to follow: in order, once an entry, and never ticked off too early."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from assistant.domain.access import ANALYSIS
from assistant.domain.indexing import Entry, Shelf
from assistant.domain.report import Report
from assistant.stores.sql.store import SqlStore

GROUP = "2026-Q4/mia@acme.example"


def entry(id: str) -> Entry:
    return Entry(Shelf.FINDINGS, f"{GROUP}/{id}", GROUP)


def test_tasks_wait_in_order_and_only_as_many_as_asked_for(store: SqlStore) -> None:
    """The oldest come first; what has reached the index waits no longer."""
    with store.work() as work:
        work.index_queue.drop([entry("b"), entry("a")])
        work.index_queue.drop([entry("c")])
        first = work.index_queue.waiting(2, ANALYSIS)
        assert [task.entry for task in first] == [entry("b"), entry("a")]
        work.index_queue.done(first)
        assert [task.entry for task in work.index_queue.waiting(2, ANALYSIS)] == [entry("c")]


def test_a_thing_that_is_gone_has_no_text(store: SqlStore) -> None:
    """Where a finding to be put is not there any more, the index forgets it."""
    with store.work() as work:
        work.index_queue.put([entry("f9")])
        assert [task.text for task in work.index_queue.waiting(10, ANALYSIS)] == [None]


@pytest.mark.usefixtures("open_round")
def test_a_change_made_while_the_index_follows_is_not_lost(store: SqlStore, report: Callable[..., Report]) -> None:
    """Ticking off what was seen leaves the newer change of the same entry waiting."""
    with store.work() as work:
        work.reports.save(report(findings=1, text="before"))
        seen = work.index_queue.waiting(10, ANALYSIS)
        work.reports.save(report(findings=1, text="after"))
        work.index_queue.done(seen)
        assert [(task.entry, task.text) for task in work.index_queue.waiting(10, ANALYSIS)] == [
            (entry("f1"), "after 1")
        ]


@pytest.mark.usefixtures("open_round")
def test_the_last_word_on_an_entry_counts(store: SqlStore, report: Callable[..., Report]) -> None:
    """Put and then dropped means forgotten; dropped and then put means held."""
    with store.work() as work:
        work.reports.save(report(findings=2, text="finding"))
        work.index_queue.put([entry("f1")])
        work.index_queue.drop([entry("f1"), entry("f2")])
        work.index_queue.put([entry("f2")])
        told = {task.entry: task.text for task in work.index_queue.waiting(10, ANALYSIS)}
        assert told == {entry("f1"): None, entry("f2"): "finding 2"}


@pytest.mark.usefixtures("open_round")
def test_everything_is_all_findings(store: SqlStore, report: Callable[..., Report]) -> None:
    """Of every manager, in order of their ids."""
    with store.work() as work:
        work.reports.save(report(findings=2))
        assert work.index_queue.everything() == (entry("f1"), entry("f2"))
