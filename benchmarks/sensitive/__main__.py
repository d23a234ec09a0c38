"""How well serious matters are noticed: on sentences of our own, and on the statements of the training corpus.

    python benchmarks/sensitive [--page]

Prints a Markdown page; ``--page`` writes it to ``docs/sensitive.md``. Needs no model, no key and no network.
"""

from __future__ import annotations

import argparse
import math
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

REPOSITORY = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(REPOSITORY), str(REPOSITORY / "training")]

from corpus import behaviours, read  # type: ignore[import-not-found]

from assistant.engines.embedded.serious import tells_of_serious_matter

SENTENCES = Path(__file__).with_name("sentences.txt")
PAGE = REPOSITORY / "docs" / "sensitive.md"
Z = 1.96


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence; ``tells`` is whether it tells of a serious matter."""

    part: str
    tells: bool
    topic: str
    text: str


def sentences() -> Iterator[Sentence]:
    """Those of the file, under headings of part, kind and topic."""
    part = kind = topic = ""
    for line in SENTENCES.read_text(encoding="utf-8").splitlines():
        if line.startswith("## "):
            part, kind, topic = (one.strip() for one in line[3:].split("|"))
        elif line.strip():
            yield Sentence(part, kind == "tells", topic, line.strip())


def corpus_lines() -> list[str]:
    """All statements of the training corpus, ordinary work talk by several writers."""
    known = behaviours(REPOSITORY / "knowledge" / "behaviours.yaml")
    teams = [team for path in sorted((REPOSITORY / "training" / "corpus").glob("*.txt")) for team in read(path, known)]
    by_topic = [statement.text for team in teams for topic in team.topics for statement in topic.statements]
    return by_topic + [statement.text for team in teams for statement in team.neither]


def share(part: int, of: int) -> str:
    """A share with Wilson's 95 % interval."""
    if not of:
        return "–"
    p, n = part / of, of
    middle = (p + Z * Z / (2 * n)) / (1 + Z * Z / n)
    half = Z * math.sqrt(p * (1 - p) / n + Z * Z / (4 * n * n)) / (1 + Z * Z / n)
    return f"{part} of {of}, {p:.2f} ({max(0.0, middle - half):.2f} to {min(1.0, middle + half):.2f})"


def rows(found: list[Sentence]) -> Iterator[str]:
    """One row a part."""
    for part in ("dev", "test"):
        mine = [s for s in found if s.part == part]
        telling = [s for s in mine if s.tells]
        noticed = [s for s in mine if tells_of_serious_matter(s.text)]
        right = sum(s.tells for s in noticed)
        recall, precision = share(right, len(telling)), share(right, len(noticed))
        alarms = share(len(noticed) - right, len(mine) - len(telling))
        yield f"| {part} | {recall} | {precision} | {alarms} |"


def page() -> str:
    """The whole page."""
    found = list(sentences())
    wrong = [s for s in found if s.part == "test" and tells_of_serious_matter(s.text) is not s.tells]
    lines = corpus_lines()
    began = time.perf_counter()
    tripped = sum(map(tells_of_serious_matter, lines))
    each = (time.perf_counter() - began) / len(lines)
    parts = [
        TOP.format(count=len(found), telling=sum(s.tells for s in found)),
        "\n".join(["| part | recall | precision | false alarms |", "| --- | --- | --- | --- |", *rows(found)]),
        MISSED.format(topics="\n".join(f"| {s.topic} | {'missed' if s.tells else 'false alarm'} |" for s in wrong)),
        CORPUS.format(lines=len(lines), tripped=tripped, share=100 * tripped / len(lines), micro=1e6 * each),
        BOUNDS,
    ]
    return "\n\n".join(part.strip() for part in parts) + "\n"


TOP = """
# How well serious matters are noticed

This page is written by `python benchmarks/sensitive --page`; do not edit it by hand.

A message that tells of harassment, violence, self-harm or a crime is set apart before anything is made of it, by signs
in English (`assistant/engines/embedded/serious.py`). What is measured are {count} sentences of our own, {telling} of
which tell of such a matter: plainly, in hints, of somebody else, or of the past. The others are hard on purpose:
figures of speech, harsh words, exhaustion, and work whose subject is violence or fraud.

Topics were split into two parts before the signs were written. The signs were fitted to the first part and to the
corpus; the second part was run when they were finished. After that one sign was made narrower (a hand on the shoulder),
because of a scenario; it changes none of these figures. But one and the same writer wrote both parts and the signs, so
messages of others will be noticed less well. Intervals are Wilson's, 95 %.
"""

MISSED = """
The topics of what was wrong in the second part:

| topic | what happened |
| --- | --- |
{topics}
"""

CORPUS = """
## Ordinary feedback

Of the {lines:,} statements of the training corpus {tripped} are set apart, {share:.2f} %. A part of them does tell of
something of the kind (passengers who spit, an assault on a ward). Looking takes {micro:.0f} microseconds a statement on
this machine.
"""

BOUNDS = """
## What counts

- Recall comes first: a false alarm costs one click, and then the message counts like any other.
- Being shouted at, blamed, humiliated, overworked or burned out is not set apart. It is what feedback is for, unless
  somebody calls it bullying or harassment, or tells of more.
- Work whose subject is violence, abuse or fraud (a ward, a prison, an audit) trips the signs more often.
- No sign tells anything in other languages than English. Where the embedded engine serves, such a conversation is not
  read at all; where a language model serves, it is.
- A language model, where one serves, is the second reader, in any language: of the message that it answers, and of each
  conversation that it reads. How well models do that has not been measured; the figures above are the signs' alone.
- What nobody notices is treated as feedback: held back lines, the floor and the wording from behaviours still hold.
"""


if __name__ == "__main__":
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--page", action="store_true", help="write docs/sensitive.md")
    if options.parse_args().page:
        PAGE.write_text(page(), encoding="utf-8")
    else:
        print(page())
