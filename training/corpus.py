"""The training corpus: teams, their topics, and what managers and team members say about them.

A corpus file holds several teams. Its line format is described in ``training/README.md``::

    == fish-counter | food retail | Ireland
    ## warn-early | early_notice | being told about Saturday shifts before Friday
    does | I put the Saturday rota up by Wednesday so people can plan.
    valued m1 | You know where you stand with weekends, he has it up midweek.
    missing m2 blame | ...
    -- small_talk member | Grand weather for it anyway.

Run as a program it checks every file given and prints one line for each problem.
"""

from __future__ import annotations

import re
import sys
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

import yaml

CLAIM_STANCES = ("does", "admits", "intends")
OBSERVATION_STANCES = ("valued", "missing", "harmful")
CLIMATE_SIGNALS = ("safety", "ownership", "blame", "fear")
NEITHER_KINDS = (
    "small_talk",
    "company_complaint",
    "outcome_only",
    "work_management",
    "general_liking",
    "mood",
    "instruction",
    "about_oneself",
)
SIDES = ("manager", "member")


class CorpusProblem(ValueError):
    """A line that does not follow the format; the message names file and line."""


@dataclass(frozen=True, slots=True)
class Statement:
    """One labelled statement; ``stance`` is None and ``neither`` set where it is no claim and no observation."""

    text: str
    side: str
    stance: str | None
    speaker: str
    climate: str | None
    team: str
    topic: str | None
    behaviour: str | None
    neither: str | None
    line: int


@dataclass(frozen=True, slots=True)
class Topic:
    """One concrete behaviour or need within one team."""

    name: str
    behaviour: str
    gist: str
    statements: tuple[Statement, ...]


@dataclass(frozen=True, slots=True)
class Team:
    """One invented team: its topics and the lines that belong to none."""

    name: str
    industry: str
    region: str
    topics: tuple[Topic, ...]
    neither: tuple[Statement, ...]


def behaviours(path: Path) -> dict[str, str]:
    """Map each behaviour's id to its fundamental, read from ``knowledge/behaviours.yaml``."""
    data = yaml.safe_load(path.read_text(encoding="utf-8"))
    return {name: fundamental for fundamental, group in data.items() for name in group}


def read(path: Path, known: dict[str, str]) -> list[Team]:
    """Read one corpus file; raises :class:`CorpusProblem` at the first line that is wrong."""
    teams: list[Team] = []
    header: tuple[str, str, str] | None = None
    topics: list[Topic] = []
    neither: list[Statement] = []
    topic: tuple[str, str, str] | None = None
    rows: list[Statement] = []

    def problem(number: int, what: str) -> CorpusProblem:
        return CorpusProblem(f"{path.name}:{number}: {what}")

    def close_topic() -> None:
        if topic is not None:
            topics.append(Topic(*topic, tuple(rows)))
            rows.clear()

    def close_team() -> None:
        close_topic()
        if header is not None:
            teams.append(Team(*header, tuple(topics), tuple(neither)))
            topics.clear()
            neither.clear()

    for number, raw in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        line = raw.strip()
        if not line or line.startswith("# "):
            continue
        if line.startswith("== "):
            close_team()
            topic = None
            parts = [p.strip() for p in line[3:].split("|")]
            if len(parts) != 3:
                raise problem(number, "a team line is: == name | industry | region")
            header = (parts[0], parts[1], parts[2])
            continue
        if header is None:
            raise problem(number, "a statement before the first team line")
        if line.startswith("## "):
            close_topic()
            parts = [p.strip() for p in line[3:].split("|")]
            if len(parts) != 3:
                raise problem(number, "a topic line is: ## name | behaviour | gist")
            if parts[1] not in known:
                raise problem(number, f"unknown behaviour {parts[1]!r}")
            topic = (parts[0], parts[1], parts[2])
            continue
        head, bar, text = line.partition("|")
        if not bar or not text.strip():
            raise problem(number, "a statement line is: labels | text")
        labels, text = head.split(), text.strip()
        if labels[0] == "--":
            if len(labels) not in (3, 4) or labels[1] not in NEITHER_KINDS or labels[2] not in SIDES:
                raise problem(number, f"-- takes a kind {NEITHER_KINDS}, a side {SIDES} and perhaps a climate signal")
            climate = labels[3] if len(labels) == 4 else None
            if climate is not None and climate not in CLIMATE_SIGNALS:
                raise problem(number, f"unknown climate signal {climate!r}")
            neither.append(Statement(text, labels[2], None, "", climate, header[0], None, None, labels[1], number))
            continue
        if topic is None:
            raise problem(number, "a statement before the first topic line of its team")
        stance, rest = labels[0], labels[1:]
        climate = next((word for word in rest if word in CLIMATE_SIGNALS), None)
        speakers = [word for word in rest if re.fullmatch(r"m\d+", word)]
        if len(rest) != len(speakers) + (climate is not None) or len(speakers) > 1:
            raise problem(number, f"labels not understood: {head.strip()!r}")
        if stance in CLAIM_STANCES and not speakers:
            side, speaker = "manager", "manager"
        elif stance in OBSERVATION_STANCES and speakers:
            side, speaker = "member", speakers[0]
        else:
            raise problem(number, f"a stance is one of {CLAIM_STANCES}, or one of {OBSERVATION_STANCES} with a speaker m1, m2 ...")
        rows.append(Statement(text, side, stance, speaker, climate, header[0], topic[0], topic[1], None, number))
    close_team()
    return teams


def main(paths: list[str]) -> int:
    """Check the files given; exit status 1 where one has a problem."""
    known = behaviours(Path(__file__).resolve().parent.parent / "knowledge" / "behaviours.yaml")
    status = 0
    for name in paths:
        try:
            teams = read(Path(name), known)
        except CorpusProblem as problem:
            print(problem)
            status = 1
            continue
        topics = [t for team in teams for t in team.topics]
        stances = Counter(s.stance for t in topics for s in t.statements)
        signals = Counter(s.climate for t in topics for s in t.statements if s.climate)
        neither = sum(len(team.neither) for team in teams)
        unused = sorted(set(known) - {t.behaviour for t in topics})
        thin = [t.name for t in topics if len(t.statements) < 6]
        print(
            f"{name}: {len(teams)} teams, {len(topics)} topics, {sum(stances.values())} statements {dict(stances)}, "
            f"climate {dict(signals)}, {neither} neither, thin {thin}, behaviours unused {unused}"
        )
    return status


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
