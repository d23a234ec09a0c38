"""Answers that are made of figures: climate, alignment and participation."""

from __future__ import annotations

from assistant.domain.words import ClimateLevel, Fundamental
from assistant.inquiry.scope import Scope
from assistant.inquiry.wording import listed, teams

_LEVEL = {
    ClimateLevel.HIGH_TRUST: "High trust shows in",
    ClimateLevel.MIXED: "The picture is mixed in",
    ClimateLevel.FEAR_DRIVEN: "Signs of fear show in",
    ClimateLevel.TOO_LITTLE_EVIDENCE: "There is too little evidence to tell in",
}


def climate(asked: Scope) -> list[str]:
    """The teams by their trust climate: one sentence over all, one with the teams of each level."""
    known = [r for r in asked.shown if r.climate.level is not ClimateLevel.TOO_LITTLE_EVIDENCE]
    first = f"The trust climate can be read in {len(known)} of {teams(len(asked.shown))} that can be shown."
    parts = []
    for level, words in _LEVEL.items():
        if at := [asked.team(r.manager) for r in asked.shown if r.climate.level is level]:
            parts.append(f"{words} {listed(at)}")
    return [first, "; ".join([parts[0], *(p[:1].lower() + p[1:] for p in parts[1:])]) + "."]


def alignment(asked: Scope) -> list[str]:
    """What teams say of the things managers say they do, over all and where both are closest and furthest apart."""
    names = asked.query.fundamentals or tuple(Fundamental)
    sums = {name: _sums(asked, name) for name in names}
    confirmed, mixed, contested, unseen = (sum(figures[n] for figures in sums.values()) for n in range(4))
    total = confirmed + mixed + contested + unseen
    if not total:
        return [
            f"In the {teams(len(asked.shown))} that can be shown, managers claim nothing here that could be compared.",
            "What teams said on their own is in the findings.",
        ]
    sentences = [
        f"Of {total} {'thing' if total == 1 else 'things'} that managers say they do, their teams confirm {confirmed}, "
        f"contest {contested} and are divided on {mixed}; nobody spoke to {unseen}."
    ]
    shares = {n: (c + m / 2) / (c + m + x) for n, (c, m, x, _) in sums.items() if c + m + x}
    if not shares:
        return [*sentences, "That is too little to say how far both sides agree."]
    closest, furthest = max(shares, key=lambda n: shares[n]), min(shares, key=lambda n: shares[n])
    if shares[closest] > shares[furthest]:
        apart = f"The two sides are closest in {_lower(closest)} and furthest apart in {_lower(furthest)}."
    else:
        apart = f"Where teams spoke to it, this is {listed([_lower(n) for n in shares])}."
    return [*sentences, apart]


def participation(asked: Scope) -> list[str]:
    """How many were invited and answered in the teams that can be shown."""
    answered = sum(report.respondents or 0 for report in asked.shown)
    invited = sum(report.invited for report in asked.shown)
    each = [f"{asked.team(r.manager)} {r.respondents} of {r.invited}" for r in asked.shown if r.respondents is not None]
    first = (
        f"In {teams(len(asked.shown))} that can be shown, {answered} of {invited} people who were asked gave feedback."
    )
    return [first, f"By team: {listed(each)}."]


def _sums(asked: Scope, name: Fundamental) -> tuple[int, int, int, int]:
    rows = [row for report in asked.shown for row in report.fundamentals if row.name is name]
    return (
        sum(row.confirmed for row in rows),
        sum(row.mixed for row in rows),
        sum(row.contested for row in rows),
        sum(row.unseen for row in rows),
    )


def _lower(name: Fundamental) -> str:
    return name.title.lower()
