"""How good a comparison is: annotated rounds against what the engine finds in them, stage by stage.

The measures are those by which the ``value-loop`` command is measured on scenario files; here they are taken inside the
process, so that a stage can be replaced by what the annotation says ("given") to see where findings are lost.
"""

from __future__ import annotations

import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from rounds import Round, Talk

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from assistant.comparison.alignment import decide, finding_kind, voices
from assistant.comparison.compare import Comparison, Sides, compare
from assistant.domain.conversation import Conversation, Message
from assistant.domain.report import Source
from assistant.domain.statements import Reading, Span, Statement, Topic
from assistant.domain.words import Alignment, ConversationKind, FindingKind, Fundamental, Signal, Speaker, Stance
from assistant.engines.embedded.reader import EmbeddedReader

FLOOR = 4
GIVEN = ("spans", "stances", "fundamentals", "topics")


def conversation(round_: Round, number: int, talk: Talk) -> Conversation:
    """A talk as the engine takes it; only the person's own messages."""
    kind = ConversationKind.REFLECTION if talk.author == "manager" else ConversationKind.FEEDBACK
    messages = tuple(Message(Speaker.USER, content) for content in talk.messages)
    return Conversation(f"{round_.name}:{number}", "r", kind, talk.author, talk.about, messages)


def gold_statements(round_: Round) -> tuple[Statement, ...]:
    """The annotated statements; the id of a statement ends with its topic."""
    return tuple(
        Statement(
            id=f"{round_.name}:{number}:{n}:{mark.topic}",
            conversation=f"{round_.name}:{number}",
            author=talk.author,
            about=talk.about,
            span=Span(mark.message, mark.start, mark.end),
            text=talk.text(mark),
            fundamental=Fundamental(round_.topics[mark.topic or ""].fundamental),
            behaviour=round_.topics[mark.topic or ""].behaviour or "",
            stance=Stance(mark.stance or ""),
            confidence=1.0,
            signal=Signal(mark.signal) if mark.signal else None,
        )
        for number, talk in enumerate(round_.talks)
        for n, mark in enumerate(talk.statements)
    )


def gold_topics(statements: Iterable[Statement]) -> tuple[Topic, ...]:
    """The annotated topics."""
    members: dict[str, list[Statement]] = defaultdict(list)
    for statement in statements:
        members[statement.id.rsplit(":", 1)[1]].append(statement)
    return tuple(
        Topic(name, group[0].behaviour, group[0].fundamental, tuple(s.id for s in group))
        for name, group in members.items()
    )


def gold_findings(round_: Round) -> Counter[tuple[FindingKind, Fundamental]]:
    """(kind, fundamental) of what a careful reader finds, by the contract's rules."""
    statements = gold_statements(round_)
    found: Counter[tuple[FindingKind, Fundamental]] = Counter()
    for topic in gold_topics(statements):
        members = [s for s in statements if s.id in topic.statements]
        if kind := finding_kind([s.stance for s in members if s.is_claim], voices(members).view):
            found[kind, topic.fundamental] += 1
    return found


@dataclass(frozen=True, slots=True)
class Compared:
    """A round, the statements used, and what came of them."""

    round: Round
    readings: tuple[Reading, ...]
    statements: tuple[Statement, ...]
    topics: tuple[Topic, ...]
    result: Comparison


def read(round_: Round, reader: EmbeddedReader) -> tuple[Reading, ...]:
    """What the engine reads in each conversation of a round."""
    return tuple(reader.read(conversation(round_, n, talk)) for n, talk in enumerate(round_.talks))


def run(
    round_: Round,
    reader: EmbeddedReader,
    given: frozenset[str] = frozenset(),
    told: tuple[Reading, ...] | None = None,
) -> Compared:
    """Read and compare one round; what is ``given`` comes from the annotation; all else needs spans given.

    ``told`` is what was read before, where the round has been read.
    """
    readings = read(round_, reader) if told is None else told
    if given:
        gold = gold_statements(round_)
        statements = tuple(
            replace(
                seen,
                id=s.id,
                stance=s.stance if "stances" in given else seen.stance,
                fundamental=s.fundamental if "fundamentals" in given else seen.fundamental,
            )
            for s, seen in zip(gold, reader.judged(gold), strict=True)
        )
    else:
        statements = tuple(s for reading in readings for s in reading.statements)
    topics = gold_topics(statements) if "topics" in given else reader.topics(statements)
    if "fundamentals" in given:
        topics = tuple(_with_fundamental(topic, statements) for topic in topics)
    elif "topics" in given:
        topics = tuple(
            _with_fundamental(topic, reader.judged([s for s in statements if s.id in topic.statements]))
            for topic in topics
        )
    claims = [(s, _source(s)) for s in statements if s.is_claim]
    signals = {
        talk.author: {one.signal: one.probability for one in reading.signals}
        for talk, reading in zip(round_.talks, readings, strict=True)
        if talk.author != "manager"
    }
    observations = tuple(s for s in statements if not s.is_claim)
    return Compared(
        round_, readings, statements, topics, compare(Sides(tuple(claims), observations, signals), topics, FLOOR)
    )


