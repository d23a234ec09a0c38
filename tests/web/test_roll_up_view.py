"""What all teams below a leader say together, as it stands on a page."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from assistant.domain.access import person
from assistant.domain.conversation import Conversation, Message
from assistant.domain.organisation import Person
from assistant.domain.words import ConversationKind, Role, Speaker
from assistant.loop.analysis import analyse
from assistant.loop.conversations import import_conversations
from assistant.loop.organisation import import_people
from assistant.loop.rounds import close_round, open_round
from assistant.stores.sql.store import SqlStore
from assistant.web.roll_up_view import roll_up_view
from tests.fakes.plain_engine import PlainEngine
from tests.fakes.reports import BEHAVIOURS, a_knowledge

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)
TOP, MIA = "top@acme.example", "mia@acme.example"
TITLE = "What all teams below you say together"


@pytest.fixture
def store(tmp_path: Path) -> Iterator[SqlStore]:
    """Toni leads Mia, whose five people value goals."""
    opened = SqlStore.open(tmp_path)
    team = [f"m{n}@acme.example" for n in range(5)]
    leaders = [Person(TOP, "Toni <Top>", None, role=Role.LEADER), Person(MIA, "Mia", TOP)]
    import_people(opened, [*leaders, *(Person(email, "Kim Kite", MIA) for email in team)])
    open_round(opened, "2026-Q4", NOON)
    words, kind = (Message(Speaker.USER, "goals+"),), ConversationKind.FEEDBACK
    import_conversations(opened, tuple(Conversation(e, "2026-Q4", kind, e, MIA, words) for e in team))
    close_round(opened, "2026-Q4", NOON)
    yield opened
    opened.close()


def seen(store: SqlStore, viewer: str) -> str:
    """What somebody sees of Toni's roll-up."""
    return roll_up_view(store, person(viewer), TOP, "2026-Q4", NOON, BEHAVIOURS, TITLE)


def test_a_leader_sees_numbers_of_people_by_what_managers_do(store) -> None:
    """The fundamental in bold, its behaviour below it, and no empty line, which would end the HTML on the page."""
    analyse(store, PlainEngine(), a_knowledge(), "2026-Q4")
    shown = seen(store, TOP)
    assert "at least 5 in all, over all teams below you" in shown
    assert "<b>Creating clarity</b></th><td>5</td>" in shown
    assert "agreeing on goals</th><td>5</td>" in shown
    assert all(line.strip() for line in shown.strip().splitlines())
    assert "below Toni &lt;Top&gt;" in seen(store, MIA)


def test_nothing_is_shown_to_others_or_before_it_can_be_made(store) -> None:
    """A member of a team sees no place where it could be, and neither does the leader before the analysis."""
    assert seen(store, TOP) == ""
    analyse(store, PlainEngine(), a_knowledge(), "2026-Q4")
    assert seen(store, "m1@acme.example") == ""
