"""Claims against observations: from statements and topics to alignment, findings and climate, without any wording."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from assistant.comparison.alignment import Voices, decide, finding_kind, split
from assistant.comparison.climate import NOTHING, climate
from assistant.comparison.uncertainty import majority_is_real, wilson
from assistant.domain.anonymity import shown_count, suppressed
from assistant.domain.report import Claim, Climate, Finding, FundamentalAlignment, Source
from assistant.domain.statements import Signs, Statement, Topic
from assistant.domain.words import Alignment, FindingKind, Fundamental, Signal, Stance


@dataclass(frozen=True, slots=True)
class Sides:
    """What both sides said in a round: claims with their source, observations, and each respondent's climate signals.

    ``signals`` has a key for every respondent, also for those who described no event, and for each kind of event how
    probable (0 to 1) it is that the respondent described one. ``signs`` are what some say of trust and fear as a whole,
    beyond the events. ``wholly_named`` are the respondents who put their name to all they share, ``partly_named`` those
    who did to a part of it.
    """

    claims: tuple[tuple[Statement, Source], ...]
    observations: tuple[Statement, ...]
    signals: Mapping[str, Mapping[Signal, float]]
    wholly_named: frozenset[str] = frozenset()
    partly_named: frozenset[str] = frozenset()
    signs: Mapping[str, Signs] = field(default_factory=dict)

    @property
    def known(self) -> frozenset[str]:
        """Whose answers the manager knows, or knows a part of, by their name."""
        return self.wholly_named | self.partly_named

    @property
    def respondents(self) -> int:
        """How many people gave feedback."""
        return len(self.signals)


@dataclass(frozen=True, slots=True)
class Comparison:
    """The outcome; findings have no text yet. Where ``suppressed``, claims stand alone and the rest is empty."""

    suppressed: bool
    fundamentals: tuple[FundamentalAlignment, ...]
    claims: tuple[Claim, ...]
    findings: tuple[Finding, ...]
    climate: Climate


_ORDER = (
    FindingKind.BLIND_SPOT,
    FindingKind.SHARED_CONCERN,
    FindingKind.SPLIT_VIEW,
    FindingKind.HIDDEN_STRENGTH,
    FindingKind.SHARED_STRENGTH,
    FindingKind.UNSEEN_CLAIM,
)


def compare(sides: Sides, topics: Sequence[Topic], floor: int) -> Comparison:
    """Compare both sides of one manager's round; below the floor nothing that rests on feedback is computed."""
    names = {statement.id: f"c{n}" for n, (statement, _) in enumerate(sides.claims, 1)}
    if suppressed(sides.respondents, floor, len(sides.wholly_named), len(sides.partly_named)):
        bare = tuple(_claim(names[s.id], s, source, None, _Counting(floor)) for s, source in sides.claims)
        return Comparison(True, (), bare, (), NOTHING)
    statements = {s.id: s for s in (*(s for s, _ in sides.claims), *sides.observations)}
    counting = _Counting(floor, sides.known)
    by_claim: dict[str, tuple[Topic, Voices]] = {}
    drafts: list[Finding] = []
    for topic in _joined(topics, statements):
        made, heard = split(topic, statements)
        by_claim |= {claim.id: (topic, heard) for claim in made}
        if kind := finding_kind((c.stance for c in made), heard.view):
            drafts.append(_finding(kind, topic, made, heard, statements, names, sides.respondents, counting))
    drafts.sort(key=lambda f: (_ORDER.index(f.kind), -f.confidence, f.behaviour))
    findings = tuple(replace(finding, id=f"f{n}") for n, finding in enumerate(drafts, 1))
    claims = tuple(_claim(names[s.id], s, source, by_claim.get(s.id), counting) for s, source in sides.claims)
    fundamentals = tuple(_fundamental(name, claims, by_claim, names, floor) for name in Fundamental)
    return Comparison(
        False, fundamentals, claims, findings, climate(sides.signals, floor, len(sides.known), sides.signs)
    )


