"""A leader's brief as JSON."""

from __future__ import annotations

from typing import Any

from assistant.domain.brief import Brief
from assistant.loop.formats.answer_json import figure_json, finding_json, sentence_json


def as_json(brief: Brief) -> dict[str, Any]:
    """The brief as plain values; ``refused`` is null where there is something to show.

    ``managers`` are those whose reports it was made of; of each sentence, ``findings`` are the ids of all it rests on.
    """
    return {
        "round": brief.round_key,
        "before": brief.before,
        "managers": [*brief.managers],
        "below_floor": brief.below,
        "without_report": brief.without,
        "refused": brief.refused,
        "parts": [
            {
                "topic": part.topic.value,
                "sentences": [*map(sentence_json, part.sentences)],
                "findings": [*map(finding_json, part.findings)],
            }
            for part in brief.parts
        ],
        "figures": [{"measure": measure.value, **figure_json(figure)} for measure, figure in brief.figures],
    }
