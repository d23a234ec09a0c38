"""Annotated rounds: whole conversations of one manager and a team, with what a careful reader finds in them.

A file holds several rounds. Its format is described in ``training/README.md``::

    === night-bakery | food production | tired, plain, North of England
    climate: fear_driven
    invited: 7
    # topics
    t1 | reasons_for_changes | why the production plan changes
    # reflection team
    A: What value do you bring to your people?
    U: Well. {t1 does: If the plan changes I tell them what is behind it}. I check the sheets every night.
    # feedback m1
    U: {t1 missing fear: We get a new sheet and nobody dares ask why}, it's just on the wall.

Run as a program it checks every file given and prints one line for each problem.
"""

from __future__ import annotations

import json
import re
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from corpus import CLAIM_STANCES, CLIMATE_SIGNALS, OBSERVATION_STANCES, behaviours

_MARK = re.compile(r"\{(?P<topic>\S+)(?P<labels>(?: \w+)*): (?P<text>[^{}]+)\}")
_HEADING = re.compile(r"# (?P<kind>topics|reflection|feedback)(?: (?P<who>.+))?")


class RoundProblem(ValueError):
    """A line that does not follow the format; the message names file and line."""


@dataclass(frozen=True, slots=True)
class Mark:
    """A marked stretch of a message: a statement on a topic, or (``topic`` None) a remark that is only a signal."""

    message: int
    start: int
    end: int
    topic: str | None
    stance: str | None
    signal: str | None


@dataclass(frozen=True, slots=True)
class Talk:
    """One conversation: who spoke (``manager`` or a respondent), about whom, the person's messages, and the marks."""

    author: str
    about: str | None
    messages: tuple[str, ...]
    marks: tuple[Mark, ...]

    @property
    def statements(self) -> tuple[Mark, ...]:
        """The marks that are statements."""
        return tuple(mark for mark in self.marks if mark.topic is not None)

    def text(self, mark: Mark) -> str:
        """The words of a mark."""
        return self.messages[mark.message][mark.start : mark.end]


@dataclass(frozen=True, slots=True)
class Subject:
    """A topic: one concrete behaviour or need; ``behaviour`` is None where only the fundamental was annotated."""

    behaviour: str | None
    fundamental: str
    gist: str


@dataclass(frozen=True, slots=True)
class Round:
    """One manager's round. ``climate`` is the annotated level; ``language`` a BCP 47 tag."""

    name: str
    topics: dict[str, Subject]
    reflections: tuple[Talk, ...]
    feedbacks: tuple[Talk, ...]
    climate: str
    language: str = "en"

    @property
    def talks(self) -> tuple[Talk, ...]:
        """All conversations, the manager's first."""
        return self.reflections + self.feedbacks


