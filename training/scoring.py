"""How good a comparison is: annotated rounds against what the engine finds in them, stage by stage.

The measures are those of ``value-loop eval``; here they are taken inside the process, so that a stage can be
replaced by what the annotation says ("given") to see where findings are lost.
"""

from __future__ import annotations

import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from rounds import Round, Talk

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from assistant.comparison.compare import Comparison, Sides, compare
from assistant.domain.conversation import Conversation, Message
from assistant.domain.report import Source
from assistant.domain.statements import Reading, Signs, Span, Statement, Topic
from assistant.domain.words import ClimateLevel, ConversationKind, Fundamental, Signal, Speaker, Stance
from assistant.engines.embedded.reader import EmbeddedReader
from assistant.engines.embedded.serious import tells_of_serious_matter
from assistant.evaluation import counting
from assistant.evaluation.annotation import Annotation, MarkedClaim, MarkedObservation
from assistant.evaluation.counting import Counts

FLOOR = 4
GIVEN = ("spans", "stances", "fundamentals", "topics")


def conversation(round_: Round, number: int, talk: Talk) -> Conversation:
    """A talk as the analysis gets it: the person's own messages, those of serious matters set apart."""
    kind = ConversationKind.REFLECTION if talk.author == "manager" else ConversationKind.FEEDBACK
    said = ((content, tells_of_serious_matter(content)) for content in talk.messages)
    messages = tuple(Message(Speaker.USER, content, set_apart=is_serious) for content, is_serious in said)
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
    signals, signs = heard(round_, readings)
    observations = tuple(s for s in statements if not s.is_claim)
    sides = Sides(tuple(claims), observations, signals, signs=signs)
    return Compared(round_, readings, statements, topics, compare(sides, topics, FLOOR))


def heard(round_: Round, readings: Sequence[Reading]) -> tuple[dict[str, dict[Signal, float]], dict[str, Signs]]:
    """The events and the signs of trust and fear in what each respondent says, as ``climate.counted`` takes them."""
    theirs = {t.author: r for t, r in zip(round_.talks, readings, strict=True) if t.author != "manager"}
    signals = {who: {one.signal: one.probability for one in reading.signals} for who, reading in theirs.items()}
    return signals, {who: reading.signs for who, reading in theirs.items() if reading.signs}


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


def annotation(round_: Round) -> Annotation:
    """The marks of a round, as an evaluation takes them."""
    statements = gold_statements(round_)
    return Annotation(
        {name: Fundamental(subject.fundamental) for name, subject in round_.topics.items()},
        tuple(MarkedClaim(_source(s), s.stance, s.id.rsplit(":", 1)[1]) for s in statements if s.is_claim),
        tuple(MarkedObservation(s.author, s.stance, s.id.rsplit(":", 1)[1]) for s in statements if not s.is_claim),
        ClimateLevel(round_.climate),
        len({talk.author for talk in round_.feedbacks}),
    )


def count(one: Compared) -> Counts:
    """The counts of one round."""
    return counting.count(annotation(one.round), one.result, FLOOR)


def measures(compared: Iterable[Compared]) -> dict[str, float | None]:
    """The figures of a set of rounds."""
    return counting.figures(map(count, compared))


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
