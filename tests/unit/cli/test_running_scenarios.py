"""Rounds of scenarios held from start to end, and one that fails among them."""

import re
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import pytest

from assistant.cli.evaluating import run_all
from assistant.domain.conversation import Conversation
from assistant.domain.errors import Busy
from assistant.domain.statements import Reading
from assistant.engines.embedded.engine import EmbeddedEngine
from assistant.evaluation.counting import figures, total_of
from assistant.loop.scenario_files import read_folder
from assistant.stores.knowledge_files import load_knowledge
from assistant.stores.sql.store import SqlStore

REPOSITORY = Path(__file__).parents[3]
NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)
SCENARIOS = read_folder(REPOSITORY / "tests" / "scenarios")
SAID = "something in confidence"


class Failing(EmbeddedEngine):
    """The real engine, which fails with ``error`` over the conversations of one scenario."""

    error: Exception

    def read(self, conversation: Conversation) -> Reading:
        """Read like the real one, or fail."""
        if "lighthouse" in conversation.author:
            raise self.error
        return super().read(conversation)


@pytest.fixture(scope="module")
def knowledge():
    return load_knowledge(REPOSITORY / "knowledge")


@pytest.fixture
def new_store(tmp_path: Path):
    """Makes a store in a folder of its own."""
    made: list[Path] = []

    @contextmanager
    def make():
        made.append(tmp_path / str(len(made)))
        store = SqlStore.open(made[-1])
        yield store
        store.close()

    return make


def test_rounds_are_held_from_start_to_end(knowledge, new_store):
    """Each in a store of its own, with reports that give nobody away."""
    told = []
    done = run_all(
        SCENARIOS, EmbeddedEngine.load(knowledge), knowledge, new_store, NOON, lambda n, of: told.append((n, of))
    )
    assert (done.failed, told) == ((), [(0, 3), (1, 3), (2, 3), (3, 3)])
    n = total_of(done.counts).n
    assert (n["suppression_errors"], n["leaks"], n["ungrounded_suggestions"], n["stand_ins"]) == (0, 0, 0, 0)
    assert n["readings"] == sum(len(scenario.conversations) for scenario in SCENARIOS)
    assert n["claim_want"] == 6
    assert figures(done.counts)["claim_recall"] > 0.5


@pytest.mark.parametrize(
    ("error", "why"),
    [(KeyError(SAID), r"KeyError at test_running_scenarios\.py:\d+"), (Busy("It is in use."), "It is in use")],
)
def test_a_scenario_that_fails_is_named_and_the_others_count(knowledge, new_store, error, why):
    """Without anybody's words."""
    engine = Failing.load(knowledge)
    engine.error = error
    done = run_all(SCENARIOS, engine, knowledge, new_store, NOON, lambda _done, _of: None)
    (failed,) = done.failed
    assert failed.scenario == "lighthouse"
    assert re.match(why, failed.why)
    assert SAID not in failed.why
    assert len(done.counts) == 2
