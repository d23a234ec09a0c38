"""An answer to a leader's question as JSON."""

from __future__ import annotations

from typing import Any

from assistant.domain.inquiry import Answer, CitedFinding, Figure, Query, Sentence

DIGITS = 3


def as_json(answer: Answer) -> dict[str, Any]:
    """The answer as plain values; ``refused`` is null where the question was answered.

    ``query`` is how it was understood; of each sentence, ``findings`` are the ids of all it rests on.
    """
    return {
        "question": answer.question,
        "round": answer.round_key,
        "understood": answer.understood,
        "text": answer.text,
        "findings": [*map(finding_json, answer.findings)],
        "refused": answer.refused,
        "query": _query(answer.query) if answer.query else None,
        "sentences": [*map(sentence_json, answer.sentences)],
        "figures": [*map(figure_json, answer.figures)],
    }


def sentence_json(sentence: Sentence) -> dict[str, Any]:
    """A sentence with the ids of all the findings that it rests on."""
    return {"text": sentence.text, "findings": [*sentence.rests_on]}


def finding_json(finding: CitedFinding) -> dict[str, Any]:
    """A finding as something rests on it."""
    return {
        "id": finding.id,
        "manager": finding.manager,
        "kind": finding.kind.value,
        "fundamental": finding.fundamental.value,
        "text": finding.text,
        "respondents": finding.respondents,
        "confidence": round(finding.confidence, DIGITS),
    }


def figure_json(figure: Figure) -> dict[str, Any]:
    """A number as it is drawn."""
    return {
        "label": figure.label,
        "round": figure.round_key,
        "managers": [*figure.managers],
        "count": figure.count,
        "total": figure.total,
        "respondents": figure.respondents,
        "value": _rounded(figure.value),
        "interval": [_rounded(end) for end in figure.interval] if figure.interval else None,
    }


def _query(query: Query) -> dict[str, Any]:
    return {
        "measure": query.measure.value,
        "managers": [*query.managers],
        "with_below": query.with_below,
        "fundamentals": [fundamental.value for fundamental in query.fundamentals],
        "kinds": [kind.value for kind in query.kinds],
        "behaviours": [*query.behaviours],
        "rounds": [*query.rounds],
        "comparison": query.comparison.value,
        "change": query.change.value,
        "order": query.order.value,
        "why": query.why,
    }


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, DIGITS)
