"""Findings, reports and practices as a test needs them, with everything it does not speak of filled in."""

from __future__ import annotations

from typing import Any

from assistant.domain.knowledge import Behaviour, Knowledge, Practice
from assistant.domain.report import (
    Claim,
    Climate,
    Finding,
    FundamentalAlignment,
    NamedStatement,
    Report,
    Source,
    Suggestion,
)
from assistant.domain.words import Alignment, ClimateLevel, FindingKind, Fundamental, Stance

_ALL = (
    Behaviour("goals", Fundamental.CREATING_CLARITY, "agrees on goals", "agreeing on goals", "Targets for the year."),
    Behaviour("priorities", Fundamental.CREATING_CLARITY, "says what comes first", "saying what comes first", "Order."),
    Behaviour("listening", Fundamental.BUILDING_TRUST, "listens", "listening", "Attention in the moment."),
    Behaviour("bad_news", Fundamental.BUILDING_TRUST, "welcomes bad news", "welcoming bad news", "Warnings."),
    Behaviour("workload", Fundamental.POWERING_PERFORMANCE, "keeps the load low", "keeping the load low", "Amount."),
    Behaviour("strengths", Fundamental.DEVELOPING_TALENT, "uses strengths", "using strengths", "Talents."),
)
BEHAVIOURS = {behaviour.id: behaviour for behaviour in _ALL}


def a_practice(id: str = "p", behaviours: tuple[str, ...] = ("listening",), use: str = "gap", **more: Any) -> Practice:
    """A practice whose texts name its id."""
    return Practice(
        **{
            "id": id,
            "title": f"Title of {id}",
            "fundamental": BEHAVIOURS[behaviours[0]].fundamental,
            "behaviours": behaviours,
            "uses": frozenset({use}),
            "minutes": 10,
            "source": f"Source of {id}",
            "what": f"What {id} is.",
            "fits": f"When {id} fits.",
            "does_not_fit": "Never mind.",
            "first_step": f"First step of {id}.",
            "words": f"Words of {id}.",
            "team_would_notice": f"The team notices {id}.",
            "traps": "None.",
            **more,
        }
    )


def a_knowledge(*practices: Practice) -> Knowledge:
    """The few behaviours of these tests, with the practices given."""
    return Knowledge(BEHAVIOURS, {practice.id: practice for practice in practices}, ())


def a_finding(
    id: str = "f1", kind: FindingKind = FindingKind.BLIND_SPOT, behaviour: str = "listening", **more: Any
) -> Finding:
    """A finding on one of the behaviours of these tests."""
    known = BEHAVIOURS[behaviour]
    values = {"text": f"Your team misses {known.doing}.", "claims": (), "respondents": 5, "confidence": 0.8, **more}
    return Finding(id=id, kind=kind, fundamental=known.fundamental, behaviour=behaviour, **values)


def a_claim(text: str = "I listen.", **more: Any) -> Claim:
    """A claim that the team confirms."""
    values = {
        "id": "c1",
        "about": None,
        "fundamental": Fundamental.BUILDING_TRUST,
        "behaviour": "listening",
        "stance": Stance.DOES,
        "alignment": Alignment.CONFIRMED,
        "support": 4,
        "oppose": 0,
        "source": Source(0, 1, 0, len(text)),
        **more,
    }
    return Claim(text=text, **values)


def a_suggestion(findings: tuple[str, ...] = ("f1",), **more: Any) -> Suggestion:
    """A suggestion resting on these findings."""
    values = {
        "id": "s1",
        "title": "Let people finish",
        "practice": "let-people-finish",
        "why": "It starts where your team feels a gap.",
        "next_step": "Count to three.",
        "words": "Go on.",
        "team_would_notice": "They get to the end.",
        **more,
    }
    return Suggestion(findings=findings, **values)


def a_named_statement(id: str = "n1", author: str = "li@acme.example", text: str = "You listen.") -> NamedStatement:
    """What somebody says under their name about listening."""
    return NamedStatement(id, author, text, Fundamental.BUILDING_TRUST, "listening", Stance.VALUED)


def a_report(manager: str = "mia@acme.example", *findings: Finding, **more: Any) -> Report:
    """A report above the floor with these findings."""
    values = {
        "round_key": "2026-Q4",
        "invited": 7,
        "respondents": 6,
        "suppressed": False,
        "reason": None,
        "engine": "embedded:test",
        "fundamentals": tuple(FundamentalAlignment(name, 2, 1, 0, 1, 0, 0.5, (0.1, 0.9)) for name in Fundamental),
        "claims": (),
        "climate": Climate(ClimateLevel.TOO_LITTLE_EVIDENCE, None, None, ()),
        "summary": "Mia, here is what both sides said.",
        "suggestions": (),
        **more,
    }
    return Report(manager=manager, findings=findings, **values)


def a_suppressed_report(manager: str = "leo@acme.example", **more: Any) -> Report:
    """A report below the floor: the manager's own claims stand alone."""
    values = {
        "respondents": None,
        "suppressed": True,
        "reason": "Fewer than 4 people have given feedback in this round.",
        "fundamentals": (),
        "summary": "",
        **more,
    }
    return a_report(manager, **values)
