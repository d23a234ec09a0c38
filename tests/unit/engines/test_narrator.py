"""The narrator: findings and summaries that a manager can hear."""

import re
from dataclasses import replace
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.domain.report import Climate
from assistant.domain.words import GAPS, ClimateLevel, FindingKind, Stance
from assistant.engines.embedded.narrator import EmbeddedNarrator, addressed
from tests.fakes.reports import BEHAVIOURS, a_finding

NARRATOR = EmbeddedNarrator(BEHAVIOURS)
STANCES = (None, Stance.DOES, Stance.ADMITS, Stance.INTENDS)
NO_EVIDENCE = Climate(ClimateLevel.TOO_LITTLE_EVIDENCE, None, None, ())

kinds = st.sampled_from(FindingKind)
stances = st.sampled_from(STANCES)
behaviours = st.sampled_from(sorted(BEHAVIOURS.values(), key=lambda b: b.id))


def sentences(text: str) -> list[str]:
    """A text in sentences."""
    return re.findall(r"[^.?]+[.?]", text)


@given(kinds, behaviours, stances, st.floats(0, 1))
def test_every_finding_names_its_behaviour_to_the_manager(kind, behaviour, stance, confidence):
    """Whatever was found, two sentences say which behaviour it is, speak to "you", and leave no gap to fill in."""
    text = NARRATOR.finding(kind, behaviour, stance, confidence)
    assert behaviour.doing in text.lower()
    assert re.search(r"\byou", text, re.IGNORECASE)
    assert len(sentences(text)) == 2
    assert not re.search(r"[{}]", text)


@given(kinds, behaviours, stances, st.floats(0, 1))
def test_no_finding_tells_how_many_people_spoke(kind, behaviour, stance, confidence):
    """A finding's words hold no numbers, in digits or spelled out; counts are shown elsewhere, above the floor."""
    text = NARRATOR.finding(kind, behaviour, stance, confidence)
    assert not re.search(r"\d|\b(two|three|four|five|several|most|majority|everyone|nobody)\b", text, re.IGNORECASE)


@given(kinds, behaviours, stances, st.floats(0, 0.69))
def test_a_finding_that_is_less_sure_says_so(kind, behaviour, stance, confidence):
    """Below a confidence of 0.7 a finding is put as something that may be."""
    assert re.search(r"\bseems?\b|\bmay\b|\bas far as\b", NARRATOR.finding(kind, behaviour, stance, confidence), re.I)


@pytest.mark.parametrize(("kind", "stance"), list(product(FindingKind, STANCES)))
def test_findings_of_one_kind_do_not_read_like_a_form(kind, stance):
    """Six findings of one kind on different behaviours are put in at least three different ways."""
    ways = {NARRATOR.finding(kind, b, stance, 0.9).lower().replace(b.doing, "...") for b in BEHAVIOURS.values()}
    assert len(ways) >= 3


def test_the_same_finding_always_reads_the_same():
    """A second analysis does not change the words of a finding."""
    one, other = EmbeddedNarrator(), EmbeddedNarrator(BEHAVIOURS)
    behaviour = BEHAVIOURS["goals"]
    assert one.finding(FindingKind.BLIND_SPOT, behaviour, None, 0.9) == other.finding(
        FindingKind.BLIND_SPOT, behaviour, None, 0.9
    )


@pytest.mark.parametrize("kind", [FindingKind.BLIND_SPOT, FindingKind.SPLIT_VIEW, FindingKind.SHARED_CONCERN])
def test_gaps_are_worded_without_labels(kind):
    """A manager is told of a behaviour and its effect, and not called anything."""
    texts = " ".join(
        NARRATOR.finding(kind, b, stance, c) for b in BEHAVIOURS.values() for stance in STANCES for c in (0.5, 0.9)
    )
    assert not re.search(r"\b(blind|fail\w*|poor\w*|wrong|lie\w*|weak\w*|deny|denial|never|ignore\w*)\b", texts, re.I)


