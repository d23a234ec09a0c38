"""The analyst over three managers, three rounds and four behaviours, with a reader that knows a few phrases."""

from __future__ import annotations

from dataclasses import replace

from assistant.domain.inquiry import Askable, Query
from assistant.domain.knowledge import Behaviour
from assistant.domain.organisation import Person
from assistant.domain.words import Fundamental
from assistant.engines.embedded.analyst import EmbeddedAnalyst
from assistant.engines.embedded.question_reader import UNSURE, Guess, Guesses

MANAGERS = (
    Person("mia@acme.example", "Mia Berg", "ada@acme.example", "Pricing"),
    Person("leo@acme.example", "Leo Stern", "ada@acme.example", "Night shift"),
    Person("zoe@acme.example", "Zoë Okafor", "mia@acme.example", "Depot"),
)
KNOWLEDGE = {
    id_: Behaviour(id_, Fundamental.CREATING_CLARITY, "", doing, "")
    for id_, doing in {
        "reasons_for_changes": "explaining why plans change",
        "giving_credit": "giving credit to those who did the work",
        "timely_decisions": "deciding in time so that work goes on",
        "workload": "keeping the workload bearable",
    }.items()
}
ROUNDS = ("2026-Q1", "2026-Q2", "2026-Q3")
CUES = {
    "grumble": {"aim": Guess("gaps", 0.9)},
    "drop hints": {"aim": Guess("gaps", 0.6), "behaviour": Guess("giving_credit", 0.6)},
    "hushed": {"aim": Guess("climate", 0.9)},
    "the thanks": {"behaviour": Guess("giving_credit", 0.9)},
    "all in all": {"aim": Guess("overview", 0.9)},
    "spilled": {"aim": Guess("who_said_what", 0.9)},
    "beside": {"comparison": Guess("rounds", 0.9), "change": Guess("worse", 0.9)},
    "just shared": {"order": Guess("none", 0.85), "comparison": Guess("none", 0.85), "behaviour": Guess("none", 0.85)},
}
"""What a reader makes of a few phrases; of all others nothing."""


def reading_of(question: str, _signs: object = ()) -> Guesses:
    """A reader that knows a few phrases."""
    return replace(UNSURE, **next((guesses for cue, guesses in CUES.items() if cue in question.lower()), {}))


def understand(question: str, before: Query | None = None) -> Query:
    """What is made of a question over three managers and three rounds."""
    return EmbeddedAnalyst(reading_of, KNOWLEDGE).understand(question, Askable(MANAGERS, ROUNDS, before))
