"""Which statements belong together, around the claims: what a team says comes before who says it.

Whether a claim is confirmed hangs on two or three voices, and it is seldom sure who speaks to it. So respondents are
first counted by their probabilities, as for the climate. Beside a claim are then laid those observations that, of all
sets of them which say what the team seems to say, are the likeliest: what is counted in a report is what is said there.
All that is left is put together by itself.
"""

from __future__ import annotations

import heapq
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice

import numpy as np

from assistant.comparison.alignment import decide
from assistant.domain.statements import Statement
from assistant.domain.words import Alignment
from assistant.engines.embedded.grouping import cluster
from assistant.engines.embedded.leaning import Leaning, kind_of_claim
from assistant.engines.embedded.pairs import Numbers

_TRIED = 256
"""Sets of observations that are looked at for one view of a claim; seldom it takes more than two."""

_RARITY = 0.7
"""How much it counts that a view is rare: at 0 the likeliest view is taken, at 1 all views are found as often as they
can be, whatever is found wrongly. Chosen on rounds by writers of whom nothing was learned."""


@dataclass(frozen=True, slots=True)
class Team:
    """The statements of one team, how probable (0 to 1) it is that each values what it speaks of, and the links.

    ``valued`` means nothing of claims. ``link`` (n, n) holds the log-odds of each pair sharing a topic.
    """

    statements: Sequence[Statement]
    valued: Sequence[float]
    link: Numbers


@dataclass(frozen=True, slots=True)
class ClaimGroup:
    """Claims that say the same, by their indices, and what the team says of them.

    ``views`` has how probable each view of the team is; ``log_odds``, how probable it is that an observation speaks to
    these claims, for those that are nearer to them than to any others.
    """

    statements: list[int]
    views: dict[Alignment, float]
    log_odds: dict[int, float]


@dataclass(frozen=True, slots=True)
class Gathering:
    """How statements are gathered into topics; ``same_topic`` and ``pull`` are log-odds.

    Groups are joined while the mean link between them is above ``same_topic``. ``pull`` is added to the links between
    claims and observations: how much nearer they stand than the pairs alone say, as learned from annotated rounds.
    """

    leaning: Leaning
    same_topic: float
    pull: float

    def groups(self, team: Team) -> list[list[int]]:
        """The indices of each topic's statements, in order of the first; what is held back counts for no claim."""
        around = [sorted([*claim.statements, *self._evidence(claim, team)]) for claim in self.claims(team)]
        taken = {i for group in around for i in group}
        rest = [i for i in range(len(team.statements)) if i not in taken]
        return sorted([*around, *self._together(rest, team)])

    def claims(self, team: Team) -> list[ClaimGroup]:
        """The claims that say the same, and what the team probably says of them; each observation is laid nearest."""
        shared = [i for i, statement in enumerate(team.statements) if statement.shared]
        claims = self._together([i for i in shared if team.statements[i].is_claim], team)
        observations = [i for i in shared if not team.statements[i].is_claim]
        if not claims or not observations:
            return [ClaimGroup(group, self.views(group, {}, team), {}) for group in claims]
        near = np.array([team.link[np.ix_(group, observations)].mean(axis=0) for group in claims]) + self.pull
        odds = np.exp(near)
        speaks = odds / (1 + odds.sum(axis=0))
        nearest = near.argmax(axis=0)
        return [
            ClaimGroup(
                group,
                self.views(group, dict(zip(observations, speaks[n], strict=True)), team),
                {i: float(near[n, m]) for m, i in enumerate(observations) if nearest[m] == n},
            )
            for n, group in enumerate(claims)
        ]

    def _together(self, some: list[int], team: Team) -> list[list[int]]:
        return [[some[i] for i in group] for group in cluster(team.link[np.ix_(some, some)], self.same_topic)]

    def views(self, claims: list[int], speaks: Mapping[int, float], team: Team) -> dict[Alignment, float]:
        """How probable each view of the team is, by respondents.

        Hardly anybody speaks twice of one thing, so that how probable it is of one person's observations adds up, to
        certainty at most: however often somebody says it, they are one voice.
        """
        speaking: dict[str, float] = defaultdict(float)
        valuing: dict[str, float] = defaultdict(float)
        for i, probability in speaks.items():
            author = team.statements[i].author
            speaking[author] += probability
            valuing[author] += probability * team.valued[i]
        alone = [valuing[author] / speaking[author] for author in speaking]
        kind = kind_of_claim(team.statements[i].stance for i in claims)
        return self.leaning.views([min(1.0, total) for total in speaking.values()], alone, kind)

    def _evidence(self, claim: ClaimGroup, team: Team) -> list[int]:
        """The likeliest observations that give the view for which most speaks, of those which any of them give.

        For a view speaks how much more probable it is than with such claims in general. Else what is rare, a split team
        above all, would be found only where it is certain.
        """
        usual = self.leaning.usual[kind_of_claim(team.statements[i].stance for i in claim.statements)]
        for wanted in sorted(claim.views, key=lambda view: -claim.views[view] / usual[view] ** _RARITY):
            for some in islice(likeliest(claim.log_odds), _TRIED):
                if self.view(claim.statements, some, team) is wanted:
                    return some
        return []

    def view(self, claims: list[int], observations: list[int], team: Team) -> Alignment:
        """What these observations say together, as the report will count them."""
        kind = kind_of_claim(team.statements[i].stance for i in claims)
        together = self.leaning.valued([team.valued[i] for i in observations], kind)
        sides: dict[bool, set[str]] = defaultdict(set)
        for i, valued in zip(observations, together, strict=True):
            sides[bool(valued >= 0.5)].add(team.statements[i].author)
        return decide(len(sides[True]), len(sides[False]))


def likeliest(log_odds: Mapping[int, float]) -> Iterator[list[int]]:
    """All sets of these, the likeliest first; ``log_odds`` is how probable it is that each is in it, on its own.

    The likeliest has all that are likelier in than out. Each other one differs from it in some, which costs their odds;
    it is made from a cheaper one by one more change, or by moving the last change one further.
    """
    order = sorted(log_odds, key=lambda i: abs(log_odds[i]))
    cost = [abs(log_odds[i]) for i in order]
    waiting: list[tuple[float, tuple[int, ...]]] = [(0.0, ())]
    while waiting:
        spent, changed = heapq.heappop(waiting)
        other = {order[n] for n in changed}
        yield [i for i in log_odds if (log_odds[i] > 0) != (i in other)]
        following = changed[-1] + 1 if changed else 0
        if following < len(order):
            heapq.heappush(waiting, (spent + cost[following], (*changed, following)))
            if changed:
                moved = spent - cost[changed[-1]] + cost[following]
                heapq.heappush(waiting, (moved, (*changed[:-1], following)))
