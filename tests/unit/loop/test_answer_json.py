"""An answer as JSON."""

from assistant.domain.inquiry import Answer, CitedFinding, Figure, Measure, Query, Sentence
from assistant.domain.words import FindingKind, Fundamental
from assistant.loop.formats import answer_json


def test_an_answer_is_written_with_its_evidence():
    """Question, what was understood, the answer and each cited finding are plain values."""
    cited = CitedFinding(
        "mia@acme.example/f1",
        "mia@acme.example",
        FindingKind.BLIND_SPOT,
        Fundamental.BUILDING_TRUST,
        "Text.",
        None,
        0.66666,
    )
    assert answer_json.as_json(Answer("Where?", "2026-Q4", "Blind spots.", "Here.", (cited,))) == {
        "question": "Where?",
        "round": "2026-Q4",
        "understood": "Blind spots.",
        "text": "Here.",
        "findings": [
            {
                "id": "mia@acme.example/f1",
                "manager": "mia@acme.example",
                "kind": "blind_spot",
                "fundamental": "building_trust",
                "text": "Text.",
                "respondents": None,
                "confidence": 0.667,
            }
        ],
        "refused": None,
        "query": None,
        "sentences": [],
        "figures": [],
    }


def test_query_sentences_and_figures_are_written_with_their_evidence():
    """Another program can tell what was asked, what each sentence rests on, and every number."""
    query = Query(Measure.ALIGNMENT, ("mia@acme.example",), (Fundamental.BUILDING_TRUST,), rounds=("2026-Q3",))
    figure = Figure("Building trust", "2026-Q3", ("mia@acme.example",), 3, 4, 9, 0.75, (0.51234, 0.9))
    sentences = (Sentence("Here.", ("mia@acme.example/f1",)),)
    written = answer_json.as_json(Answer("", "2026-Q3", "Trust.", "Here.", (), None, query, sentences, (figure,)))
    assert (written["query"]["measure"], written["query"]["rounds"]) == ("alignment", ["2026-Q3"])
    assert written["sentences"] == [{"text": "Here.", "findings": ["mia@acme.example/f1"]}]
    (number,) = written["figures"]
    assert (number["count"], number["total"], number["interval"]) == (3, 4, [0.512, 0.9])


def test_a_refusal_says_why():
    """A refused question has its reason and no findings."""
    found = answer_json.as_json(Answer("Who?", "2026-Q4", "Who said what.", "No.", (), "No."))
    assert (found["refused"], found["findings"]) == ("No.", [])
