"""Answers that are made of figures: climate, alignment and participation, in words and as numbers to draw."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from assistant.domain.inquiry import Figure, Measure
from assistant.domain.report import Report
from assistant.domain.words import ClimateLevel, Fundamental
from assistant.inquiry.pooling import Estimate, pooled
from assistant.inquiry.said import Said, plain
from assistant.inquiry.scope import Scope
from assistant.inquiry.wording import listed, teams

_LEVEL = {
    ClimateLevel.HIGH_TRUST: "High trust shows in",
    ClimateLevel.MIXED: "The picture is mixed in",
    ClimateLevel.FEAR_DRIVEN: "Signs of fear show in",
    ClimateLevel.TOO_LITTLE_EVIDENCE: "There is too little evidence to tell in",
}
_LEVEL_NAME = {
    ClimateLevel.HIGH_TRUST: "High trust",
    ClimateLevel.MIXED: "A mixed picture",
    ClimateLevel.FEAR_DRIVEN: "Signs of fear",
    ClimateLevel.TOO_LITTLE_EVIDENCE: "Too little evidence",
}


def climate(asked: Scope) -> Said:
    """The teams by their trust climate: one sentence over all, one with the teams of each level."""
    known = [r for r in asked.shown if r.climate.level is not ClimateLevel.TOO_LITTLE_EVIDENCE]
    first = f"The trust climate can be read in {len(known)} of {teams(len(asked.shown))} that can be shown."
    parts, figures = [], []
    for level, words in _LEVEL.items():
        if at := [r for r in asked.shown if r.climate.level is level]:
            parts.append(f"{words} {listed([asked.team(r.manager) for r in at])}")
            figures.append(_figure(_LEVEL_NAME[level], asked, at, len(at), len(asked.shown)))
    second = "; ".join([parts[0], *(p[:1].lower() + p[1:] for p in parts[1:])]) + "."
    return Said(plain(first, second), (), tuple(figures))


def climate_figure(label: str, asked: Scope) -> Figure:
    """In how many teams the climate can be read, and their mean score from -1 (fear) to 1 (trust)."""
    known = [r for r in asked.shown if r.climate.score is not None]
    return _figure(label, asked, known, len(known), len(asked.shown), climate_estimate(known))


def climate_estimate(reports: Sequence[Report]) -> Estimate | None:
    """The mean of the teams' scores, each team the same."""
    scores = ((r.climate.score, r.climate.interval) for r in reports)
    return pooled(Estimate(score, *interval) for score, interval in scores if score is not None and interval)


def alignment(asked: Scope) -> Said:
    """What teams say of the things managers say they do, over all and where both are closest and furthest apart."""
    names = asked.query.fundamentals or tuple(Fundamental)
    sums = {name: claims_of(asked.shown, (name,)) for name in names}
    confirmed, mixed, contested, unseen = (sum(figures[n] for figures in sums.values()) for n in range(4))
    total = confirmed + mixed + contested + unseen
    if not total:
        return Said(
            plain(
                f"In the {teams(len(asked.shown))} that can be shown, managers claim nothing that could be compared.",
                "What teams said on their own is in the findings.",
            )
        )
    figures = tuple(alignment_figure(name.title, asked, (name,)) for name in names)
    sentences = [
        f"Of {total} {'thing' if total == 1 else 'things'} that managers say they do, their teams confirm {confirmed}, "
        f"contest {contested} and are divided on {mixed}; nobody spoke to {unseen}."
    ]
    shares = {n: (c + m / 2) / (c + m + x) for n, (c, m, x, _) in sums.items() if c + m + x}
    if not shares:
        return Said(plain(*sentences, "That is too little to say how far both sides agree."), (), figures)
    closest, furthest = max(shares, key=lambda n: shares[n]), min(shares, key=lambda n: shares[n])
    if shares[closest] > shares[furthest]:
        apart = f"The two sides are closest in {_lower(closest)} and furthest apart in {_lower(furthest)}."
    else:
        apart = f"Where teams spoke to it, this is {listed([_lower(n) for n in shares])}."
    return Said(plain(*sentences, apart), (), figures)


