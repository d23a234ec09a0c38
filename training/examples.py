"""What the model learns from: statements of the corpus and clauses of the annotated rounds, and how they are split.

Rounds are cut into clauses as the engine cuts messages. A clause takes the label of the mark with which it shares at
least half of itself, or of the mark; what is left over is neither claim nor observation.
"""

from __future__ import annotations

import sys
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

from corpus import Statement, Team, Topic, behaviours, read
from rounds import Mark, Round, Talk
from rounds import read as read_rounds

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent))

from assistant.engines.embedded.segments import Segment, segments

UNTOLD = "untold"  # neither, and nobody said why
WRITERS = {
    "dev": ("u", "de", "he", "ni", "za", "ze", "es", "ot"),
    "test": ("v", "di"),
    "later": ("ya", "ye", "yi", "yo"),
    "plain": ("xi", "xo", "xu"),
    "asides": ("ut", "av", "ew"),
    "last": ("ey", "oy", "uy"),
    "after": ("ny", "py", "ry"),
}


def known() -> dict[str, str]:
    """Each behaviour's id and its fundamental."""
    return behaviours(HERE.parent / "knowledge" / "behaviours.yaml")


def load_rounds() -> dict[str, list[Round]]:
    """The annotated rounds by split. A writer is in one split only: no manner of writing is learned and measured."""
    split: dict[str, list[Round]] = {part: [] for part in ("train", *WRITERS)}
    for path in sorted((HERE / "rounds").glob("*.txt")):
        part = next((part for part, writers in WRITERS.items() if path.stem in writers), "train")
        split[part] += read_rounds(path, known())
    return split


def written_by(writers: Iterable[str]) -> set[str]:
    """The names of the rounds of these writers."""
    return {round_.name for name in writers for round_ in read_rounds(HERE / "rounds" / f"{name}.txt", known())}


def load_teams() -> dict[str, list[Team]]:
    """All that is learned from and measured on, by split; statements without a conversation are for learning only."""
    split = {part: [as_team(r) for r in rounds] for part, rounds in load_rounds().items()}
    for path in sorted((HERE / "corpus").glob("*.txt")):
        split["train"] += read(path, known())
    return split


def as_team(round_: Round) -> Team:
    """A round's clauses with their labels."""
    topics: dict[str, list[Statement]] = defaultdict(list)
    neither: list[Statement] = []
    for talk in round_.talks:
        for message, content in enumerate(talk.messages):
            for cut in segments(content):
                said = _labelled(cut, message, talk, round_)
                (neither if said.topic is None else topics[said.topic]).append(said)
    told = round_.topics
    made = tuple(Topic(t, told[t].behaviour or "", told[t].gist, tuple(said)) for t, said in topics.items())
    return Team(round_.name, "", "", made, tuple(neither))


def _labelled(cut: Segment, message: int, talk: Talk, round_: Round) -> Statement:
    side = "manager" if talk.author == "manager" else "member"
    plain = Statement(cut.text, side, None, talk.author, None, round_.name, None, None, UNTOLD, 0)
    mark = covering(cut, message, talk)
    if mark is None:
        return plain
    if mark.topic is None:
        return replace(plain, climate=mark.signal)
    behaviour = round_.topics[mark.topic].behaviour
    return replace(plain, stance=mark.stance, climate=mark.signal, topic=mark.topic, behaviour=behaviour, neither=None)


def covering(cut: Segment, message: int, talk: Talk) -> Mark | None:
    """The mark with which a clause shares most, if that is at least half of either."""

    def shared(mark: Mark) -> int:
        return min(cut.end, mark.end) - max(cut.start, mark.start) if mark.message == message else 0

    best = max(talk.marks, key=shared, default=None)
    if best is None or shared(best) * 2 < min(cut.end - cut.start, best.end - best.start) or shared(best) <= 0:
        return None
    return best
