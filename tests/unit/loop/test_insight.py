"""A leader's overview: for whom, made of what, over which rounds, and that each look is noted."""

import csv
import io
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from assistant.domain.access import ANALYSIS, OPERATOR, person
from assistant.domain.conversation import Conversation, Message
from assistant.domain.errors import Refused, Unknown
from assistant.domain.insight import Standing
from assistant.domain.organisation import Person
from assistant.domain.reading_log import Looked, Outcome
from assistant.domain.words import ConversationKind, Role, Speaker
from assistant.loop.analysis import analyse
from assistant.loop.conversations import import_conversations
from assistant.loop.formats.insight_rows import as_csv, as_csv_file, as_json, rows
from assistant.loop.insight import Wanted, read_insight
from assistant.loop.organisation import import_people
from assistant.loop.reports import is_shared, read_report, share_report
from assistant.loop.rounds import close_round, open_round
from assistant.stores.sql.store import SqlStore
from tests.fakes.plain_engine import PlainEngine
from tests.fakes.reports import BEHAVIOURS, a_knowledge

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)
FIRST, SECOND = "2026-Q3", "2026-Q4"
TOP, MIA, LEO, LI = "top@acme.example", "mia@acme.example", "leo@acme.example", "li@acme.example"
ALL = Wanted()


@pytest.fixture
def store(tmp_path: Path) -> Iterator[SqlStore]:
    """Toni leads Mia, with five people and Li, who leads four; and Leo, who leads two. Nobody has answered yet."""
    opened = SqlStore.open(tmp_path)
    team = {f"m{n}@acme.example": MIA for n in range(5)} | {f"l{n}@acme.example": LEO for n in range(2)}
    team |= {f"i{n}@acme.example": LI for n in range(4)}
    leaders = [
        Person(TOP, "Toni Top", None, role=Role.LEADER),
        Person(MIA, "=Mia", TOP),
        Person(LEO, "Leo", TOP, role=Role.LEADER),
        Person(LI, "Li", MIA),
    ]
    import_people(opened, [*leaders, *(Person(email, "Kim Kite", manager) for email, manager in team.items())])
    yield opened
    opened.close()


def hold(store: SqlStore, key: str, at: datetime, leos: str = "goals+", analysed: bool = True) -> None:
    """A round in which everybody answers, closed and analysed."""
    open_round(store, key, at)
    with store.work() as work:
        people = work.people.organisation().people.values()
    kind = ConversationKind.FEEDBACK
    said = {LEO: leos, MIA: "goals+ listening-", LI: "goals- *fear"}
    import_conversations(
        store,
        tuple(
            Conversation(f"{key} {p.email}", key, kind, p.email, p.manager_email, (Message(Speaker.USER, text),))
            for p in people
            if p.manager_email and (text := said.get(p.manager_email))
        ),
    )
    close_round(store, key, at + timedelta(days=1))
    if analysed:
        analyse(store, PlainEngine(), a_knowledge(), key)


@pytest.fixture
def held(store: SqlStore) -> SqlStore:
    """Two rounds, the first a hundred days before the second."""
    hold(store, FIRST, NOON - timedelta(days=100))
    hold(store, SECOND, NOON)
    return store


def test_a_leader_sees_the_teams_below_in_the_order_of_the_line(held) -> None:
    """Leo's two are too few; nothing of theirs is in any figure."""
    view = read_insight(held, person(TOP), TOP, ALL, NOON)
    seen = view.insight
    assert (seen.round_key, seen.unit, view.rounds, view.above) == (SECOND, TOP, (SECOND, FIRST), ())
    assert [(row.manager, row.depth, row.standing) for row in seen.teams] == [
        (MIA, 0, Standing.SHOWN),
        (LI, 1, Standing.SHOWN),
        (LEO, 0, Standing.SUPPRESSED),
    ]
    assert (seen.participation.respondents, seen.participation.invited) == (10, 10)
    assert [(topic.behaviour, topic.missed) for topic in seen.missed] == [("goals", 1), ("listening", 1)]
    assert [(one.round_key, one.teams, one.same_teams) for one in seen.course] == [(FIRST, 2, 0), (SECOND, 2, 2)]
    assert seen.roll_up is not None


def test_what_a_small_team_says_changes_nothing_on_any_page(tmp_path) -> None:
    """All units and rounds, for everybody who may look, with two different answers of Leo's people."""

    def pages(folder: Path, leos: str) -> list[object]:
        store = SqlStore.open(folder)
        import_people(store, PEOPLE)
        hold(store, FIRST, NOON - timedelta(days=100), leos)
        hold(store, SECOND, NOON, leos)
        wanted = [Wanted(key, unit) for key in (FIRST, SECOND) for unit in (None, MIA, LEO, LI)]
        made = [as_json(read_insight(store, person(TOP), TOP, one, NOON), BEHAVIOURS) for one in wanted]
        store.close()
        return made

    assert pages(tmp_path / "a", "goals+") == pages(tmp_path / "b", "goals- *fear listening-")


PEOPLE = [
    Person(TOP, "Toni Top", None, role=Role.LEADER),
    Person(MIA, "Mia", TOP),
    Person(LEO, "Leo", TOP),
    Person(LI, "Li", MIA),
    *(Person(f"m{n}@acme.example", "Kim Kite", MIA) for n in range(5)),
    *(Person(f"l{n}@acme.example", "Kim Kite", LEO) for n in range(2)),
    *(Person(f"i{n}@acme.example", "Kim Kite", LI) for n in range(4)),
]


