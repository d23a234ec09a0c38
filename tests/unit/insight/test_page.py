"""From reports to the page of a leader."""

from dataclasses import replace
from datetime import UTC, datetime

from assistant.domain.insight import Level, Standing
from assistant.domain.report import Climate, FundamentalAlignment
from assistant.domain.rounds import Round
from assistant.domain.trend import Direction
from assistant.domain.words import ClimateLevel, FindingKind, Fundamental
from assistant.insight.course import course
from assistant.insight.line import Place
from assistant.insight.page import insight
from assistant.insight.topics import most_missed, most_valued, topics
from tests.fakes.reports import a_finding, a_report, a_suggestion, a_suppressed_report

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)
CLOSED = Round("2026-Q4", 4, NOON, closed_at=NOON)
MIA, LEO, KIM, TOP = "mia@acme.example", "leo@acme.example", "kim@acme.example", "top@acme.example"
PLACES = (Place(KIM, 0, 0), Place(LEO, 0, 0), Place(MIA, 0, 0))
CLARITY, TRUST = Fundamental.CREATING_CLARITY, Fundamental.BUILDING_TRUST


def trusting(manager: str, score: float, half: float = 0.2, **more):
    """A report with this trust score."""
    climate = Climate(ClimateLevel.HIGH_TRUST, score, (score - half, score + half), ())
    return a_report(manager, climate=climate, **more)


def test_a_team_below_the_floor_changes_nothing_but_the_number_of_teams():
    """Whatever a suppressed report may hold, no figure of the page is another one for it."""
    reports = (a_report(MIA, a_finding()), a_suppressed_report(LEO))
    made = insight(CLOSED, TOP, PLACES, reports, ())
    leaking = replace(a_report(LEO, a_finding()), suppressed=True, respondents=3, invited=9)
    assert insight(CLOSED, TOP, PLACES, (reports[0], leaking), ()) == made
    alone = insight(CLOSED, TOP, PLACES[2:], reports[:1], ())
    assert replace(made, participation=alone.participation, teams=alone.teams) == alone
    row = next(row for row in made.teams if row.manager == LEO)
    assert (row.standing, row.invited, row.respondents, row.backing, row.climate) == (
        Standing.SUPPRESSED, 0, None, (), None,
    )  # fmt: skip


def test_participation_counts_people_in_teams_that_are_shown_alone():
    """Three teams: one shown, one below the floor, one without a report."""
    counted = insight(CLOSED, TOP, PLACES, (a_report(MIA), a_suppressed_report(LEO)), ()).participation
    assert (counted.teams, counted.shown, counted.suppressed, counted.without_report) == (3, 1, 1, 1)
    assert (counted.respondents, counted.invited) == (6, 7)


def test_teams_stand_in_the_order_of_the_line_whatever_their_figures():
    """The best backed team is not moved."""
    good = FundamentalAlignment(CLARITY, 1, 1, 0, 0, 0, 1.0, (0.7, 1.0))
    bad = FundamentalAlignment(CLARITY, 1, 0, 0, 1, 0, 0.0, (0.0, 0.3))
    for first, last in ((good, bad), (bad, good)):
        reports = (a_report(MIA, fundamentals=(last,)), a_report(KIM, fundamentals=(first,)), a_report(LEO))
        assert [row.manager for row in insight(CLOSED, TOP, PLACES, reports, ()).teams] == [KIM, LEO, MIA]


def test_all_teams_together_count_by_the_claims_that_were_spoken_to():
    """Three of four are backed: the level lies nearer the team with more claims, and is surer than each."""
    rows = (
        FundamentalAlignment(CLARITY, 4, 3, 0, 0, 1, 1.0, (0.7, 1.0)),
        FundamentalAlignment(CLARITY, 1, 0, 0, 1, 0, 0.0, (0.0, 0.3)),
    )
    reports = [a_report(email, fundamentals=(row,)) for email, row in zip((MIA, LEO), rows, strict=True)]
    clarity = next(one for one in insight(CLOSED, TOP, PLACES, reports, ()).together if one.name is CLARITY)
    assert (clarity.confirmed, clarity.contested, clarity.unseen, clarity.spoken_to) == (3, 1, 1, 4)
    assert clarity.level == Level(0.75, 0.39, 0.93)
    talent = insight(CLOSED, TOP, PLACES, reports, ()).together[0]
    assert (talent.name, talent.level) == (Fundamental.DEVELOPING_TALENT, None)


def test_gaps_are_counted_in_the_fundamental_they_are_about():
    """A blind spot in trust is none in clarity, and a strength is none at all."""
    strength = a_finding("f2", FindingKind.SHARED_STRENGTH, "bad_news")
    (row,) = insight(CLOSED, TOP, PLACES[2:], (a_report(MIA, a_finding(), strength),), ()).teams
    assert [(one.name, one.gaps) for one in row.backing if one.gaps] == [(TRUST, 1)]


