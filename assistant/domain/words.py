"""The field's own words: what is said, about what, and how it is meant."""

from __future__ import annotations

from enum import StrEnum


class Fundamental(StrEnum):
    """One of the four areas in which a manager brings value."""

    DEVELOPING_TALENT = "developing_talent"
    CREATING_CLARITY = "creating_clarity"
    BUILDING_TRUST = "building_trust"
    POWERING_PERFORMANCE = "powering_performance"

    @property
    def title(self) -> str:  # type: ignore[override]
        """The fundamental as a heading."""
        return self.value.replace("_", " ").capitalize()


class ConversationKind(StrEnum):
    """A manager reflects; a team member gives feedback."""

    REFLECTION = "reflection"
    FEEDBACK = "feedback"


class Role(StrEnum):
    """What people.csv may say beyond the reporting line."""

    NONE = ""
    LEADER = "leader"
    ADMIN = "admin"


class Speaker(StrEnum):
    """Who wrote a message of a conversation."""

    ASSISTANT = "assistant"
    USER = "user"


class Stance(StrEnum):
    """How a statement is meant: the first three of a claim, the others of an observation."""

    DOES = "does"
    ADMITS = "admits"
    INTENDS = "intends"
    VALUED = "valued"
    MISSING = "missing"
    HARMFUL = "harmful"


CLAIM_STANCES = frozenset({Stance.DOES, Stance.ADMITS, Stance.INTENDS})
OBSERVATION_STANCES = frozenset({Stance.VALUED, Stance.MISSING, Stance.HARMFUL})


class Alignment(StrEnum):
    """What the downline's observations say of a claim."""

    CONFIRMED = "confirmed"
    MIXED = "mixed"
    CONTESTED = "contested"
    UNSEEN = "unseen"


class FindingKind(StrEnum):
    """A gap or a match between the two sides."""

    SHARED_STRENGTH = "shared_strength"
    HIDDEN_STRENGTH = "hidden_strength"
    SHARED_CONCERN = "shared_concern"
    BLIND_SPOT = "blind_spot"
    SPLIT_VIEW = "split_view"
    UNSEEN_CLAIM = "unseen_claim"

    @property
    def title(self) -> str:  # type: ignore[override]
        """The kind as a heading."""
        return self.value.replace("_", " ").capitalize()


GAPS = frozenset({FindingKind.BLIND_SPOT, FindingKind.SHARED_CONCERN, FindingKind.SPLIT_VIEW})


class Signal(StrEnum):
    """What an event tells of a team's trust climate."""

    SAFETY = "safety"
    OWNERSHIP = "ownership"
    BLAME = "blame"
    FEAR = "fear"


class ClimateLevel(StrEnum):
    """The team's trust climate."""

    HIGH_TRUST = "high_trust"
    MIXED = "mixed"
    FEAR_DRIVEN = "fear_driven"
    TOO_LITTLE_EVIDENCE = "too_little_evidence"