def alignment_figure(label: str, asked: Scope, names: Sequence[Fundamental] = ()) -> Figure:
    """How many of the claims that teams spoke to they confirm, and the share of them that they back."""
    confirmed, mixed, contested, _ = claims_of(asked.shown, names)
    estimate = alignment_estimate(asked.shown, names)
    return _figure(label, asked, asked.shown, confirmed, confirmed + mixed + contested, estimate)


def alignment_estimate(reports: Sequence[Report], names: Sequence[Fundamental] = ()) -> Estimate | None:
    """The share of claims that teams back, each row of a report by how many of its claims its team spoke to."""
    return pooled(
        Estimate(row.alignment, *row.interval, row.confirmed + row.mixed + row.contested)
        for report in reports
        for row in report.fundamentals
        if (not names or row.name in names) and row.alignment is not None and row.interval is not None
    )


def claims_of(reports: Sequence[Report], names: Sequence[Fundamental] = ()) -> tuple[int, int, int, int]:
    """How many claims teams confirm, are divided on, contest, and did not speak to."""
    rows = [row for report in reports for row in report.fundamentals if not names or row.name in names]
    return (
        sum(row.confirmed for row in rows),
        sum(row.mixed for row in rows),
        sum(row.contested for row in rows),
        sum(row.unseen for row in rows),
    )


def participation(asked: Scope) -> Said:
    """How many were invited and answered in the teams that can be shown."""
    answered, invited = _answered(asked)
    counted = [r for r in asked.shown if r.respondents is not None]
    each = [f"{asked.team(r.manager)} {r.respondents} of {r.invited}" for r in counted]
    first = (
        f"In {teams(len(asked.shown))} that can be shown, {answered} of {invited} people who were asked gave feedback."
    )
    return Said(plain(first, f"By team: {listed(each)}."), (), (participation_figure("All together", asked),))


def participation_figure(label: str, asked: Scope) -> Figure:
    """How many of those invited answered, in the teams that can be shown."""
    return _figure(label, asked, asked.shown, *_answered(asked))


def in_words(figure: Figure, is_share: bool) -> str:
    """A figure with a value in words, such as ``62 % (45 to 77 %)``."""
    if figure.value is None or figure.interval is None:
        return "too little to tell"
    low, high = figure.interval
    if is_share:
        return f"{100 * figure.value:.0f} % (between {100 * low:.0f} and {100 * high:.0f} %)"
    return f"{figure.value:+.1f} (between {low:+.1f} and {high:+.1f})"


def _figure(
    label: str, asked: Scope, reports: Sequence[Report], count: int, total: int, estimate: Estimate | None = None
) -> Figure:
    return Figure(
        label,
        asked.round.key,
        tuple(report.manager for report in reports),
        count,
        total,
        sum(report.respondents or 0 for report in reports),
        estimate.value if estimate else None,
        (estimate.low, estimate.high) if estimate else None,
    )


def _answered(asked: Scope) -> tuple[int, int]:
    return sum(report.respondents or 0 for report in asked.shown), sum(report.invited for report in asked.shown)


def _lower(name: Fundamental) -> str:
    return name.title.lower()


def _of_claims(label: str, asked: Scope) -> Figure:
    return alignment_figure(label, asked, asked.query.fundamentals)


DRAWN: dict[Measure, tuple[Callable[[str, Scope], Figure], bool | None]] = {
    Measure.CLIMATE: (climate_figure, False),
    Measure.ALIGNMENT: (_of_claims, True),
    Measure.PARTICIPATION: (participation_figure, None),
}
"""How a measure is drawn for a group or a round, and whether its value is a share; None where counts say all."""
