"""What a manager has taken on, as JSON."""

from __future__ import annotations

from typing import Any

from assistant.domain.commitments import Commitment


def as_json(one: Commitment) -> dict[str, Any]:
    """A commitment as plain values; its manager's words are empty once they have been deleted."""
    return {
        "id": one.id,
        "round": one.round_key,
        "behaviour": one.behaviour,
        "practice": one.practice,
        "question": one.question,
        "step": one.step,
        "due": one.due.isoformat(),
        "taken_at": one.taken_at.isoformat(),
        "state": one.state.value,
        "closed_at": one.closed_at.isoformat() if one.closed_at else None,
        "outcome": one.outcome,
        "notes": [{"at": note.at.isoformat(), "text": note.text} for note in one.notes],
    }
