"""Reports: whole, one a manager and round, shown as the rules of access say, and followed by the index."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

import pytest

from assistant.domain.access import ANALYSIS, OPERATOR, person
from assistant.domain.errors import Refused, Unknown
from assistant.domain.indexing import Entry, Shelf
from assistant.domain.inquiry import ALL_EVIDENCE, FIGURES_ALONE, Evidence
from assistant.domain.organisation import Person
from assistant.domain.report import Climate, NamedStatement, Report, from_above
from assistant.domain.rounds import Round
from assistant.domain.words import ClimateLevel, FindingKind, Fundamental, Role, Stance
from assistant.stores.sql.store import SqlStore
from tests.fakes.installation import Installation

MIA = "mia@acme.example"
TOM = "tom@acme.example"
ANA = "ana@acme.example"

MakeReport = Callable[..., Report]


@pytest.fixture(autouse=True)
def _a_round_is_open(open_round: Round) -> None:
    """Reports belong to a round."""
    assert open_round.is_open


def test_a_report_comes_back_as_it_was_saved(store: SqlStore, report: MakeReport) -> None:
    """Every part, number and interval equals what went in."""
    with store.work() as work:
        work.reports.save(report())
    with store.work() as work:
        assert work.reports.get(MIA, "2026-Q4", OPERATOR) == report()


def test_a_suppressed_report_comes_back_as_it_was_saved(store: SqlStore, report: MakeReport) -> None:
    """Empty parts and missing numbers survive as such."""
    nothing = Climate(ClimateLevel.TOO_LITTLE_EVIDENCE, None, None, ())
    empty = replace(
        report(),
        respondents=None,
        suppressed=True,
        reason="Fewer than 4.",
        findings=(),
        suggestions=(),
        climate=nothing,
    )
    with store.work() as work:
        work.reports.save(empty)
        assert work.reports.get(MIA, "2026-Q4", OPERATOR) == empty


def test_the_latest_report_takes_the_place_of_the_one_before(store: SqlStore, report: MakeReport) -> None:
    """The index follows: findings that are gone are dropped, those that changed are put."""
    group = "2026-Q4/mia@acme.example"
    with store.work() as work:
        work.reports.save(report(findings=3))
        work.reports.save(report(findings=2, text="Changed"))
        assert work.reports.get(MIA, "2026-Q4", OPERATOR) == report(findings=2, text="Changed")
        told = {task.entry: task.text for task in work.index_queue.waiting(10, ANALYSIS)}
        assert told == {
            Entry(Shelf.FINDINGS, f"{group}/f1", group): "Changed 1",
            Entry(Shelf.FINDINGS, f"{group}/f2", group): "Changed 2",
            Entry(Shelf.FINDINGS, f"{group}/f3", group): None,
        }


def test_a_manager_reads_the_own_report_once_the_round_is_closed(
    store: SqlStore, report: MakeReport, now: datetime
) -> None:
    """While the round is open the manager is refused, like everybody else but the operator and the analysis."""
    with store.work() as work:
        work.reports.save(report())
        with pytest.raises(Refused):
            work.reports.get(MIA, "2026-Q4", person(MIA))
        work.rounds.close("2026-Q4", now)
        assert work.reports.get(MIA, "2026-Q4", person(MIA)) == report()
        for viewer in (person(TOM), person("")):
            with pytest.raises(Refused):
                work.reports.get(MIA, "2026-Q4", viewer)


def test_whether_there_is_a_report_is_told_only_to_who_may_read_it(store: SqlStore) -> None:
    """None for the operator, a refusal for a stranger, and Unknown for a round that is not there."""
    with store.work() as work:
        assert work.reports.get(MIA, "2026-Q4", OPERATOR) is None
        with pytest.raises(Refused):
            work.reports.get(MIA, "2026-Q4", person(TOM))
        with pytest.raises(Unknown):
            work.reports.get(MIA, "2031-Q1", OPERATOR)


def test_a_leader_gets_the_reports_below_them_without_claims(
    store: SqlStore, report: MakeReport, now: datetime
) -> None:
    """Only of managers in the own downline, by manager, and no manager's own words among them."""
    with store.work() as work:
        leader = Person(ANA, "Ana Abel", None, role=Role.LEADER)
        managers = [Person(email, "Kim Kite", ANA) for email in (TOM, MIA)]
        work.people.save([leader, *managers, *(Person(f"of.{p.email}", "Lee Low", p.email) for p in managers)])
        for manager in (TOM, MIA, ANA):
            work.reports.save(report(manager))
        below = (from_above(report(MIA)), from_above(report(TOM)))
        assert work.reports.below(ANA, "2026-Q4", OPERATOR) == below
        with pytest.raises(Refused):
            work.reports.below(ANA, "2026-Q4", person(ANA))
        work.rounds.close("2026-Q4", now)
        assert work.reports.below(ANA, "2026-Q4", person(ANA)) == below
        for viewer in (person(TOM), person(""), ANALYSIS):
            with pytest.raises(Refused):
                work.reports.below(ANA, "2026-Q4", viewer)