def test_an_afterthought_in_a_behaviour_is_closed_by_a_comma():
    """A behaviour that holds a comma does not run into the rest of its sentence."""
    tone = replace(BEHAVIOURS["listening"], doing="being kind, also under pressure")
    texts = [
        EmbeddedNarrator().finding(kind, replace(tone, id=f"b{n}"), stance, 0.9)
        for kind in FindingKind
        for stance in STANCES
        for n in range(6)
    ]
    assert any("also under pressure, " in text for text in texts)
    assert not any("also under pressure " in text for text in texts)


def test_what_is_said_of_people_in_general_is_said_to_the_manager():
    """A behaviour described with "one" is turned to "you"."""
    assert addressed("owning up to one's own mistakes") == "owning up to your own mistakes"
    assert addressed("keeping to oneself what was said") == "keeping to yourself what was said"
    assert addressed("saying openly what one thinks, to the person") == "saying openly what you think, to the person"


@given(
    st.lists(st.tuples(kinds, behaviours, st.none() | st.integers(4, 12), st.floats(0, 1)), max_size=12),
    st.sampled_from(ClimateLevel),
)
def test_a_summary_has_three_to_five_sentences(found, level):
    """With any findings, and with none, a summary is short, speaks to the manager by name and holds no numbers."""
    findings = [
        a_finding(f"f{n}", kind, behaviour.id, respondents=respondents, confidence=confidence)
        for n, (kind, behaviour, respondents, confidence) in enumerate(found)
    ]
    text = NARRATOR.summary("Nora", findings, Climate(level, None, None, ()))
    assert 3 <= len(sentences(text)) <= 5
    assert text.startswith("Nora, ")
    assert not re.search(r"\d", text)


def test_a_summary_names_the_best_supported_agreement_and_gap():
    """Where both sides agree and where they differ is named by the findings most people stand behind."""
    findings = [
        a_finding("f1", FindingKind.BLIND_SPOT, "goals", respondents=4),
        a_finding("f2", FindingKind.BLIND_SPOT, "bad_news", respondents=9),
        a_finding("f3", FindingKind.BLIND_SPOT, "listening", respondents=8),
        a_finding("f4", FindingKind.SHARED_STRENGTH, "workload", respondents=6),
    ]
    text = NARRATOR.summary("Nora", findings, NO_EVIDENCE)
    assert "both see a strength in keeping the load low." in text
    assert "differ most on welcoming bad news and listening." in text
    assert "goals" not in text


def test_a_summary_without_findings_is_honest():
    """Where nothing was found, the summary names neither an agreement nor a gap."""
    text = NARRATOR.summary("Nora", [], NO_EVIDENCE)
    assert "no agreement and no gap" in text
    assert not any(behaviour.doing in text for behaviour in BEHAVIOURS.values())


def test_too_little_evidence_on_the_climate_is_called_normal():
    """A team that told of no such moments does not make its manager worry."""
    assert "normal" in NARRATOR.summary("Nora", [], NO_EVIDENCE)


def test_a_behaviour_that_is_no_longer_known_is_named_by_its_fundamental():
    """A summary can be written without a knowledge base."""
    text = EmbeddedNarrator().summary("Nora", [a_finding(behaviour="goals")], NO_EVIDENCE)
    assert "differ most on creating clarity." in text


@pytest.mark.parametrize("kind", sorted(GAPS))
def test_a_summary_with_a_gap_invites_to_talk_about_it(kind):
    """The last sentence turns towards the team."""
    assert "team" in sentences(NARRATOR.summary("Nora", [a_finding(kind=kind)], NO_EVIDENCE))[-1]


@pytest.mark.parametrize("kind", FindingKind)
def test_two_findings_of_a_kind_on_one_behaviour_are_told_in_other_words(kind):
    """Three topics may be about one behaviour; none of them reads like another."""
    told = [NARRATOR.finding(kind, BEHAVIOURS["goals"], Stance.DOES, 0.9, n) for n in range(3)]
    assert len(set(told)) == 3
