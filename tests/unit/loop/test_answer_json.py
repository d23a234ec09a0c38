"""An answer as JSON."""

from assistant.domain.inquiry import Answer, CitedFinding
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
    }


def test_a_refusal_says_why():
    """A refused question has its reason and no findings."""
    found = answer_json.as_json(Answer("Who?", "2026-Q4", "Who said what.", "No.", (), "No."))
    assert (found["refused"], found["findings"]) == ("No.", [])
