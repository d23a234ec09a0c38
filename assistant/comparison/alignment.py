"""What the team says of a claim: counting people, never statements."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from assistant.domain.statements import Statement, Topic
from assistant.domain.words import Alignment, FindingKind, Stance

LEAST_VOICES = 2


@dataclass(frozen=True, slots=True)
class Voices:
    """Who values a topic, and who misses it or is hurt by it; the same person may be in both."""

    valuing: frozenset[str]
    lacking: frozenset[str]

    @property
    def speaking(self) -> frozenset[str]:
        """Everybody who spoke to the topic."""
        return self.valuing | self.lacking

    @property
    def view(self) -> Alignment:
        """What the team says of the behaviour itself."""
        return decide(len(self.valuing), len(self.lacking))

    def towards(self, stance: Stance) -> tuple[frozenset[str], frozenset[str]]:
        """The respondents for and against a claim of this stance: feeling a gap speaks for admitting it."""
        for_it, against = self.valuing, self.lacking
        return (for_it, against) if stance is Stance.DOES else (against, for_it)


def decide(support: int, oppose: int) -> Alignment:
    """By the table of ``docs/how-sure.md``: unseen below two voices a side, mixed from a third on the smaller side."""
    if support < LEAST_VOICES and oppose < LEAST_VOICES:
        return Alignment.UNSEEN
    if min(support, oppose) * 3 >= support + oppose:
        return Alignment.MIXED
    return Alignment.CONFIRMED if support > oppose else Alignment.CONTESTED


def voices(observations: Iterable[Statement], turned: frozenset[str] = frozenset()) -> Voices:
    """Count the respondents of one topic; what its author held back does not count, ``turned`` (ids) the other way."""
    sides: dict[bool, set[str]] = defaultdict(set)
    for statement in observations:
        if not statement.is_claim and statement.shared:
            sides[(statement.stance is Stance.VALUED) != (statement.id in turned)].add(statement.author)
    return Voices(frozenset(sides[True]), frozenset(sides[False]))


def finding_kind(claim_stances: Iterable[Stance], view: Alignment) -> FindingKind | None:
    """By the table of ``docs/how-sure.md``: at most one finding a topic, from its claims and what the team says."""
    stances = set(claim_stances)
    if view is Alignment.MIXED:
        return FindingKind.SPLIT_VIEW
    if Stance.DOES in stances:
        return {
            Alignment.CONFIRMED: FindingKind.SHARED_STRENGTH,
            Alignment.CONTESTED: FindingKind.BLIND_SPOT,
            Alignment.UNSEEN: FindingKind.UNSEEN_CLAIM,
        }[view]
    if view is Alignment.UNSEEN:
        return None
    if view is Alignment.CONFIRMED:
        return FindingKind.HIDDEN_STRENGTH
    return FindingKind.SHARED_CONCERN if stances else FindingKind.BLIND_SPOT


def split(topic: Topic, statements: dict[str, Statement]) -> tuple[tuple[Statement, ...], Voices]:
    """A topic's claims, and the voices on it; what its author held back is neither."""
    members = [statements[id_] for id_ in topic.statements]
    return tuple(s for s in members if s.is_claim and s.shared), voices(members, topic.turned)
