"""From findings to suggestions: which practice for which finding, gaps first."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from assistant.domain.knowledge import Behaviour, Practice
from assistant.domain.report import Finding, Suggestion
from assistant.domain.words import FindingKind
from assistant.ports.adviser import Adviser

MOST_SUGGESTIONS = 3

USE_OF: dict[FindingKind, str] = {
    FindingKind.BLIND_SPOT: "gap",
    FindingKind.SHARED_CONCERN: "gap",
    FindingKind.SPLIT_VIEW: "gap",
    FindingKind.HIDDEN_STRENGTH: "strength",
    FindingKind.SHARED_STRENGTH: "strength",
    FindingKind.UNSEEN_CLAIM: "unseen",
}
_URGENCY = (*USE_OF,)


def suggestions(
    findings: Sequence[Finding],
    practices: Sequence[Practice],
    adviser: Adviser,
    behaviours: Mapping[str, Behaviour],
) -> tuple[Suggestion, ...]:
    """At most three suggestions for the gaps, ids ``s1`` to ``s3``; without a gap, one for what else was found.

    A practice is given once, for every finding of the same use whose behaviour it serves, the one it was chosen for
    first. Any gap leads to a suggestion as long as there is any practice. Why it fits is still to be worded.
    """
    gaps = [f for f in _by_evidence(findings) if USE_OF[f.kind] == "gap"]
    others = [f for f in _by_evidence(findings) if USE_OF[f.kind] != "gap"]
    most = MOST_SUGGESTIONS if gaps else 1
    made: list[Suggestion] = []
    for suggestion in _one_by_one(gaps or others, practices, adviser, behaviours):
        made.append(replace(suggestion, id=f"s{len(made) + 1}"))
        if len(made) == most:
            break
    return tuple(made)


def _by_evidence(findings: Sequence[Finding]) -> list[Finding]:
    return sorted(findings, key=lambda f: (_URGENCY.index(f.kind), -(f.respondents or 0), -f.confidence, f.id))


def _one_by_one(
    findings: Sequence[Finding],
    practices: Sequence[Practice],
    adviser: Adviser,
    behaviours: Mapping[str, Behaviour],
) -> Iterator[Suggestion]:
    left = list(practices)
    answered: set[str] = set()
    for finding in findings:
        if finding.id in answered or not left:
            continue
        practice = _chosen(finding, left, adviser, behaviours)
        left = [p for p in left if p.id != practice.id and p.words != practice.words]
        suggestion = _suggestion(finding, findings, practice)
        answered.update(suggestion.findings)
        yield suggestion


def _chosen(
    finding: Finding, practices: Sequence[Practice], adviser: Adviser, behaviours: Mapping[str, Behaviour]
) -> Practice:
    """The adviser's first choice among the practices that fit best: use, behaviour, fundamental, then one's own."""
    known = behaviours.get(finding.behaviour)
    home = known.fundamental if known else finding.fundamental

    def fit(practice: Practice) -> tuple[bool, bool, bool, bool]:
        return (
            USE_OF[finding.kind] in practice.uses,
            finding.behaviour in practice.behaviours,
            practice.fundamental is home,
            bool(practice.owner),
        )

    return max(adviser.rank(finding, practices), key=fit)


def _suggestion(finding: Finding, findings: Sequence[Finding], practice: Practice) -> Suggestion:
    use = USE_OF[finding.kind]
    also = [
        f.id for f in findings if f.id != finding.id and USE_OF[f.kind] == use and f.behaviour in practice.behaviours
    ]
    return Suggestion(
        id="",
        title=practice.title,
        practice=practice.id,
        findings=(finding.id, *also),
        why="",
        next_step=practice.first_step,
        words=practice.words,
        team_would_notice=practice.team_would_notice,
    )