class _Lines:
    """The lines of one file, gathered into rounds."""

    def __init__(self, name: str, known: dict[str, str]) -> None:
        self.file, self.known, self.number = name, known, 0
        self.rounds: list[Round] = []
        self._name = ""

    def take(self, line: str) -> None:
        """Take one line that is not empty."""
        if line.startswith("=== "):
            self.close()
            self._name, self._climate = line[4:].split("|")[0].strip(), ""
            self._topics: dict[str, Subject] = {}
            self._talks: list[Talk] = []
            self._part = ""
        elif not self._name:
            raise self._problem("a line before the first round")
        elif line.startswith("climate: "):
            self._climate = line.removeprefix("climate: ").strip()
        elif line.startswith(("invited: ", "A:")):
            pass
        elif heading := _HEADING.fullmatch(line):
            self._open(heading["kind"], heading["who"])
        elif self._part == "topics":
            self._take_topic(line)
        elif line.startswith("U: ") and self._talks:
            self._take_message(line[3:].strip())
        else:
            raise self._problem("a line that is no heading, topic or message")

    def close(self) -> None:
        """The file, or a round, has ended."""
        if self._name:
            mine = tuple(talk for talk in self._talks if talk.author == "manager")
            others = tuple(talk for talk in self._talks if talk.author != "manager")
            self.rounds.append(Round(self._name, self._topics, mine, others, self._climate))
        self._name = ""

    def _problem(self, what: str) -> RoundProblem:
        return RoundProblem(f"{self.file}:{self.number}: {what}")

    def _open(self, kind: str, who: str | None) -> None:
        self._part = kind
        if kind == "reflection":
            self._talks.append(Talk("manager", None if who == "team" else who, (), ()))
        elif kind == "feedback":
            self._talks.append(Talk(who or "", None, (), ()))

    def _take_topic(self, line: str) -> None:
        parts = [part.strip() for part in line.split("|")]
        if len(parts) != 3 or parts[1] not in self.known:
            raise self._problem("a topic is: name | behaviour | gist")
        self._topics[parts[0]] = Subject(parts[1], self.known[parts[1]], parts[2])

    def _take_message(self, line: str) -> None:
        talk = self._talks[-1]
        plain, marks, at = "", list(talk.marks), 0
        for found in _MARK.finditer(line):
            plain += line[at : found.start()]
            marks.append(self._mark(found, len(talk.messages), len(plain), talk.author == "manager"))
            plain, at = plain + found["text"], found.end()
        plain += line[at:]
        if "{" in plain or "}" in plain:
            raise self._problem("a mark that cannot be read")
        self._talks[-1] = Talk(talk.author, talk.about, (*talk.messages, plain), tuple(marks))

    def _mark(self, found: re.Match[str], message: int, start: int, by_manager: bool) -> Mark:
        topic, labels, end = found["topic"], found["labels"].split(), start + len(found["text"])
        stance = labels.pop(0) if topic != "-" and labels else None
        signal = labels.pop(0) if labels else None
        allowed = CLAIM_STANCES if by_manager else OBSERVATION_STANCES
        if labels or signal not in (None, *CLIMATE_SIGNALS):
            raise self._problem(f"labels not understood: {found['labels']}")
        if topic == "-":
            return Mark(message, start, end, None, None, signal)
        if topic not in self._topics or stance not in allowed:
            raise self._problem(f"unknown topic {topic}, or a stance that is none of {allowed}")
        return Mark(message, start, end, topic, stance, signal)


def read(path: Path, known: dict[str, str]) -> list[Round]:
    """Read one file of rounds; raises :class:`RoundProblem` at the first line that is wrong."""
    lines = _Lines(path.name, known)
    for lines.number, raw in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        if line := raw.strip():
            lines.take(line)
    lines.close()
    return lines.rounds


def from_scenario(path: Path) -> Round:
    """A scenario file (JSON: people, conversations, gold) as a round."""
    data = json.loads(path.read_text(encoding="utf-8"))
    gold = data["gold"]
    sides = (("reflection", gold["claims"]), ("feedback", gold["observations"]))
    talks = {kind: tuple(_talks(data, kind, marks)) for kind, marks in sides}
    topics = {topic["id"]: Subject(None, topic["fundamental"], topic.get("gist", "")) for topic in gold["topics"]}
    return Round(data["id"], topics, talks["reflection"], talks["feedback"], gold["climate"], data["language"])


def _talks(data: dict, kind: str, gold: Sequence[dict]) -> Iterator[Talk]:
    for number, said in enumerate(c for c in data["conversations"] if c["kind"] == kind):
        own = [n for n, message in enumerate(said["messages"]) if message["role"] == "user"]
        marks = []
        for one in (g for g in gold if g["conversation"] == number):
            start = said["messages"][one["message"]]["content"].index(one["quote"])
            place = own.index(one["message"])
            marks.append(Mark(place, start, start + len(one["quote"]), one["topic"], one["stance"], None))
        messages = tuple(said["messages"][n]["content"] for n in own)
        yield Talk("manager" if kind == "reflection" else said["author"], said.get("about"), messages, tuple(marks))


def main(paths: list[str]) -> int:
    """Check the files given; exit status 1 where one has a problem."""
    known = behaviours(Path(__file__).resolve().parent.parent / "knowledge" / "behaviours.yaml")
    status = 0
    for name in paths:
        try:
            rounds = read(Path(name), known)
        except RoundProblem as problem:
            print(problem)
            status = 1
            continue
        stances = Counter(mark.stance for r in rounds for talk in r.talks for mark in talk.statements)
        used = Counter(subject.behaviour for r in rounds for subject in r.topics.values())
        people = sum(len(r.feedbacks) for r in rounds)
        topics = sum(len(r.topics) for r in rounds)
        print(
            f"{name}: {len(rounds)} rounds, {topics} topics, {people} respondents, {dict(stances)}, "
            f"climate {dict(Counter(r.climate for r in rounds))}, behaviours unused {sorted(set(known) - set(used))}"
        )
    return status


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
