"""Topics and what authors have settled: a statement is never laid beside something that its author says it is not."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from assistant.domain.statements import Statement, Topic


def with_settled(topics: Sequence[Topic], statements: Sequence[Statement]) -> tuple[Topic, ...]:
    """The topics, with each settled statement in one of its own behaviour.

    A settled statement of another behaviour leaves its topic for the largest one of its behaviour, or a new one with
    all that are like it.
    """
    settled = {s.id: s for s in statements if s.is_settled}
    stay: list[Topic] = []
    moving: list[str] = []
    for topic in topics:
        gone = [id_ for id_ in topic.statements if id_ in settled and settled[id_].behaviour != topic.behaviour]
        moving += gone
        left = tuple(id_ for id_ in topic.statements if id_ not in gone)
        if left:
            stay.append(replace(topic, statements=left))
    for id_ in moving:
        _put(stay, settled[id_])
    return tuple(replace(topic, id=f"t{n}") for n, topic in enumerate(stay, 1))


def _put(topics: list[Topic], statement: Statement) -> None:
    own = [n for n, topic in enumerate(topics) if topic.behaviour == statement.behaviour]
    if not own:
        topics.append(Topic("", statement.behaviour, statement.fundamental, (statement.id,)))
        return
    largest = max(own, key=lambda n: len(topics[n].statements))
    topics[largest] = replace(topics[largest], statements=(*topics[largest].statements, statement.id))
