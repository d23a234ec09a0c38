"""How well practice cards are found for findings, on a labelled set of our own.

    python benchmarks/suggestions [--page]

Prints a Markdown page; ``--page`` writes it to ``docs/suggestions.md``. Needs no model, no key and no network.
"""

from __future__ import annotations

import argparse
import random
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

REPOSITORY = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(REPOSITORY)]

from bm25 import Bm25  # type: ignore[import-not-found]

from assistant.coaching.suggestions import USE_OF
from assistant.domain.knowledge import Knowledge, Practice
from assistant.domain.report import Finding
from assistant.domain.words import FindingKind, Fundamental
from assistant.engines.embedded.engine import EmbeddedEngine
from assistant.stores.knowledge_files import load_knowledge

FINDINGS = Path(__file__).with_name("findings.txt")
PAGE = REPOSITORY / "docs" / "suggestions.md"
SHOWN = 3
DRAWS, SEED = 2000, 7

Ranker = Callable[[Finding], Sequence[str]]


@dataclass(frozen=True, slots=True)
class Labelled:
    """A finding, and the ids of the cards that would do for it."""

    finding: Finding
    fitting: frozenset[str]


@dataclass(frozen=True, slots=True)
class Outcome:
    """How one finding fared, each 0 to 1: fitting cards among the first three, the first one right, 1 / rank."""

    recall: float
    first: float
    reciprocal: float


def labelled(knowledge: Knowledge) -> list[Labelled]:
    """The findings of the file; raises KeyError or ValueError where a line names what is not there."""
    lines = [line for line in FINDINGS.read_text(encoding="utf-8").splitlines() if line and not line.startswith("#")]
    return [_labelled(number, line, knowledge) for number, line in enumerate(lines, 1)]


def _labelled(number: int, line: str, knowledge: Knowledge) -> Labelled:
    kind, behaviour, text, cards = (part.strip() for part in line.split("|"))
    fundamental = knowledge.behaviours[behaviour].fundamental
    finding = Finding(f"f{number}", FindingKind(kind), fundamental, behaviour, text, (), 5, 0.8)
    return Labelled(finding, frozenset(knowledge.practices[card.strip()].id for card in cards.split(",")))


def rankers(knowledge: Knowledge, engine: EmbeddedEngine) -> dict[str, Ranker]:
    """What is compared, by name; each gives the ids of cards, the best first."""
    cards = list(knowledge.practices.values())
    texts = [f"{card.title}. {card.what} {card.fits}" for card in cards]
    by_words, vectors = Bm25(texts), engine.vectors(texts)

    def near(finding: Finding) -> list[float]:
        (asked,) = engine.vectors([finding.text])
        return [sum(a * b for a, b in zip(asked, one, strict=True)) for one in vectors]

    def read(finding: Finding) -> Finding:
        return replace(finding, behaviour=engine.likely(finding.text)[0])

    def named(finding: Finding) -> str:
        behaviour = knowledge.behaviours[finding.behaviour]
        return f"{finding.text} {behaviour.doing}. {behaviour.about}"

    return {
        "the embedded engine": lambda finding: [card.id for card in engine.rank(finding, cards)],
        "the same, told only the text": lambda finding: [card.id for card in engine.rank(read(finding), cards)],
        "vectors, by the text alone": lambda finding: _best(finding, cards, near(finding)),
        "BM25, text and what it is about": lambda finding: _best(finding, cards, by_words.scores(named(finding))),
        "BM25, by the text alone": lambda finding: _best(finding, cards, by_words.scores(finding.text)),
    }


def _best(finding: Finding, cards: Sequence[Practice], scores: Sequence[float]) -> list[str]:
    """Cards for the use that the kind of finding asks for, by score."""
    fitting = [
        (-score, card.id) for card, score in zip(cards, scores, strict=True) if USE_OF[finding.kind] in card.uses
    ]
    return [id_ for _, id_ in sorted(fitting)]


def outcome(one: Labelled, ranked: Sequence[str]) -> Outcome:
    """How a ranking fares on one finding."""
    places = [place for place, id_ in enumerate(ranked, 1) if id_ in one.fitting]
    found = sum(place <= SHOWN for place in places)
    first = places[0] if places else 0
    return Outcome(found / min(SHOWN, len(one.fitting)), float(first == 1), 1 / first if first else 0.0)


def mean(values: Sequence[float]) -> float:
    """The mean; 0 of nothing."""
    return sum(values) / len(values) if values else 0.0


