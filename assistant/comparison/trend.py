"""From two reports, or a report and what was taken on before it, to what has changed. Uncertain is the usual answer."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence

from assistant.comparison.alignment import LEAST_VOICES, Voices, voices
from assistant.comparison.compare import Sides
from assistant.comparison.uncertainty import majority_is_real
from assistant.domain.anonymity import shown_count, suppressed
from assistant.domain.commitments import Commitment
from assistant.domain.knowledge import Behaviour
from assistant.domain.report import SURE_FROM, Finding, FundamentalAlignment, Report
from assistant.domain.statements import Topic
from assistant.domain.trend import Direction, Echo, FundamentalTrend, Noticed, Since, TopicTrend
from assistant.domain.words import GAPS, Alignment, FindingKind

SURE_OF_MAJORITY = 0.85
"""From this probability on, what most of them say is what most people like them would say: 3 of 3, 4 of 5, 5 of 7."""

Interval = tuple[float, float]


def echoes(
    commitments: Iterable[Commitment],
    sides: Sides,
    topics: Sequence[Topic],
    behaviours: Mapping[str, Behaviour],
    floor: int,
) -> tuple[Echo, ...]:
    """What the team says of each commitment, by how it speaks of its behaviour in this round.

    Empty below the floor. It needs no answer to a question of its own, so that it holds for imported feedback, too.
    """
    if suppressed(sides.respondents, floor, len(sides.wholly_named), len(sides.partly_named)):
        return ()
    return tuple(
        _echo(one, behaviours[one.behaviour], _heard(one.behaviour, sides, topics), sides.known, floor)
        for one in commitments
        if one.behaviour in behaviours
    )


def noticed(heard: Voices, floor: int, known: frozenset[str] = frozenset()) -> Noticed:
    """Whether a team speaks of something as being there; too early below the floor, or without a clear majority.

    ``known`` are those whom the manager knows by name: without them, as many others as the floor have to speak to it.
    """
    speaking = len(heard.speaking)
    if not speaking or shown_count(speaking, floor, len(heard.speaking & known)) is None:
        return Noticed.TOO_EARLY
    smaller, larger = sorted((len(heard.valuing), len(heard.lacking)))
    if heard.view is Alignment.MIXED:
        return Noticed.MIXED
    if larger < LEAST_VOICES or majority_is_real(larger, smaller) < SURE_OF_MAJORITY:
        return Noticed.TOO_EARLY
    return Noticed.NOTICED if heard.view is Alignment.CONFIRMED else Noticed.NOT_NOTICED


def since(report: Report, earlier: Report) -> Since | None:
    """A report beside that of an earlier round; None where either is below the floor."""
    if report.suppressed or earlier.suppressed:
        return None
    kinds = {finding.behaviour: finding.kind for finding in reversed(earlier.findings)}
    if report.engine != earlier.engine:
        return Since(earlier.round_key, False, (), (), kinds)
    return Since(
        earlier.round_key,
        True,
        tuple(_fundamentals(report.fundamentals, earlier.fundamentals)),
        tuple(_topics(report.findings, earlier.findings)),
        kinds,
    )


def difference(before: float, before_interval: Interval, now: float, now_interval: Interval) -> Interval:
    """The interval of the difference of two shares (0 to 1), from the score interval of each.

    Source: Newcombe 1998, "Interval estimation for the difference between independent proportions", method 10.
    """
    change = now - before
    down = math.hypot(now - now_interval[0], before_interval[1] - before)
    up = math.hypot(now_interval[1] - now, before - before_interval[0])
    return max(-1.0, change - down), min(1.0, change + up)


def _heard(behaviour: str, sides: Sides, topics: Sequence[Topic]) -> Voices:
    observations = {observation.id: observation for observation in sides.observations}
    valuing, lacking = frozenset[str](), frozenset[str]()
    for topic in topics:
        if topic.behaviour == behaviour:
            heard = voices((observations[id_] for id_ in topic.statements if id_ in observations), topic.turned)
            valuing, lacking = valuing | heard.valuing, lacking | heard.lacking
    return Voices(valuing, lacking)


def _echo(one: Commitment, behaviour: Behaviour, heard: Voices, known: frozenset[str], floor: int) -> Echo:
    respondents = shown_count(len(heard.speaking), floor, len(heard.speaking & known))
    return Echo(one.id, behaviour.id, behaviour.fundamental, noticed(heard, floor, known), respondents)


def _fundamentals(
    now: Iterable[FundamentalAlignment], before: Iterable[FundamentalAlignment]
) -> Iterator[FundamentalTrend]:
    rows = {row.name: row for row in before}
    for row in now:
        old = rows.get(row.name)
        if row.alignment is None or row.interval is None or old is None:
            continue
        if old.alignment is None or old.interval is None:
            continue
        interval = difference(old.alignment, old.interval, row.alignment, row.interval)
        yield FundamentalTrend(row.name, old.alignment, row.alignment, interval, _direction(*interval))


def _direction(low: float, high: float) -> Direction:
    if low > 0:
        return Direction.UP
    return Direction.DOWN if high < 0 else Direction.TOO_EARLY


def _topics(now: Iterable[Finding], before: Iterable[Finding]) -> Iterator[TopicTrend]:
    old = {finding.behaviour: finding for finding in before if finding.kind is not FindingKind.UNSEEN_CLAIM}
    for finding in now:
        if finding.behaviour in old and finding.kind is not FindingKind.UNSEEN_CLAIM:
            was = old[finding.behaviour]
            yield TopicTrend(finding.behaviour, was.kind, finding.kind, _moved(was, finding))


def _moved(was: Finding, now: Finding) -> Direction:
    """Up where a gap has become something of value, and down the other way; only where both are sure."""
    is_sure = min(was.confidence, now.confidence) >= SURE_FROM
    if not is_sure or (was.kind in GAPS) == (now.kind in GAPS):
        return Direction.TOO_EARLY
    return Direction.UP if was.kind in GAPS else Direction.DOWN
