"""The report's own terms in plain words: what a kind of finding means, how sure it is, how the team's trust stands."""

from __future__ import annotations

from assistant.domain.words import Alignment, ClimateLevel, FindingKind, Signal

KINDS: dict[FindingKind, str] = {
    FindingKind.SHARED_STRENGTH: "You say you do it, and your team feels it.",
    FindingKind.HIDDEN_STRENGTH: "Your team values it, and you gave yourself no credit for it.",
    FindingKind.BLIND_SPOT: "Your team misses it or is hurt by it, and you did not see it as a gap.",
    FindingKind.SHARED_CONCERN: "You named the gap yourself, and your team feels it too.",
    FindingKind.SPLIT_VIEW: "Your team does not agree about it: some value it, others miss it.",
    FindingKind.UNSEEN_CLAIM: "You say you do it, and too few in your team spoke to it to say more.",
}
ALIGNMENTS: dict[Alignment, str] = {
    Alignment.CONFIRMED: "Your team backs it",
    Alignment.MIXED: "Your team is of two minds",
    Alignment.CONTESTED: "Your team sees it differently",
    Alignment.UNSEEN: "Too few spoke to it to say more",
}
CLIMATES: dict[ClimateLevel, tuple[str, str]] = {
    ClimateLevel.HIGH_TRUST: (
        "People feel safe with you",
        "What they tell is mostly of speaking up and of owning mistakes.",
    ),
    ClimateLevel.MIXED: ("Trust has two sides here", "Some speak up freely; others tell of blame or of holding back."),
    ClimateLevel.FEAR_DRIVEN: (
        "People are careful around you",
        "What they tell is mostly of blame, or of staying silent.",
    ),
    ClimateLevel.TOO_LITTLE_EVIDENCE: ("Too little was said to tell", "Not enough people spoke of it to say anything."),
}
SIGNALS: dict[Signal, str] = {
    Signal.SAFETY: "told of speaking up without worry",
    Signal.OWNERSHIP: "told of mistakes being owned and learned from",
    Signal.BLAME: "told of blame when something went wrong",
    Signal.FEAR: "told of holding back or staying silent",
}
_SHARES = (
    (0.1, "hardly any of it"),
    (0.3, "a small part of it"),
    (0.45, "less than half of it"),
    (0.55, "about half of it"),
    (0.7, "more than half of it"),
    (0.9, "most of it"),
)
_UNCERTAIN = 0.4


def share(part: float) -> str:
    """A share from 0 to 1 in words."""
    return next((words for limit, words in _SHARES if part < limit), "nearly all of it")


def backing(claims: int, alignment: float | None, interval: tuple[float, float] | None) -> str:
    """How far a team backs what its manager claims to do, and how sure that is; few may have spoken to the claims."""
    if alignment is None:
        return "Too few spoke to what you say you do." if claims else "There is nothing here that you say you do."
    words = f"Your team backs {share(alignment)}."
    if interval is None or share(interval[0]) == share(interval[1]):
        return words
    low, high = share(interval[0]), share(interval[1])
    if interval[1] - interval[0] > _UNCERTAIN:
        return f"{words} With this few voices that is a rough picture: it may be anything from {low} to {high}."
    return f"{words} It may be between {low} and {high}."


def sureness(confidence: float) -> str:
    """How sure a finding is (0 to 1), in words."""
    if confidence >= 0.75:
        return "Quite sure"
    return "Fairly sure" if confidence >= 0.5 else "A first hint"


def voices(respondents: int | None) -> str:
    """How many people stand behind something that is shown."""
    if respondents is None:
        return "A few people"
    if respondents == 0:
        return "Nobody"
    return "One person" if respondents == 1 else f"{respondents} people"
