"""The pictures of a leader's overview: where points and lines lie. The numbers stand beside them in tables."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from assistant.domain.insight import Consistency, Insight, Level
from assistant.domain.words import Fundamental

WIDTH, HEIGHT = 240, 90
_SIDE, _EDGE = 14.0, 8.0
_PALEST = 0.3


@dataclass(frozen=True, slots=True)
class Point:
    """One round in a picture: where it stands, and from where to where its interval reaches, downwards from the top."""

    x: float
    y: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Line:
    """The course of one fundamental, or of the trust climate where ``name`` is None; the latest level in words."""

    name: Fundamental | None
    points: tuple[Point, ...]
    latest: Level | None

    @property
    def path(self) -> str:
        """The points for an SVG polyline."""
        return " ".join(f"{point.x:g},{point.y:g}" for point in self.points)


def strength(level: Level) -> float:
    """How strongly a cell is coloured, 0 to 1: by the share, and paler the less sure that is."""
    return round(level.value * max(_PALEST, 1 - (level.high - level.low)), 2)


def lines(seen: Insight) -> tuple[Line, ...]:
    """A line for each fundamental, then one for trust; none where there is only one round."""
    if len(seen.course) < 2:
        return ()
    of = {name: [dict(moment.backing)[name] for moment in seen.course] for name in Fundamental}
    trust = [moment.trust for moment in seen.course]
    return (*(_line(name, levels, 0.0) for name, levels in of.items()), _line(None, trust, -1.0))


def bars(one: Consistency) -> tuple[float, ...]:
    """How high each tenth of the teams stands, in per cent of the highest."""
    most = max(one.tenths, default=0)
    return tuple(round(100 * count / most, 1) if most else 0.0 for count in one.tenths)


def _line(name: Fundamental | None, levels: Sequence[Level | None], least: float) -> Line:
    step = (WIDTH - 2 * _SIDE) / (len(levels) - 1)

    def down(value: float) -> float:
        return round(_EDGE + (1 - value) / (1 - least) * (HEIGHT - 2 * _EDGE), 1)

    points = tuple(
        Point(round(_SIDE + n * step, 1), down(level.value), down(level.low), down(level.high))
        for n, level in enumerate(levels)
        if level is not None
    )
    return Line(name, points, levels[-1])
