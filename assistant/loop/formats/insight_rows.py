"""A leader's overview as one long table: a line for each figure, for spreadsheets and other programs."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping
from dataclasses import astuple, dataclass, fields, replace
from typing import Any

from assistant.domain.insight import Backing, Insight, Level, Moment, Standing, TeamRow, Topic
from assistant.domain.knowledge import Behaviour
from assistant.loop.formats import insight_words as words
from assistant.loop.formats.roll_up_json import rows as roll_up_rows
from assistant.loop.insight import InsightView

_BEGINS_A_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")  # noqa: RUF001 - spreadsheets take the wide ones, too

Value = float | int | str | None


@dataclass(frozen=True, slots=True)
class Row:
    """One figure: of whom (an e-mail, and the name; of all together the unit's leader), about what, and which.

    ``low`` and ``high`` are its 90 % interval, where it has one.
    """

    part: str
    round: str
    whose: str
    name: str
    about: str
    figure: str
    value: Value
    low: float | None = None
    high: float | None = None


def rows(view: InsightView, behaviours: Mapping[str, Behaviour]) -> tuple[Row, ...]:
    """All figures of the page, in its order."""
    return tuple(_Table(view, behaviours).rows())


def as_json(view: InsightView, behaviours: Mapping[str, Behaviour]) -> list[dict[str, Any]]:
    """The same as plain values."""
    names = [field.name for field in fields(Row)]
    return [dict(zip(names, astuple(row), strict=True)) for row in rows(view, behaviours)]


def as_csv(view: InsightView, behaviours: Mapping[str, Behaviour]) -> str:
    """The same as CSV (RFC 4180); no text can begin a formula."""
    written = io.StringIO(newline="")
    table = csv.writer(written)
    table.writerow([field.name for field in fields(Row)])
    table.writerows([_harmless(value) for value in astuple(row)] for row in rows(view, behaviours))
    return written.getvalue()


def as_csv_file(view: InsightView, behaviours: Mapping[str, Behaviour]) -> bytes:
    """The same as a file, in UTF-8 with the mark by which spreadsheets know it."""
    return as_csv(view, behaviours).encode("utf-8-sig")


def _harmless(value: Value) -> Value:
    """A text that a spreadsheet shows and does not carry out; numbers of ours stay numbers."""
    return f"'{value}" if isinstance(value, str) and value.startswith(_BEGINS_A_FORMULA) else value


class _Table:
    def __init__(self, view: InsightView, behaviours: Mapping[str, Behaviour]) -> None:
        self._seen: Insight = view.insight
        self._names = view.names
        self._behaviours = behaviours

    def rows(self) -> Iterator[Row]:
        yield from self._participation()
        yield from self._backing("together", self._seen.unit, self._seen.together)
        for team in self._seen.teams:
            yield from self._team(team)
        for part, topics in (("missed", self._seen.missed), ("valued", self._seen.valued)):
            for topic in topics:
                yield from self._topic(part, topic)
        yield from self._consistency()
        yield from self._trust()
        for moment in self._seen.course:
            yield from self._moment(moment)
        yield from self._roll_up()

    def _row(self, part: str, about: str, figure: str, value: Value, whose: str = "", key: str = "") -> Row:
        who = whose or self._seen.unit
        return Row(part, key or self._seen.round_key, who, self._names.get(who, who), about, figure, value)

    def _level(
        self, part: str, about: str, figure: str, level: Level | None, whose: str = "", key: str = ""
    ) -> Iterator[Row]:
        if level is not None:
            bare = self._row(part, about, figure, level.value, whose, key)
            yield replace(bare, low=level.low, high=level.high)

    def _participation(self) -> Iterator[Row]:
        counted = self._seen.participation
        for figure in ("teams", "shown", "suppressed", "without_report", "respondents", "invited"):
            yield self._row("participation", "", figure, getattr(counted, figure))

    def _backing(self, part: str, whose: str, backing: tuple[Backing, ...]) -> Iterator[Row]:
        for one in backing:
            yield from self._level(part, one.name.value, "backed", one.level, whose)
            for figure in ("confirmed", "mixed", "contested", "unseen", "gaps"):
                yield self._row(part, one.name.value, figure, getattr(one, figure), whose)

    def _team(self, team: TeamRow) -> Iterator[Row]:
        yield self._row("teams", "", "standing", words.STANDINGS[team.standing], team.manager)
        if team.left_out:
            yield self._row("teams", "", "teams_left_out", team.left_out, team.manager)
        if team.standing is not Standing.SHOWN or team.climate is None:
            return
        if team.is_shared:
            yield self._row("teams", "", "report", "shared", team.manager)
        yield self._row("teams", "", "respondents", team.respondents, team.manager)
        yield self._row("teams", "", "invited", team.invited, team.manager)
        yield self._row("teams", "climate", "level", words.CLIMATES[team.climate], team.manager)
        yield from self._backing("teams", team.manager, team.backing)

    def _topic(self, part: str, topic: Topic) -> Iterator[Row]:
        about = words.doing(topic, self._behaviours)
        for figure in ("valued", "missed", "divided", "people"):
            yield self._row(part, about, figure, getattr(topic, figure))
        if part == "missed":
            for one in topic.practices:
                yield self._row(part, about, "practice", words.practice(one))

    def _consistency(self) -> Iterator[Row]:
        for one in self._seen.consistency:
            about = one.name.value if one.name else "climate"
            yield self._row("consistency", about, "teams", one.teams)
            yield self._row("consistency", about, "likeness", words.LIKENESS[one.likeness])
            yield from self._level("consistency", about, "spread", one.spread)
            for at, count in enumerate(one.tenths):
                if count:
                    yield self._row("consistency", about, f"teams_from_{10 * at}_per_cent", count)

    def _trust(self) -> Iterator[Row]:
        for level, count in self._seen.trust.teams:
            yield self._row("trust", words.CLIMATES[level], "teams", count)
        yield from self._level("trust", "", "score", self._seen.trust.score)

    def _moment(self, moment: Moment) -> Iterator[Row]:
        key = moment.round_key
        for figure in ("teams", "respondents", "invited", "same_teams"):
            yield self._row("course", "", figure, getattr(moment, figure), key=key)
        moved = dict(moment.backing_moved)
        for name, level in moment.backing:
            yield from self._level("course", name.value, "backed", level, key=key)
            yield self._row("course", name.value, "moved", moved[name].value, key=key)
        yield from self._level("course", "climate", "score", moment.trust, key=key)
        yield self._row("course", "climate", "moved", moment.trust_moved.value, key=key)

    def _roll_up(self) -> Iterator[Row]:
        roll_up = self._seen.roll_up
        if roll_up is None:
            return
        yield self._row("roll_up", "", "respondents", roll_up.respondents)
        for row in roll_up_rows(roll_up):
            for side in ("values", "misses"):
                yield self._row("roll_up", str(row["behaviour"] or row["fundamental"]), side, row[side])
