"""Made-up people who answer an interviewer: each knows what they would say, and picks it by what they are asked.

A persona reads nothing but the interviewer's words. What a question is after is told by rules of its own, which know
neither engine's wordings; so a question that nobody would understand gets an answer that is beside the point.
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, field
from pathlib import Path

from assistant.domain.words import ConversationKind

HERE = Path(__file__).parent
FILES = {"managers.txt": False, "members.txt": False, "unseen.txt": True}
WISHED_FOR = {
    ConversationKind.REFLECTION: ("value", "example", "effect", "own part", "hard to hear"),
    ConversationKind.FEEDBACK: ("value", "example", "missing", "keep"),
}
"""What a whole answer to the value question holds, for coverage."""

GOODBYE = "I would like to stop here."
_LINE = re.compile(r"(?P<kind>[a-z ]+?)(?: \[(?P<besides>[a-z, ]+)\])?: (?P<words>.+)")


@dataclass(frozen=True, slots=True)
class Line:
    """One thing to say, and all that it says."""

    words: str
    says: frozenset[str]


@dataclass(frozen=True)
class Persona:
    """Who speaks about whom, in what manner, and what there is to say, by what is asked."""

    name: str
    manner: str
    about: str
    kind: ConversationKind
    unseen: bool
    lines: dict[str, tuple[Line, ...]] = field(repr=False)


class Answering:
    """One persona in one conversation; each line is said once."""

    def __init__(self, persona: Persona) -> None:
        self._left = {kind: list(lines) for kind, lines in persona.lines.items()}

    def to(self, turn: str) -> Line:
        """What the persona says to a turn; a wish to stop once there is nothing left that fits."""
        for kind in (*asked_for(turn), "else"):
            if self._left.get(kind):
                return self._left[kind].pop(0)
        return Line(GOODBYE, frozenset())


_CUES = {
    "trust": (
        "tells? you something",
        "unwelcome",
        "mistake",
        "goes wrong",
        "word holds",
        "disagree",
        "promise",
        "concern",
    ),
    "hard to hear": (
        *("hard to hear", "sting", "not hear", "not saying", "freely", "change about you", "good friend", "tiring"),
        r"mind in \S+ place",
    ),
    "person": (
        *("task list", "human side", "handed out", "because of you", "tasks out", "need you for", "needs? from you"),
        "a tool did",
    ),
    "own part": (
        *("your (?:own )?(?:part|share|doing|side|hands)", "your own", "undone", "held back", "same way", "not given"),
        *("is yours", "could you do", "make a start", "count on from you", "over again", "have you done", "meaning to"),
        *("could you have", "could you do", "do differently(?! since)", "wait for you"),
    ),
    "load": (
        *(
            "in the way",
            "strength",
            "the tools",
            "on the plate",
            "hinder",
            "blocks",
            "amount of work",
            "the work you do",
        ),
        *("workload", "too much"),
    ),
    "learning": (
        *("better at", "learn", "few years", "year ago", "you are doing", "can do today", "try out", "develop", "grow"),
    ),
    "clarity": ("matters most", "comes? first", "plans? change", "reasons", "who does what", "priorit", "direction"),
    "keep": (r"\bkeep", r"\bstay\b", "hold on", "give up", "carry on"),
    "missing": (
        *("missing", "not get", "have needed", "more of", "less of", "harder", "one thing", "have helped", "wish"),
        *("go better", "ask for", "lack"),
    ),
    "effect": (
        *("changed for", "reached", "differently since", "came of it", "did for", "sign would", "seem to you"),
        *("has changed", "asks? you more", "effect", "result"),
    ),
    "example": (
        *("moment", "when did", "situation", "last time", "example", "occasion", "had been", "look like", "to mind"),
        *("happened", "last work", "last ask", "last come", "last talk", "come in", "meeting or talk", "do or say"),
    ),
    "value": (
        *("value", "bring", "brought", "get from", "adding", "add(?:ed)? (?:to|for)", "different in", "because of"),
        *("does .* get", "meant for", "notice", "friend"),
    ),
}
_ASKED = {kind: re.compile("|".join(cues), re.IGNORECASE) for kind, cues in _CUES.items()}


def asked_for(turn: str) -> list[str]:
    """What the last question of a turn is after, the likeliest first; nothing where it asks none."""
    questions = re.findall(r"[^.!?]+\?", turn)
    return [kind for kind, cues in _ASKED.items() if cues.search(questions[-1])] if questions else []


def personas(unseen: bool | None = None) -> tuple[Persona, ...]:
    """All of them, or only those that were or were not looked at while the engine was worked on."""
    wanted = (name for name, is_unseen in FILES.items() if unseen is None or is_unseen is unseen)
    return tuple(persona for name in wanted if (HERE / name).exists() for persona in read(HERE / name, FILES[name]))


def read(path: Path, unseen: bool) -> list[Persona]:
    """The personas of a file; a heading may say which kind of conversation it is. Raises ValueError."""
    made: list[Persona] = []
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        if line.startswith("## "):
            name, manner, about, *kind = (piece.strip() for piece in line[3:].split("|"))
            made.append(Persona(name, manner, about, _kind(path, kind), unseen, defaultdict(tuple)))
        elif line.strip() and not line.startswith("#"):
            found = _LINE.fullmatch(line)
            if found is None:
                raise ValueError(f"{path.name}:{number} is no line of a persona: {line}")
            besides = frozenset((found["besides"] or "").split(", ")) - {""}
            made[-1].lines[found["kind"]] += (Line(found["words"], besides | {found["kind"]}),)
    return made


def _kind(path: Path, given: list[str]) -> ConversationKind:
    if given:
        return ConversationKind(given[0])
    return ConversationKind.REFLECTION if path.stem == "managers" else ConversationKind.FEEDBACK
