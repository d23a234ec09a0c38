"""A report in a model's words, and what becomes of words that rest on nothing."""

from collections.abc import Callable

import pytest

from assistant.domain.authorship import Author
from assistant.domain.errors import OutOfReach
from assistant.domain.narration import Narration, Outline
from assistant.domain.report import Climate, Finding, Suggestion
from assistant.domain.usage import CallPurpose, total
from assistant.domain.words import ClimateLevel, FindingKind, Stance
from assistant.engines.llm.grounding import ungrounded
from assistant.engines.llm.narrator import MOST_AT_ONCE
from assistant.engines.llm.usage import LedgerInMemory
from tests.fakes.chats import PROMPTS, Answering, an_engine, in_turn
from tests.fakes.well_behaved import well_behaved

GOOD = "You say that you decide in good time. Your team often waits longer than it would like."
WHY = "It shows your team when a decision will come."
OPENING = ("Mia, you and your team see decisions differently.", ["f1"]), ("Talk about it with them.", [])
CLIMATE = Climate(ClimateLevel.MIXED, 0.0, (-0.5, 0.5), ())


@pytest.fixture
def a_finding(knowledge) -> Callable[..., Finding]:
    """Makes a finding without words."""

    def make(id_: str = "f1", behaviour: str = "timely_decisions", confidence: float = 0.9) -> Finding:
        fundamental = knowledge.behaviours[behaviour].fundamental
        return Finding(id_, FindingKind.BLIND_SPOT, fundamental, behaviour, "", (), 4, confidence)

    return make


@pytest.fixture
def outline(a_finding) -> Outline:
    """One finding on something that Mia says she does, and one suggestion for it."""
    suggested = Suggestion("s1", "Decide", "decide-or-name-the-day", ("f1",), "", "Step.", "Words.", "Sign.")
    return Outline("Mia", (a_finding(),), {"f1": Stance.DOES}, CLIMATE, (suggested,))


def reported(*summary: tuple[str, list[str]], **texts: str) -> dict:
    """A model's answer: sentences of the summary with what they rest on, and texts by id."""
    return {
        "texts": [{"id": id_, "text": text} for id_, text in texts.items()],
        "summary": [{"text": text, "findings": findings} for text, findings in summary],
    }


@pytest.fixture
def narrate(embedded, knowledge) -> Callable[..., Narration]:
    """Words an outline with a model that gives these answers."""
    return lambda outline, *answers: an_engine(in_turn(*answers), embedded, knowledge).narrate(outline)


def test_a_whole_report_is_worded_in_one_call(embedded, knowledge, outline):
    """Findings, reasons and summary, each signed by the careful model and its prompt."""
    chat = Answering(answer=in_turn(reported(*OPENING, f1=GOOD, s1=WHY)))
    told = an_engine(chat, embedded, knowledge).narrate(outline)
    assert (told.findings["f1"].text, told.reasons["s1"].text) == (GOOD, WHY)
    assert told.summary.text == "Mia, you and your team see decisions differently. Talk about it with them."
    assert {w.by for w in (told.findings["f1"], told.reasons["s1"], told.summary)} == {
        Author("openai:large", str(PROMPTS["word-report"]))
    }
    assert len(chat.seen) == 1


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
def test_words_that_rest_on_nothing_are_not_said(embedded, knowledge, outline, bad):
    """That text alone is asked for once more; then the embedded words stand in its place, signed as such."""
    chat = Answering(answer=in_turn(reported(*OPENING, f1=bad, s1=WHY), reported(f1=bad)))
    ledger = LedgerInMemory()
    told = an_engine(chat, embedded, knowledge, ledger).narrate(outline)
    assert told.findings == embedded.narrate(outline).findings
    assert told.reasons["s1"].text == WHY
    assert told.summary.by.engine == "openai:large"
    assert [str(messages[-1].content).rpartition("Wanted: ")[2] for messages in chat.seen] == ["summary, s1, f1", "f1"]
    assert total(ledger.used.values()).stand_ins == 1


def test_a_second_time_may_be_better(narrate, outline):
    """Then the model's words stand."""
    told = narrate(outline, reported(*OPENING, f1="It is 5.", s1=WHY), reported(f1=GOOD))
    assert told.findings["f1"].text == GOOD


