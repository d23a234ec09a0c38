"""What the index has yet to follow: in order, once an entry, and never ticked off too early."""

from __future__ import annotations

from collections.abc import Callable

from assistant.domain.access import person
from assistant.domain.conversation import Conversation, ConversationState
from assistant.domain.indexing import Entry, Shelf
from assistant.domain.report import Report
from assistant.domain.statements import Reading, Statement
from assistant.stores.sql.store import SqlStore

GROUP = "2026-Q4/mia@acme.example"


def entry(id: str) -> Entry:
    return Entry(Shelf.STATEMENTS, id, GROUP)


def test_tasks_wait_in_order_and_only_as_many_as_asked_for(store: SqlStore) -> None:
    """The oldest come first; what has reached the index waits no longer."""
    with store.work() as work:
        work.index_queue.drop([entry("b"), entry("a")])
        work.index_queue.drop([entry("c")])
        first = work.index_queue.waiting(2)
        assert [task.entry.id for task in first] == ["b", "a"]
        work.index_queue.done(first)
        assert [task.entry.id for task in work.index_queue.waiting(2)] == ["c"]


def test_a_thing_that_is_gone_has_no_text(store: SqlStore) -> None:
    """Where a statement or finding to be put is not there any more, the index forgets it."""
    with store.work() as work:
        work.index_queue.put([entry("gone:1"), Entry(Shelf.FINDINGS, f"{GROUP}/f9", GROUP)])
        assert [task.text for task in work.index_queue.waiting(10)] == [None, None]


def test_a_change_made_while_the_index_follows_is_not_lost(
    store: SqlStore,
    keep: Callable[..., Conversation],
    statement: Callable[..., Statement],
    reading: Callable[..., Reading],
) -> None:
    """Ticking off what was seen leaves the newer change of the same entry waiting."""
    held = keep("r")
    with store.work() as work:
        work.statements.save("r", "e", reading(statement(held, text="before")))
        seen = work.index_queue.waiting(10)
        work.statements.save("r", "e", reading(statement(held, text="after")))
        work.index_queue.done(seen)
        assert [(task.entry.id, task.text) for task in work.index_queue.waiting(10)] == [("r:1", "after")]


def test_the_last_word_on_an_entry_counts(
    store: SqlStore,
    keep: Callable[..., Conversation],
    statement: Callable[..., Statement],
    reading: Callable[..., Reading],
) -> None:
    """Put and then dropped means forgotten; dropped and then put means held."""
    held = keep("r")
    with store.work() as work:
        work.statements.save("r", "e", reading(statement(held, 1), statement(held, 2)))
        work.index_queue.put([entry("r:1")])
        work.index_queue.drop([entry("r:1"), entry("r:2")])
        work.index_queue.put([entry("r:2")])
        told = {task.entry.id: task.text for task in work.index_queue.waiting(10)}
        assert told == {"r:1": None, "r:2": "I moved Li"}


def test_everything_is_what_belongs_into_the_index(
    store: SqlStore,
    keep: Callable[..., Conversation],
    statement: Callable[..., Statement],
    reading: Callable[..., Reading],
    report: Callable[..., Report],
) -> None:
    """Shared statements of sent conversations and all findings; no drafts, nothing held back."""
    sent, draft = keep("r"), keep("d", state=ConversationState.DRAFT)
    with store.work() as work:
        work.statements.save("r", "e", reading(statement(sent, 1), statement(sent, 2)))
        work.statements.hold_back("r", ["r:1"], person("mia@acme.example"))
        work.statements.save("d", "e", reading(statement(draft, 1)))
        work.reports.save(report(findings=1))
        assert work.index_queue.everything() == (
            Entry(Shelf.STATEMENTS, "r:2", GROUP),
            Entry(Shelf.FINDINGS, f"{GROUP}/f1", GROUP),
        )
