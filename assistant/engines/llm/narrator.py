"""Findings, summaries and reasons worded by a model from behaviours and kinds, and checked before anybody sees them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from assistant.domain.errors import BadAnswer
from assistant.domain.knowledge import Behaviour, Practice
from assistant.domain.report import SURE_FROM, Climate, Finding
from assistant.domain.words import FindingKind, Stance
from assistant.engines.embedded.narrator import addressed
from assistant.engines.llm.answers import Summed, Worded, summing_answer
from assistant.engines.llm.grounding import speaks_of, ungrounded
from assistant.engines.llm.model import Model

FINDING, SUMMARY, REASON = "word-finding", "word-summary", "word-reason"
LONGEST_FINDING = 400
LONGEST_SUMMARY = 900
LONGEST_REASON = 280
TRIES = 2

Narrated = dict[tuple[FindingKind, str, Stance | None, bool], str]
"""Findings that have been worded: by kind, behaviour, stance of the claim, and whether it is sure."""


class LlmNarrator:
    """Words by the model. Each method raises NoAnswer where the model gives none that passes the checks, twice."""

    def __init__(self, model: Model, behaviours: Mapping[str, Behaviour], narrated: Narrated) -> None:
        self._model, self._behaviours, self._findings = model, behaviours, narrated

    def finding(self, kind: FindingKind, behaviour: Behaviour, claim_stance: Stance | None, confidence: float) -> str:
        """One or two sentences; a finding that has been narrated reads the same."""
        sure = confidence >= SURE_FROM
        key = (kind, behaviour.id, claim_stance, sure)
        if key not in self._findings:
            doing = addressed(behaviour.doing)
            values = {
                "kind": kind.value,
                "behaviour": doing,
                "claimed": claim_stance.value if claim_stance else "nothing",
                "sure": "yes" if sure else "no",
            }
            self._findings[key] = self._worded(FINDING, (doing,), LONGEST_FINDING, values)
        return self._findings[key]

    def summary(self, manager: str, findings: Sequence[Finding], climate: Climate) -> str:
        """A paragraph in which every sentence rests on findings that are there."""
        names = {finding.id: self._name(finding) for finding in findings}
        listed = "\n".join(f"- {f.id}: {f.kind.value}: {names[f.id]}" for f in findings) or "- none"
        answer = summing_answer([*names])
        for _ in range(TRIES):
            summed = self._model.ask(SUMMARY, answer, manager=manager, findings=listed, climate=climate.level.value)
            text = " ".join(sentence.text.strip() for sentence in summed.sentences)
            given = (manager, *names.values())
            if manager in text and _cites_well(summed, names) and ungrounded(text, given, LONGEST_SUMMARY) is None:
                return text
        raise BadAnswer("The summary did not rest on the findings.")

    def why(self, finding: Finding, practice: Practice) -> str:
        """One sentence."""
        name, card = self._name(finding), f"{practice.title}. {practice.what}"
        values = {"kind": finding.kind.value, "behaviour": name, "practice": card}
        return self._worded(REASON, (name, card), LONGEST_REASON, values)

    def _worded(self, prompt: str, given: Sequence[str], longest: int, values: Mapping[str, str]) -> str:
        for _ in range(TRIES):
            text = self._model.ask(prompt, Worded, **values).text.strip()
            about = any(speaks_of(text, one) for one in given)
            if about and ungrounded(text, given, longest) is None:
                return text
        raise BadAnswer("The words did not rest on what was given.")

    def _name(self, finding: Finding) -> str:
        known = self._behaviours.get(finding.behaviour)
        return addressed(known.doing) if known else finding.fundamental.title.lower()


def _cites_well(summed: Summed, names: Mapping[str, str]) -> bool:
    """Whether every sentence speaks of the findings it cites, and some is cited where there are any."""
    cited = [(sentence.text, id_) for sentence in summed.sentences for id_ in sentence.findings]
    known = all(id_ in names and speaks_of(text, names[id_]) for text, id_ in cited)
    return known and (bool(cited) or not names)
