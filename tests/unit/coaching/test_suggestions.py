"""Suggestions: a few practices, for the gaps first, each resting on findings."""

from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.coaching.suggestions import MOST_SUGGESTIONS, suggestions
from assistant.domain.report import Finding, Suggestion
from assistant.domain.words import GAPS, FindingKind
from assistant.engines.embedded.adviser import EmbeddedAdviser
from assistant.stores.knowledge_files import load_knowledge
from tests.fakes.encoder import BagOfWords
from tests.fakes.reports import BEHAVIOURS, a_finding, a_knowledge, a_practice

KNOWN = load_knowledge(Path(__file__).parents[3] / "knowledge")
ADVISER = EmbeddedAdviser(BagOfWords(), KNOWN)

PRACTICES = (
    a_practice("hear", ("listening", "bad_news")),
    a_practice("order", ("priorities",)),
    a_practice("aim", ("goals",)),
    a_practice("share", ("workload",)),
    a_practice("grow", ("listening",), "strength"),
    a_practice("show", ("goals",), "unseen"),
)


def suggested(*findings: Finding) -> tuple[Suggestion, ...]:
    """What is suggested from the practices of these tests."""
    adviser = EmbeddedAdviser(BagOfWords(), a_knowledge(*PRACTICES))
    return suggestions(findings, PRACTICES, adviser, BEHAVIOURS)


def test_blind_spots_are_answered_before_other_gaps():
    """With more gaps than suggestions, blind spots go first, then shared concerns, then split views."""
    made = suggested(
        a_finding("f1", FindingKind.SPLIT_VIEW, "workload"),
        a_finding("f2", FindingKind.SHARED_CONCERN, "goals"),
        a_finding("f3", FindingKind.BLIND_SPOT, "priorities", respondents=4),
        a_finding("f4", FindingKind.BLIND_SPOT, "listening", respondents=6),
    )
    assert [(s.id, s.practice, s.findings) for s in made] == [
        ("s1", "hear", ("f4",)),
        ("s2", "order", ("f3",)),
        ("s3", "aim", ("f2",)),
    ]


def test_one_practice_answers_all_gaps_it_serves():
    """Two gaps that one practice serves lead to one suggestion that cites both."""
    made = suggested(a_finding("f1", behaviour="bad_news"), a_finding("f2", behaviour="listening", respondents=4))
    assert [(s.practice, s.findings) for s in made] == [("hear", ("f1", "f2"))]


def test_a_strength_is_built_on_only_where_there_is_no_gap():
    """Where nothing is missing, there is one suggestion, for a strength; where something is, none for strengths."""
    strength = a_finding("f1", FindingKind.SHARED_STRENGTH, "listening")
    assert [s.practice for s in suggested(strength)] == ["grow"]
    assert [s.practice for s in suggested(strength, a_finding("f2", behaviour="goals"))] == ["aim"]


def test_an_unseen_claim_is_made_visible():
    """Where all that was found is a claim nobody spoke to, the suggestion is one for showing it."""
    assert [s.practice for s in suggested(a_finding("f1", FindingKind.UNSEEN_CLAIM, "goals"))] == ["show"]


def test_a_suggestion_for_a_strength_rests_on_strengths_alone():
    """A claim that nobody spoke to is no evidence for building on a strength, though it is about the same thing."""
    (made,) = suggested(
        a_finding("f1", FindingKind.UNSEEN_CLAIM, "listening"),
        a_finding("f2", FindingKind.HIDDEN_STRENGTH, "listening"),
    )
    assert (made.practice, made.findings) == ("grow", ("f2",))


def test_without_findings_nothing_is_suggested():
    """A suggestion without a finding would be advice out of nowhere."""
    assert suggested() == ()


def test_a_gap_without_a_card_of_its_own_is_answered_from_its_fundamental():
    """There is no card for this gap, so that one of the same fundamental stands in."""
    without = tuple(p for p in PRACTICES if p.id != "order")
    adviser = EmbeddedAdviser(BagOfWords(), a_knowledge(*without))
    made = suggestions((a_finding("f1", behaviour="priorities"),), without, adviser, BEHAVIOURS)
    assert [(s.practice, s.findings) for s in made] == [("aim", ("f1",))]