def interval(values: Sequence[float]) -> tuple[float, float]:
    """The 95 % interval of the mean, by drawing findings again."""
    draw = random.Random(SEED)  # noqa: S311 - no secret hangs on it
    means = sorted(mean(draw.choices(values, k=len(values))) for _ in range(DRAWS))
    return means[int(DRAWS * 0.025)], means[int(DRAWS * 0.975)]


def figure(values: Sequence[float]) -> str:
    """A mean with its interval."""
    low, high = interval(values)
    return f"{mean(values):.2f} ({low:.2f} to {high:.2f})"


def page() -> str:
    """The page as Markdown."""
    knowledge = load_knowledge(REPOSITORY / "knowledge")
    engine = EmbeddedEngine.load(knowledge)
    found = labelled(knowledge)
    fares = {
        name: [outcome(one, rank(one.finding)) for one in found] for name, rank in rankers(knowledge, engine).items()
    }
    ours = dict(zip(found, fares["the embedded engine"], strict=True))
    rows = [_row(name, outcomes) for name, outcomes in fares.items()]
    return _PAGE.format(
        findings=len(found),
        cards=len(knowledge.practices),
        fitting=f"{mean([len(one.fitting) for one in found]):.1f}",
        rows="\n".join(rows),
        parts="\n".join(_parts(ours)),
        missed="\n".join(_missed(ours)),
    )


def _row(name: str, outcomes: Sequence[Outcome]) -> str:
    recall, first, reciprocal = zip(*((one.recall, one.first, one.reciprocal) for one in outcomes), strict=True)
    return f"| {name} | {figure(recall)} | {figure(reciprocal)} | {figure(first)} |"


def _parts(ours: dict[Labelled, Outcome]) -> Iterator[str]:
    """One row for each kind of finding, and for each fundamental."""
    for part in (*FindingKind, *Fundamental):
        mine = [o for one, o in ours.items() if part in (one.finding.kind, one.finding.fundamental)]
        recall, reciprocal = mean([o.recall for o in mine]), mean([o.reciprocal for o in mine])
        yield f"| {part.title} | {len(mine)} | {recall:.2f} | {reciprocal:.2f} |"


def _missed(ours: dict[Labelled, Outcome]) -> Iterator[str]:
    """The findings for which none of the first three would do."""
    nothing = [one.finding for one, o in ours.items() if not o.recall]
    yield from (f"- {finding.kind.title}, {finding.behaviour}: {finding.text}" for finding in nothing)
    if not nothing:
        yield "- none"


_PAGE = """# How well practices are found for findings

Written by `python benchmarks/suggestions --page`; needs no model, no key and no network.

{findings} findings, each worded by hand as a report could word it, over every behaviour and all six kinds, and for each
the cards out of {cards} that a good coach would reach for ({fitting} on average). They stand in
[findings.txt](../benchmarks/suggestions/findings.txt).

| | recall@3 | MRR | the first is right |
| --- | ---: | ---: | ---: |
{rows}

Recall@3: how many of the fitting cards are among the first three, of three where more would fit. MRR: the mean of 1 /
place of the first fitting one. In brackets the 95 % interval over findings.

- *The embedded engine* knows of a finding what it is about, as it does in a report.
- *Told only the text*, it has to read that in the wording of the finding first.
- The others get the text, and cards of the right use. One of them also gets the name of the behaviour in words.

**The engine with a language model** ranks as the embedded one does: which card fits follows from the kind of a finding
and the behaviour that was read in it. To choose among the two or three cards for one behaviour, no model is asked.

## By kind of finding and by fundamental, the embedded engine

| | findings | recall@3 | MRR |
| --- | ---: | ---: | ---: |
{parts}

## Where none of the three would do

{missed}

## What these figures are worth

- Whoever wrote the findings has read the titles of the cards and what they are for. The engine goes by the same marks
  of behaviour and use that the cards carry, so its first row tells how well these marks serve, and not how it would do
  with cards that strangers wrote.
- In a report the behaviour is what the engine has read in people's words. Where that is wrong, so is the card:
  [comparison.md](comparison.md) has those figures.
"""


def main() -> None:
    """Print the page, or write it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--page", action="store_true", help="write docs/suggestions.md")
    if parser.parse_args().page:
        PAGE.write_text(page(), encoding="utf-8")
    else:
        print(page())


if __name__ == "__main__":
    main()