def test_a_finding_that_was_worded_reads_the_same(embedded, knowledge, outline, a_finding):
    """It is not asked for again, unless it has become less sure."""
    chat = Answering(
        answer=in_turn(reported(*OPENING, f1=GOOD, s1=WHY), reported(*OPENING, f1="Deciding it is.", s1=WHY))
    )
    engine = an_engine(chat, embedded, knowledge)
    assert [engine.narrate(outline).findings["f1"].text for _ in range(2)] == [GOOD, GOOD]
    assert "Wanted: summary, s1\n" in f"{chat.seen[1][-1].content}\n"
    unsure = Outline("Mia", (a_finding(confidence=0.5),), {"f1": Stance.DOES}, CLIMATE, outline.suggestions)
    assert engine.narrate(unsure).findings["f1"].text == "Deciding it is."


@pytest.mark.parametrize(
    "summary",
    [
        [("Mia, you and your team see decisions differently.", ["f7"])],
        [("Mia, all is well.", [])],
        [("Mia, Bo waits for you deciding.", ["f1"])],
        [("Mia, two of them wait for you deciding.", ["f1"])],
        [("Mia, you are a great person.", ["f1"])],
        [("You and your team see decisions differently.", ["f1"])],
        [],
    ],
)
def test_a_summary_that_cites_what_is_not_there_is_not_shown(embedded, narrate, outline, summary):
    """Nor one that cites nothing, or names or counts somebody; the other texts stand."""
    told = narrate(outline, reported(*summary, f1=GOOD, s1=WHY))
    assert told.summary == embedded.narrate(outline).summary
    assert told.findings["f1"].text == GOOD


def test_a_reason_is_checked_too(embedded, narrate, outline):
    """One sentence for a practice."""
    told = narrate(outline, reported(*OPENING, f1=GOOD, s1="Deciding so worked for 90 % of teams."))
    assert told.reasons == embedded.narrate(outline).reasons


@pytest.mark.parametrize("failed", ["No.", OutOfReach("It is gone."), {"texts": "none"}])
def test_where_the_model_fails_the_embedded_words_stand(embedded, narrate, outline, failed):
    """All of them; and what passed before it failed stays."""
    assert narrate(outline, failed) == embedded.narrate(outline)
    told = narrate(outline, reported(*OPENING, f1=GOOD), failed)
    assert told.findings["f1"].text == GOOD
    assert told.reasons == embedded.narrate(outline).reasons


def test_a_long_report_is_worded_in_parts(embedded, knowledge, a_finding):
    """Each text once, and no call with more than a model keeps in view."""
    findings = tuple(a_finding(f"f{n}", behaviour) for n, behaviour in enumerate(knowledge.behaviours, 1))
    chat, ledger = Answering(answer=well_behaved(embedded)), LedgerInMemory()
    told = an_engine(chat, embedded, knowledge, ledger).narrate(Outline("Mia", findings, {}, CLIMATE, ()))
    assert {*told.findings} == {f.id for f in findings}
    assert {w.by.engine for w in (*told.findings.values(), told.summary)} == {"openai:large"}
    assert len(chat.seen) == -(-(len(findings) + 1) // MOST_AT_ONCE)
    assert {kind.purpose for kind in ledger.used} == {CallPurpose.WORDING}


def test_what_goes_out_for_words_are_behaviours_and_kinds(embedded, knowledge, outline):
    """No number of people, no e-mail, nobody's words."""
    chat = Answering(answer=in_turn(reported(*OPENING, f1=GOOD, s1=WHY)))
    an_engine(chat, embedded, knowledge).narrate(outline)
    human = str(chat.seen[0][-1].content)
    assert "blind_spot" in human
    assert not any(character.isdigit() for character in human.replace("f1", "").replace("s1", ""))


def test_cards_are_ranked_without_a_model(embedded, knowledge, a_finding):
    """By rules, as before."""
    cards = tuple(knowledge.practices.values())
    engine = an_engine(in_turn(AssertionError("asked")), embedded, knowledge)
    assert engine.rank(a_finding(), cards) == embedded.rank(a_finding(), cards)


@pytest.mark.parametrize("text", [GOOD, "Mia, it is so.", "Deciding late costs trust.", "You decide. I see that."])
def test_plain_sentences_pass(text):
    """A name that was given is no invention."""
    assert ungrounded(text, ("Mia",), 200) is None
