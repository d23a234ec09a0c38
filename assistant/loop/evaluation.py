"""Running an engine on a scenario through the whole loop, and counting what comes out."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from assistant.domain.access import ANALYSIS, OPERATOR
from assistant.domain.knowledge import Knowledge
from assistant.domain.rounds import DEFAULT_FLOOR
from assistant.evaluation.counting import Counts, count
from assistant.evaluation.safety import leaks, ungrounded
from assistant.evaluation.scenario import Scenario
from assistant.loop.analysis import analyse
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
