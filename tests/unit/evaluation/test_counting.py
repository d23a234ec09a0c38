"""Counting what was found against what was marked, by hand-made rounds whose figures can be worked out on paper."""

from collections import Counter

import pytest

from assistant.domain.report import Climate, Source
from assistant.domain.words import Alignment, ClimateLevel, FindingKind, Fundamental, Stance
from assistant.evaluation.annotation import Annotation, MarkedClaim, MarkedObservation
from assistant.evaluation.counting import count, figures, intervals, same_place
from tests.fakes.reports import a_claim, a_finding, a_report, a_suppressed_report

FLOOR = 4
TRUST, CLARITY = Fundamental.BUILDING_TRUST, Fundamental.CREATING_CLARITY
HERE, THERE = Source(0, 1, 0, 20), Source(0, 1, 30, 50)


def observed(topic: str, **by: str) -> tuple[MarkedObservation, ...]:
    """Who spoke to a topic, and how."""
    return tuple(MarkedObservation(author, Stance(stance), topic) for author, stance in by.items())


def marked(respondents: int = 5, **more) -> Annotation:
    """Listening is claimed and contested; goals are claimed and nobody speaks of them; news are missing, unclaimed."""
    values = {
        "topics": {"listening": TRUST, "goals": CLARITY, "news": CLARITY},
        "claims": (MarkedClaim(HERE, Stance.DOES, "listening"), MarkedClaim(THERE, Stance.DOES, "goals")),
        "observations": (
            *observed("listening", a="missing", b="harmful", c="missing"),
            *observed("news", a="missing", b="missing", d="valued"),
            *observed("goals", e="valued"),
        ),
        "climate": ClimateLevel.MIXED,
        "respondents": respondents,
    }
    return Annotation(**{**values, **more})


def test_alignments_and_findings_follow_from_the_marks():
    """By the rules of the comparison, one finding a topic."""
    annotation = marked()
    assert [annotation.alignment(claim) for claim in annotation.claims] == [Alignment.CONTESTED, Alignment.UNSEEN]
    assert annotation.findings == Counter(
        {
            (FindingKind.BLIND_SPOT, TRUST): 1,
            (FindingKind.UNSEEN_CLAIM, CLARITY): 1,
            (FindingKind.SPLIT_VIEW, CLARITY): 1,
        }
    )


def test_feeling_a_gap_speaks_for_whoever_admits_it():
    """The two sides change places."""
    admitting = MarkedClaim(HERE, Stance.ADMITS, "listening")
    annotation = marked(claims=(admitting,))
    assert annotation.alignment(admitting) is Alignment.CONFIRMED
    assert annotation.findings[FindingKind.SHARED_CONCERN, TRUST] == 1


def test_a_round_is_counted():
    """One claim of two is found and one is no claim; one finding of three, a blind spot, and one too many."""
    report = a_report(
        "mia@acme.example",
        a_finding(behaviour="listening"),
        a_finding("f2", behaviour="goals"),
        claims=(
            a_claim(source=Source(0, 1, 2, 20), alignment=Alignment.CONTESTED),
            a_claim(id="c2", source=Source(0, 3, 30, 50)),
        ),
        climate=Climate(ClimateLevel.MIXED, 0.0, None, ()),
    )
    assert figures([count(marked(), report, FLOOR)]) == {
        "claim_recall": 0.5,
        "claim_precision": 0.5,
        "fundamental_accuracy": 1.0,
        "alignment_macro_f1": 0.5,
        "finding_f1": 0.4,
        "blind_spot_recall": 1.0,
        "blind_spot_precision": 0.5,
        "climate_accuracy": 1.0,
    }


def test_rounds_add_up_before_shares_are_taken():
    """A round with many claims weighs more than one with few."""
    found = a_report(claims=(a_claim(source=HERE), a_claim(id="c2", source=THERE)))
    nothing = a_report()
    one = marked(claims=(MarkedClaim(HERE, Stance.DOES, "listening"),))
    both = figures([count(marked(), found, FLOOR), count(one, nothing, FLOOR)])
    assert both["claim_recall"] == 0.667
    assert both["claim_precision"] == 1.0


def test_where_there_is_nothing_to_be_right_about_there_is_no_figure():
    """None, and not a perfect or a bad one."""
    empty = marked(claims=(), observations=(), topics={})
    measured = figures([count(empty, a_report(), FLOOR)])
    assert measured["claim_recall"] is None
    assert measured["alignment_macro_f1"] is None
    assert measured["finding_f1"] == 1.0


@pytest.mark.parametrize(
    ("respondents", "report", "errors"),
    [(3, a_report(), 1), (3, a_suppressed_report(), 0), (4, a_suppressed_report(), 1), (4, a_report(), 0)],
)
def test_withholding_is_right_below_the_floor_only(respondents, report, errors):
    """A report that is shown and should not be is an error, and so is the other way round."""
    counted = count(marked(respondents), report, FLOOR)
    assert counted.n["suppression_errors"] == errors
    assert counted.n["climate"] == (respondents >= FLOOR)


@pytest.mark.parametrize(
    ("source", "found"),
    [
        (Source(0, 1, 10, 20), True),
        (Source(0, 1, 15, 60), False),
        (Source(0, 1, 0, 200), True),
        (Source(0, 1, 20, 40), False),
        (Source(1, 1, 0, 20), False),
        (Source(0, 3, 0, 20), False),
    ],
)
def test_two_places_are_the_same_where_they_share_half_of_the_shorter(source, found):
    """In the same message of the same conversation."""
    assert (same_place(HERE, [a_claim(source=source)]) is not None) is found


def test_the_place_that_shares_most_is_taken():
    """Whatever stands first."""
    claims = [a_claim(id="c1", source=Source(0, 1, 0, 12)), a_claim(id="c2", source=Source(0, 1, 3, 20))]
    assert same_place(HERE, claims).id == "c2"


def test_intervals_hold_the_figure_and_are_the_same_each_time():
    """And have no width where all rounds are alike."""
    good = count(marked(), a_report(claims=(a_claim(source=HERE), a_claim(id="c2", source=THERE))), FLOOR)
    bad = count(marked(), a_report(), FLOOR)
    low, high = intervals([good, bad, good, bad])["claim_recall"]
    assert 0 <= low < 0.5 < high <= 1
    assert intervals([good, bad, good, bad]) == intervals([good, bad, good, bad])
    assert intervals([good, good])["claim_recall"] == (1.0, 1.0)
    assert intervals([bad, bad])["claim_precision"] is None
