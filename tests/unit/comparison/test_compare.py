"""The comparison as a whole: suppression, counts, findings and alignment by fundamental."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.comparison.climate import NOTHING
from assistant.comparison.compare import Comparison, Sides, compare
from assistant.domain.report import Source
from assistant.domain.statements import Span, Statement, Topic
from assistant.domain.words import Alignment, FindingKind, Fundamental, Signal, Stance

CLARITY, TRUST = Fundamental.CREATING_CLARITY, Fundamental.BUILDING_TRUST
PLACE = Source(0, 1, 0, 10)


def compared(
    topics, *statements: Statement, respondents: int = 8, floor: int = 4, **signals: set[Signal]
) -> Comparison:
    """The comparison of these statements among so many respondents, m1 and so on."""
    claims = tuple((s, PLACE) for s in statements if s.is_claim)
    observations = tuple(s for s in statements if not s.is_claim)
    described = {f"m{n}": dict.fromkeys(signals.get(f"m{n}", ()), 1.0) for n in range(1, respondents + 1)}
    return compare(Sides(claims, observations, described), topics, floor)


def people(said, stance: str, *numbers: int) -> list[Statement]:
    """Observations of this stance by these respondents."""
    return [said(f"m{n}", stance) for n in numbers]


def test_below_the_floor_only_the_bare_claims_stand(said, topic):
    """Nothing that rests on feedback is computed, though everybody agrees."""
    claim, seen = said("mia", "does"), people(said, "valued", 1, 2, 3)
    told = compared([topic(claim, *seen)], claim, *seen, respondents=3, m1={Signal.FEAR}, m2={Signal.FEAR})
    assert told.suppressed
    assert (told.fundamentals, told.findings, told.climate) == ((), (), NOTHING)
    (bare,) = told.claims
    assert (bare.id, bare.alignment, bare.support, bare.oppose, bare.source) == ("c1", None, None, None, PLACE)
    assert (bare.behaviour, bare.fundamental) == (claim.behaviour, claim.fundamental)


def test_at_the_floor_everything_is_told(said, topic):
    """Four respondents and a floor of four are enough."""
    claim, seen = said("mia", "does"), people(said, "valued", 1, 2, 3, 4)
    told = compared([topic(claim, *seen)], claim, *seen, respondents=4)
    assert not told.suppressed
    assert [(f.kind, f.respondents, f.claims) for f in told.findings] == [(FindingKind.SHARED_STRENGTH, 4, ("c1",))]


@pytest.mark.parametrize(
    ("valued", "missing", "shown"),
    [(0, 5, (0, 5)), (5, 1, (5, None)), (3, 0, (None, 0)), (4, 2, (4, None)), (0, 0, (0, 0))],
)
def test_support_and_opposition_are_numbers_only_at_0_and_from_the_floor_on(said, topic, valued, missing, shown):
    """The contract's rule, with a floor of four."""
    claim = said("mia", "does")
    seen = people(said, "valued", *range(1, valued + 1)) + people(said, "missing", *range(6, 6 + missing))
    (told,) = compared([topic(claim, *seen)], claim, *seen, respondents=12).claims
    assert (told.support, told.oppose) == shown


def test_a_team_has_one_view_of_a_behaviour_that_nobody_claims(said, topic):
    """Three value it and three miss it, told as two topics: that is a split view, and not a strength beside a gap."""
    for_it, against = people(said, "valued", 1, 2, 3), people(said, "missing", 4, 5, 6)
    told = compared([topic(*for_it), replace(topic(*against), id="t2")], *for_it, *against)
    assert [(f.kind, f.respondents) for f in told.findings] == [(FindingKind.SPLIT_VIEW, 6)]


def test_what_the_manager_claims_stays_a_topic_of_its_own(said, topic):
    """Others may speak of the same behaviour without meaning the claim."""
    claim, for_it, against = said("mia", "does"), people(said, "valued", 1, 2, 3), people(said, "missing", 4, 5, 6)
    told = compared([topic(claim, *for_it), replace(topic(*against), id="t2")], claim, *for_it, *against)
    assert {f.kind for f in told.findings} == {FindingKind.SHARED_STRENGTH, FindingKind.BLIND_SPOT}


