"""What all teams below a leader say together: for whom, made of what, and that it stays."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from assistant.domain.access import ANALYSIS, OPERATOR, person
from assistant.domain.conversation import Conversation, Message
from assistant.domain.errors import Refused, Unknown
from assistant.domain.organisation import Person
from assistant.domain.reading_log import Looked
from assistant.domain.words import ConversationKind, Role, Speaker
from assistant.loop.analysis import analyse
from assistant.loop.conversations import import_conversations
from assistant.loop.organisation import import_people
from assistant.loop.own_data import erase
from assistant.loop.reports import read_report
from assistant.loop.roll_ups import read_roll_up
from assistant.loop.rounds import close_round, open_round
from assistant.stores.sql.store import SqlStore
from tests.fakes.plain_engine import PlainEngine
from tests.fakes.reports import a_knowledge

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)
ROUND = "2026-Q4"
TOP, MIA, LEO = "top@acme.example", "mia@acme.example", "leo@acme.example"


@pytest.fixture
def store(tmp_path: Path) -> Iterator[SqlStore]:
    """Toni leads Mia with five who value goals, and Leo with two; all have answered, and the round is open."""
    opened = SqlStore.open(tmp_path)
    team = {f"m{n}@acme.example": MIA for n in range(5)} | {f"l{n}@acme.example": LEO for n in range(2)}
    leaders = [Person(TOP, "Toni Top", None, role=Role.LEADER), Person(MIA, "Mia", TOP), Person(LEO, "Leo", TOP)]
    import_people(opened, [*leaders, *(Person(email, "Kim Kite", manager) for email, manager in team.items())])
    open_round(opened, ROUND, NOON)
    words = (Message(Speaker.USER, "goals+"),)
    kind = ConversationKind.FEEDBACK
    import_conversations(opened, tuple(Conversation(e, ROUND, kind, e, about, words) for e, about in team.items()))
    yield opened
    opened.close()


def analysed(store: SqlStore, manager: str | None = None) -> None:
    """Make the reports."""
    analyse(store, PlainEngine(), a_knowledge(), ROUND, manager)


def test_a_leader_reads_it_and_the_log_knows(store) -> None:
    """Five of Mia's team count; Leo's two are too few to be added."""
    close_round(store, ROUND, NOON)
    analysed(store)
    made = read_roll_up(store, person(TOP), TOP, None, NOON)
    assert (made.leader, made.respondents) == (TOP, 5)
    assert {number for _, number in made.counts} == {5}
    with store.work() as work:
        (entry,) = work.reader_log.entries()
    assert (entry.reader, entry.looked, entry.round_key, entry.about) == (TOP, Looked.ROLL_UP, ROUND, (TOP,))


def test_a_manager_whose_team_is_too_small_reads_that_of_their_leader(store) -> None:
    """It is the same for Leo as for Toni, and for nobody of the teams."""
    close_round(store, ROUND, NOON)
    analysed(store)
    assert read_roll_up(store, person(LEO), TOP, ROUND, NOON) == read_roll_up(store, OPERATOR, TOP, ROUND, NOON)
    for viewer in (person("m1@acme.example"), ANALYSIS):
        with pytest.raises(Refused, match="for the managers who report to them"):
            read_roll_up(store, viewer, TOP, ROUND, NOON)


def test_there_is_none_of_an_open_round_or_before_all_reports_are_made(store) -> None:
    """Each is said as what it is."""
    with pytest.raises(Refused, match="still open"):
        read_roll_up(store, OPERATOR, TOP, ROUND, NOON)
    close_round(store, ROUND, NOON)
    analysed(store, MIA)
    with pytest.raises(Unknown, match="2 of the reports"):
        read_roll_up(store, OPERATOR, TOP, ROUND, NOON)
    analysed(store)
    with pytest.raises(Unknown, match="nobody below"):
        read_roll_up(store, OPERATOR, MIA, ROUND, NOON)


def test_it_stays_as_it_was_first_shown(store) -> None:
    """Somebody is erased, and the round analysed again: the roll-up and the report of the team are as before."""
    close_round(store, ROUND, NOON)
    analysed(store)
    before = read_roll_up(store, person(TOP), TOP, ROUND, NOON)
    erase(store, "m0@acme.example")
    analysed(store)
    assert read_roll_up(store, person(TOP), TOP, ROUND, NOON) == before
    assert read_report(store, OPERATOR, MIA, ROUND, NOON).respondents == 5


def test_an_erasure_takes_away_reports_that_nobody_has_seen(store) -> None:
    """Nobody needs to wait for the next analysis; a report that was seen stays until then."""
    close_round(store, ROUND, NOON)
    analysed(store)
    read_report(store, OPERATOR, LEO, ROUND, NOON)
    erase(store, "m0@acme.example")
    erase(store, "l0@acme.example")
    with pytest.raises(Unknown, match="no report"):
        read_report(store, OPERATOR, MIA, ROUND, NOON)
    assert read_report(store, OPERATOR, LEO, ROUND, NOON).suppressed
    analysed(store)
    assert read_report(store, OPERATOR, MIA, ROUND, NOON).respondents == 4
