"""A roll-up as JSON."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from assistant.domain.roll_up import RollUp, Side

BELOW_THE_FLOOR = "The teams below are together too few people to be shown."


def as_json(roll_up: RollUp) -> dict[str, Any]:
    """The roll-up as plain values; each number means at least as many people, None that none can be told."""
    return {
        "leader": roll_up.leader,
        "round": roll_up.round_key,
        "respondents": roll_up.respondents,
        "suppressed": roll_up.respondents is None,
        "reason": BELOW_THE_FLOOR if roll_up.respondents is None else None,
        "counts": rows(roll_up),
    }


def rows(roll_up: RollUp) -> list[dict[str, Any]]:
    """A row for each fundamental as a whole (``behaviour`` is None), and after it one for each of its behaviours."""
    people: dict[tuple[str, str], dict[Side, int]] = defaultdict(dict)
    for voice, number in roll_up.counts:
        people[voice.fundamental.value, voice.behaviour or ""][voice.side] = number
    return [
        {
            "fundamental": fundamental,
            "behaviour": behaviour or None,
            **{side.value: people[fundamental, behaviour].get(side) for side in Side},
        }
        for fundamental, behaviour in sorted(people)
    ]
