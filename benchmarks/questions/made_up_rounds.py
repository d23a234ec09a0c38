"""A made-up organisation with four rounds, put into a real store as reports: the same for the same seed.

Three levels of managers, 40 in all, lead 300 people. What is planted: gaps in explaining changes in the teams below Leo
Stern, trust that grows below Hanna Koch and fades below Priya Raman, and three teams that stay below the floor.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from math import sqrt

from assistant.domain.knowledge import Behaviour
from assistant.domain.organisation import Person
from assistant.domain.report import Climate, Finding, FundamentalAlignment, Report, Suggestion
from assistant.domain.words import ClimateLevel, FindingKind, Fundamental, Role
from assistant.loop.organisation import import_people
from assistant.loop.rounds import close_round, open_round
from assistant.ports.store import Store

ROUNDS = ("2026-Q1", "2026-Q2", "2026-Q3", "2026-Q4")
ADA = "ada.byron@acme.example"
FLOOR = 4
MEMBERS = 300
FIRST_DAY = datetime(2026, 1, 5, tzinfo=UTC)
SMALL = {"Packing": 2, "Treasury": 3, "Legal": 3}
KNOWN_MEMBERS = {"Pricing": "Greta Holm", "Depot": "Milan Kovac", "Claims": "Rosa Pinto"}

_LINE: dict[str, dict[str, dict[str, str]]] = {
    "Ada Byron": {
        "Mia Berg": {
            "Samir Haddad": "Pricing",
            "Julia Weiss": "Key accounts",
            "Chen Bo": "Web shop",
            "Olga Petrova": "Retail north",
        },
        "Leo Stern": {
            "Marta Silva": "Night shift",
            "Piotr Zielinski": "Depot",
            "Dev Patel": "Fleet",
            "Ruth Adler": "Packing",
        },
        "Zoe Okafor": {
            "Jonas Falk": "Search",
            "Amara Diallo": "Payments",
            "Kenji Mori": "Mobile",
            "Lucia Moreno": "Design",
        },
        "Tomasz Nowak": {
            "Jonas Bauer": "Claims",
            "Fatima Aziz": "Helpdesk",
            "Erik Lund": "Field service",
            "Noor Khan": "Returns",
        },
        "Priya Raman": {
            "Anna Schmidt": "Controlling",
            "Bruno Costa": "Payroll",
            "Dana Levi": "Audit",
            "Gita Rao": "Treasury",
        },
        "Hanna Koch": {
            "Ivan Horvat": "Recruiting",
            "Katja Meyer": "Learning",
            "Luis Ortega": "Facilities",
            "Yuki Tanaka": "Legal",
        },
    },
    "Otto Brandt": {
        "Victor Lang": {"Paul Wagner": "Assembly", "Sofia Marin": "Welding", "Tariq Nasser": "Paint shop"},
        "Elena Rossi": {"Ulla Jensen": "Testing", "Walter Fink": "Materials", "Xenia Popov": "Sensors"},
    },
}
_GAPS = (FindingKind.BLIND_SPOT, FindingKind.SHARED_CONCERN, FindingKind.SPLIT_VIEW)
_REST = (FindingKind.SHARED_STRENGTH, FindingKind.HIDDEN_STRENGTH, FindingKind.UNSEEN_CLAIM)


@dataclass(frozen=True)
class World:
    """Who there is, and every report by round and manager."""

    people: tuple[Person, ...]
    reports: Mapping[tuple[str, str], Report] = field(default_factory=dict)


TRENDS = {"hanna.koch@acme.example": 0.15, "priya.raman@acme.example": -0.15}


def world(behaviours: Mapping[str, Behaviour], seed: int = 8) -> World:
    """The organisation with all of its reports."""
    draw = random.Random(seed)  # noqa: S311 - for drawing only
    people = tuple(_people())
    sizes = {p.email: sum(1 for q in people if q.manager_email == p.email) for p in people}
    above = {person.email: person.manager_email for person in people}
    reports: dict[tuple[str, str], Report] = {}
    for manager in sorted(email for email, size in sizes.items() if size):
        course = _course(manager, above, behaviours, draw)
        trend = TRENDS.get(str(above[manager]), 0.0)
        for number, key in enumerate(ROUNDS):
            moved = trend * number
            reports[key, manager] = report(key, manager, sizes[manager], next(course), behaviours, moved, draw)
    return World(people, reports)


def fill(store: Store, made: World) -> None:
    """Put it into an empty store, as imports and analyses would."""
    import_people(store, made.people)
    for number, key in enumerate(ROUNDS):
        opened = FIRST_DAY + timedelta(days=90 * number)
        open_round(store, key, opened, FLOOR)
        with store.work() as work:
            for (round_key, _), report in made.reports.items():
                if round_key == key:
                    work.reports.save(report)
        close_round(store, key, opened + timedelta(days=30))


def email_of(name: str) -> str:
    """The e-mail of somebody in the example."""
    return f"{name.lower().replace(' ', '.')}@acme.example"


def _people() -> Iterator[Person]:
    teams = [(lead, team) for heads in _LINE.values() for leads in heads.values() for lead, team in leads.items()]
    for top, heads in _LINE.items():
        yield Person(email_of(top), top, None, "Board", Role.LEADER)
        for head, leads in heads.items():
            yield Person(email_of(head), head, email_of(top), "Heads")
            yield from (Person(email_of(lead), lead, email_of(head), f"{head.split()[0]}'s leads") for lead in leads)
    large = [team for _, team in teams if team not in SMALL]
    left = MEMBERS - sum(SMALL.values())
    sizes = SMALL | {team: left // len(large) + (n < left % len(large)) for n, team in enumerate(large)}
    for lead, team in teams:
        names = [KNOWN_MEMBERS[team]] if team in KNOWN_MEMBERS else []
        names += [f"Member{n} {team.replace(' ', '')}" for n in range(len(names), sizes[team])]
        yield from (Person(email_of(name), name, email_of(lead), team) for name in names)


def _course(
    manager: str, above: Mapping[str, str | None], behaviours: Mapping[str, Behaviour], draw: random.Random
) -> Iterator[dict[str, FindingKind]]:
    """Round by round what is found on which behaviour: most of it stays, some comes, goes or turns."""
    known = sorted(behaviours)
    standing = findings_drawn(known, draw)
    if above[manager] == email_of("Leo Stern"):
        standing["reasons_for_changes"] = FindingKind.BLIND_SPOT
    while True:
        yield dict(standing)
        for behaviour in [*standing]:
            chance = draw.random()
            if behaviour != "reasons_for_changes" and chance < 0.15:
                standing[behaviour] = draw.choice(_GAPS + _REST)
            elif behaviour != "reasons_for_changes" and chance < 0.25:
                del standing[behaviour]
        standing.setdefault(draw.choice(known), draw.choice(_GAPS + _REST))


def findings_drawn(known: Sequence[str], draw: random.Random) -> dict[str, FindingKind]:
    """Seven behaviours with a kind of finding each, as many gaps as not."""
    return {one: draw.choice(_GAPS if draw.random() < 0.5 else _REST) for one in draw.sample(known, 7)}


def report(
    key: str,
    manager: str,
    size: int,
    standing: Mapping[str, FindingKind],
    behaviours: Mapping[str, Behaviour],
    trend: float,
    draw: random.Random,
    chance: float = 0.8,
) -> Report:
    """One manager's report; ``trend`` is by how much trust has moved, ``chance`` how probably one answers."""
    respondents = sum(draw.random() < chance for _ in range(size))
    if respondents < FLOOR:
        return _suppressed(key, manager, size)
    findings = tuple(
        _finding(n, behaviours[behaviour], kind, respondents, draw)
        for n, (behaviour, kind) in enumerate(sorted(standing.items()), 1)
    )
    return Report(
        manager=manager,
        round_key=key,
        invited=size,
        respondents=respondents,
        suppressed=False,
        reason=None,
        engine="made up",
        fundamentals=tuple(_alignment(name, respondents, trend, draw) for name in Fundamental),
        claims=(),
        findings=findings,
        climate=_climate(trend + draw.uniform(-0.4, 0.4), respondents),
        summary="",
        suggestions=tuple(_suggestions(findings)),
    )


