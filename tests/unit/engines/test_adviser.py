"""The adviser: which practice fits a finding, and why."""

from hypothesis import given
from hypothesis import strategies as st

from assistant.domain.words import FindingKind
from assistant.engines.embedded.adviser import EmbeddedAdviser
from tests.fakes.encoder import BagOfWords
from tests.fakes.reports import BEHAVIOURS, a_finding, a_knowledge, a_practice

CARDS = (
    a_practice("far", ("workload",)),
    a_practice("second", ("goals", "priorities")),
    a_practice("first", ("priorities", "goals")),
    a_practice("praise", ("priorities",), "strength"),
    a_practice("near", ("goals",), what="Saying what comes first, order by order."),
)
KNOWLEDGE = a_knowledge(*CARDS)


def ranked(kind: FindingKind, behaviour: str) -> list[str]:
    """The ids of all cards as they are ranked for a finding."""
    adviser = EmbeddedAdviser(BagOfWords(), KNOWLEDGE)
    return [card.id for card in adviser.rank(a_finding(kind=kind, behaviour=behaviour), CARDS)]


def test_a_card_for_the_very_behaviour_comes_first():
    """Cards are ranked by how early they name the behaviour, then by fundamental."""
    assert ranked(FindingKind.BLIND_SPOT, "priorities") == ["first", "second", "near", "far", "praise"]


def test_a_card_for_strengths_is_not_offered_for_a_gap():
    """What builds on a strength comes last for a gap, and first for a strength."""
    assert ranked(FindingKind.SHARED_CONCERN, "priorities")[-1] == "praise"
    assert ranked(FindingKind.HIDDEN_STRENGTH, "priorities")[0] == "praise"


def test_without_a_card_for_the_behaviour_its_fundamental_decides():
    """A gap in trust, for which there is no card here, is not answered before those in clarity by accident."""
    adviser = EmbeddedAdviser(BagOfWords(), KNOWLEDGE)
    cards = (*CARDS, a_practice("trust", ("bad_news",)))
    assert adviser.rank(a_finding(behaviour="listening"), cards)[0].id == "trust"


def test_of_cards_that_fit_alike_the_nearest_in_meaning_comes_first():
    """Two cards for the same behaviour are ordered by nearness, and each is turned into a vector once."""
    encoder = BagOfWords()
    adviser = EmbeddedAdviser(encoder, KNOWLEDGE)
    twins = (
        a_practice("a-distant", ("priorities",), what="Swap shifts fairly."),
        a_practice("b-near", ("priorities",), what="Saying what comes first."),
    )
    assert [card.id for card in adviser.rank(a_finding(behaviour="priorities"), twins)] == ["b-near", "a-distant"]
    before = len(encoder.seen)
    adviser.rank(a_finding(behaviour="priorities"), twins)
    assert len(encoder.seen) == before + 1


def test_a_clear_choice_costs_no_vectors():
    """Where one card fits better than all others, nothing is encoded."""
    encoder = BagOfWords()
    EmbeddedAdviser(encoder, KNOWLEDGE).rank(a_finding(behaviour="priorities"), CARDS)
    assert encoder.seen == []


def test_nothing_is_encoded_before_it_is_needed():
    """Making an adviser costs nothing."""
    encoder = BagOfWords()
    EmbeddedAdviser(encoder, KNOWLEDGE)
    assert encoder.seen == []


@given(st.sampled_from(FindingKind), st.sampled_from(sorted(BEHAVIOURS)), st.sampled_from(CARDS))
def test_why_is_one_sentence_that_names_the_behaviour(kind, behaviour, card):
    """The reason for a practice is one finished sentence about what was found."""
    why = EmbeddedAdviser(BagOfWords(), KNOWLEDGE).why(a_finding(kind=kind, behaviour=behaviour), card)
    assert BEHAVIOURS[behaviour].doing in why
    assert why.endswith(".")
    assert why.count(".") == 1
    assert "{" not in why


def test_reasons_vary_from_card_to_card():
    """Three suggestions in one report do not give the same reason three times."""
    adviser = EmbeddedAdviser(BagOfWords(), KNOWLEDGE)
    cards = [a_practice(f"card-{n}") for n in range(8)]
    assert len({adviser.why(a_finding(), card).replace("10", "") for card in cards}) >= 3


def test_a_finding_on_an_unknown_behaviour_is_advised_on_by_its_fundamental():
    """A report made with an older knowledge base still gets a fitting card."""
    adviser = EmbeddedAdviser(BagOfWords(), a_knowledge())
    old = a_finding(behaviour="priorities")
    unknown = EmbeddedAdviser(BagOfWords(), type(KNOWLEDGE)({}, KNOWLEDGE.practices, ()))
    assert unknown.rank(old, (CARDS[0], a_practice("clear", ("goals",))))[0].id == "clear"
    assert "creating clarity" in unknown.why(old, CARDS[0])
    assert adviser.rank(old, ()) == ()