def test_a_unit_is_opened_further_down_the_line(held) -> None:
    """Mia's unit is her own team and Li's, with the roll-up below her; the way back stands above it."""
    view = read_insight(held, person(TOP), TOP, Wanted(FIRST, MIA.upper()), NOON)
    assert [row.manager for row in view.insight.teams] == [MIA, LI]
    assert (view.insight.round_key, view.insight.unit, view.above) == (FIRST, MIA, (TOP,))
    assert view.insight.roll_up is not None
    assert view.insight.roll_up.leader == MIA
    assert [place.manager for place in view.units] == [MIA]


def test_only_ones_own_downline_of_closed_rounds_can_be_opened(held) -> None:
    """Neither for another leader, nor a unit elsewhere, nor an open round; not by a manager, nor the analysis."""
    open_round(held, "2027-Q1", NOON + timedelta(days=90))
    for viewer, leader, wanted in (
        (person(LEO), TOP, ALL),
        (person(LEO), LEO, Wanted(unit=MIA)),
        (person(TOP), TOP, Wanted(unit="m1@acme.example")),
        (person(TOP), TOP, Wanted("2027-Q1")),
        (person(MIA), MIA, ALL),
        (ANALYSIS, TOP, ALL),
    ):
        with pytest.raises(Refused):
            read_insight(held, viewer, leader, wanted, NOON)
    with held.work() as work:
        entries = work.reader_log.entries()
    assert [(one.looked, one.outcome) for one in entries] == [(Looked.OVERVIEW, Outcome.REFUSED)] * 6


def test_what_is_not_there_is_said(store) -> None:
    """No round yet; one without reports; nobody of this name."""
    with pytest.raises(Unknown, match="no reports to look at yet"):
        read_insight(store, person(TOP), TOP, ALL, NOON)
    hold(store, FIRST, NOON, analysed=False)
    with pytest.raises(Unknown, match="Analyse the round first"):
        read_insight(store, person(TOP), TOP, Wanted(FIRST), NOON)
    with pytest.raises(Unknown, match="Nobody has the e-mail"):
        read_insight(store, person(TOP), TOP, Wanted(FIRST, "who@acme.example"), NOON)


def test_each_look_is_noted_with_all_whose_data_it_was_in_each_round(held) -> None:
    """A file taken away is told from a look at the page."""
    read_insight(held, OPERATOR, TOP, ALL, NOON, Looked.OVERVIEW_FILE)
    with held.work() as work:
        noted = {(one.looked, one.round_key, one.about, one.outcome) for one in work.reader_log.entries()}
    for key in (FIRST, SECOND):
        assert (Looked.OVERVIEW_FILE, key, (LI, MIA), Outcome.SHOWN) in noted
        assert (Looked.OVERVIEW_FILE, key, (LEO,), Outcome.SUPPRESSED) in noted


def test_all_that_was_read_counts_as_seen_and_nothing_else(held) -> None:
    """In the rounds before as well; of a unit only the teams in it."""
    read_insight(held, person(TOP), TOP, Wanted(SECOND, MIA), NOON)
    with held.work() as work:
        seen = {(key, m) for key in (FIRST, SECOND) for m in (MIA, LI, LEO) if work.publications.is_seen(key, m)}
    assert {(FIRST, MIA), (FIRST, LI), (SECOND, MIA), (SECOND, LI)} <= seen
    assert (FIRST, LEO) not in seen


def test_a_shared_report_stands_in_the_row_of_its_manager(held) -> None:
    """In the round that is shared alone; a report that shows nothing cannot be."""
    share_report(held, person(MIA), SECOND, True)
    with pytest.raises(Refused, match="nothing to share"):
        share_report(held, person(LEO), SECOND, True)
    with pytest.raises(Unknown):
        share_report(held, person("m1@acme.example"), SECOND, True)
    assert is_shared(held, person(MIA), SECOND)
    for key, sharing in ((SECOND, [MIA]), (FIRST, [])):
        seen = read_insight(held, person(TOP), TOP, Wanted(key), NOON).insight
        assert [row.manager for row in seen.teams if row.is_shared] == sharing
    assert read_report(held, person(TOP), MIA, SECOND, NOON).manager == MIA


def test_a_file_holds_a_line_for_each_figure_and_no_formula(held) -> None:
    """A name that a spreadsheet would carry out is shown as it is; a number below 0 stays a number."""
    view = read_insight(held, person(TOP), TOP, ALL, NOON)
    written = as_csv(view, BEHAVIOURS)
    assert as_csv_file(view, BEHAVIOURS).decode("utf-8-sig") == written
    lines = list(csv.DictReader(io.StringIO(written)))
    assert len(lines) == len(rows(view, BEHAVIOURS))
    assert {line["name"] for line in lines if line["whose"] == MIA} == {"'=Mia"}
    assert {line["name"] for line in as_json(view, BEHAVIOURS) if line["whose"] == MIA} == {"=Mia"}
    (score,) = [line for line in lines if (line["part"], line["figure"]) == ("trust", "score")]
    assert float(score["low"]) <= float(score["value"]) < 0
    assert [line["value"] for line in lines if line["whose"] == LEO] == ["Too few answers to show anything"]


def test_a_file_says_the_same_of_a_round_whatever_was_looked_at_before(held) -> None:
    """Two looks at the same reports are the same to the last digit, and a unit tells what all tells of its teams."""
    first = rows(read_insight(held, person(TOP), TOP, ALL, NOON), BEHAVIOURS)
    unit = rows(read_insight(held, person(TOP), TOP, Wanted(unit=MIA), NOON), BEHAVIOURS)
    assert rows(read_insight(held, person(TOP), TOP, ALL, NOON), BEHAVIOURS) == first
    of_li = [replace(row) for row in first if (row.part, row.whose) == ("teams", LI)]
    assert of_li == [row for row in unit if (row.part, row.whose) == ("teams", LI)]
