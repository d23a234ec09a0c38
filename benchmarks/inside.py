"""What can only be timed inside one process: prints a JSON object. Started by ``run.py`` with VALUE_LOOP_HOME set."""

from __future__ import annotations

import json
import statistics
import time
from collections.abc import Callable
from typing import Any

from made_up import MANAGER, ROUND

from assistant.bootstrap import Parts
from assistant.domain.access import ANALYSIS, person
from assistant.domain.words import ConversationKind
from assistant.loop.analysis import analyse
from assistant.loop.conversations import answer, begin, say
from assistant.settings import Settings

PRAISE = "She gives me credit for my ideas in front of the directors, and last week she did so again."


def seconds(work: Callable[[], Any]) -> float:
    """How long a piece of work takes."""
    started = time.perf_counter()
    work()
    return time.perf_counter() - started


def analysis(parts: Parts) -> dict[str, float]:
    """One team's analysis against encoding the same statements bare, the engine loaded and the store open already."""
    parts.engine.vectors(["A sentence to warm up."])
    store = parts.store
    total = seconds(lambda: analyse(store, parts.engine, parts.knowledge, ROUND))
    with parts.store.work() as work:
        conversations = work.conversations.about_manager(ROUND, MANAGER, ANALYSIS)
        readings = [work.statements.of(c.id, parts.engine.reads_as, ANALYSIS) for c in conversations]
    texts = [statement.text for reading in readings if reading for statement in reading.statements]
    bare = statistics.median(_bare(parts, [text + " " * n for text in texts]) for n in range(1, 6))
    return {"total": total, "statements": len(texts), "bare": bare}


def _bare(parts: Parts, texts: list[str]) -> float:
    """Seconds of encoding texts that the engine has not seen: it remembers what it saw, and spaces make no token."""
    return seconds(lambda: parts.engine.vectors(texts))


def first_reply(parts: Parts) -> float:
    """From what somebody wrote being kept to the first piece of the answer; the median of three people."""
    taken = []
    for n in (1, 2, 3):
        viewer = person(f"m{n}@acme.example")
        asked = ("feedback-chat", ConversationKind.FEEDBACK, MANAGER, f"chat{n}", parts.now())
        held = begin(parts.store, parts.engine, viewer, *asked)
        say(parts.store, viewer, held.id, len(held.messages), PRAISE)
        pieces = answer(parts.store, parts.engine, viewer, held.id)
        taken.append(seconds(pieces.__next__))
    return statistics.median(taken)


def main() -> None:
    """Measure and print."""
    parts = Parts(Settings())
    loading = seconds(lambda: parts.engine)
    print(json.dumps({"loading": loading, "analysis": analysis(parts), "first_reply": first_reply(parts)}))


if __name__ == "__main__":
    main()
