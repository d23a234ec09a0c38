"""The picture of an answer: a bar a figure, in a table that says the same in words."""

from __future__ import annotations

from dataclasses import dataclass

from assistant.domain.inquiry import Answer, Figure, Measure


@dataclass(frozen=True, slots=True)
class Bar:
    """From where to where a bar and the range around its end go, in per cent of the track; no range where all is known.

    A trust climate runs from fear to trust, so its bar begins in the middle.
    """

    label: str
    words: str
    respondents: int
    start: int
    end: int
    low: int | None = None
    high: int | None = None


def bars(answer: Answer) -> tuple[Bar, ...]:
    """One bar for each figure of an answer that has anything to be a part of."""
    is_score = answer.query is not None and answer.query.measure is Measure.CLIMATE
    return tuple(bar(figure, is_score) for figure in answer.figures if figure.total)


def bar(figure: Figure, is_score: bool) -> Bar:
    """The bar of a figure that has anything to be a part of; ``is_score`` where its value is a trust climate."""
    if figure.value is None or figure.interval is None:
        words = f"{figure.count} of {figure.total}"
        return Bar(figure.label, words, figure.respondents, 0, round(100 * figure.count / figure.total))
    low, high = figure.interval
    if is_score:
        words = f"{figure.value:+.1f} (between {low:+.1f} and {high:+.1f})"
        start, end = sorted((50, _on_scale(figure.value)))
        return Bar(figure.label, words, figure.respondents, start, end, _on_scale(low), _on_scale(high))
    words = f"{100 * figure.value:.0f} % (between {100 * low:.0f} and {100 * high:.0f} %)"
    return Bar(
        figure.label, words, figure.respondents, 0, round(100 * figure.value), round(100 * low), round(100 * high)
    )


def _on_scale(score: float) -> int:
    """A score from -1 to 1 in per cent of the track."""
    return round(50 + 50 * score)
