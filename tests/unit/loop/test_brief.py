"""Reading a leader's brief: who may, of which round, and what is written down about it."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from assistant.domain.access import OPERATOR, person
from assistant.domain.brief import Topic
from assistant.domain.errors import Refused, Unknown
from assistant.domain.notices import Channel, NoticeKind
from assistant.domain.organisation import Person
from assistant.domain.reading_log import Looked, Outcome
from assistant.domain.words import Role
from assistant.loop.announcing import Announcer
from assistant.loop.brief import read_brief
from assistant.loop.organisation import import_people
from assistant.loop.rounds import close_round, open_round
from assistant.stores.sql.store import SqlStore
from tests.fakes.reports import BEHAVIOURS, a_finding, a_report, a_suppressed_report

NOW = datetime(2026, 11, 2, 9, 0, tzinfo=UTC)
ADA, MIA, LEO, TOM = "ada@acme.example", "mia@acme.example", "leo@acme.example", "tom@acme.example"


@pytest.fixture
def store(tmp_path: Path) -> SqlStore:
    """Ada leads Mia and Leo; Tom leads nobody; two rounds are closed, and Leo's team was small in the last."""
    store = SqlStore.open(tmp_path)
    leaders = [Person(ADA, "Ada Byron", None, role=Role.LEADER), Person(TOM, "Tom Ford", None, role=Role.LEADER)]
    managers = [Person(email, email.split("@")[0].title(), ADA) for email in (MIA, LEO)]
    import_people(store, [*leaders, *managers, *(Person(f"of.{one.email}", "Li Wei", one.email) for one in managers)])
    for key, reports in (
        ("2026-Q3", (a_report(MIA, round_key="2026-Q3"), a_report(LEO, round_key="2026-Q3"))),
        ("2026-Q4", (a_report(MIA, a_finding()), a_suppressed_report(LEO))),
    ):
        open_round(store, key, NOW - timedelta(days=9))
        with store.work() as work:
            for report in reports:
                work.reports.save(report)
        close_round(store, key, NOW - timedelta(days=1))
    return store


def looks(store: SqlStore) -> list[tuple[object, ...]]:
    """The reader log, the newest last."""
    with store.work() as work:
        entries = [link.entry for link in work.reader_log.chain()]
    return [(one.reader, one.looked, one.round_key, one.about, one.outcome) for one in entries]


def test_a_leader_reads_the_brief_of_the_last_round_and_it_is_written_down(store: SqlStore) -> None:
    """Held against the round before; of each round, whose reports it was made of, and whose stay below the floor."""
    made = read_brief(store, person(ADA), ADA, None, NOW, BEHAVIOURS)
    assert (made.round_key, made.before, made.managers, made.below) == ("2026-Q4", "2026-Q3", (MIA,), 1)
    (growing,) = (part for part in made.parts if part.topic is Topic.GROWING)
    assert "Mia" in growing.sentences[0].text
    assert looks(store) == [
        (ADA, Looked.BRIEF, "2026-Q3", (LEO, MIA), Outcome.SHOWN),
        (ADA, Looked.BRIEF, "2026-Q4", (MIA,), Outcome.SHOWN),
        (ADA, Looked.BRIEF, "2026-Q4", (LEO,), Outcome.SUPPRESSED),
    ]


def test_the_operator_reads_any_leaders_brief_of_any_round(store: SqlStore) -> None:
    """The first round has nothing to be held against."""
    assert read_brief(store, OPERATOR, ADA, "2026-Q3", NOW, BEHAVIOURS).before is None
    with pytest.raises(Unknown):
        read_brief(store, OPERATOR, ADA, "2031-Q1", NOW, BEHAVIOURS)


@pytest.mark.parametrize(("viewer", "leader"), [(MIA, MIA), (TOM, ADA), (MIA, ADA)])
def test_nobody_else_reads_it_and_the_attempt_is_written_down(store: SqlStore, viewer: str, leader: str) -> None:
    """Neither a manager, nor another leader."""
    with pytest.raises(Refused):
        read_brief(store, person(viewer), leader, "2026-Q4", NOW, BEHAVIOURS)
    assert looks(store) == [(viewer, Looked.BRIEF, "2026-Q4", (), Outcome.REFUSED)]


def test_leaders_with_managers_below_them_are_told_once_that_their_brief_is_ready(store: SqlStore) -> None:
    """When all reports of a closed round are made, by mail; again making them tells nobody again."""
    announcer = Announcer(frozenset({Channel.MAIL}), now=lambda: NOW)
    with store.work() as work:
        for _ in range(2):
            announcer.reports_made(work, work.rounds.get("2026-Q4"))
        told = work.outbox.due(Channel.MAIL, NOW)
    assert [(notice.kind, notice.person) for notice in told] == [(NoticeKind.BRIEF_READY, ADA)]