def test_practices_with_the_same_words_are_not_given_together():
    """Two cards that tell the manager to say the same are one suggestion too many."""
    twins = (a_practice("a", ("listening",), words="Same."), a_practice("b", ("goals",), words="Same."))
    adviser = EmbeddedAdviser(BagOfWords(), a_knowledge(*twins))
    made = suggestions((a_finding("f1"), a_finding("f2", behaviour="goals")), twins, adviser, BEHAVIOURS)
    assert [s.practice for s in made] == ["a"]


def test_the_card_s_own_step_words_and_sign_are_given():
    """What the manager is told to try is what the card says."""
    (made,) = suggested(a_finding("f1", behaviour="goals"))
    assert (made.title, made.next_step, made.words, made.team_would_notice) == (
        "Title of aim",
        "First step of aim.",
        "Words of aim.",
        "The team notices aim.",
    )


FINDINGS = Path(__file__).parents[3] / "benchmarks" / "suggestions" / "findings.txt"


def labelled() -> list[tuple[Finding, set[str]]]:
    """The findings that were labelled by hand, with the cards that would do for each."""
    lines = [line for line in FINDINGS.read_text(encoding="utf-8").splitlines() if line and not line.startswith("#")]
    parts = [[part.strip() for part in line.split("|")] for line in lines]
    return [
        (
            Finding(f"f{n}", FindingKind(kind), KNOWN.behaviours[about].fundamental, about, text, (), 5, 0.8),
            {card.strip() for card in cards.split(",")},
        )
        for n, (kind, about, text, cards) in enumerate(parts, 1)
    ]


def test_findings_that_were_labelled_by_hand_are_answered_by_a_card_that_fits():
    """Each of them alone in a report; they are of all kinds, and about everything that the knowledge base names."""
    cards = tuple(KNOWN.practices.values())
    every = labelled()
    assert len({finding.text for finding, _ in every}) == len(every) >= 150
    assert {finding.kind for finding, _ in every} == set(FindingKind)
    assert {finding.behaviour for finding, _ in every} == set(KNOWN.behaviours)
    assert {card for _, fitting in every for card in fitting} <= set(KNOWN.practices)
    answers = [(suggestions((finding,), cards, ADVISER, KNOWN.behaviours), fitting) for finding, fitting in every]
    assert [made for made, fitting in answers if made[0].practice not in fitting] == []


found = st.lists(
    st.builds(
        lambda kind, behaviour, respondents, confidence: (kind, behaviour, respondents, confidence),
        st.sampled_from(FindingKind),
        st.sampled_from(sorted(KNOWN.behaviours)),
        st.none() | st.integers(4, 30),
        st.floats(0, 1),
    ),
    max_size=14,
)


@settings(max_examples=40, deadline=None)
@given(found)
def test_suggestions_from_the_whole_knowledge_base_keep_their_promises(drawn):
    """At most three, no practice or words twice, every citation exists, and any gap leads to a suggestion for a gap."""
    findings = [
        Finding(f"f{n}", kind, KNOWN.behaviours[b].fundamental, b, "", (), respondents, confidence)
        for n, (kind, b, respondents, confidence) in enumerate(drawn, 1)
    ]
    made = suggestions(findings, tuple(KNOWN.practices.values()), ADVISER, KNOWN.behaviours)
    by_id = {finding.id: finding for finding in findings}
    assert [s.id for s in made] == [f"s{n}" for n in range(1, len(made) + 1)]
    assert len(made) <= MOST_SUGGESTIONS
    assert len({s.practice for s in made}) == len({s.words for s in made}) == len(made)
    assert all(s.findings and set(s.findings) <= set(by_id) for s in made)
    cited = [by_id[f] for s in made for f in s.findings]
    if any(f.kind in GAPS for f in findings):
        assert made
        assert all(f.kind in GAPS for f in cited)
    else:
        assert len(made) == (1 if findings else 0)
