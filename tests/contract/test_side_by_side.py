"""What goes beside what on a PostgreSQL server, and what waits."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest

from assistant.domain.access import person
from assistant.domain.conversation import Conversation, ConversationState, Message
from assistant.domain.errors import Busy
from assistant.domain.jobs import Job, JobKind
from assistant.domain.privacy import Handling
from assistant.domain.words import ConversationKind, Speaker
from assistant.interview.privacy import statement
from assistant.loop.conversations import say, turn_of
from assistant.loop.jobs import perform
from assistant.loop.reading import analysis_of
from assistant.stores.sql.store import SqlStore
from tests.fakes.installation import ServerInstallation
from tests.fakes.workers import ROUND, fill, means

MIA, LI = person("mia@acme.example"), person("li@acme.example")
TOLD = statement(ConversationKind.REFLECTION, 4, Handling(90, None, None, True))


@pytest.fixture
def kind() -> str:
    return "postgresql"


@pytest.fixture
def other(store: SqlStore, installation: ServerInstallation) -> Iterator[SqlStore]:  # noqa: ARG001 - opened before
    """The store as another process has it, which does not wait long."""
    opened = installation.open(patience=0.2)
    yield opened
    opened.close()


@pytest.fixture
def talks(store: SqlStore, keep: Callable[..., Conversation]) -> None:
    """Mia and Li each have a draft in which the assistant has asked."""
    for viewer, id_ in ((MIA, "m"), (LI, "l")):
        keep(id_, author=viewer.email, state=ConversationState.DRAFT)
        with store.work() as work:
            work.conversations.append(id_, 2, Message(Speaker.ASSISTANT, "And then?"), viewer)


def test_transactions_about_different_things_go_beside_each_other(store: SqlStore, other: SqlStore) -> None:
    """Those about the same one wait, those that are alone wait for all, and whoever waits too long is told so."""
    with store.work("a"):
        with other.work("b") as work:
            assert work.people.find(MIA.email) is None
        for about in ((), ("a",), ("b", "a")):
            with pytest.raises(Busy), other.work(*about):
                pass
    with store.work(), pytest.raises(Busy), other.work("b"):
        pass
    with other.work("a"):
        pass


@pytest.mark.usefixtures("talks")
def test_turns_of_two_conversations_go_beside_each_other(store: SqlStore, other: SqlStore) -> None:
    """Also where both are told the same before; a second message in the same one waits for the first."""
    with store.work(turn_of("m")) as work:
        work.conversations.append("m", 3, Message(Speaker.USER, "I listened."), MIA)
        say(other, LI, "l", 3, "I asked her twice.", TOLD)
        with pytest.raises(Busy):
            say(other, MIA, "m", 4, "I listened again.")
    with other.work() as work:
        assert [len(work.conversations.get(id_, who).messages) for id_, who in (("m", MIA), ("l", LI))] == [4, 4]


@pytest.mark.usefixtures("talks")
def test_a_turn_goes_beside_an_analysis_and_waits_for_a_round_that_closes(store: SqlStore, other: SqlStore) -> None:
    """Who closes a round is alone, so that nothing comes into it that is not there when it is closed."""
    with store.work(analysis_of("2026-Q4", LI.email)):
        say(other, MIA, "m", 3, "I listened.")
    with store.work() as work:
        work.rounds.close("2026-Q4", work.rounds.get("2026-Q4").opened_at)
        with pytest.raises(Busy):
            say(other, LI, "l", 3, "I asked.")


def test_a_report_is_made_beside_that_of_another_manager(store: SqlStore, other: SqlStore) -> None:
    """From the first look to the last; that of the same manager waits."""
    one, another = fill(store, 2)
    held = means(other)
    with store.work(analysis_of(ROUND, one)):
        with pytest.raises(Busy):
            perform(Job(JobKind.ANALYSIS, ROUND, one), held)
        perform(Job(JobKind.ANALYSIS, ROUND, another), held)
    with store.work() as work:
        assert work.reports.made(ROUND) == {another}
