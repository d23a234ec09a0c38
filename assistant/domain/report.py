"""What a manager is shown: alignment, findings, climate and suggestions."""

from __future__ import annotations

from dataclasses import dataclass, replace

from assistant.domain.authorship import Author
from assistant.domain.trend import Echo
from assistant.domain.words import Alignment, ClimateLevel, FindingKind, Fundamental, Signal, Stance


@dataclass(frozen=True, slots=True)
class Source:
    """A place in the manager's own words: index among their reflections of the round, message, offsets."""

    conversation: int
    message: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Claim:
    """A claim with what the team says of it; ``support`` and ``oppose`` count respondents, None below the floor.

    ``text`` is empty once the words of the round have been deleted.
    """

    id: str
    text: str
    about: str | None
    fundamental: Fundamental
    behaviour: str
    stance: Stance
    alignment: Alignment | None
    support: int | None
    oppose: int | None
    source: Source


WORDS_DELETED = "Your words have been deleted."
"""What stands in place of a claim's words once they are no longer kept."""

SURE_FROM = 0.7
"""From this confidence on a finding is worded as it is; below, as something that may be."""


@dataclass(frozen=True, slots=True)
class Finding:
    """A gap or match on one topic; ``respondents`` is None where it is above 0 and below the floor."""

    id: str
    kind: FindingKind
    fundamental: Fundamental
    behaviour: str
    text: str
    claims: tuple[str, ...]
    respondents: int | None
    confidence: float
    written_by: Author | None = None


@dataclass(frozen=True, slots=True)
class FundamentalAlignment:
    """How a manager's ``does`` claims in one fundamental fare.

    ``alignment`` and ``interval`` are 0 to 1, None where the team has a view on none of them.
    """

    name: Fundamental
    claims: int
    confirmed: int
    mixed: int
    contested: int
    unseen: int
    alignment: float | None
    interval: tuple[float, float] | None


@dataclass(frozen=True, slots=True)
class SignalCount:
    """How many respondents described events of one kind; None above 0 and below the floor."""

    signal: Signal
    respondents: int | None


@dataclass(frozen=True, slots=True)
class Climate:
    """The team's trust climate; ``score`` and ``interval`` run from -1 (fear) to 1 (trust), None without evidence."""

    level: ClimateLevel
    score: float | None
    interval: tuple[float, float] | None
    signals: tuple[SignalCount, ...]


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A practice applied to findings; ``written_by`` worded the reason, the rest stands on the card."""

    id: str
    title: str
    practice: str
    findings: tuple[str, ...]
    why: str
    next_step: str
    words: str
    team_would_notice: str
    written_by: Author | None = None


@dataclass(frozen=True, slots=True)
class NamedStatement:
    """What a respondent (e-mail) chose to say under their name, in their own words; ids count from ``n1``."""

    id: str
    author: str
    text: str
    fundamental: Fundamental
    behaviour: str
    stance: Stance


@dataclass(frozen=True, slots=True)
class ReadBy:
    """The engines (names) that read the two sides; more than one where another had to stand in for a part."""

    reflections: tuple[str, ...] = ()
    feedback: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Report:
    """One manager's report of one round. Where ``suppressed``, every part that rests on anonymous feedback is empty.

    ``summary_by`` worded the summary; ``to_read`` is who was to read, and ``read_by`` who did. ``echoes`` are what the
    team says of what its manager took on before; they are for the manager, and for nobody above.
    """

    manager: str
    round_key: str
    invited: int
    respondents: int | None
    suppressed: bool
    reason: str | None
    engine: str
    fundamentals: tuple[FundamentalAlignment, ...]
    claims: tuple[Claim, ...]
    findings: tuple[Finding, ...]
    climate: Climate
    summary: str
    suggestions: tuple[Suggestion, ...]
    unsure: int = 0
    read_by: ReadBy = ReadBy()
    summary_by: Author | None = None
    to_read: Author | None = None
    named: tuple[NamedStatement, ...] = ()
    echoes: tuple[Echo, ...] = ()


def from_above(report: Report) -> Report:
    """What whoever stands above a manager may see of their report: figures, findings and titles of suggestions.

    What a finding rests on in the manager's words, what a suggestion says, and who worded and read what is left out.
    """
    return Report(
        manager=report.manager,
        round_key=report.round_key,
        invited=report.invited,
        respondents=report.respondents,
        suppressed=report.suppressed,
        reason=report.reason,
        engine=report.engine,
        fundamentals=report.fundamentals,
        claims=(),
        findings=tuple(replace(finding, claims=(), written_by=None) for finding in report.findings),
        climate=report.climate,
        summary="",
        suggestions=tuple(map(_title, report.suggestions)),
    )


def _title(suggestion: Suggestion) -> Suggestion:
    return Suggestion(suggestion.id, suggestion.title, suggestion.practice, suggestion.findings, "", "", "", "")
