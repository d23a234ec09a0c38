"""A leader's overview as a PDF, to print or to hand on: the same figures as on the page, in its order."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

from assistant.domain.insight import Backing, Consistency, Insight, Level, Moment, Standing, TeamRow, Topic
from assistant.domain.knowledge import Behaviour
from assistant.domain.trend import Direction
from assistant.domain.words import Fundamental
from assistant.loop.formats import insight_words as words
from assistant.loop.formats.insight_picture import strength
from assistant.loop.formats.paper import Cell, Colour, Paper
from assistant.loop.formats.roll_up_json import rows as roll_up_rows
from assistant.loop.insight import InsightView

_ACCENT: Colour = (23, 89, 79)
_BELOW: Colour = (232, 228, 220)
_DEEPEST = 0.55
"""How much of the accent lies behind a share that is surely 100 %, so that the number on it can be read."""

_FUNDAMENTALS = [name.title for name in Fundamental]
_NOTHING, _STEP_DOWN, _SHARED = "–", "\u203a", "(report shared)"


def as_pdf(view: InsightView, behaviours: Mapping[str, Behaviour], font: Path | None = None) -> bytes:
    """The overview as a whole PDF; ``font`` is a TrueType file. Raises as :class:`Paper` does."""
    paper, seen = Paper(font, landscape=True), view.insight
    paper.title(words.title_of(seen, view.names))
    paper.text(words.participation(seen.participation))
    _teams(paper, view)
    if seen.participation.shown:
        paper.quiet(words.NOT_CAUSE)
        _topics(paper, words.MISSED, seen.missed, behaviours, with_practices=True)
        _topics(paper, words.VALUED, seen.valued, behaviours, with_practices=False)
        _trust(paper, seen)
        _consistency(paper, seen)
        _course(paper, seen)
    _roll_up(paper, view, behaviours)
    return paper.done()


def _teams(paper: Paper, view: InsightView) -> None:
    seen = view.insight
    paper.heading(words.TEAMS)
    paper.quiet(words.ABOUT_TEAMS)
    rows = [_row(row, view.names) for row in seen.teams]
    if seen.participation.shown:
        rows.insert(0, _all_together(seen))
    paper.table(["Manager", *_FUNDAMENTALS, "Trust", "Answered"], rows, (5, 4, 4, 4, 4, 3, 3))


def _all_together(seen: Insight) -> list[Cell]:
    counted = seen.participation
    answered = f"{counted.respondents:,} of {counted.invited:,}"
    return [Cell("All together"), *map(_backing, seen.together), Cell(_score(seen.trust.score)), Cell(answered)]


def _row(row: TeamRow, names: Mapping[str, str]) -> list[Cell]:
    name = names.get(row.manager, row.manager)
    who = Cell(
        " ".join(filter(None, ["\u203a" * row.depth, name, words.left_out(row), "(report shared)" * row.is_shared]))
    )
    if row.standing is not Standing.SHOWN or row.climate is None:
        fill = _BELOW if row.standing is Standing.SUPPRESSED else None
        return [who, Cell(words.STANDINGS[row.standing], fill, columns=6)]
    return [who, *map(_backing, row.backing), Cell(words.CLIMATES[row.climate]), Cell(words.answered(row))]


def _backing(one: Backing) -> Cell:
    said = [_share(one.level), words.backed(one), words.gaps(one.gaps)]
    return Cell("; ".join(filter(None, said)), None if one.level is None else _shade(strength(one.level)))


def _topics(
    paper: Paper, heading: str, topics: tuple[Topic, ...], behaviours: Mapping[str, Behaviour], with_practices: bool
) -> None:
    paper.heading(heading)
    if not topics:
        paper.text("Nothing of this is told by the teams that can be shown.")
        return
    paper.quiet(f"{words.ABOUT_TOPICS} {words.ABOUT_PRACTICES}" if with_practices else words.ABOUT_TOPICS)
    headings = ["What managers do", "Fundamental", "Miss it", "Divided", "Value it", "People, at least"]
    rows = []
    for topic in topics:
        counts = (topic.missed, topic.divided, topic.valued, topic.people)
        told = [words.doing(topic, behaviours), topic.fundamental.title, *(f"{n:,}" if n else _NOTHING for n in counts)]
        practices = "; ".join(map(words.practice, topic.practices)) or _NOTHING
        rows.append([Cell(text) for text in (*told, *[practices][: int(with_practices)])])
    if with_practices:
        paper.table([*headings, "Suggested most often"], rows, (6, 4, 2, 2, 2, 2, 7))
    else:
        paper.table(headings, rows, (8, 6, 2, 2, 2, 2))


def _trust(paper: Paper, seen: Insight) -> None:
    paper.heading(words.TRUST)
    if seen.trust.score is not None:
        paper.text(f"Over all teams, the score is {_score(seen.trust.score)}, from -1 (fear) to +1 (trust).")
    paper.points(f"{words.CLIMATES[level]}: {words.teams(count)}" for level, count in seen.trust.teams)


def _consistency(paper: Paper, seen: Insight) -> None:
    paper.heading(words.CONSISTENCY)
    paper.quiet(words.ABOUT_CONSISTENCY)
    rows = [
        [Cell(text) for text in (words.title(one.name), words.LIKENESS[one.likeness], *_spread(one))]
        for one in seen.consistency
    ]
    paper.table(["In", "Teams are", "Spread", "Teams", "Where they stand"], rows, (4, 3, 4, 2, 10))


def _spread(one: Consistency) -> tuple[str, str, str]:
    return words.spread(one), f"{one.teams:,}", words.in_tenths(one)


def _course(paper: Paper, seen: Insight) -> None:
    paper.heading(words.COURSE)
    paper.quiet(words.ABOUT_COURSE)
    rows = [[Cell(text) for text in _moment(moment)] for moment in seen.course]
    paper.table(["Round", *_FUNDAMENTALS, "Trust", "Rests on"], rows, (3, 4, 4, 4, 4, 4, 5))


def _moment(moment: Moment) -> Iterator[str]:
    moved = dict(moment.backing_moved)
    yield moment.round_key
    for name, level in moment.backing:
        yield _moved(_share(level), moved[name])
    yield _moved(_score(moment.trust), moment.trust_moved)
    yield words.moment(moment)


def _roll_up(paper: Paper, view: InsightView, behaviours: Mapping[str, Behaviour]) -> None:
    roll_up = view.insight.roll_up
    if roll_up is None:
        return
    paper.heading(words.TOGETHER)
    found = roll_up_rows(roll_up)
    if not found:
        paper.text(words.TOO_FEW_TOGETHER)
        return
    paper.quiet(words.roll_up(roll_up, view.names))
    rows = []
    for row in found:
        known = behaviours.get(row["behaviour"] or "")
        name = known.doing if known else row["behaviour"] or words.heading(row["fundamental"])
        rows.append([Cell(name), *(Cell(str(row[side] or _NOTHING)) for side in ("values", "misses"))])
    paper.table(["What managers do", "People who value it", "People who miss it"], rows, (8, 3, 3))


def _share(level: Level | None) -> str:
    return f"{words.per_cent(level.value)} ({words.share_range(level)})" if level else _NOTHING


def _score(level: Level | None) -> str:
    return f"{words.score(level.value)} ({words.score_range(level)})" if level else _NOTHING


def _moved(told: str, direction: Direction) -> str:
    return f"{told}, {words.MOVED[direction]}" if words.MOVED[direction] else told


def _shade(share: float) -> Colour:
    part = _DEEPEST * share
    red, green, blue = (round(255 + (one - 255) * part) for one in _ACCENT)
    return red, green, blue
