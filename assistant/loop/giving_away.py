"""What of a feedback could give its author away, line by line, and how it could be said instead."""

from __future__ import annotations

from dataclasses import dataclass

from assistant.comparison.climate import NOTHING
from assistant.domain.giveaways import Giveaway
from assistant.domain.knowledge import Knowledge
from assistant.domain.narration import Outline
from assistant.domain.organisation import Organisation
from assistant.domain.report import Finding
from assistant.domain.statements import Reading, Statement
from assistant.domain.words import FindingKind, Stance
from assistant.ports.narrator import Narrator
from assistant.ports.spotter import Rewording, Spotter

_KIND = {
    Stance.VALUED: FindingKind.HIDDEN_STRENGTH,
    Stance.MISSING: FindingKind.BLIND_SPOT,
    Stance.HARMFUL: FindingKind.BLIND_SPOT,
}


@dataclass(frozen=True, slots=True)
class LookedAt:
    """A line with what could give its author away; ``safer`` is another wording, None where there is nothing to change.

    ``as_finding`` is how a report could tell it if others say the same.
    """

    statement: Statement
    giveaways: tuple[Giveaway, ...]
    safer: str | None
    as_finding: str


def look_at(
    reading: Reading,
    organisation: Organisation,
    about: str | None,
    spotter: Spotter,
    rewording: Rewording,
    narrator: Narrator,
    knowledge: Knowledge,
) -> tuple[LookedAt, ...]:
    """Every statement of a feedback about ``about`` (e-mail), in order. Nothing of it leaves the process."""
    told = _as_findings(reading, narrator, knowledge)

    def one(statement: Statement) -> LookedAt:
        found = spotter.find(statement.text, organisation, about)
        safer = rewording.safer(statement.text, found)
        return LookedAt(statement, found, safer if found and safer != statement.text else None, told[statement.id])

    return tuple(one(statement) for statement in reading.statements)


def _as_findings(reading: Reading, narrator: Narrator, knowledge: Knowledge) -> dict[str, str]:
    """By statement (id) the words of a finding that it alone would make, if others said the same."""
    made = tuple(
        Finding(s.id, _KIND[s.stance], knowledge.behaviours[s.behaviour].fundamental, s.behaviour, "", (), None, 1.0)
        for s in reading.statements
    )
    words = narrator.narrate(Outline("", made, {}, NOTHING, ())).findings
    return {id_: one.text for id_, one in words.items()}