def test_an_admitted_gap_that_the_team_feels_is_confirmed(said, topic):
    """The same people who speak against a claim speak for the admission on the same topic."""
    does, admits = said("mia", "does"), said("mia", "admits")
    felt = people(said, "missing", 1, 2, 3, 4)
    told = compared([topic(does, admits, *felt)], does, admits, *felt)
    assert [(c.alignment, c.support, c.oppose) for c in told.claims] == [
        (Alignment.CONTESTED, 0, 4),
        (Alignment.CONFIRMED, 4, 0),
    ]
    assert [f.kind for f in told.findings] == [FindingKind.BLIND_SPOT]


def test_what_was_held_back_counts_nowhere(said, topic):
    """With two of four held back, what is left is mixed and no longer contested."""
    claim = said("mia", "does")
    kept = [*people(said, "missing", 1, 2), *people(said, "valued", 5)]
    back = [said(f"m{n}", "missing", shared=False) for n in (3, 4)]
    told = compared([topic(claim, *kept, *back)], claim, *kept, *back, floor=3)
    assert told.claims[0].alignment is Alignment.MIXED
    assert told.findings[0].respondents == 3


def test_a_claim_takes_the_behaviour_of_its_topic(said, topic):
    """What both sides say together tells better what it is about than the claim alone."""
    claim = said("mia", "does")
    (told,) = compared([topic(claim, behaviour="bad_news", fundamental=TRUST)], claim).claims
    assert (told.behaviour, told.fundamental) == ("bad_news", TRUST)


def test_a_claim_in_no_topic_is_left_unjudged(said):
    """A reader that gives it no topic leaves it as it was said."""
    claim = said("mia", "does")
    (told,) = compared([], claim).claims
    assert (told.alignment, told.support, told.behaviour) == (None, None, "reasons_for_changes")


def test_a_topic_gives_at_most_one_finding_and_nobody_s_words(said, topic):
    """Topics of one voice give none; what is found has no text yet."""
    lone, two = people(said, "missing", 1), people(said, "missing", 2, 3)
    told = compared([topic(*lone, behaviour="a"), topic(*two, behaviour="b")], *lone, *two)
    assert [(f.id, f.behaviour, f.text, f.respondents) for f in told.findings] == [("f1", "b", "", None)]


def test_findings_come_in_the_order_in_which_a_manager_should_read_them(said, topic):
    """Gaps first, the surer first among equals; claims are numbered as they were said."""
    does = [said("mia", "does") for _ in range(4)]
    admits = said("mia", "admits")
    groups = {
        "unseen": [does[0]],
        "strength": [does[1], *people(said, "valued", 1, 2)],
        "hidden": people(said, "valued", 1, 2),
        "split": [does[2], *people(said, "valued", 1, 2), *people(said, "missing", 3)],
        "concern": [admits, *people(said, "missing", 1, 2)],
        "spot": people(said, "harmful", 1, 2),
        "surer spot": [does[3], *people(said, "missing", 1, 2, 3, 4, 5)],
    }
    topics = [topic(*members, behaviour=name) for name, members in groups.items()]
    told = compared(topics, *(s for members in groups.values() for s in members))
    assert [(f.id, f.behaviour, f.claims) for f in told.findings] == [
        ("f1", "surer spot", ("c5",)),
        ("f2", "spot", ()),
        ("f3", "concern", ("c4",)),
        ("f4", "split", ("c3",)),
        ("f5", "hidden", ()),
        ("f6", "strength", ("c2",)),
        ("f7", "unseen", ("c1",)),
    ]


def test_a_finding_is_as_sure_as_its_reading_and_its_numbers(said, topic):
    """Half as sure a reading gives half the confidence; more people give more."""

    def confidence(*numbers: int, read: float = 1.0) -> float:
        felt = [said(f"m{n}", "missing", confidence=read) for n in numbers]
        return compared([topic(*felt)], *felt).findings[0].confidence

    assert confidence(1, 2) == 0.88  # 7/8
    assert confidence(1, 2, read=0.5) == 0.44
    assert confidence(1, 2) < confidence(1, 2, 3) < confidence(1, 2, 3, 4, 5)


def test_a_split_view_is_surest_where_the_sides_are_even(said, topic):
    """One half against the other is split for sure, two thirds against one less so."""

    def confidence(valued: int, missing: int) -> float:
        seen = people(said, "valued", *range(valued)) + people(said, "missing", *range(10, 10 + missing))
        return compared([topic(*seen)], *seen, respondents=20).findings[0].confidence

    assert confidence(3, 3) == 1.0
    assert confidence(4, 2) == confidence(2, 4) == 0.83


