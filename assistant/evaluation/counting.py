"""Counting what was found against what was marked; counts of several rounds add up, and figures are made of sums."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from statistics import quantiles
from typing import Protocol

from assistant.domain.report import Claim, Climate, Finding, Source
from assistant.domain.words import Alignment, FindingKind, Stance
from assistant.evaluation.annotation import Annotation

DRAWS = 1_000
SEED = 1
TWENTIETHS = 20
"""Intervals run from the first to the last of the cuts into twentieths: they hold 90 % of the draws."""


class Found(Protocol):
    """What was made of a round: a report, or a comparison that has not been put into words."""

    @property
    def suppressed(self) -> bool:
        """Whether all that rests on feedback was withheld."""
        ...

    @property
    def claims(self) -> tuple[Claim, ...]:
        """What the manager was understood to claim."""
        ...

    @property
    def findings(self) -> tuple[Finding, ...]:
        """Gaps and matches."""
        ...

    @property
    def climate(self) -> Climate:
        """The climate of the team."""
        ...


@dataclass(frozen=True, slots=True)
class Counts:
    """Hits, and what they are counted against, by name; alignments of ``does`` claims as (marked, found or None)."""

    n: Counter[str]
    alignments: Counter[tuple[Alignment, Alignment | None]]

    def and_also(self, **more: int) -> Counts:
        """These counts and some others."""
        return Counts(self.n + Counter(more), self.alignments)


def count(marked: Annotation, found: Found, floor: int) -> Counts:
    """The counts of one round that was held with this anonymity floor."""
    n: Counter[str] = Counter()
    alignments: Counter[tuple[Alignment, Alignment | None]] = Counter()
    withheld = marked.withheld(floor)
    used = set()
    for claim in marked.claims:
        said = same_place(claim.source, found.claims)
        n["claim_hit"] += said is not None
        if said is not None:
            used.add(said.id)
            n["fundamental_right"] += said.fundamental is marked.topics[claim.topic]
        if claim.stance is Stance.DOES and not withheld:
            alignments[marked.alignment(claim), said.alignment if said else None] += 1
    n["claim_want"], n["claim_said"], n["claim_used"] = len(marked.claims), len(found.claims), len(used)
    n["suppression_errors"] = found.suppressed is not withheld
    if not withheld:
        n.update(_findings(marked, found))
        n.update({"climate": 1, "climate_right": found.climate.level is marked.climate})
    return Counts(n, alignments)


def same_place(source: Source, claims: Iterable[Claim]) -> Claim | None:
    """The claim that shares most with a place in the manager's words, where that is half of the shorter of the two."""

    def shared(claim: Claim) -> int:
        said = claim.source
        if (said.conversation, said.message) != (source.conversation, source.message):
            return 0
        return min(said.end, source.end) - max(said.start, source.start)

    best = max(claims, key=shared, default=None)
    if best is None or shared(best) <= 0:
        return None
    shorter = min(source.end - source.start, best.source.end - best.source.start)
    return best if shared(best) * 2 >= shorter else None


def figures(counts: Iterable[Counts]) -> dict[str, float | None]:
    """The figures of a set of rounds, 0 to 1 with three decimals; None where there is nothing to be right about."""
    total = total_of(counts)
    n = total.n
    return {
        "claim_recall": _share(n["claim_hit"], n["claim_want"]),
        "claim_precision": _share(n["claim_used"], n["claim_said"]),
        "fundamental_accuracy": _share(n["fundamental_right"], n["claim_hit"]),
        "alignment_macro_f1": _macro_f1(total.alignments),
        "finding_f1": round(f1(n["finding_hit"], n["finding_said"], n["finding_want"]), 3),
        "blind_spot_recall": _share(n["blind_spot_hit"], n["blind_spot_want"]),
        "blind_spot_precision": _share(n["blind_spot_hit"], n["blind_spot_said"]),
        "climate_accuracy": _share(n["climate_right"], n["climate"]),
    }


def intervals(counts: Sequence[Counts]) -> dict[str, tuple[float, float] | None]:
    """90 % intervals of the figures, by drawing as many rounds with replacement, always the same draws."""
    draw = random.Random(SEED)  # noqa: S311 -- for drawing only
    drawn = [figures(draw.choices(counts, k=len(counts))) for _ in range(DRAWS)]
    return {name: _middle([one[name] for one in drawn]) for name in drawn[0]}


def f1(hit: int, said: int, want: int) -> float:
    """Harmonic mean of precision and recall; 1 where nothing was wanted and nothing said."""
    return 2 * hit / (said + want) if said + want else 1.0


def _findings(marked: Annotation, found: Found) -> Counter[str]:
    want, said = marked.findings, Counter((f.kind, f.fundamental) for f in found.findings)
    n: Counter[str] = Counter()
    for name, some in (("finding", frozenset(FindingKind)), ("blind_spot", frozenset({FindingKind.BLIND_SPOT}))):
        for what, counted in (("want", want), ("said", said), ("hit", want & said)):
            n[f"{name}_{what}"] = sum(times for (kind, _), times in counted.items() if kind in some)
    return n


def _macro_f1(alignments: Counter[tuple[Alignment, Alignment | None]]) -> float | None:
    """The mean over the alignments that were marked at all."""
    want: Counter[Alignment] = Counter()
    said: Counter[Alignment | None] = Counter()
    for (marked, found), times in alignments.items():
        want[marked] += times
        said[found] += times
    each = [f1(alignments[a, a], said[a], want[a]) for a in Alignment if want[a]]
    return round(sum(each) / len(each), 3) if each else None


def total_of(counts: Iterable[Counts]) -> Counts:
    """The counts of several rounds together."""
    total = Counts(Counter(), Counter())
    for one in counts:
        total.n.update(one.n)
        total.alignments.update(one.alignments)
    return total


def _share(part: int, whole: int) -> float | None:
    return round(part / whole, 3) if whole else None


def _middle(values: Iterable[float | None]) -> tuple[float, float] | None:
    known = [value for value in values if value is not None]
    if len(known) < TWENTIETHS:
        return None
    cuts = quantiles(known, n=TWENTIETHS, method="inclusive")
    return round(cuts[0], 3), round(cuts[-1], 3)
