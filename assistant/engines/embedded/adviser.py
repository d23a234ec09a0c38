"""Which practice fits a finding, by use, behaviour and nearness in meaning."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

from assistant.coaching.suggestions import USE_OF
from assistant.domain.knowledge import Behaviour, Knowledge, Practice
from assistant.domain.report import Finding
from assistant.engines.embedded.narrator import addressed, with_commas
from assistant.ports.encoder import Encoder

_REASONS: dict[tuple[str, bool], tuple[str, ...]] = {
    ("gap", True): (
        "Your team would be helped by {doing}, and this is a small way to begin: about {minutes}.",
        "It starts right where your team feels a gap: {doing}.",
        "It makes {doing} easier to begin with, and your team can feel it soon.",
        "In about {minutes}, it takes a first step towards {doing}.",
    ),
    ("gap", False): (
        "It works on the same ground as {doing}: {fundamental}.",
        "It does not aim at {doing} alone, and it strengthens {fundamental}, which that is part of.",
        "It is a small step in {fundamental}, and a good neighbour of {doing}.",
    ),
    ("strength", True): (
        "Your team values {doing}, and this lets more people gain from it.",
        "You are good at {doing}; this helps you to build on it.",
        "It takes what your team likes, {doing}, one step further.",
    ),
    ("strength", False): (
        "Your team values {doing}; this carries the same strength further within {fundamental}.",
        "It builds on {doing} and widens it to more of {fundamental}.",
    ),
    ("unseen", True): (
        "Your team did not speak to {doing}, and this lets them see it.",
        "What you do about {doing} may happen out of sight; this brings it to where your team can feel it.",
        "It helps you find out whether {doing} reaches your team.",
    ),
    ("unseen", False): (
        "Your team did not speak to {doing}; this makes more of {fundamental} visible to them.",
        "It brings {fundamental}, and {doing} with it, closer to where your team can see it.",
    ),
}


class EmbeddedAdviser:
    """Ranks practices without a model call; cards become vectors only where a tie is to be decided."""

    def __init__(self, encoder: Encoder, knowledge: Knowledge) -> None:
        self._encoder = encoder
        self._knowledge = knowledge
        self._vectors: dict[str, list[float]] = {}

    def rank(self, finding: Finding, practices: Sequence[Practice]) -> tuple[Practice, ...]:
        """Practices of the right use first; then by behaviour and by fundamental, the foremost by nearness, too."""
        behaviour = self._knowledge.behaviours.get(finding.behaviour)
        home = behaviour.fundamental if behaviour else finding.fundamental

        def fit(practice: Practice) -> tuple[bool, int, bool]:
            served = practice.behaviours
            place = served.index(finding.behaviour) if finding.behaviour in served else len(self._knowledge.behaviours)
            return (USE_OF[finding.kind] not in practice.uses, place, practice.fundamental is not home)

        ordered = sorted(practices, key=lambda practice: (*fit(practice), practice.id))
        foremost = [practice for practice in ordered if fit(practice) == fit(ordered[0])]
        if len(foremost) > 1:
            nearness = self._nearness(finding, behaviour, foremost)
            foremost.sort(key=lambda practice: (-nearness[practice.id], practice.id))
        return (*foremost, *ordered[len(foremost) :])

    def why(self, finding: Finding, practice: Practice) -> str:
        """One sentence from the behaviour and the card; the same pair reads the same."""
        behaviour = self._knowledge.behaviours.get(finding.behaviour)
        reasons = _REASONS[USE_OF[finding.kind], finding.behaviour in practice.behaviours]
        number = int(hashlib.sha256(f"{finding.behaviour}/{practice.id}".encode()).hexdigest(), 16)
        doing = addressed(behaviour.doing) if behaviour else finding.fundamental.title.lower()
        why = reasons[number % len(reasons)].format(
            doing=doing,
            fundamental=practice.fundamental.title.lower(),
            minutes="a minute" if practice.minutes == 1 else f"{practice.minutes} minutes",
        )
        return with_commas(why, [doing])

    def _nearness(
        self, finding: Finding, behaviour: Behaviour | None, practices: Sequence[Practice]
    ) -> dict[str, float]:
        new = [practice for practice in practices if practice.id not in self._vectors]
        about = f"{behaviour.doing}. {behaviour.about}" if behaviour else finding.fundamental.title
        wanted, *vectors = self._encoder.vectors([about, *(f"{p.title}. {p.what}" for p in new)])
        self._vectors |= dict(zip((p.id for p in new), vectors, strict=True))
        return {p.id: sum(a * b for a, b in zip(wanted, self._vectors[p.id], strict=True)) for p in practices}