def test_a_claim_nobody_speaks_to_is_the_surer_unseen_the_more_people_could_have(said, topic):
    """Silence of three people says less than silence of twenty."""
    claim = said("mia", "does")
    few, many = (compared([topic(claim)], claim, respondents=n, floor=3).findings[0] for n in (3, 20))
    assert few.kind is many.kind is FindingKind.UNSEEN_CLAIM
    assert few.respondents == many.respondents == 0
    assert few.confidence < many.confidence


def test_alignment_by_fundamental_counts_the_claims_somebody_spoke_to(said, topic):
    """Confirmed counts 1, mixed a half, contested 0, unseen and admitted not at all."""
    claims = [said("mia", "does") for _ in range(4)]
    admits = said("mia", "admits")
    groups = [
        [claims[0], *people(said, "valued", 1, 2)],
        [claims[1], *people(said, "valued", 3, 4), *people(said, "missing", 5)],
        [claims[2], *people(said, "harmful", 1, 2)],
        [claims[3]],
        [admits, *people(said, "missing", 1, 2)],
    ]
    topics = [topic(*members, behaviour=str(n)) for n, members in enumerate(groups)]
    told = compared(topics, *(s for members in groups for s in members))
    here = {f.name: f for f in told.fundamentals}
    clarity = here[CLARITY]
    assert list(here) == list(Fundamental)
    counts = (clarity.claims, clarity.confirmed, clarity.mixed, clarity.contested, clarity.unseen)
    assert counts == (4, 1, 1, 1, 1)
    assert clarity.alignment == 0.5
    assert clarity.interval == (0.2, 0.8)  # Wilson, five people
    assert (here[TRUST].claims, here[TRUST].alignment, here[TRUST].interval) == (0, None, None)


def test_an_interval_does_not_tell_that_fewer_than_the_floor_spoke(said, topic):
    """Two voices decide the alignment, but how many they are stays open: the interval is as wide as it can be."""
    claim, seen = said("mia", "does"), people(said, "valued", 1, 2)
    told = compared([topic(claim, *seen)], claim, *seen)
    assert [f.interval for f in told.fundamentals if f.claims] == [(0.0, 1.0)]


def test_lone_voices_on_other_claims_make_an_interval_no_narrower(said, topic):
    """Only who spoke to a claim that counts is counted."""
    first, other = said("mia", "does"), said("mia", "does")
    seen, lone = people(said, "valued", 1, 2, 3, 4), people(said, "valued", 5)
    topics = [topic(first, *seen), topic(other, *lone, behaviour="other")]
    told = compared(topics, first, other, *seen, *lone)
    (clarity,) = [f for f in told.fundamentals if f.claims]
    assert (clarity.confirmed, clarity.unseen, clarity.interval) == (1, 1, (0.6, 1.0))  # Wilson, four people


def test_claims_that_nobody_spoke_to_have_no_alignment(said, topic):
    """Unseen is not a zero."""
    claim = said("mia", "does")
    (clarity,) = [f for f in compared([topic(claim)], claim).fundamentals if f.claims]
    assert (clarity.unseen, clarity.alignment, clarity.interval) == (1, None, None)


def test_the_climate_is_told_with_the_rest():
    """It needs no statement, only what respondents described."""
    told = compared([], m1={Signal.FEAR}, m2={Signal.BLAME}, m3={Signal.FEAR})
    assert (told.climate.level, told.climate.score) == ("fear_driven", -0.4)


drawn_topics = st.lists(
    st.tuples(
        st.lists(st.sampled_from(["does", "admits", "intends"]), max_size=2),
        st.lists(
            st.tuples(
                st.integers(1, 12),
                st.sampled_from(["valued", "missing", "harmful"]),
                st.booleans(),
                st.sampled_from([0.4, 0.9]),
            ),
            max_size=12,
        ),
        st.sampled_from(Fundamental),
    ),
    max_size=5,
)


