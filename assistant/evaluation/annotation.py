"""What a careful reader marked in a round, and what follows from it by the rules of the comparison."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from assistant.comparison.alignment import Voices, decide, finding_kind
from assistant.domain.anonymity import suppressed
from assistant.domain.report import Source
from assistant.domain.words import Alignment, ClimateLevel, FindingKind, Fundamental, Stance


@dataclass(frozen=True, slots=True)
class MarkedClaim:
    """A claim where the manager made it, and the topic (its name) that it is on."""

    source: Source
    stance: Stance
    topic: str


@dataclass(frozen=True, slots=True)
class MarkedObservation:
    """That a respondent spoke to a topic, and how."""

    author: str
    stance: Stance
    topic: str


@dataclass(frozen=True, slots=True)
class Annotation:
    """All marks of one manager's round; ``topics`` gives the fundamental of each topic by its name."""

    topics: Mapping[str, Fundamental]
    claims: tuple[MarkedClaim, ...]
    observations: tuple[MarkedObservation, ...]
    climate: ClimateLevel
    respondents: int

    def withheld(self, floor: int) -> bool:
        """Whether so few answered that nothing of the feedback may be shown."""
        return suppressed(self.respondents, floor)

    def voices(self, topic: str) -> Voices:
        """Who spoke to a topic."""
        valuing = {o.author for o in self.observations if o.topic == topic and o.stance is Stance.VALUED}
        lacking = {o.author for o in self.observations if o.topic == topic and o.stance is not Stance.VALUED}
        return Voices(frozenset(valuing), frozenset(lacking))

    def alignment(self, claim: MarkedClaim) -> Alignment:
        """What the team says of a claim."""
        for_it, against = self.voices(claim.topic).towards(claim.stance)
        return decide(len(for_it), len(against))

    @property
    def findings(self) -> Counter[tuple[FindingKind, Fundamental]]:
        """How often each kind of finding is to be made in each fundamental: at most one a topic."""
        found: Counter[tuple[FindingKind, Fundamental]] = Counter()
        for topic, fundamental in self.topics.items():
            stances = [claim.stance for claim in self.claims if claim.topic == topic]
            if kind := finding_kind(stances, self.voices(topic).view):
                found[kind, fundamental] += 1
        return found
