"""The words of a leader's overview, the same on the page and in every file of it."""

from __future__ import annotations

from collections.abc import Mapping

from assistant.domain.insight import (
    Backing,
    Consistency,
    Insight,
    Level,
    Likeness,
    Moment,
    Participation,
    Standing,
    SuggestedPractice,
    TeamRow,
    Topic,
)
from assistant.domain.knowledge import Behaviour
from assistant.domain.roll_up import RollUp
from assistant.domain.trend import Direction
from assistant.domain.words import ClimateLevel, Fundamental

TITLE = "Your managers at a glance"
TEAMS = "Managers and fundamentals"
MISSED = "What teams miss"
VALUED = "What teams value"
CONSISTENCY = "How alike the teams are"
TRUST = "Trust across teams"
COURSE = "From round to round"
TOGETHER = "What all teams say together"

ABOUT_TEAMS = (
    "How much of what each manager says they do is backed by their team, as a share of the things that the team spoke "
    "to. Beside it stands from where to where that share may lie (nine times of ten), by how few people spoke and how "
    "few things they spoke to. "
    "Gaps are what the team misses, is hurt by, or is divided about. Managers stand in the order of the reporting line."
)
ABOUT_TOPICS = (
    "Counted are teams that can be shown. People are those who spoke to it at least: where fewer than the floor did in "
    "a team, that team adds nothing."
)
ABOUT_PRACTICES = (
    "Practices are those that the managers’ reports suggest. What a manager has taken on of them is theirs alone to "
    "see, so it is counted nowhere."
)
ABOUT_CONSISTENCY = (
    "Teams of a handful of people look different by chance alone. The spread is what is left of their differences once "
    "chance is taken off: at 15 points, two of three teams stand within 15 points of the middle. Too little to tell is "
    "the usual answer."
)
ABOUT_COURSE = (
    "Each round over the teams that could be shown in it. An arrow stands where the same teams, read by the same "
    "engine, surely moved since the round before."
)
TOO_FEW_TOGETHER = "What the teams below say together is not enough to be shown for this round."
NOT_CAUSE = "None of this shows what caused what, and none of it is a grade for anybody."

CLIMATES: dict[ClimateLevel, str] = {
    ClimateLevel.HIGH_TRUST: "High trust",
    ClimateLevel.MIXED: "Mixed",
    ClimateLevel.FEAR_DRIVEN: "Careful",
    ClimateLevel.TOO_LITTLE_EVIDENCE: "Too little said",
}
STANDINGS: dict[Standing, str] = {
    Standing.SHOWN: "Shown",
    Standing.SUPPRESSED: "Too few answers to show anything",
    Standing.NO_REPORT: "No report",
}
LIKENESS: dict[Likeness, str] = {
    Likeness.ALIKE: "Alike",
    Likeness.DIFFERENT: "Different",
    Likeness.TOO_LITTLE_EVIDENCE: "Too little to tell",
}
MOVED: dict[Direction, str] = {Direction.UP: "up", Direction.DOWN: "down", Direction.TOO_EARLY: ""}
ARROWS: dict[Direction, str] = {Direction.UP: "▲", Direction.DOWN: "▼", Direction.TOO_EARLY: ""}


def title_of(seen: Insight, names: Mapping[str, str]) -> str:
    """What a file of it is headed with."""
    name = names.get(seen.unit, seen.unit)
    has_own_row = any(row.manager == seen.unit for row in seen.teams)
    teams_of = f"{name} and the teams below" if has_own_row else f"Teams below {name}"
    return f"{teams_of}, round {seen.round_key}"


def title(name: Fundamental | None) -> str:
    """A fundamental as a heading; None is the trust climate."""
    return "Trust climate" if name is None else name.title


def per_cent(share: float) -> str:
    """A share from 0 to 1, such as ``62 %``."""
    return f"{100 * share:.0f} %"


def score(value: float) -> str:
    """A trust score from -1 to 1, such as ``+0.3``."""
    return f"{round(value, 1) + 0.0:+.1f}"


def share_range(level: Level) -> str:
    """From where to where a share may lie, such as ``45–77 %``."""
    return f"{100 * level.low:.0f}–{100 * level.high:.0f} %"


def score_range(level: Level) -> str:
    """From where to where a score may lie, such as ``-0.1 to +0.5``."""
    return f"{score(level.low)} to {score(level.high)}"


def teams(count: int) -> str:
    """A number of teams."""
    return "1 team" if count == 1 else f"{count:,} teams"


def participation(counted: Participation) -> str:
    """How many teams there are, and how many people answered in those that can be shown."""
    parts = [f"{teams(counted.teams)}: {counted.shown:,} can be shown"]
    if counted.suppressed:
        parts.append(f"{counted.suppressed:,} had too few answers")
    if counted.without_report:
        parts.append(f"{counted.without_report:,} have no report")
    answered = f" In those shown, {counted.respondents:,} of {counted.invited:,} people who were asked gave feedback."
    return f"{', '.join(parts)}.{answered if counted.shown else ''}"


def backed(one: Backing) -> str:
    """The counts behind a level, such as ``2 of 3 backed, 1 divided``."""
    if not one.spoken_to:
        return "nothing was spoken to" if one.unseen else "nothing was said"
    divided = f", {one.mixed} divided" if one.mixed else ""
    return f"{one.confirmed} of {one.spoken_to} backed{divided}"


def gaps(count: int) -> str:
    """A number of gaps; nothing for none."""
    return "" if not count else "1 gap" if count == 1 else f"{count} gaps"


def left_out(row: TeamRow) -> str:
    """How many teams below have no row of their own."""
    return f"and {teams(row.left_out)} below" if row.left_out else ""


def answered(row: TeamRow) -> str:
    """How many of those asked answered."""
    return f"{row.respondents} of {row.invited}"


def doing(topic: Topic, behaviours: Mapping[str, Behaviour]) -> str:
    """What a topic is about, as something that managers do."""
    known = behaviours.get(topic.behaviour)
    words = known.doing if known else topic.behaviour.replace("_", " ")
    return f"{words[:1].upper()}{words[1:]}"


def practice(one: SuggestedPractice) -> str:
    """A practice, and in how many reports it is suggested."""
    return f"{one.title} ({'1 report' if one.reports == 1 else f'{one.reports:,} reports'})"


def spread(one: Consistency) -> str:
    """How far teams are apart, in points of a hundred."""
    if one.spread is None:
        return "–"
    return f"{_points(one.spread.value)} points ({_points(one.spread.low)}–{_points(one.spread.high)})"


def in_tenths(one: Consistency) -> str:
    """Where teams stand, for those who do not see the picture."""
    places = [f"{teams(n)} at {10 * at}–{10 * at + 10} %" for at, n in enumerate(one.tenths) if n]
    return "; ".join(places) or "no team"


def moment(one: Moment) -> str:
    """How many teams and people a round rests on."""
    return f"{teams(one.teams)}, {one.respondents:,} of {one.invited:,} people"


def roll_up(one: RollUp, names: Mapping[str, str]) -> str:
    """What the numbers of a roll-up mean."""
    return (
        f"Counted are people, at least {one.respondents} in all, over all teams below "
        f"{names.get(one.leader, one.leader)}. Each number means at least as many; what fewer than the floor say is "
        "left out."
    )


def heading(fundamental: str) -> str:
    """A fundamental by its id, as a heading."""
    return Fundamental(fundamental).title


def _points(share: float) -> str:
    return f"{100 * share:.0f}"
