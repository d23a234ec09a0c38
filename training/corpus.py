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

import hashlib
import json
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


class _Lines:
    """The lines of one file, gathered into topics and teams."""

    def __init__(self, name: str, known: dict[str, str]) -> None:
        self.name, self.known = name, known
        self.number = 0
        self.teams: list[Team] = []
        self._header: tuple[str, str, str] | None = None
        self._topic: tuple[str, str, str] | None = None
        self._topics: list[Topic] = []
        self._rows: list[Statement] = []
        self._neither: list[Statement] = []

    def take(self, line: str) -> None:
        """Take one line that is neither empty nor a comment."""
        if line.startswith("== "):
            self._take_team(line)
        elif self._header is None:
            raise self._problem("a statement before the first team line")
        elif line.startswith("## "):
            self._take_topic(line)
        else:
            self._take_statement(line, self._header[0])

    def close(self) -> None:
        """The file, or a team, has ended."""
        self._close_topic()
        if self._header is not None:
            self.teams.append(Team(*self._header, tuple(self._topics), tuple(self._neither)))
        self._header, self._topics, self._neither = None, [], []

    def _problem(self, what: str) -> CorpusProblem:
        return CorpusProblem(f"{self.name}:{self.number}: {what}")

    def _three(self, line: str, form: str) -> tuple[str, str, str]:
        parts = [part.strip() for part in line[3:].split("|")]
        if len(parts) != 3:
            raise self._problem(form)
        return parts[0], parts[1], parts[2]

    def _take_team(self, line: str) -> None:
        self.close()
        self._header = self._three(line, "a team line is: == name | industry | region")

    def _take_topic(self, line: str) -> None:
        self._close_topic()
        self._topic = self._three(line, "a topic line is: ## name | behaviour | gist")
        if self._topic[1] not in self.known:
            raise self._problem(f"unknown behaviour {self._topic[1]!r}")

    def _close_topic(self) -> None:
        if self._topic is not None:
            self._topics.append(Topic(*self._topic, tuple(self._rows)))
        self._topic, self._rows = None, []

    def _take_statement(self, line: str, team: str) -> None:
        head, bar, text = line.partition("|")
        if not bar or not text.strip():
            raise self._problem("a statement line is: labels | text")
        if head.startswith("--"):
            self._neither.append(self._loose(head.split(), text.strip(), team))
        else:
            self._rows.append(self._labelled(head.split(), text.strip(), team))

    def _loose(self, labels: list[str], text: str, team: str) -> Statement:
        climate = labels[3] if len(labels) == 4 else None
        right = len(labels) in (3, 4) and labels[1] in NEITHER_KINDS and labels[2] in SIDES
        if not right or (climate is not None and climate not in CLIMATE_SIGNALS):
            raise self._problem(f"-- takes a kind {NEITHER_KINDS}, a side {SIDES} and perhaps a climate signal")
        return Statement(text, labels[2], None, "", climate, team, None, None, labels[1], self.number)

    def _labelled(self, labels: list[str], text: str, team: str) -> Statement:
        if self._topic is None:
            raise self._problem("a statement before the first topic line of its team")
        stance, rest = labels[0], labels[1:]
        climate = next((word for word in rest if word in CLIMATE_SIGNALS), None)
        speakers = [word for word in rest if re.fullmatch(r"m\d+", word)]
        if len(rest) != len(speakers) + (climate is not None) or len(speakers) > 1:
            raise self._problem(f"labels not understood: {' '.join(labels)!r}")
        by_manager = stance in CLAIM_STANCES and not speakers
        if not by_manager and not (stance in OBSERVATION_STANCES and speakers):
            raise self._problem(f"a stance is one of {CLAIM_STANCES}, or with a speaker one of {OBSERVATION_STANCES}")
        side, speaker = ("manager", "manager") if by_manager else ("member", speakers[0])
        topic, behaviour, _ = self._topic
        return Statement(text, side, stance, speaker, climate, team, topic, behaviour, None, self.number)


def read(path: Path, known: dict[str, str]) -> list[Team]:
    """Read one corpus file; raises :class:`CorpusProblem` at the first line that is wrong."""
    lines = _Lines(path.name, known)
    for lines.number, raw in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        line = raw.strip()
        if line and not line.startswith("# "):
            lines.take(line)
    lines.close()
    return lines.teams


def digest() -> str:
    """A digest of all that the weights are made from (SHA-256, hex).

    That is every statement and round, what readers saw of climates, and which behaviours there are under which
    fundamental; how these are put into words does not matter.
    """
    here = Path(__file__).resolve().parent
    written = [path for folder in ("corpus", "rounds") for path in sorted((here / folder).glob("*.txt"))]
    written.append(here / "climates.txt")
    known = json.dumps(behaviours(here.parent / "knowledge" / "behaviours.yaml"))
    return hashlib.sha256(b"".join([*(path.read_bytes() for path in written), known.encode()])).hexdigest()


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
