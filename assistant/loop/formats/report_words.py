"""What the parts of a report are called in front of a manager."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.domain.report import SURE_FROM, Claim, Finding, FundamentalAlignment, NamedStatement, Report, SignalCount
from assistant.domain.words import Alignment, ClimateLevel, FindingKind, Signal, Stance

HEADINGS: dict[FindingKind, str] = {
    FindingKind.SHARED_STRENGTH: "Strengths you both see",
    FindingKind.HIDDEN_STRENGTH: "What your team values beyond what you named",
    FindingKind.SHARED_CONCERN: "Gaps you both see",
    FindingKind.BLIND_SPOT: "Where your team sees it differently",
    FindingKind.SPLIT_VIEW: "Where your team is divided",
    FindingKind.UNSEEN_CLAIM: "What your team did not speak to",
}
CLIMATE: dict[ClimateLevel, str] = {
    ClimateLevel.HIGH_TRUST: "High trust",
    ClimateLevel.MIXED: "Mixed",
    ClimateLevel.FEAR_DRIVEN: "Signs of fear",
    ClimateLevel.TOO_LITTLE_EVIDENCE: "Too little was said to tell",
}
CLIMATE_MEANS: dict[ClimateLevel, str] = {
    ClimateLevel.HIGH_TRUST: "People describe moments in which it was safe to be open or to own a mistake.",
    ClimateLevel.MIXED: "People describe moments of openness as well as moments of blame or fear.",
    ClimateLevel.FEAR_DRIVEN: "People describe moments in which blame or fear kept them from being open.",
    ClimateLevel.TOO_LITTLE_EVIDENCE: "That is a normal result: few people tell of such moments unasked.",
}
_SIGNAL = {
    Signal.SAFETY: "moments of safety",
    Signal.OWNERSHIP: "mistakes that were owned",
    Signal.BLAME: "moments of blame",
    Signal.FEAR: "moments of fear",
}
_STANCE = {Stance.DOES: "something you do", Stance.ADMITS: "a gap you see", Stance.INTENDS: "something you plan"}
_ALIGNMENT = {
    Alignment.CONFIRMED: "your team confirms it",
    Alignment.MIXED: "your team is divided on it",
    Alignment.CONTESTED: "your team sees it differently",
    Alignment.UNSEEN: "your team did not speak to it",
}


NAMED = "Said to you by name"
NAMED_MEANS = "These people chose to tell you under their name. Thank them; what others said stays without names."


def by_author(report: Report) -> list[tuple[str, list[NamedStatement]]]:
    """What was said under a name, by who said it (e-mail), in the order of the report."""
    authors = dict.fromkeys(one.author for one in report.named)
    return [(author, [one for one in report.named if one.author == author]) for author in authors]


def by_kind(findings: Sequence[Finding]) -> list[tuple[str, list[Finding]]]:
    """Findings under their headings, in a fixed order, strengths first; headings without findings are left out."""
    groups = [(heading, [f for f in findings if f.kind is kind]) for kind, heading in HEADINGS.items()]
    return [(heading, group) for heading, group in groups if group]


def answered(report: Report) -> str:
    """How many people were asked, and how many answered where that may be told."""
    if report.suppressed or report.respondents is None:
        return f"{report.invited} people were asked."
    return f"{report.respondents} of {report.invited} people gave feedback."


def evidence(finding: Finding) -> str:
    """How many people a finding rests on where that may be told, and how sure it is."""
    sure = "quite sure" if finding.confidence >= SURE_FROM else "less sure"
    if finding.kind is FindingKind.UNSEEN_CLAIM:
        return f"too few people spoke to it to say more; {sure}"
    if finding.respondents is None:
        return f"from too few people to give a number; {sure}"
    return f"from {finding.respondents} people; {sure}"


def claim_note(claim: Claim) -> str:
    """What a claim is and what the team says of it; nothing of the team where that is not known."""
    parts = [_STANCE[claim.stance], claim.fundamental.title.lower()]
    if claim.alignment is not None:
        parts.append(_ALIGNMENT[claim.alignment])
    return "; ".join(parts)


def signal(count: SignalCount) -> str:
    """How many people told of events of one kind."""
    people = "too few people to give a number" if count.respondents is None else f"{count.respondents} people"
    return f"{_SIGNAL[count.signal]}: {people}"


def your_view(row: FundamentalAlignment) -> str:
    """How much the manager names in a fundamental."""
    if not row.claims:
        return "You named nothing that you do here."
    return f"You named {row.claims} {'thing' if row.claims == 1 else 'things'} that you do."


def team_view(row: FundamentalAlignment) -> str:
    """What the team says of what the manager named in a fundamental."""
    if not row.claims:
        return "So there is nothing for your team's view to be compared with."
    counts = (
        (row.confirmed, "confirmed"),
        (row.mixed, "seen in different ways"),
        (row.contested, "seen differently"),
        (row.unseen, "not spoken to"),
    )
    return "By your team: " + ", ".join(f"{number} {what}" for number, what in counts if number) + "."
