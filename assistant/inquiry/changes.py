"""Rounds held against each other, over the managers who can be shown in each of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.domain.inquiry import Change, Figure, Measure, Sentence
from assistant.domain.report import Finding, Report
from assistant.domain.words import GAPS, FindingKind
from assistant.inquiry.figures import DRAWN, in_words
from assistant.inquiry.pooling import Estimate, differ
from assistant.inquiry.said import Said, plain, resting_on
from assistant.inquiry.scope import Scope
from assistant.inquiry.wording import listed, teams

NAMED = 3

_GOOD = {FindingKind.SHARED_STRENGTH, FindingKind.HIDDEN_STRENGTH}
Place = tuple[str, str]
"""A manager and a behaviour."""


@dataclass(frozen=True, slots=True)
class Step:
    """How one thing stood in the first round and stands in the last: -1 a gap, 0 neither, 1 a strength."""

    place: Place
    before: tuple[Report, Finding] | None
    after: tuple[Report, Finding] | None

    @property
    def moved(self) -> int:
        """Above 0 where it got better, below 0 where it got worse."""
        return _stand(self.after) - _stand(self.before)

    @property
    def evidence(self) -> list[tuple[Report, Finding]]:
        """What it rests on: as it is now, or else as it was."""
        return [one for one in (self.after or self.before,) if one]


def comparable(scopes: Sequence[Scope]) -> tuple[Scope, ...]:
    """The rounds, each with those managers only who can be shown in all of them."""
    in_all = set.intersection(*({report.manager for report in one.shown} for one in scopes))
    return tuple(one.within(in_all) for one in scopes)


def not_comparable(scopes: Sequence[Scope], same: Sequence[Scope]) -> str | None:
    """Why there is nothing to hold against each other; None where there is."""
    if len(scopes) < 2:
        return f"There is only round {scopes[0].round.key} to ask about, so there is nothing to compare it with yet."
    if same[-1].shown:
        return None
    keys = listed([one.round.key for one in scopes])
    return f"This cannot be compared: no team that is asked about can be shown in each of the rounds {keys}."


def compare_rounds(same: Sequence[Scope]) -> Said:
    """What changed from the first round to the last, and each round as a figure."""
    if same[-1].query.measure is Measure.FINDINGS:
        return _changes(same)
    draw, is_share = DRAWN[same[-1].query.measure]
    figures = tuple(draw(one.round.key, one) for one in same)
    told = [_told(figure, is_share) for figure in figures]
    first = f"{_ABOUT[same[-1].query.measure]} {'; '.join(told)}."
    return Said(plain(first, *_difference(figures), _over(same)), (), figures)


def _changes(same: Sequence[Scope]) -> Said:
    first, last = same[0], same[-1]
    moves = steps(first, last)
    change = last.query.change
    worse, better = [s for s in moves if s.moved < 0], [s for s in moves if s.moved > 0]
    sentences = [*plain(_over(same))]
    told: list[Step] = []
    for wanted, words, moved in ((Change.WORSE, "Worse than before", worse), (Change.BETTER, "Better", better)):
        if change in {Change.ANY, wanted}:
            told += moved
            sentences.append(_sentence(words, moved, last))
    if change is Change.ANY:
        stays = [s for s in moves if not s.moved and s.after and s.after[1].kind in GAPS]
        told += stays
        sentences.append(_sentence("A gap as before", stays, last))
    found = [one for step in told for one in step.evidence]
    return Said(tuple(sentences), found, (*_moves(last, worse, better), *(_showing(one) for one in same)))


def steps(first: Scope, last: Scope) -> list[Step]:
    """Everything that fits the question in the first or the last round."""
    before, after = _places(first), _places(last)
    fitting = {(r.manager, f.behaviour) for one in (first, last) for r, f in one.fitting()}
    return [Step(place, before.get(place), after.get(place)) for place in sorted(fitting)]


def _places(asked: Scope) -> dict[Place, tuple[Report, Finding]]:
    return {(report.manager, finding.behaviour): (report, finding) for report, finding in asked.all_findings()}


def _stand(one: tuple[Report, Finding] | None) -> int:
    if one is None:
        return 0
    kind = one[1].kind
    return -1 if kind in GAPS else int(kind in _GOOD)


def _sentence(words: str, steps: Sequence[Step], now: Scope) -> Sentence:
    if not steps:
        return plain(f"{words}: nothing.")[0]
    common = Counter(behaviour for _, behaviour in (step.place for step in steps)).most_common()
    common.sort(key=lambda item: (-item[1], item[0]))
    named = [f"{now.doing(behaviour)} ({teams(count)})" for behaviour, count in common[:NAMED]]
    more = len(common) - NAMED
    rest = f" and {more} more" if more > 0 else ""
    told = ", ".join(named) + rest if rest else listed(named)
    return resting_on(f"{words}: {told}.", [one for step in steps for one in step.evidence], now.round.key)


def _moves(last: Scope, worse: Sequence[Step], better: Sequence[Step]) -> tuple[Figure, ...]:
    """In how many teams something got worse, and better."""
    change = last.query.change
    of = {Change.WORSE: ("Something got worse", worse), Change.BETTER: ("Something got better", better)}
    return tuple(
        _figure(label, last, tuple(sorted({step.place[0] for step in steps})))
        for wanted, (label, steps) in of.items()
        if change in {Change.ANY, wanted}
    )


def _showing(asked: Scope) -> Figure:
    managers = tuple(sorted({report.manager for report, _ in asked.fitting()}))
    return _figure(f"Shows in round {asked.round.key}", asked, managers)


def _figure(label: str, asked: Scope, managers: tuple[str, ...]) -> Figure:
    people = sum(report.respondents or 0 for report in asked.within(frozenset(managers)).shown)
    return Figure(label, asked.round.key, managers, len(managers), len(asked.shown), people)


def _over(same: Sequence[Scope]) -> str:
    keys = listed([one.round.key for one in same])
    return f"Held against each other are rounds {keys}, over {teams(len(same[-1].shown))} that can be shown in each."


def _told(figure: Figure, is_share: bool | None) -> str:
    if is_share is None:
        return f"{figure.count} of {figure.total} in {figure.round_key}"
    return f"{in_words(figure, is_share)} in {figure.round_key}, with {figure.respondents} people"


def _difference(figures: Sequence[Figure]) -> list[str]:
    ends = [Estimate(f.value, *f.interval) for f in (figures[0], figures[-1]) if f.value is not None and f.interval]
    if len(ends) < 2:
        return []
    if not differ(*ends):
        return ["From the first to the last it moved no more than chance alone would bring."]
    direction = "up" if ends[1].value > ends[0].value else "down"
    return [f"From the first to the last it went {direction} by more than chance alone would bring."]


_ABOUT = {
    Measure.CLIMATE: "On a scale from -1 to +1, the trust climate was",
    Measure.ALIGNMENT: "Of what managers say they do and teams spoke to, teams backed",
    Measure.PARTICIPATION: "Of those who were asked, those who gave feedback were",
}