def test_a_shared_report_is_read_above_as_long_as_it_is_shared(
    store: SqlStore, report: MakeReport, now: datetime
) -> None:
    """With the manager's own words, without those said under names; made anew it stays shared, removed it does not."""
    signed = NamedStatement("n1", TOM, "You listen.", Fundamental.BUILDING_TRUST, "listening", Stance.VALUED)
    with store.work() as work:
        leader, manager = Person(ANA, "Ana Abel", None, role=Role.LEADER), Person(MIA, "Mia", ANA)
        work.people.save([leader, manager, Person(TOM, "Tom", MIA)])
        work.reports.save(replace(report(), named=(signed,)))
        with pytest.raises(Refused):
            work.reports.share(MIA, "2026-Q4", True, person(MIA))
        work.rounds.close("2026-Q4", now)
        for viewer in (person(ANA), OPERATOR):
            with pytest.raises(Refused):
                work.reports.share(MIA, "2026-Q4", True, viewer)
        work.reports.share(MIA, "2026-Q4", True, person(MIA))
        work.reports.share(MIA, "2026-Q4", True, person(MIA))
        assert work.reports.shared("2026-Q4", [MIA, TOM]) == {MIA}
        assert work.reports.get(MIA, "2026-Q4", person(ANA)) == report()
        with pytest.raises(Refused):
            work.reports.get(MIA, "2026-Q4", person(TOM))
        work.reports.save(report())
        assert work.reports.get(MIA, "2026-Q4", person(ANA)) == report()
        work.reports.share(MIA, "2026-Q4", False, person(MIA))
        with pytest.raises(Refused):
            work.reports.get(MIA, "2026-Q4", person(ANA))
        work.reports.share(MIA, "2026-Q4", True, person(MIA))
        work.reports.remove(MIA)
        assert work.reports.shared("2026-Q4", [MIA]) == frozenset()


def test_of_the_findings_those_alone_are_given_that_a_question_can_rest_on(
    store: SqlStore, report: MakeReport, now: datetime
) -> None:
    """By kind, fundamental and behaviour; figures come in any case."""
    with store.work() as work:
        work.people.save([Person(ANA, "Ana Abel", None, role=Role.LEADER), Person(MIA, "Mia Berg", ANA)])
        work.people.save([Person("li@acme.example", "Li Low", MIA)])
        work.reports.save(report(MIA, findings=2))
        work.rounds.close("2026-Q4", now)

        def given(evidence: Evidence) -> int:
            (one,) = work.reports.below(ANA, "2026-Q4", person(ANA), evidence)
            assert replace(one, findings=()) == replace(from_above(report(MIA, findings=2)), findings=())
            return len(one.findings)

        fits = Evidence(True, (FindingKind.BLIND_SPOT,), (Fundamental.CREATING_CLARITY,), ("giving_reasons",))
        assert given(fits) == given(ALL_EVIDENCE) == 2
        assert given(replace(fits, one_each=True)) == 1
        assert given(FIGURES_ALONE) == 0
        assert given(replace(fits, kinds=(FindingKind.SPLIT_VIEW,))) == 0
        assert given(replace(fits, fundamentals=(Fundamental.BUILDING_TRUST,))) == 0
        assert given(replace(fits, behaviours=("fairness",))) == 0


def test_each_finding_is_a_row_of_its_own(store: SqlStore, report: MakeReport, installation: Installation) -> None:
    """Sums over many managers need no report to be opened."""
    with store.work() as work:
        work.reports.save(report(MIA, findings=2))
        work.reports.save(report(TOM, findings=1))
    rows = installation.ask("SELECT manager, kind, fundamental, behaviour, respondents, confidence FROM finding")
    assert rows == [(m, "blind_spot", "creating_clarity", "giving_reasons", None, 0.8) for m in (MIA, MIA, TOM)]


def test_removing_a_managers_reports_leaves_those_of_others(store: SqlStore, report: MakeReport) -> None:
    """Reports, findings and index entries of that manager go."""
    with store.work() as work:
        work.reports.save(report(MIA, findings=1))
        work.reports.save(report(TOM, findings=1))
        work.index_queue.done(work.index_queue.waiting(10, ANALYSIS))
        work.reports.remove(MIA)
        assert work.reports.get(MIA, "2026-Q4", OPERATOR) is None
        assert work.reports.get(TOM, "2026-Q4", OPERATOR) == report(TOM, findings=1)
        (task,) = work.index_queue.waiting(10, ANALYSIS)
        assert (task.entry.id, task.text) == ("2026-Q4/mia@acme.example/f1", None)
        assert [entry.id for entry in work.index_queue.everything()] == ["2026-Q4/tom@acme.example/f1"]