def a_round(drawn, swap: bool = False) -> tuple[list[Topic], list[Statement]]:
    """Topics and statements as drawn; ``swap`` turns what is valued into what is missing and back."""
    mirror = {"valued": "missing", "missing": "valued", "harmful": "valued"} if swap else {}
    topics, statements = [], []
    for number, (claims, observed, fundamental) in enumerate(drawn):
        rows = [("mia", stance, True, 0.9) for stance in claims]
        rows += [(f"m{who}", mirror.get(stance, stance), shared, sure) for who, stance, shared, sure in observed]
        members = [
            Statement(
                f"{number}:{n}", "c", who, None, Span(1, 0, 1), "", fundamental, "b", Stance(stance), sure, None, shared
            )
            for n, (who, stance, shared, sure) in enumerate(rows)
        ]
        statements += members
        if members:
            topics.append(Topic(f"t{number}", f"b{number}", fundamental, tuple(m.id for m in members)))
    return topics, statements


def voices_of(drawn, number: int) -> set[int]:
    """Who spoke to a topic and held nothing back of it."""
    return {who for who, _, shared, _ in drawn[number][1] if shared}


@settings(max_examples=60, deadline=None)
@given(drawn_topics, st.integers(3, 6))
def test_no_finding_rests_on_one_voice_and_no_count_below_the_floor_is_shown(drawn, floor):
    """Whatever was said: the two promises on which people's openness rests."""
    topics, statements = a_round(drawn)
    told = compared(topics, *statements, respondents=12, floor=floor)
    for finding in told.findings:
        spoke = voices_of(drawn, int(finding.behaviour.removeprefix("b")))
        assert len(spoke) >= 2 or finding.kind is FindingKind.UNSEEN_CLAIM
        assert finding.respondents == (len(spoke) if len(spoke) == 0 or len(spoke) >= floor else None)
        assert 0 <= finding.confidence <= 1
    for claim in told.claims:
        assert all(n is None or n == 0 or n >= floor for n in (claim.support, claim.oppose))


@settings(max_examples=60, deadline=None)
@given(drawn_topics)
def test_turning_praise_into_complaint_mirrors_the_comparison(drawn):
    """Confirmed and contested change places for every claim, and nothing else does."""
    drawn = [(c, [(w, "missing" if s == "harmful" else s, *rest) for w, s, *rest in o], f) for c, o, f in drawn]
    here, there = (compared(*_apart(a_round(drawn, swap)), respondents=12) for swap in (False, True))
    mirror = {Alignment.CONFIRMED: Alignment.CONTESTED, Alignment.CONTESTED: Alignment.CONFIRMED}
    for one, other in zip(here.claims, there.claims, strict=True):
        assert other.alignment is mirror.get(one.alignment, one.alignment)
        assert (other.support, other.oppose) == (one.oppose, one.support)
    for one, other in zip(here.fundamentals, there.fundamentals, strict=True):
        assert (other.confirmed, other.mixed, other.contested) == (one.contested, one.mixed, one.confirmed)
        if one.alignment is not None:
            assert other.alignment == pytest.approx(1 - one.alignment)


@settings(max_examples=60, deadline=None)
@given(drawn_topics)
def test_statements_that_were_held_back_change_nothing(drawn):
    """The comparison is the one of a round in which they were never said."""
    without = [(claims, [row for row in observed if row[2]], f) for claims, observed, f in drawn]
    here, there = (compared(*_apart(a_round(some)), respondents=12) for some in (drawn, without))
    assert here == there


def _apart(made: tuple[list[Topic], list[Statement]]):
    topics, statements = made
    return (topics, *statements)


@pytest.mark.parametrize("confidence", [0.9, 0.6, 0.3])
def test_a_voice_that_counts_the_other_way_is_no_surer(said, topic, confidence):
    """An observation that is turned counts for the other side, and never makes the finding more confident."""
    claim = said("mia", "does")
    seen = [replace(one, confidence=confidence) for one in people(said, "missing", 1, 2, 3)]
    plain = compared([topic(claim, *seen)], claim, *seen)
    about = topic(claim, *seen)
    turned = compared([replace(about, turned=frozenset({seen[0].id, seen[1].id, seen[2].id}))], claim, *seen)
    assert [f.kind for f in plain.findings] == [FindingKind.BLIND_SPOT]
    assert [f.kind for f in turned.findings] == [FindingKind.SHARED_STRENGTH]
    more = turned.findings[0].confidence - plain.findings[0].confidence
    assert more < 0 if confidence > 0.5 else more == 0