def as_marked(marked: Round, wanted: Round) -> Compared:
    """What follows from somebody's marks in the words of a round, to be measured against what was ``wanted`` there."""
    statements = gold_statements(marked)
    claims = tuple((s, _source(s)) for s in statements if s.is_claim)
    signals = {talk.author: {Signal(m.signal): 1.0 for m in talk.marks if m.signal} for talk in marked.feedbacks}
    topics = gold_topics(statements)
    sides = Sides(claims, tuple(s for s in statements if not s.is_claim), signals)
    return Compared(wanted, (), statements, topics, compare(sides, topics, FLOOR))


def _source(statement: Statement) -> Source:
    conversation = int(statement.conversation.rsplit(":", 1)[1])
    return Source(conversation, statement.span.message, statement.span.start, statement.span.end)


def _with_fundamental(topic: Topic, statements: Sequence[Statement]) -> Topic:
    most = Counter(s.fundamental for s in statements if s.id in topic.statements).most_common(1)[0][0]
    return replace(topic, fundamental=most)


def f1(hit: int, said: int, want: int) -> float:
    """Harmonic mean of precision and recall; 1 where nothing was wanted and nothing said."""
    return 2 * hit / (said + want) if said + want else 1.0


@dataclass(frozen=True, slots=True)
class Counts:
    """What is counted in one round: hits and wants by name, and alignments as (annotated, said)."""

    n: Counter[str]
    alignments: Counter[tuple[Alignment, Alignment | None]]


def count(one: Compared) -> Counts:
    """The counts of one round."""
    n: Counter[str] = Counter()
    confusion: Counter[tuple[Alignment, Alignment | None]] = Counter()
    _count_claims(one, n, confusion)
    if not one.result.suppressed:
        have = Counter((f.kind, f.fundamental) for f in one.result.findings)
        want = gold_findings(one.round)
        for name, kinds in (("finding", set(FindingKind)), ("blind", {FindingKind.BLIND_SPOT})):
            n[f"{name}_said"] += sum(c for (kind, _), c in have.items() if kind in kinds)
            n[f"{name}_want"] += sum(c for (kind, _), c in want.items() if kind in kinds)
            n[f"{name}_hit"] += sum(c for (kind, _), c in (have & want).items() if kind in kinds)
        n["climate"] += 1
        n["climate_right"] += one.result.climate.level == one.round.climate
    return Counts(n, confusion)


def measures(compared: Iterable[Compared]) -> dict[str, float]:
    """The figures of a set of rounds."""
    return figures_of(map(count, compared))


def figures_of(counts: Iterable[Counts]) -> dict[str, float]:
    """The figures of a set of rounds that have been counted."""
    n: Counter[str] = Counter()
    confusion: Counter[tuple[Alignment, Alignment | None]] = Counter()
    for one in counts:
        n.update(one.n)
        confusion.update(one.alignments)
    per_class = [
        f1(confusion[a, a], sum(c for (_, s), c in confusion.items() if s is a), total)
        for a in Alignment
        if (total := sum(c for (g, _), c in confusion.items() if g is a))
    ]
    figures = {
        "claim_recall": n["claim_hit"] / max(1, n["claim_want"]),
        "claim_precision": n["claim_used"] / max(1, n["claim_said"]),
        "fundamental": n["fundamental_right"] / max(1, n["claim_hit"]),
        "alignment_f1": float(np.mean(per_class)) if per_class else 0.0,
        "finding_f1": f1(n["finding_hit"], n["finding_said"], n["finding_want"]),
        "blind_recall": n["blind_hit"] / max(1, n["blind_want"]),
        "blind_precision": n["blind_hit"] / max(1, n["blind_said"]),
        "climate": n["climate_right"] / max(1, n["climate"]),
    }
    return {name: round(value, 3) for name, value in figures.items()}


def _count_claims(one: Compared, n: Counter[str], confusion: Counter[tuple[Alignment, Alignment | None]]) -> None:
    gold = gold_statements(one.round)
    used = set()
    for want in (s for s in gold if s.is_claim):
        hit = found(want, [c for c in one.statements if c.is_claim])
        said = next((c for c in one.result.claims if hit and _same_place(c.source, hit)), None)
        n["claim_want"] += 1
        if said is not None:
            used.add(said.id)
            n["claim_hit"] += 1
            n["fundamental_right"] += said.fundamental == want.fundamental
        if want.stance is Stance.DOES and not one.result.suppressed:
            view = voices([s for s in gold if s.id.rsplit(":", 1)[1] == want.id.rsplit(":", 1)[1]])
            confusion[decide(*view.towards(Stance.DOES)), said.alignment if said else None] += 1
    n["claim_said"] += len(one.result.claims)
    n["claim_used"] += len(used)


def _same_place(source: Source, statement: Statement) -> bool:
    place = (int(statement.conversation.rsplit(":", 1)[1]), statement.span)
    return place == (source.conversation, Span(source.message, source.start, source.end))


def found(want: Statement, said: Sequence[Statement]) -> Statement | None:
    """The statement that shares most with an annotated one, if that is half of the shorter."""

    def shared(s: Statement) -> int:
        if (s.conversation, s.span.message) != (want.conversation, want.span.message):
            return 0
        return min(s.span.end, want.span.end) - max(s.span.start, want.span.start)

    best = max(said, key=shared, default=None)
    if best is None or shared(best) <= 0:
        return None
    shorter = min(want.span.end - want.span.start, best.span.end - best.span.start)
    return best if shared(best) * 2 >= shorter else None
