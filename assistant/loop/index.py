"""Keeping the vector index in step with the source of truth."""

from __future__ import annotations

from collections.abc import Callable

from assistant.domain.access import ANALYSIS
from assistant.domain.errors import NoAnswer
from assistant.domain.indexing import Entry, Shelf, Task
from assistant.domain.knowledge import Knowledge
from assistant.ports.encoder import Encoder
from assistant.ports.index import Index
from assistant.ports.store import Duty, Store

BATCH = 32


def follow(
    store: Store,
    index: Index,
    encoder: Encoder,
    progress: Callable[[int], None] = lambda _: None,
    enough: Callable[[], bool] = lambda: False,
) -> int:
    """Bring everything that is waiting into the index; how many changes there were.

    A change is ticked off only after the index holds it, and doing one twice does no harm: a process that dies in
    between goes on with the next call, and so does one that had ``enough`` between two batches. What is to be forgotten
    comes first, and leaves the disk at the end, also where no vectors can be had for the rest (NoAnswer).

    Only one follows at a time, as two out of step could bring back what was to be forgotten; raises Busy where another
    thread or process does, and NoIndex where the index is on a server that does not answer.
    """
    with store.alone(Duty.FOLLOW_INDEX):
        return _follow(store, index, encoder, progress, enough)


def _follow(
    store: Store, index: Index, encoder: Encoder, progress: Callable[[int], None], enough: Callable[[], bool]
) -> int:
    followed = 0
    while not enough():
        with store.work() as work:
            tasks = work.index_queue.waiting(BATCH, ANALYSIS)
        if not tasks:
            index.purge()
            break
        try:
            _apply(index, encoder, tasks)
        except NoAnswer:
            index.purge()
            raise
        with store.work() as work:
            work.index_queue.done(tasks)
        followed += len(tasks)
        progress(len(tasks))
    return followed


def rebuild(
    store: Store,
    index: Index,
    encoder: Encoder,
    knowledge: Knowledge,
    progress: Callable[[int, int], None] = lambda _done, _of: None,
) -> int:
    """Throw the index away and make it anew; how many entries it holds. ``progress`` is told how many of how many.

    Where vectors cannot be had midway (NoAnswer) it is to be done again; what it holds until then is right. Raises Busy
    and NoIndex like :func:`follow`.
    """
    with store.alone(Duty.FOLLOW_INDEX):
        return _rebuild(store, index, encoder, knowledge, progress)


def _rebuild(
    store: Store, index: Index, encoder: Encoder, knowledge: Knowledge, progress: Callable[[int, int], None]
) -> int:
    index.clear()
    with store.work() as work:
        entries = work.index_queue.everything()
        work.index_queue.put(entries)
    add_knowledge(index, encoder, knowledge)
    held = 0

    def tell(more: int) -> None:
        nonlocal held
        held += more
        progress(held, len(entries))

    _follow(store, index, encoder, tell, lambda: False)
    return len(entries) + len(knowledge.practices)


def add_knowledge(index: Index, encoder: Encoder, knowledge: Knowledge) -> None:
    """Put all practices onto their shelf."""
    cards = list(knowledge.practices.values())
    entries = [Entry(Shelf.KNOWLEDGE, card.id, "") for card in cards]
    index.put(entries, encoder.vectors([f"{card.title}. {card.what}" for card in cards]))


def _apply(index: Index, encoder: Encoder, tasks: tuple[Task, ...]) -> None:
    latest = {(task.entry.shelf, task.entry.id): task for task in tasks}
    gone = [task.entry for task in latest.values() if task.text is None]
    kept = [(task.entry, task.text) for task in latest.values() if task.text is not None]
    if gone:
        index.drop(gone)
    if kept:
        index.put([entry for entry, _ in kept], encoder.vectors([text for _, text in kept]))
