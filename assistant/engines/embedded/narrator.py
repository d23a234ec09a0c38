"""Findings and summaries in words, made from behaviours and counts; nobody's own words go in."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from types import MappingProxyType

from assistant.domain.knowledge import Behaviour
from assistant.domain.report import SURE_FROM, Climate, Finding
from assistant.domain.words import GAPS, ClimateLevel, FindingKind, Stance
from assistant.engines.embedded.finding_words import LESS_SURE, OPENINGS, SURE

NAMED_AT_ONCE = 2

_CLIMATE = {
    ClimateLevel.HIGH_TRUST: "What people describe speaks of a team in which it is safe to be open.",
    ClimateLevel.MIXED: "How safe it feels to speak up seems to depend on the day and on the matter.",
    ClimateLevel.FEAR_DRIVEN: "What people describe suggests that speaking up feels risky in your team at present.",
    ClimateLevel.TOO_LITTLE_EVIDENCE: (
        "How safe people feel to speak up cannot be told from this round, which is quite normal."
    ),
}
_INVITATIONS = {
    True: (
        "A good next step is to tell your team what you heard, and to ask what would help most.",
        "You could bring one of these points to your next team talk and ask how it looks from their side.",
        "Pick one point, talk it over with your team, and listen more than you explain.",
    ),
    False: (
        "You could thank your team for their answers and ask what they would like more of.",
        "It is worth talking with your team about what they would like you to keep.",
        "A short talk with your team about their answers would be a good next step.",
    ),
}


def addressed(doing: str) -> str:
    """A behaviour's ``doing`` as said to the manager: one's own becomes your own."""
    for general, to_you in (("oneself", "yourself"), ("one's", "your"), ("what one thinks", "what you think")):
        doing = doing.replace(general, to_you)
    return doing


class EmbeddedNarrator:
    """Words findings and summaries without a model.

    ``behaviours`` (by id) name the topics in a summary; one that is not there is named by its fundamental.
    """

    def __init__(self, behaviours: Mapping[str, Behaviour] = MappingProxyType({})) -> None:
        self._behaviours = behaviours

    def finding(
        self, kind: FindingKind, behaviour: Behaviour, claim_stance: Stance | None, confidence: float, told: int = 0
    ) -> str:
        """Two sentences to the manager; below a confidence of 0.7 they say so. The same finding reads the same.

        ``told`` is how many findings of this kind on this behaviour the report has before: each gets other words.
        """
        table = SURE if confidence >= SURE_FROM else LESS_SURE
        claimed = claim_stance is not None
        continuations = table.get((kind, claimed)) or table.get((kind, not claimed), ())
        rest, opening = _choose(OPENINGS[claim_stance], kind, behaviour.id, skip=told)
        _, continuation = _choose(continuations, rest, behaviour.id)
        doing = addressed(behaviour.doing)
        return with_commas(f"{opening} {continuation}".format(doing=doing, Doing=_capital(doing)), [doing])

    def summary(self, manager: str, findings: Sequence[Finding], climate: Climate) -> str:
        """Three to five sentences to the manager: agreement, differences, climate, an invitation to talk."""
        by_kind = {kind: self._topics(f for f in findings if f.kind is kind) for kind in FindingKind}
        first, *others = [*_agreement(by_kind), *_differences(by_kind)] or [_NOTHING]
        has_gap = any(finding.kind in GAPS for finding in findings)
        _, invitation = _choose(_INVITATIONS[has_gap], manager, str(len(findings)))
        text = " ".join([f"{manager}, {first}", *map(_capital, others), _CLIMATE[climate.level], invitation])
        return with_commas(text, map(self._name, findings))

    def _topics(self, findings: Iterable[Finding]) -> str:
        """The best supported topics as one phrase, empty where there are none."""
        best = sorted(findings, key=lambda f: (-(f.respondents or 0), -f.confidence, f.id))
        names = list(dict.fromkeys(self._name(finding) for finding in best))[:NAMED_AT_ONCE]
        return " and ".join(names)

    def _name(self, finding: Finding) -> str:
        known = self._behaviours.get(finding.behaviour)
        return addressed(known.doing) if known else finding.fundamental.title.lower()


_NOTHING = "you and your team did not touch on the same points this time, so no agreement and no gap can be shown."


def _agreement(topics: Mapping[FindingKind, str]) -> list[str]:
    """What both sides agree on, and what the team values beyond it: up to one sentence."""
    shared, hidden = topics[FindingKind.SHARED_STRENGTH], topics[FindingKind.HIDDEN_STRENGTH]
    if shared and hidden:
        return [f"you and your team both see a strength in {shared}, and your team also values {hidden}."]
    if shared:
        return [f"you and your team both see a strength in {shared}."]
    if hidden:
        return [f"your team values more in you than you gave yourself credit for: {hidden}."]
    if unseen := topics[FindingKind.UNSEEN_CLAIM]:
        return [f"some of what you bring did not come up in what your team said, such as {unseen}."]
    return []


def _differences(topics: Mapping[FindingKind, str]) -> list[str]:
    """Where both sides differ, and what both would like to be different: up to two sentences."""
    said = []
    if blind := topics[FindingKind.BLIND_SPOT]:
        said.append(f"your view and your team's view differ most on {blind}.")
    elif split := topics[FindingKind.SPLIT_VIEW]:
        said.append(f"your team is of more than one mind about {split}.")
    if concern := topics[FindingKind.SHARED_CONCERN]:
        said.append(f"you and your team both see room to grow in {concern}.")
    return said


def _choose(wordings: Sequence[str], *of: str, skip: int = 0) -> tuple[str, str]:
    """One wording, always the same for the same thing, ``skip`` places on; and a digest for the next choice."""
    digest = hashlib.sha256("/".join(of).encode()).hexdigest()
    return digest, wordings[(int(digest, 16) + skip) % len(wordings)]


def with_commas(text: str, doings: Iterable[str]) -> str:
    """Text in which a behaviour with an afterthought, set off by a comma, gets the second comma where it goes on."""
    for doing in {d for d in doings if "," in d}:
        for form in (doing, _capital(doing)):
            text = text.replace(f"{form} ", f"{form}, ")
    return text


def _capital(sentence: str) -> str:
    return sentence[:1].upper() + sentence[1:]