def _finding(n: int, behaviour: Behaviour, kind: FindingKind, respondents: int, draw: random.Random) -> Finding:
    spoke = draw.randint(FLOOR, respondents) if kind is not FindingKind.UNSEEN_CLAIM else 0
    return Finding(
        f"f{n}", kind, behaviour.fundamental, behaviour.id, f"On {behaviour.doing}.", (), spoke,
        round(draw.uniform(0.5, 0.95), 2),
    )  # fmt: skip


def _alignment(name: Fundamental, respondents: int, trend: float, draw: random.Random) -> FundamentalAlignment:
    claims = draw.randint(0, 4)
    backed = min(0.9, max(0.1, 0.5 + trend))
    stands = draw.choices(range(4), [backed, 0.2, 1 - backed, 0.3], k=claims)
    confirmed, mixed, contested, unseen = (stands.count(n) for n in range(4))
    spoken = confirmed + mixed + contested
    if not spoken:
        return FundamentalAlignment(name, claims, 0, 0, 0, unseen, None, None)
    share = (confirmed + mixed / 2) / spoken
    half = 0.8 / sqrt(respondents)
    return FundamentalAlignment(
        name, claims, confirmed, mixed, contested, unseen, share, (max(0.0, share - half), min(1.0, share + half))
    )


def _climate(score: float, respondents: int) -> Climate:
    bounded, half = max(-1.0, min(1.0, score)), 0.8 / sqrt(respondents)
    if abs(bounded) < 0.08:
        return Climate(ClimateLevel.TOO_LITTLE_EVIDENCE, None, None, ())
    level = ClimateLevel.HIGH_TRUST if bounded > 0.25 else ClimateLevel.MIXED
    level = ClimateLevel.FEAR_DRIVEN if bounded < -0.25 else level
    return Climate(level, bounded, (max(-1.0, bounded - half), min(1.0, bounded + half)), ())


def _suggestions(findings: Sequence[Finding]) -> Iterator[Suggestion]:
    gaps = [finding for finding in findings if finding.kind in _GAPS]
    for n, finding in enumerate(gaps[:3], 1):
        title = f"Practice for {finding.behaviour.replace('_', ' ')}"
        yield Suggestion(f"s{n}", title, f"p-{finding.behaviour}", (finding.id,), "", "", "", "")


def _suppressed(key: str, manager: str, size: int) -> Report:
    nothing = Climate(ClimateLevel.TOO_LITTLE_EVIDENCE, None, None, ())
    return Report(manager, key, size, None, True, "Too few.", "made up", (), (), (), nothing, "", ())