def test_topics_count_teams_and_the_people_who_spoke_to_them_at_least():
    """A team that tells twice of one thing counts once; a number below the floor is not known, so not added."""
    reports = (
        a_report(MIA, a_finding("f1"), a_finding("f2", FindingKind.SHARED_CONCERN, respondents=4)),
        a_report(LEO, a_finding("f1", respondents=None), a_finding("f2", FindingKind.SHARED_STRENGTH, "goals")),
        a_report(KIM, a_finding("f1", FindingKind.SPLIT_VIEW), a_finding("f2", FindingKind.UNSEEN_CLAIM, "workload")),
    )
    goals, listening = topics(reports)
    assert (goals.behaviour, goals.valued, goals.missed, goals.divided, goals.people) == ("goals", 1, 0, 0, 5)
    assert (listening.valued, listening.missed, listening.divided, listening.people) == (0, 2, 1, 10)
    assert most_missed((goals, listening)) == (listening,)
    assert most_valued((goals, listening)) == (goals,)


def test_topics_that_most_teams_tell_of_come_first_and_few_are_enough():
    """By teams, then by people, then by name."""
    reports = (
        a_report(MIA, a_finding("f1", behaviour="goals"), a_finding("f2", behaviour="workload", respondents=6)),
        a_report(LEO, a_finding("f1", behaviour="strengths"), a_finding("f2", behaviour="bad_news")),
        a_report(KIM, a_finding("f1", behaviour="strengths", respondents=4)),
    )
    found = topics(reports)
    assert [t.behaviour for t in most_missed(found)] == ["strengths", "workload", "bad_news", "goals"]
    assert [t.behaviour for t in most_missed(found, 1)] == ["strengths"]


def test_practices_are_those_that_reports_suggest_against_the_gap():
    """Counted by report; one suggested for a strength is none against a gap."""
    strength = a_finding("f2", FindingKind.SHARED_STRENGTH, "goals")
    other = a_suggestion(("f2",), practice="tell-more", title="Tell more")
    reports = (
        a_report(MIA, a_finding(), strength, suggestions=(a_suggestion(), other)),
        a_report(LEO, a_finding(), suggestions=(a_suggestion(("f1",)),)),
    )
    goals, listening = topics(reports)
    assert [(p.practice, p.reports) for p in listening.practices] == [("let-people-finish", 2)]
    assert goals.practices == ()


def test_trust_is_told_by_number_of_teams_and_as_a_mean():
    """Each team counts the same; one of which too little was said has no score."""
    made = insight(CLOSED, TOP, PLACES, (trusting(MIA, 0.8), trusting(LEO, 0.4), a_report(KIM)), ()).trust
    assert dict(made.teams) == {
        ClimateLevel.HIGH_TRUST: 2,
        ClimateLevel.MIXED: 0,
        ClimateLevel.FEAR_DRIVEN: 0,
        ClimateLevel.TOO_LITTLE_EVIDENCE: 1,
    }
    assert made.score == Level(0.6, 0.46, 0.74)


def test_a_course_tells_where_teams_have_gone_only_where_the_same_teams_are_shown_in_both_rounds():
    """Mia's trust has surely grown; that another team joined with low trust takes nothing from that."""
    before = ("2026-Q3", [trusting(MIA, -0.2)])
    now = ("2026-Q4", [trusting(MIA, 0.6), trusting(LEO, -0.9)])
    first, second = course([before, now])
    assert (first.trust_moved, first.same_teams) == (Direction.TOO_EARLY, 0)
    assert (second.trust_moved, second.same_teams, second.teams) == (Direction.UP, 1, 2)
    assert second.trust is not None
    assert round(second.trust.value, 2) == -0.15
    (_, fallen) = course([("a", now[1][:1]), ("b", before[1])])
    assert fallen.trust_moved is Direction.DOWN


def test_a_course_says_too_early_where_chance_or_another_engine_may_have_done_it():
    """Intervals that reach each other, and reports that another engine read."""
    unsure = course([("a", [trusting(MIA, 0.1, 0.6)]), ("b", [trusting(MIA, 0.4, 0.6)])])
    other = [trusting(MIA, 0.9, engine="embedded:other")]
    otherwise = course([("a", [trusting(MIA, -0.9)]), ("b", other)])
    assert [one[-1].trust_moved for one in (unsure, otherwise)] == [Direction.TOO_EARLY] * 2
    assert otherwise[-1].same_teams == 0


def test_a_course_leaves_out_teams_below_the_floor():
    """In each round, and from one to the next."""
    made = course([("a", [a_suppressed_report(MIA)]), ("b", [trusting(MIA, 0.5)])])
    assert [(one.teams, one.respondents, one.invited, one.same_teams) for one in made] == [(0, 0, 0, 0), (1, 6, 7, 0)]
