"""A leader's brief: what changed and where support can be offered, by the rules that answer questions."""

from dataclasses import replace

import pytest

from assistant.domain.brief import Brief, Topic
from assistant.domain.inquiry import Measure
from assistant.domain.report import Report
from assistant.domain.words import FindingKind
from assistant.inquiry import brief as making
from assistant.inquiry.brief import FIRST_ROUND, MOST_TOPICS, NO_SAME_TEAM, brief
from assistant.inquiry.scope import RoundReports
from assistant.inquiry.support import NOT_BORNE_OUT
from tests.fakes.reports import BEHAVIOURS, a_finding, a_report, a_suggestion, a_suppressed_report

MIA, LEO, ZOE, VIC = "mia@acme.example", "leo@acme.example", "zoe@acme.example", "vic@acme.example"
STRENGTH = FindingKind.SHARED_STRENGTH


@pytest.fixture
def made(organisation, closed_round):
    """The brief over these reports, held against those of the round before where there are some."""

    def _made(*reports: Report, before: tuple[Report, ...] | None = None) -> Brief:
        now = RoundReports(closed_round, (LEO, MIA, ZOE), reports)
        if before is None:
            return brief((now,), organisation, BEHAVIOURS)
        earlier = tuple(replace(report, round_key="2026-Q3") for report in before)
        held = RoundReports(replace(closed_round, key="2026-Q3"), (LEO, MIA, ZOE), earlier)
        return brief((held, now), organisation, BEHAVIOURS)

    return _made


def told(of: Brief, topic: Topic) -> str:
    """All that is said on a topic."""
    (part,) = (part for part in of.parts if part.topic is topic)
    return " ".join(sentence.text for sentence in part.sentences)


def rests_on(of: Brief, topic: Topic) -> set[str]:
    """The ids of all the findings that a topic rests on."""
    (part,) = (part for part in of.parts if part.topic is topic)
    return {id_ for sentence in part.sentences for id_ in sentence.rests_on}


def test_what_got_worse_and_better_is_told_by_topic_and_team(made):
    """A strength that became a gap grows, a gap that became a strength improves; each cites how it stands now."""
    of = made(
        a_report(MIA, a_finding("f1"), a_finding("f2", STRENGTH, "goals")),
        a_report(LEO, a_finding("f1")),
        before=(
            a_report(MIA, a_finding("f1", STRENGTH), a_finding("f2", behaviour="goals")),
            a_report(LEO, a_finding("f1")),
        ),
    )
    assert "Something got worse in 1 team." in told(of, Topic.CHANGED)
    assert "Something got better in 1 team." in told(of, Topic.CHANGED)
    assert told(of, Topic.GROWING) == "Listening stands worse than before in Pricing (Mia Berg)."
    assert told(of, Topic.IMPROVING) == "Agreeing on goals stands better than before in Pricing (Mia Berg)."
    assert rests_on(of, Topic.GROWING) == {f"{MIA}/f1"}
    assert rests_on(of, Topic.IMPROVING) == {f"{MIA}/f2"}


def test_a_gap_that_is_gone_rests_on_how_it_was(made):
    """It cites the finding of the round before, by that round."""
    of = made(a_report(MIA), before=(a_report(MIA, a_finding("f7")),))
    assert rests_on(of, Topic.IMPROVING) == {f"2026-Q3/{MIA}/f7"}


def test_support_is_offered_where_a_gap_is_sure_with_what_the_report_suggests(made):
    """Teams stand in the order of their names, whatever their figures; what is not sure is only counted."""
    of = made(
        a_report(ZOE, a_finding("f1", confidence=0.95, respondents=9), suggestions=(a_suggestion(("f1",)),)),
        a_report(MIA, a_finding("f1", confidence=0.7)),
        a_report(LEO, a_finding("f1", confidence=0.69), a_finding("f2", behaviour="goals", respondents=None)),
    )
    assert told(of, Topic.SUPPORT) == (
        "With listening, support can be offered in Depot (Zoë Okafor) and Pricing (Mia Berg). What their reports "
        "suggest: “Let people finish”. In 1 team there is too little evidence of a gap to offer support."
    )
    assert rests_on(of, Topic.SUPPORT) == {f"{ZOE}/f1", f"{MIA}/f1"}


