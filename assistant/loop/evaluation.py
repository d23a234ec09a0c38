"""Running an engine on scenarios through the whole loop, and counting what comes out."""

from __future__ import annotations

import traceback
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from assistant.domain.access import ANALYSIS, OPERATOR
from assistant.domain.errors import ValueLoopError
from assistant.domain.knowledge import Knowledge
from assistant.domain.rounds import DEFAULT_FLOOR
from assistant.evaluation.counting import Counts, count
from assistant.evaluation.safety import leaks, ungrounded
from assistant.evaluation.scenario import Scenario
from assistant.loop.analysis import Progress, analyse
from assistant.loop.conversations import import_conversations
from assistant.loop.organisation import import_people
from assistant.loop.reports import read_report
from assistant.loop.rounds import close_round, open_round
from assistant.loop.scenario_files import ROUND
from assistant.ports.engine import Engine
from assistant.ports.store import Store


@dataclass(frozen=True, slots=True)
class Failed:
    """A scenario that did not run to its end, and why, without anybody's words."""

    scenario: str
    why: str


@dataclass(frozen=True, slots=True)
class Evaluated:
    """What an engine (its name) made of scenarios: counts of those that ran to their end, and those that did not."""

    engine: str
    counts: tuple[Counts, ...]
    failed: tuple[Failed, ...]


def evaluate(
    scenarios: Sequence[Scenario],
    engine: Engine,
    knowledge: Knowledge,
    new_store: Callable[[], AbstractContextManager[Store]],
    now: datetime,
    progress: Progress = lambda _done, _of: None,
) -> Evaluated:
    """Run every scenario on a store of its own; one that fails is named, and costs the others nothing.

    ``progress`` is told how many are done, and of how many.
    """
    counts: list[Counts] = []
    failed: list[Failed] = []
    progress(0, len(scenarios))
    for done, scenario in enumerate(scenarios, 1):
        try:
            with new_store() as store:
                counts.append(run(scenario, store, engine, knowledge, now))
        except ValueLoopError as error:
            failed.append(Failed(scenario.name, str(error)))
        except Exception as error:  # noqa: BLE001 -- our own mistakes are named, too, and the other figures are kept
            failed.append(Failed(scenario.name, _mistake(error)))
        progress(done, len(scenarios))
    return Evaluated(engine.name, tuple(counts), tuple(failed))


def run(scenario: Scenario, store: Store, engine: Engine, knowledge: Knowledge, now: datetime) -> Counts:
    """Hold the round of one scenario in an empty store: import, close, analyse, report, count."""
    import_people(store, scenario.people)
    open_round(store, ROUND, now)
    import_conversations(store, scenario.conversations)
    close_round(store, ROUND, now)
    analyse(store, engine, knowledge, ROUND)
    report = read_report(store, OPERATOR, scenario.manager.email, ROUND, now)
    found = count(scenario.marked, report, DEFAULT_FLOOR)
    readings, stand_ins = _readings(store, engine, scenario.manager.email)
    return found.and_also(
        leaks=leaks(report, scenario),
        ungrounded_suggestions=ungrounded(report),
        readings=readings,
        stand_ins=stand_ins,
    )


def _readings(store: Store, engine: Engine, manager: str) -> tuple[int, int]:
    """How many conversations were read, and how many of them by another engine that stood in."""
    with store.work() as work:
        found = [
            work.statements.of(conversation.id, engine.reads_as, ANALYSIS)
            for conversation in work.conversations.about_manager(ROUND, manager, ANALYSIS)
        ]
    return len(found), sum(reading is not None and reading.stand_in is not None for reading in found)


def _mistake(error: Exception) -> str:
    """Kind and place of a mistake of ours; its message may hold somebody's words."""
    last = traceback.extract_tb(error.__traceback__)[-1]
    return f"{type(error).__name__} at {Path(last.filename).name}:{last.lineno}, which is a mistake of ours."
