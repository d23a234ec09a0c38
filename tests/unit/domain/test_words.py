"""The words of the contract, letter by letter."""

from assistant.domain.statements import Span, Statement
from assistant.domain.words import (
    CLAIM_STANCES,
    GAPS,
    OBSERVATION_STANCES,
    Alignment,
    ClimateLevel,
    ConversationKind,
    FindingKind,
    Fundamental,
    Role,
    Signal,
    Speaker,
    Stance,
)

CONTRACT = {
    Fundamental: "developing_talent creating_clarity building_trust powering_performance",
    ConversationKind: "reflection feedback",
    Speaker: "assistant user",
    Stance: "does admits intends valued missing harmful",
    Alignment: "confirmed mixed contested unseen",
    FindingKind: "shared_strength hidden_strength shared_concern blind_spot split_view unseen_claim",
    ClimateLevel: "high_trust mixed fear_driven too_little_evidence",
    Signal: "safety ownership blame fear",
}


def test_the_words_are_those_of_the_contract():
    """Other programs read them in reports and write them in files."""
    assert {words: " ".join(words) for words in CONTRACT} == CONTRACT
    assert list(Role) == ["", "leader", "admin"]


def test_every_stance_belongs_to_exactly_one_side():
    """The stance alone tells a claim from an observation."""
    assert set(Stance) == CLAIM_STANCES | OBSERVATION_STANCES
    assert not CLAIM_STANCES & OBSERVATION_STANCES
    said = [
        Statement("1", "c", "a", None, Span(0, 0, 1), "t", Fundamental.BUILDING_TRUST, "listening", stance, 1.0)
        for stance in Stance
    ]
    assert [s.stance for s in said if s.is_claim] == ["does", "admits", "intends"]


def test_headings_are_words_for_readers():
    """No underscores reach a page."""
    assert [name.title for name in Fundamental][:2] == ["Developing talent", "Creating clarity"]
    assert FindingKind.BLIND_SPOT.title == "Blind spot"


def test_gaps_are_where_something_is_missing():
    """Suggestions go to these first."""
    assert {"blind_spot", "shared_concern", "split_view"} == GAPS
