"""An answer to a leader's question as JSON."""

from __future__ import annotations

from typing import Any

from assistant.domain.inquiry import Answer

DIGITS = 3


def as_json(answer: Answer) -> dict[str, Any]:
    """The answer as plain values; ``refused`` is null where the question was answered."""
    return {
        "question": answer.question,
        "round": answer.round_key,
        "understood": answer.understood,
        "text": answer.text,
        "findings": [
            {
                "id": finding.id,
                "manager": finding.manager,
                "kind": finding.kind.value,
                "fundamental": finding.fundamental.value,
                "text": finding.text,
                "respondents": finding.respondents,
                "confidence": round(finding.confidence, DIGITS),
            }
            for finding in answer.findings
        ],
        "refused": answer.refused,
    }
