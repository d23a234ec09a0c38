"""How answers speak: lists, counts, and what was understood."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.domain.inquiry import Measure
from assistant.domain.words import GAPS, FindingKind
from assistant.inquiry.scope import Scope

LISTED = 5

_KIND = {
    FindingKind.SHARED_STRENGTH: "strengths that both sides see",
    FindingKind.HIDDEN_STRENGTH: "strengths that managers did not claim",
    FindingKind.SHARED_CONCERN: "gaps that both sides see",
    FindingKind.BLIND_SPOT: "blind spots",
    FindingKind.SPLIT_VIEW: "points on which a team is divided",
    FindingKind.UNSEEN_CLAIM: "claims that nobody in the team spoke to",
}
_ONE = {
    FindingKind.SHARED_STRENGTH: "a strength that both sides see",
    FindingKind.HIDDEN_STRENGTH: "a strength that managers did not claim",
    FindingKind.SHARED_CONCERN: "a gap that both sides see",
    FindingKind.BLIND_SPOT: "a blind spot",
    FindingKind.SPLIT_VIEW: "a point on which the team is divided",
    FindingKind.UNSEEN_CLAIM: "a claim that nobody spoke to",
}
_MEASURE = {
    Measure.FINDINGS: "what stands out between managers and their teams",
    Measure.CLIMATE: "how safe people feel to speak up",
    Measure.ALIGNMENT: "how far managers and their teams agree",
    Measure.PARTICIPATION: "how many people took part",
    Measure.SUGGESTIONS: "what would help",
    Measure.WHO_SAID_WHAT: "who said what",
    Measure.RANKING: "how managers compare with one another",
    Measure.UNCLEAR: "not understood yet",
}


def understood(scope: Scope) -> str:
    """What the question was taken to ask, in words."""
    query = scope.query
    if query.measure in {Measure.UNCLEAR, Measure.WHO_SAID_WHAT, Measure.PARTICIPATION}:
        about = ""
    else:
        topics = [*(scope.doing(b) for b in query.behaviours), *(f.title.lower() for f in query.fundamentals)]
        about = f" about {listed(topics)}" if topics else ""
    what = _MEASURE[query.measure]
    if query.measure is Measure.FINDINGS and query.kinds and set(query.kinds) != set(FindingKind):
        what = kinds(query.kinds)
    whose = f", for {listed([scope.team(m) for m in scope.asked_for])}" if query.managers and scope.asked_for else ""
    return f"{what[:1].upper()}{what[1:]}{about}{whose}, in round {scope.round.key}."


def kinds(wanted: Sequence[FindingKind]) -> str:
    """Several kinds of findings in words."""
    if set(wanted) == GAPS:
        return "gaps between managers and their teams"
    return listed([_KIND[kind] for kind in wanted])


def one(kind: FindingKind) -> str:
    """One finding of a kind in words."""
    return _ONE[kind]


def listed(things: Sequence[str]) -> str:
    """``a, b and c``; beyond five ``a, b, c, d, e and 4 more``."""
    shown, more = list(things[:LISTED]), len(things) - LISTED
    if more > 0:
        return ", ".join(shown) + f" and {more} more"
    return " and ".join([", ".join(shown[:-1]), shown[-1]] if len(shown) > 1 else shown)


def teams(count: int) -> str:
    """``1 team``, ``3 teams``."""
    return f"{count} team" if count == 1 else f"{count} teams"


def left_out(scope: Scope) -> list[str]:
    """How many teams the answer says nothing about, and why; one sentence, or none."""
    said = []
    if scope.below:
        said.append(f"{teams(scope.below)} {'is' if scope.below == 1 else 'are'} below the anonymity floor")
    if scope.without:
        said.append(f"{teams(scope.without)} {'has' if scope.without == 1 else 'have'} no report yet")
    return [f"{listed(said)}, so nothing is said about {_them(scope)}."] if said else []


def _them(scope: Scope) -> str:
    return "it" if scope.below + scope.without == 1 else "them"
