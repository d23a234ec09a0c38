"""Reading what was said about and by a manager in a round: each conversation once, by one engine."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

from assistant.domain.access import ANALYSIS
from assistant.domain.conversation import Conversation
from assistant.domain.publishing import Contributions
from assistant.domain.statements import Reading
from assistant.loop.contributions import contributions
from assistant.loop.serious import looked_through
from assistant.loop.sides import sides_of
from assistant.ports.engine import Engine
from assistant.ports.store import Store


def analysis_of(key: str, manager: str) -> str:
    """What a transaction is about that touches nothing but a manager's side of a round (see ``Store.work``)."""
    return f"{key}/{manager}"


@dataclass(frozen=True, slots=True)
class WasRead:
    """A manager's conversations, what was read in them, and who contributed what to the team's side, as digests."""

    conversations: tuple[Conversation, ...]
    readings: dict[str, Reading]
    contributions: Contributions


def read_side_of(store: Store, engine: Engine, key: str, manager: str) -> WasRead:
    """A manager's conversations with what was read in them, as it is kept: without what is gone or held back since.

    What tells of a serious matter and has not been looked at, as what was imported, is set apart before it is read.
    """
    found, known = known_of(store, engine, key, manager)
    judged = {before.id: after for before in found if (after := looked_through(engine, before)) != before}
    usable = ((before, judged.get(before.id, before).usable) for before in found)
    fresh = _read_at_once(engine, [now for before, now in usable if now.id not in known or now.said != before.said])
    with store.work(analysis_of(key, manager)) as work:
        there = work.conversations.about_manager(key, manager, ANALYSIS)
        if looked_at := [judged[c.id] for c in there if c.id in judged]:
            work.conversations.judge_all(looked_at, ANALYSIS)
            there = work.conversations.about_manager(key, manager, ANALYSIS)
        work.statements.save_all(engine.reads_as, {c.id: fresh[c.id] for c in there if c.id in fresh})
        readings = work.statements.of_all([c.id for c in there], engine.reads_as, ANALYSIS)
        conversations = tuple(c for c in there if c.id in readings)
        sides = sides_of(conversations, readings)
        return WasRead(conversations, readings, contributions(work, key, conversations, readings, sides))


def known_of(
    store: Store, engine: Engine, key: str, manager: str
) -> tuple[tuple[Conversation, ...], dict[str, Reading]]:
    """A manager's conversations, and what this engine itself has read in them."""
    with store.work(analysis_of(key, manager)) as work:
        found = work.conversations.about_manager(key, manager, ANALYSIS)
        kept = work.statements.of_all([c.id for c in found], engine.reads_as, ANALYSIS)
    return found, {id_: reading for id_, reading in kept.items() if reading.stand_in is None}


def _read_at_once(engine: Engine, conversations: list[Conversation]) -> dict[str, Reading]:
    """Readings by conversation (id), as many at the same time as the engine takes. No thread touches the store."""
    with ThreadPoolExecutor(engine.reads_at_once, "reading") as readers:
        read = readers.map(engine.read, conversations)
        return {c.id: reading for c, reading in zip(conversations, read, strict=True)}
