"""A leader's question as a typed query, and its answer."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from assistant.domain.organisation import Person
from assistant.domain.words import FindingKind, Fundamental


class Measure(StrEnum):
    """What a question asks for."""

    FINDINGS = "findings"
    CLIMATE = "climate"
    ALIGNMENT = "alignment"
    PARTICIPATION = "participation"
    SUGGESTIONS = "suggestions"
    WHO_SAID_WHAT = "who_said_what"
    RANKING = "ranking"
    UNCLEAR = "unclear"


class Comparison(StrEnum):
    """What is held against what: nothing, the managers named with each other or with all others, or rounds."""

    NONE = "none"
    GROUPS = "groups"
    REST = "rest"
    ROUNDS = "rounds"


class Change(StrEnum):
    """Which changes between rounds are meant."""

    ANY = "any"
    BETTER = "better"
    WORSE = "worse"


class Order(StrEnum):
    """What comes first: what most people spoke to, what shows in most teams, or what is surest."""

    EVIDENCE = "evidence"
    SPREAD = "spread"
    SURENESS = "sureness"


@dataclass(frozen=True, slots=True)
class Query:
    """A question as it was understood; empty tuples do not restrict.

    ``managers`` are e-mails; ``with_below`` takes in everybody who leads a team below them. ``rounds`` are keys, the
    oldest first: none is the latest, and with :attr:`Comparison.ROUNDS` the first is held against the last. ``why``
    asks for reasons. Of an UNCLEAR query, ``managers`` are those between whom the question leaves open who is meant.
    """

    measure: Measure
    managers: tuple[str, ...] = ()
    fundamentals: tuple[Fundamental, ...] = ()
    kinds: tuple[FindingKind, ...] = ()
    behaviours: tuple[str, ...] = ()
    with_below: bool = False
    rounds: tuple[str, ...] = ()
    comparison: Comparison = Comparison.NONE
    change: Change = Change.ANY
    order: Order = Order.EVIDENCE
    why: bool = False


@dataclass(frozen=True, slots=True)
class Askable:
    """What a question can be about: granted managers, each with the team they lead as ``team``, and round keys.

    ``rounds`` has the oldest first. ``before`` is the query of the question that this one follows, if any.
    """

    managers: tuple[Person, ...]
    rounds: tuple[str, ...] = ()
    before: Query | None = None


@dataclass(frozen=True, slots=True)
class Evidence:
    """Which findings an answer can rest on; empty tuples do not restrict. Without ``findings`` figures alone count.

    With ``one_each`` it only counts whether a report has any of them, so that one of each report is enough.
    """

    findings: bool = True
    kinds: tuple[FindingKind, ...] = ()
    fundamentals: tuple[Fundamental, ...] = ()
    behaviours: tuple[str, ...] = ()
    one_each: bool = False


ALL_EVIDENCE = Evidence()
FIGURES_ALONE = Evidence(findings=False)


@dataclass(frozen=True, slots=True)
class CitedFinding:
    """A finding as an answer rests on it.

    ``id`` is the manager's e-mail, slash, finding id; a round's key and a slash stand before it where that is another
    round than the answer's.
    """

    id: str
    manager: str
    kind: FindingKind
    fundamental: Fundamental
    text: str
    respondents: int | None
    confidence: float


@dataclass(frozen=True, slots=True)
class Shows:
    """That each of these teams has a finding of one of these kinds, on one of these behaviours, in a round."""

    managers: tuple[str, ...]
    kinds: frozenset[FindingKind]
    behaviours: frozenset[str]
    round_key: str


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of an answer, the ids of the findings it rests on, and what they have to show for it to stand."""

    text: str
    rests_on: tuple[str, ...] = ()
    shows: tuple[Shows, ...] = ()


@dataclass(frozen=True, slots=True)
class Figure:
    """One number of an answer, as it is drawn: ``count`` of ``total``, over ``managers`` in a round.

    ``value`` is a share (0 to 1) or, of a trust climate, a score (-1 to 1), with its 90 % ``interval``; both are None
    where ``count`` of ``total`` says all. ``respondents`` are the people in the teams behind it.
    """

    label: str
    round_key: str
    managers: tuple[str, ...]
    count: int
    total: int
    respondents: int
    value: float | None = None
    interval: tuple[float, float] | None = None


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer to a leader's question. ``refused`` says why nothing is shown, else None.

    ``findings`` are the first of those that the ``sentences`` rest on.
    """

    question: str
    round_key: str
    understood: str
    text: str
    findings: tuple[CitedFinding, ...]
    refused: str | None = None
    query: Query | None = None
    sentences: tuple[Sentence, ...] = ()
    figures: tuple[Figure, ...] = ()
