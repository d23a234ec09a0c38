"""What reports release about teams, as texts whose authors can be guessed at."""

from __future__ import annotations

import random
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import corpus
from guessing import Guess

from assistant.comparison.alignment import Voices, split
from assistant.comparison.climate import NOTHING
from assistant.comparison.compare import Sides, compare
from assistant.domain.conversation import Conversation
from assistant.domain.knowledge import Knowledge
from assistant.domain.narration import Outline
from assistant.domain.report import Source
from assistant.domain.rounds import DEFAULT_FLOOR
from assistant.domain.statements import Span, Statement, Topic
from assistant.domain.words import CLAIM_STANCES, ConversationKind, FindingKind, Stance
from assistant.evaluation.scenario import Scenario
from assistant.ports.engine import Engine

SHORTEST_SAMPLE = 40
"""Characters below which somebody's other writing is too little to know them by."""

SPEAKING = 0.4
"""Share of the corpus' members who are taken to speak to a topic; in it nearly everybody does, and in life few."""

NOWHERE = Span(0, 0, 0)


@dataclass(frozen=True, slots=True)
class Released:
    """A finding in words, and the people (e-mails) who hold what it tells."""

    words: str
    behind: frozenset[str]


def _behind(kind: FindingKind, voices: Voices) -> frozenset[str]:
    """Those who miss or suffer something where a finding tells of a gap, those who value it where it is a strength."""
    if kind in {FindingKind.BLIND_SPOT, FindingKind.SHARED_CONCERN}:
        return voices.lacking
    if kind in {FindingKind.SHARED_STRENGTH, FindingKind.HIDDEN_STRENGTH}:
        return voices.valuing
    return voices.speaking


@dataclass(frozen=True, slots=True)
class Wording:
    """What words a finding: an engine, and the knowledge base."""

    engine: Engine
    knowledge: Knowledge

    def of(self, topic: Topic, said: Sequence[Statement], respondents: Iterable[str]) -> Released | None:
        """The finding on a topic as a report words it, and who is behind it; None where there is none."""
        claims = tuple((s, Source(0, s.span.message, s.span.start, s.span.end)) for s in said if s.is_claim)
        sides = Sides(claims, tuple(s for s in said if not s.is_claim), {who: {} for who in respondents})
        made = compare(sides, [topic], DEFAULT_FLOOR).findings
        if not made:
            return None
        made_claims, voices = split(topic, {s.id: s for s in said})
        stances = [claim.stance for claim in made_claims]
        leading = Stance.DOES if Stance.DOES in stances else stances[0] if stances else None
        finding = replace(made[0], id="f1")
        claimed = {} if leading is None else {"f1": leading}
        told = self.engine.narrate(Outline("", (finding,), claimed, NOTHING, ()))
        return Released(told.findings["f1"].text, _behind(made[0].kind, voices))


@dataclass(frozen=True, slots=True)
class Both:
    """The same things released in two ways: as reports do, and as lines of their authors word for word."""

    reports: tuple[Guess, ...]
    word_for_word: tuple[Guess, ...]


def of_scenarios(scenarios: Iterable[Scenario], wording: Wording) -> Both:
    """Whole rounds as the engine reads them; teams below the floor release nothing."""
    pairs = [pair for scenario in scenarios for pair in _of_scenario(scenario, wording)]
    return _both(pairs)


def of_corpus(files: Iterable[Path], wording: Wording) -> Both:
    """Teams of the training corpus, in which everybody speaks to some ten topics in a voice of their own.

    What lines mean is taken from their labels, so that every topic is released that the rules allow. Of each topic some
    members, drawn by a fixed seed, are taken to be silent.
    """
    known = {id_: behaviour.fundamental.value for id_, behaviour in wording.knowledge.behaviours.items()}
    teams = [team for file in files for team in corpus.read(file, known)]
    return _both([pair for team in teams for pair in _of_team(team, wording)])


Pair = tuple[Guess | None, Guess | None]


def _both(pairs: Sequence[Pair]) -> Both:
    return Both(tuple(r for r, _ in pairs if r), tuple(w for _, w in pairs if w))


def _of_scenario(scenario: Scenario, wording: Wording) -> Iterator[Pair]:
    talks = {c.author: c for c in scenario.of(ConversationKind.FEEDBACK)}
    said = [s for c in scenario.conversations for s in wording.engine.read(c).statements]
    if len(talks) < DEFAULT_FLOOR:
        return
    for topic in wording.engine.topics(said):
        told = wording.of(topic, said, talks)
        speaking = [s for s in said if s.id in topic.statements and not s.is_claim]
        if told and speaking:
            samples = {who: _without(talk, [s for s in speaking if s.author == who]) for who, talk in talks.items()}
            yield _pair(scenario.name, told, speaking, samples)


def _of_team(team: corpus.Team, wording: Wording) -> Iterator[Pair]:
    lines = {topic.name: [s for s in topic.statements if s.side == "member"] for topic in team.topics}
    draw = random.Random(team.name)  # noqa: S311 -- who is silent is drawn alike in every run
    people = {s.speaker for own in lines.values() for s in own}
    for topic in team.topics:
        heard = [s for s in topic.statements if s.side == "manager" or draw.random() < SPEAKING]
        said = [_statement(s, n, wording.knowledge) for n, s in enumerate(heard)]
        fundamental = wording.knowledge.behaviours[topic.behaviour].fundamental
        told = wording.of(Topic("t", topic.behaviour, fundamental, tuple(s.id for s in said)), said, people)
        speaking = [s for s in said if not s.is_claim]
        if told and speaking:
            others = [s for name, own in lines.items() if name != topic.name for s in own]
            samples = {who: tuple(s.text for s in others if s.speaker == who) for who in people}
            yield _pair(team.name, told, speaking, samples)


def _statement(line: corpus.Statement, number: int, knowledge: Knowledge) -> Statement:
    stance = Stance(line.stance or "")
    author = "manager" if stance in CLAIM_STANCES else line.speaker
    behaviour = line.behaviour or ""
    fundamental = knowledge.behaviours[behaviour].fundamental
    return Statement(f"s{number}", author, author, None, NOWHERE, line.text, fundamental, behaviour, stance, 1.0)


def _pair(name: str, told: Released, speaking: Sequence[Statement], samples: dict[str, tuple[str, ...]]) -> Pair:
    known = {who: lines for who, lines in samples.items() if sum(map(len, lines)) >= SHORTEST_SAMPLE}
    behind = told.behind & known.keys()
    line = max(speaking, key=lambda s: len(s.text))
    released = Guess(name, told.words, behind, known) if behind and len(known) > 1 else None
    quoted = Guess(name, line.text, frozenset({line.author}), known) if line.author in known else None
    return released, quoted


def _without(talk: Conversation, statements: Sequence[Statement]) -> tuple[str, ...]:
    """What somebody wrote, message by message, without these statements."""
    left = (_cut(content, [s.span for s in statements if s.span.message == n]).strip() for n, content in talk.said)
    return tuple(content for content in left if content)


def _cut(content: str, spans: Sequence[Span]) -> str:
    for span in sorted(spans, key=lambda s: -s.start):
        content = content[: span.start] + content[span.end :]
    return content
