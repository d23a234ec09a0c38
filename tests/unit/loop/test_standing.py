"""From a message that was kept to its answer without a second look at what is kept."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from assistant.domain.access import Viewer, person
from assistant.domain.errors import Refused, Unknown
from assistant.domain.organisation import Person
from assistant.domain.words import ConversationKind, Speaker
from assistant.engines.embedded.engine import EmbeddedEngine
from assistant.loop.conversations import answer, begin, reply, say
from assistant.loop.organisation import import_people
from assistant.loop.rounds import close_round, open_round
from assistant.loop.standing import Standing, standing_of
from assistant.stores.knowledge_files import load_knowledge
from assistant.stores.sql.store import SqlStore, SqlWork

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)
ROUND, LI, MIA = "2026-Q4", person("li@acme.example"), person("mia@acme.example")
FIRST = "She took time to show me how the new machine works, step by step."
SECOND = "Last week she did so again, in the hall."


class Counted(SqlStore):
    """The real store, which counts the transactions that are begun."""

    begun = 0

    @contextmanager
    def work(self, *about: str) -> Iterator[SqlWork]:
        """Like the real one."""
        self.begun += 1
        with super().work(*about) as work:
            yield work


@pytest.fixture(scope="module")
def engine() -> EmbeddedEngine:
    return EmbeddedEngine.load(load_knowledge(Path(__file__).parents[3] / "knowledge"))


@pytest.fixture
def store(tmp_path: Path, engine: EmbeddedEngine) -> Iterator[Counted]:
    """Li has begun feedback about Mia (``d``), and Mia a reflection on Li (``r``)."""
    opened = Counted.open(tmp_path)
    assert isinstance(opened, Counted)
    import_people(opened, [Person(MIA.email, "Mia Maker", None), Person(LI.email, "Li Wei", MIA.email)])
    open_round(opened, ROUND, NOON)
    begin(opened, engine, LI, ROUND, ConversationKind.FEEDBACK, MIA.email, "d", NOON)
    begin(opened, engine, MIA, ROUND, ConversationKind.REFLECTION, LI.email, "r", NOON)
    yield opened
    opened.close()


def kept(store: SqlStore, conversation: str, viewer: Viewer) -> Standing:
    """Where a conversation stands in the store."""
    with store.work() as work:
        return standing_of(work, conversation, viewer)


@pytest.mark.parametrize(("conversation", "viewer"), [("d", LI), ("r", MIA)])
def test_what_was_said_is_told_as_it_is_kept(store: Counted, engine: Any, conversation: str, viewer: Viewer) -> None:
    """At the first message and at a later one, so that an answer to either is the same."""
    for position, words in ((1, FIRST), (3, SECOND)):
        standing = say(store, viewer, conversation, position, words)
        assert standing == kept(store, conversation, viewer)
        assert standing.waits_for_an_answer
        assert (
            "".join(reply(store, engine, viewer, standing))
            == kept(store, conversation, viewer).held.messages[-1].content
        )
        assert not kept(store, conversation, viewer).waits_for_an_answer


def test_whoever_waits_for_first_words_waits_for_one_transaction(store: Counted, engine: Any) -> None:
    """That which keeps what they wrote reads all that the answer needs; the answer is kept in another, afterwards."""
    before = store.begun
    words = reply(store, engine, LI, say(store, LI, "d", 1, FIRST))
    assert next(words)
    assert store.begun - before == 1
    assert list(words) or kept(store, "d", LI).held.messages[-1].role is Speaker.ASSISTANT


def test_an_answer_is_not_kept_where_another_window_was_quicker(store: Counted, engine: Any) -> None:
    """What was read before is out of date then; whoever is late is told, and nothing is kept twice."""
    standing = say(store, LI, "d", 1, FIRST)
    asked = "".join(answer(store, engine, LI, "d"))
    with pytest.raises(Refused, match="another window"):
        list(reply(store, engine, LI, standing))
    say(store, LI, "d", 3, SECOND)
    with pytest.raises(Refused, match="another window"):
        list(reply(store, engine, LI, standing))
    assert [m.content for m in kept(store, "d", LI).held.messages[1:]] == [FIRST, asked, SECOND]


def test_what_could_not_be_kept_is_not_answered(store: Counted, engine: Any) -> None:
    """A round that closed while somebody wrote gives nothing to answer to, and what was there stays."""
    before = kept(store, "d", LI)
    close_round(store, ROUND, NOON)
    with pytest.raises(Refused, match="closed"):
        say(store, LI, "d", 1, FIRST)
    assert kept(store, "d", LI).held == before.held
    assert list(reply(store, engine, LI, before)) == []


def test_where_a_conversation_stands_is_for_its_author_alone(store: Counted) -> None:
    """Whoever may not see it does not learn that it is there."""
    with store.work() as work, pytest.raises(Unknown):
        standing_of(work, "d", MIA)