def _joined(topics: Sequence[Topic], statements: Mapping[str, Statement]) -> Iterator[Topic]:
    """The topics, those on one behaviour of which no claim speaks as one: a team has one view of a behaviour.

    Else a report could call the same thing a strength and a gap.
    """
    unclaimed: dict[str, Topic] = {}
    for topic in topics:
        if any(statements[id_].is_claim for id_ in topic.statements):
            yield topic
        elif (same := unclaimed.get(topic.behaviour)) is None:
            unclaimed[topic.behaviour] = topic
        else:
            together = (*same.statements, *topic.statements)
            unclaimed[topic.behaviour] = replace(same, statements=together, turned=same.turned | topic.turned)
    yield from unclaimed.values()


@dataclass(frozen=True, slots=True)
class _Counting:
    """How people may be counted in what is shown; ``known`` are those whom the manager knows by name."""

    floor: int
    known: frozenset[str] = frozenset()

    def shown(self, people: frozenset[str]) -> int | None:
        return shown_count(len(people), self.floor, len(people & self.known))


def _claim(id_: str, said: Statement, source: Source, found: tuple[Topic, Voices] | None, counting: _Counting) -> Claim:
    fundamental, behaviour = said.fundamental, said.behaviour
    alignment, support, oppose = None, None, None
    if found is not None:
        topic, heard = found
        fundamental, behaviour = topic.fundamental, topic.behaviour
        for_it, against = heard.towards(said.stance)
        alignment = decide(len(for_it), len(against))
        support, oppose = counting.shown(for_it), counting.shown(against)
    return Claim(id_, said.text, said.about, fundamental, behaviour, said.stance, alignment, support, oppose, source)


def _finding(
    kind: FindingKind,
    topic: Topic,
    claims: Sequence[Statement],
    heard: Voices,
    statements: Mapping[str, Statement],
    names: Mapping[str, str],
    respondents: int,
    counting: _Counting,
) -> Finding:
    shared = [s for s in (statements[id_] for id_ in topic.statements) if s.shared]
    read = sum(_read(s, topic.turned) for s in shared) / len(shared)
    return Finding(
        id="",
        kind=kind,
        fundamental=topic.fundamental,
        behaviour=topic.behaviour,
        text="",
        claims=tuple(names[claim.id] for claim in claims),
        respondents=counting.shown(heard.speaking),
        confidence=round(read * _counted(kind, heard, respondents), 2),
    )


def _read(statement: Statement, turned: frozenset[str]) -> float:
    """How probable it is, 0 to 1, that a line says what it counts as; of one that is turned, the most it can be.

    A confidence is that of being a statement times that of the stance, which is a half or more. So the other stance has
    neither more than the first one nor more than what is left.
    """
    return min(statement.confidence, 1 - statement.confidence) if statement.id in turned else statement.confidence


def _counted(kind: FindingKind, heard: Voices, respondents: int) -> float:
    """How far the numbers alone bear the finding, 0 to 1."""
    larger, smaller = sorted((len(heard.valuing), len(heard.lacking)), reverse=True)
    if kind is FindingKind.UNSEEN_CLAIM:
        return majority_is_real(respondents - len(heard.speaking), len(heard.speaking))
    if kind is FindingKind.SPLIT_VIEW:
        return 1 - abs(larger - smaller) / (larger + smaller) / 2
    return majority_is_real(larger, smaller)


def _fundamental(
    name: Fundamental,
    claims: Sequence[Claim],
    by_claim: Mapping[str, tuple[Topic, Voices]],
    names: Mapping[str, str],
    floor: int,
) -> FundamentalAlignment:
    """Alignment counts confirmed as 1 and mixed as a half among the ``does`` claims on which the team has a view."""
    mine = [c for c in claims if c.fundamental is name and c.stance is Stance.DOES]
    count = {a: sum(c.alignment is a for c in mine) for a in Alignment}
    seen = len(mine) - count[Alignment.UNSEEN]
    value = (count[Alignment.CONFIRMED] + count[Alignment.MIXED] / 2) / seen if seen else None
    ids = {c.id for c in mine if c.alignment is not Alignment.UNSEEN}
    speaking = frozenset[str]().union(*(heard.speaking for s, (_, heard) in by_claim.items() if names[s] in ids))
    interval = None
    if value is not None:
        low, high = wilson(value, len(speaking)) if len(speaking) >= floor else (0.0, 1.0)
        interval = (round(low, 2), round(high, 2))
    return FundamentalAlignment(
        name,
        len(mine),
        count[Alignment.CONFIRMED],
        count[Alignment.MIXED],
        count[Alignment.CONTESTED],
        count[Alignment.UNSEEN],
        value,
        interval,
    )
