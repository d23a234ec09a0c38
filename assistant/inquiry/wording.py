"""How answers speak: lists, counts, and what was understood."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.domain.inquiry import Change, Comparison, Measure, Order
from assistant.domain.report import Finding, Report
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


_CHANGE = {
    Change.ANY: "what changed in ",
    Change.BETTER: "what got better in ",
    Change.WORSE: "what got worse in ",
}
_ORDER = {Order.SPREAD: "the most common first", Order.SURENESS: "the surest first"}


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
    if query.comparison is Comparison.ROUNDS and query.measure is Measure.FINDINGS:
        what = f"{_CHANGE[query.change]}{what}"
    why = ", and what teams say of it" if query.why else ""
    order = f", {_ORDER[query.order]}" if query.order in _ORDER else ""
    return f"{what[:1].upper()}{what[1:]}{about}{why}{order}{_whose(scope)}, {_when(scope)}."


def _whose(scope: Scope) -> str:
    query = scope.query
    if not (query.managers and scope.asked_for):
        return ""
    heads = [m for m in query.managers if m in scope.organisation.people]
    names = [f"the teams of {scope.organisation.people[m].name}" for m in heads] if query.with_below else []
    names = names or [scope.team(m) for m in heads]
    if query.comparison is Comparison.GROUPS:
        return f", comparing {listed(names)}"
    if query.comparison is Comparison.REST:
        return f", comparing {listed(names)} with all others"
    return f", for {listed(names)}"


def _when(scope: Scope) -> str:
    rounds = scope.query.rounds
    if scope.query.comparison is Comparison.ROUNDS and len(rounds) > 1:
        return f"comparing rounds {listed(rounds)}"
    return f"in round {scope.round.key}"


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


def behind(found: Sequence[tuple[Report, Finding]]) -> str:
    """How many people spoke to these findings, and how sure each is: ``9 people spoke to it, 70 to 90 % sure``."""
    numbers = [finding.respondents for _, finding in found if finding.respondents is not None]
    least = "at least " if len(numbers) < len(found) else ""
    low, high = (round(100 * end) for end in _ends([finding.confidence for _, finding in found]))
    sure = f"{low} % sure" if low == high else f"{low} to {high} % sure"
    if not numbers:
        return f"a few people spoke to it, {sure}"
    if sum(numbers) == 0:
        return "nobody spoke to it"
    return f"{least}{sum(numbers)} people spoke to it, {sure}"


def _ends(values: Sequence[float]) -> tuple[float, float]:
    return min(values), max(values)


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
