"""A report worded by a model from kinds and behaviours, in as few calls as will do.

Each text is checked by itself before anybody sees it: one that rests on nothing is asked for once more, alone.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import structlog

from assistant.domain.errors import NoAnswer
from assistant.domain.knowledge import Knowledge
from assistant.domain.narration import Outline
from assistant.domain.report import SURE_FROM, Finding
from assistant.domain.words import FindingKind, Stance
from assistant.engines.embedded.narrator import addressed
from assistant.engines.llm.answers import Reported
from assistant.engines.llm.grounding import speaks_of, ungrounded
from assistant.engines.llm.model import Model

PROMPT = "word-report"
SUMMARY = "summary"
"""What the summary is called among the texts, beside the ids of findings and suggestions."""

LONGEST_FINDING = 400
LONGEST_SUMMARY = 900
LONGEST_REASON = 280
MOST_AT_ONCE = 24
"""Texts that are asked for in one call: a longer list makes models leave some out."""

TRIES = 2

Narrated = dict[tuple[FindingKind, str, Stance | None, bool], str]
"""Findings that have been worded: by kind, behaviour, stance of the claim, and whether it is sure."""


@dataclass(frozen=True, slots=True)
class Basis:
    """What a text may take its words from, and how long (characters) it may be."""

    given: tuple[str, ...]
    longest: int

    def bears(self, text: str) -> bool:
        """Whether a text speaks of what was given, and of nothing else that could be checked."""
        about = any(speaks_of(text, one) for one in self.given)
        return about and ungrounded(text, self.given, self.longest) is None


class LlmNarrator:
    """Words reports by the model; a finding that it has worded before reads the same, and is not asked for again."""

    def __init__(self, model: Model, knowledge: Knowledge, narrated: Narrated) -> None:
        self._model, self._knowledge, self._narrated = model, knowledge, narrated

    def texts(self, outline: Outline) -> dict[str, str]:
        """Texts that passed the checks, by id of finding or suggestion and under SUMMARY; the others are missing."""
        found = self._known(outline)
        for wanted in self._portions(outline):
            found |= self._worded(outline, wanted)
        self.remember(outline, found)
        return found

    def requests(self, outline: Outline) -> list[dict[str, str]]:
        """The values of the prompt for each call that wording takes where all texts pass."""
        return [self._values(outline, wanted) for wanted in self._portions(outline)]

    def remember(self, outline: Outline, texts: Mapping[str, str]) -> None:
        """Keep the words of findings among ``texts``."""
        self._narrated |= {_key(f, outline): texts[f.id] for f in outline.findings if f.id in texts}

    def _known(self, outline: Outline) -> dict[str, str]:
        keys = {finding.id: _key(finding, outline) for finding in outline.findings}
        return {id_: self._narrated[key] for id_, key in keys.items() if key in self._narrated}

    def _portions(self, outline: Outline) -> Iterator[Sequence[str]]:
        known = self._known(outline)
        wanted = [SUMMARY, *(s.id for s in outline.suggestions), *(f.id for f in outline.findings if f.id not in known)]
        return (wanted[at : at + MOST_AT_ONCE] for at in range(0, len(wanted), MOST_AT_ONCE))

    def _worded(self, outline: Outline, wanted: Sequence[str]) -> dict[str, str]:
        """Those of the wanted texts that pass, at the first or second time."""
        found: dict[str, str] = {}
        bases = self._bases(outline)
        for _ in range(TRIES):
            left = [id_ for id_ in wanted if id_ not in found]
            if not left:
                break
            try:
                reported = self._model.ask(PROMPT, Reported, **self._values(outline, left))
            except NoAnswer as failed:
                structlog.get_logger().warning("report_not_worded", error=type(failed).__name__, texts=len(left))
                break
            found |= _passed(reported, left, bases) | self._summary(outline, reported, left)
        return found

    def _bases(self, outline: Outline) -> dict[str, Basis]:
        """By id of finding and suggestion."""
        findings = {f.id: Basis((self._name(f),), LONGEST_FINDING) for f in outline.findings}
        reasons = {
            s.id: Basis((self._name(outline.finding_of(s)), self._card(s.practice)), LONGEST_REASON)
            for s in outline.suggestions
        }
        return findings | reasons

    def _summary(self, outline: Outline, reported: Reported, wanted: Sequence[str]) -> dict[str, str]:
        """The summary where it is wanted, and every sentence rests on findings that are there."""
        names = {finding.id: self._name(finding) for finding in outline.findings}
        text = " ".join(sentence.text.strip() for sentence in reported.summary)
        plain = ungrounded(text, (outline.manager, *names.values()), LONGEST_SUMMARY) is None
        rests = plain and outline.manager in text and _cites_well(reported, names)
        return {SUMMARY: text} if SUMMARY in wanted and rests else {}

    def _values(self, outline: Outline, wanted: Sequence[str]) -> dict[str, str]:
        """What the prompt is given: no more than the wanted texts are about."""
        suggested = [s for s in outline.suggestions if s.id in wanted]
        answered = {outline.finding_of(s).id for s in suggested}
        findings = [f for f in outline.findings if SUMMARY in wanted or f.id in wanted or f.id in answered]
        return {
            "manager": outline.manager,
            "climate": outline.climate.level.value,
            "findings": "\n".join(self._line(f, outline) for f in findings) or "none",
            "practices": "\n".join(f"{s.id}: {s.findings[0]}: {self._card(s.practice)}" for s in suggested) or "none",
            "wanted": ", ".join(wanted),
        }

    def _line(self, finding: Finding, outline: Outline) -> str:
        kind, _, claimed, sure = _key(finding, outline)
        said = claimed.value if claimed else "nothing"
        return f"{finding.id}: {kind.value}: {self._name(finding)}: {said}, {'sure' if sure else 'unsure'}"

    def _name(self, finding: Finding) -> str:
        known = self._knowledge.behaviours.get(finding.behaviour)
        return addressed(known.doing) if known else finding.fundamental.title.lower()

    def _card(self, practice: str) -> str:
        card = self._knowledge.practices[practice]
        return f"{card.title}. {card.what}"


def _key(finding: Finding, outline: Outline) -> tuple[FindingKind, str, Stance | None, bool]:
    return (finding.kind, finding.behaviour, outline.claimed.get(finding.id), finding.confidence >= SURE_FROM)


def _passed(reported: Reported, wanted: Sequence[str], bases: Mapping[str, Basis]) -> dict[str, str]:
    """The first text of each wanted finding and suggestion that its basis bears."""
    found: dict[str, str] = {}
    for one in reported.texts:
        text = one.text.strip()
        if one.id in wanted and one.id in bases and bases[one.id].bears(text):
            found.setdefault(one.id, text)
    return found


def _cites_well(reported: Reported, names: Mapping[str, str]) -> bool:
    """Whether every sentence speaks of the findings it cites, and some is cited where there are any."""
    cited = [(sentence.text, id_) for sentence in reported.summary for id_ in sentence.findings]
    known = all(id_ in names and speaks_of(text, names[id_]) for text, id_ in cited)
    return known and (bool(cited) or not names)
