"""Findings, summaries and reasons in a model's words, and what becomes of words that rest on nothing."""

import pytest

from assistant.domain.authorship import Author
from assistant.domain.report import Climate, Finding
from assistant.domain.words import ClimateLevel, FindingKind, Stance
from assistant.engines.llm.grounding import ungrounded
from tests.fakes.chats import PROMPTS, Answering, an_engine, in_turn

GOOD = "You say that you decide in good time. Your team often waits longer than it would like."
CLIMATE = Climate(ClimateLevel.MIXED, 0.0, (-0.5, 0.5), ())


@pytest.fixture
def behaviour(knowledge):
    return knowledge.behaviours["timely_decisions"]


def a_finding(id_: str, kind: FindingKind, behaviour) -> Finding:
    """A finding without words."""
    return Finding(id_, kind, behaviour.fundamental, behaviour.id, "", (), 4, 0.9)


def summed(*sentences: tuple[str, list[str]]) -> dict:
    """A model's summary."""
    return {"sentences": [{"text": text, "findings": findings} for text, findings in sentences]}


@pytest.mark.parametrize(
    "bad",
    [
        "Three of your people wait for work to be decided.",
        "Your team waits 3 weeks for deciding.",
        "Your team waits for deciding, and so does Anna.",
        "Anna waits for you deciding.",
        'They say "we wait for weeks".',
        "See https://evil.example for more.",
        "Write to li@acme.example.",
        "**Your** deciding waits.",
        "Your deciding waits.\n\nAnd waits.",
        "",
        "Deciding in time. " * 40,
        "You are not allowed to use any text in your report.",
    ],
)
def test_words_that_rest_on_nothing_are_not_said(embedded, knowledge, behaviour, bad):
    """They are asked for once more; then the embedded words stand."""
    chat = Answering(answer=in_turn({"text": bad}))
    words = an_engine(chat, embedded, knowledge).finding(FindingKind.BLIND_SPOT, behaviour, Stance.DOES, 0.9).text
    assert words == embedded.finding(FindingKind.BLIND_SPOT, behaviour, Stance.DOES, 0.9).text
    assert len(chat.seen) == 2


def test_good_words_are_said_and_remembered(embedded, knowledge, behaviour):
    """The same finding reads the same."""
    chat = Answering(
        answer=in_turn({"text": "It is 5."}, {"text": GOOD}, {"text": "Your team may wait for you to decide."})
    )
    engine = an_engine(chat, embedded, knowledge)
    for _ in range(2):
        assert engine.finding(FindingKind.BLIND_SPOT, behaviour, Stance.DOES, 0.9).text == GOOD
    assert len(chat.seen) == 2
    assert (
        engine.finding(FindingKind.BLIND_SPOT, behaviour, Stance.DOES, 0.5).text
        == "Your team may wait for you to decide."
    )


def test_a_summary_rests_on_the_findings_it_cites(embedded, knowledge, behaviour):
    """Sentence by sentence, put together."""
    findings = [a_finding("f1", FindingKind.BLIND_SPOT, behaviour)]
    answer = summed(("Mia, you and your team see decisions differently.", ["f1"]), ("Talk about it with them.", []))
    said = an_engine(in_turn(answer), embedded, knowledge).summary("Mia", findings, CLIMATE).text
    assert said == "Mia, you and your team see decisions differently. Talk about it with them."


@pytest.mark.parametrize(
    "answer",
    [
        summed(("Mia, you and your team see decisions differently.", ["f7"])),
        summed(("Mia, all is well.", [])),
        summed(("Mia, Bo waits for you deciding.", ["f1"])),
        summed(("Mia, two of them wait for you deciding.", ["f1"])),
        summed(("Mia, you are a great person.", ["f1"])),
        summed(("You and your team see decisions differently.", ["f1"])),
        "no",
    ],
)
def test_a_summary_that_cites_what_is_not_there_is_not_shown(embedded, knowledge, behaviour, answer):
    """Nor one that cites nothing, or names or counts somebody."""
    findings = [a_finding("f1", FindingKind.BLIND_SPOT, behaviour)]
    said = an_engine(in_turn(answer), embedded, knowledge).summary("Mia", findings, CLIMATE).text
    assert said == embedded.summary("Mia", findings, CLIMATE).text


def test_what_goes_out_for_words_are_behaviours_and_kinds(embedded, knowledge, behaviour):
    """No number of people, no e-mail, nobody's words."""
    chat = Answering(answer=in_turn(summed(("Mia, deciding goes well.", ["f1"]))))
    an_engine(chat, embedded, knowledge).summary("Mia", [a_finding("f1", FindingKind.BLIND_SPOT, behaviour)], CLIMATE)
    human = str(chat.seen[0][-1].content)
    assert "blind_spot" in human
    assert not any(character.isdigit() for character in human.replace("f1", ""))


def test_words_are_signed_by_who_wrote_them(embedded, knowledge, behaviour):
    """The careful model with its prompt, or the embedded engine."""

    def by(answer: dict) -> Author:
        engine = an_engine(in_turn(answer), embedded, knowledge)
        return engine.finding(FindingKind.BLIND_SPOT, behaviour, Stance.DOES, 0.9).by

    assert by({"text": GOOD}) == Author("openai:large", str(PROMPTS["word-finding"]))
    assert by({"text": "It is 5."}) == Author(embedded.name)


def test_a_reason_is_checked_too(embedded, knowledge, behaviour):
    """One sentence for a practice."""
    finding = a_finding("f1", FindingKind.BLIND_SPOT, behaviour)
    practice = knowledge.practices["decide-or-name-the-day"]
    good = {"text": "It shows your team when a decision will come."}
    assert an_engine(in_turn(good), embedded, knowledge).why(finding, practice).text == good["text"]
    bad = an_engine(in_turn({"text": "Deciding so worked for 90 % of teams."}), embedded, knowledge)
    assert bad.why(finding, practice).text == embedded.why(finding, practice).text


def test_cards_are_ranked_without_a_model(embedded, knowledge, behaviour):
    """By rules, as before."""
    finding, cards = a_finding("f1", FindingKind.BLIND_SPOT, behaviour), tuple(knowledge.practices.values())
    engine = an_engine(in_turn(AssertionError("asked")), embedded, knowledge)
    assert engine.rank(finding, cards) == embedded.rank(finding, cards)


@pytest.mark.parametrize("text", [GOOD, "Mia, it is so.", "Deciding late costs trust.", "You decide. I see that."])
def test_plain_sentences_pass(text):
    """A name that was given is no invention."""
    assert ungrounded(text, ("Mia",), 200) is None