def test_a_change_that_rests_on_too_little_is_counted_and_not_told(made):
    """It is said that there is one, not where."""
    of = made(a_report(MIA, a_finding("f1", confidence=0.5)), before=(a_report(MIA),))
    assert "1 more change rests on too little evidence to be told." in told(of, Topic.CHANGED)
    assert "Mia" not in " ".join(told(of, topic) for topic in (Topic.CHANGED, Topic.GROWING, Topic.IMPROVING))


def test_no_more_than_a_few_topics_are_told(made):
    """Those of the most teams come first; of the rest, how many there are."""
    findings = [a_finding(f"f{n}", behaviour=behaviour) for n, behaviour in enumerate(BEHAVIOURS)]
    of = made(a_report(MIA, *findings), a_report(LEO, a_finding("f1", behaviour="workload")))
    (support,) = (part for part in of.parts if part.topic is Topic.SUPPORT)
    assert "With keeping the load low" in support.sentences[0].text
    assert sum(bool(sentence.rests_on) for sentence in support.sentences) == MOST_TOPICS
    assert f"gaps in {len(BEHAVIOURS) - MOST_TOPICS} more behaviours, too." in told(of, Topic.SUPPORT)


def test_the_first_round_is_held_against_nothing(made):
    """It says so, draws no figures, and still tells where support can be offered."""
    of = made(a_report(MIA, a_finding()))
    assert (of.before, of.figures) == (None, ())
    assert told(of, Topic.CHANGED) == FIRST_ROUND
    assert "Pricing (Mia Berg)" in told(of, Topic.SUPPORT)


def test_only_teams_that_can_be_shown_in_both_rounds_are_held_against_each_other(made):
    """A team that was below the floor before tells nothing by the difference."""
    of = made(a_report(MIA, a_finding()), before=(a_suppressed_report(MIA),))
    assert told(of, Topic.CHANGED) == NO_SAME_TEAM
    assert of.figures == ()


def test_below_the_floor_everywhere_nothing_is_shown(made):
    """Neither a part nor a figure, but why."""
    of = made(a_suppressed_report(MIA), a_suppressed_report(LEO))
    assert (of.parts, of.figures, of.managers, of.below) == ((), (), (), 2)
    assert "fewer than 4 people answered" in (of.refused or "")


def test_a_team_below_the_floor_is_only_counted(made):
    """No part names it."""
    of = made(a_report(MIA, a_finding()), a_suppressed_report(LEO))
    assert of.below == 1
    assert "Leo" not in " ".join(told(of, part.topic) for part in of.parts)


def test_reports_of_managers_who_were_not_granted_are_not_spoken_of(made):
    """Whatever reports come with the round."""
    of = made(a_report(MIA, a_finding()), a_report(VIC, a_finding()), before=(a_report(MIA), a_report(VIC)))
    assert of.managers == (MIA,)
    assert not any("vic@" in id_ for part in of.parts for one in part.sentences for id_ in one.rests_on)


def test_a_part_that_is_not_borne_out_is_withheld(made, monkeypatch):
    """The last look is that of answers: each sentence has to be shown by what it cites."""
    monkeypatch.setattr(making, "citable", lambda _reports, _now: {})
    of = made(a_report(MIA, a_finding()))
    assert told(of, Topic.SUPPORT) == NOT_BORNE_OUT


def test_figures_show_both_rounds(made):
    """Alignment, climate and taking part, over the same teams."""
    of = made(a_report(MIA), a_report(LEO), before=(a_report(MIA),))
    assert [measure for measure, _ in of.figures] == [
        *(Measure.ALIGNMENT, Measure.ALIGNMENT),
        *(Measure.CLIMATE, Measure.CLIMATE),
        *(Measure.PARTICIPATION, Measure.PARTICIPATION),
    ]
    assert {figure.managers for measure, figure in of.figures if measure is not Measure.CLIMATE} == {(MIA,)}
