"""A brief for a leader, by the rules that answer questions: nobody's words, nobody below the floor, nobody ranked.

It tells where something changed and where support can be offered. Teams stand in the order of their names, and a topic
is told of where what it rests on is sure enough to be worded as it is.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from typing import TypeVar

from assistant.domain.brief import Brief, BriefPart, Topic
from assistant.domain.inquiry import Figure, Measure, Query, Sentence
from assistant.domain.knowledge import Behaviour
from assistant.domain.organisation import Organisation
from assistant.domain.report import SURE_FROM, Finding, Report
from assistant.domain.words import GAPS, FindingKind
from assistant.inquiry.changes import Step, comparable, steps
from assistant.inquiry.figures import alignment_figure, climate_figure, participation_figure
from assistant.inquiry.said import plain, resting_on
from assistant.inquiry.scope import RoundReports, Scope, by_evidence, cited, scope
from assistant.inquiry.support import NOT_BORNE_OUT, Known, borne_out, citable
from assistant.inquiry.wording import listed, teams

MOST_TOPICS = 3
"""Of so many behaviours a part tells at most, those of the most teams first."""

FIRST_ROUND = "This is the first round with reports, so there is nothing to hold it against yet."
NO_SAME_TEAM = "No team can be shown in both rounds, so nothing is held against each other."

_EVERYTHING = Query(Measure.FINDINGS, kinds=tuple(FindingKind))

_Item = TypeVar("_Item")


def brief(rounds: Sequence[RoundReports], organisation: Organisation, behaviours: Mapping[str, Behaviour]) -> Brief:
    """The brief over the last of one or two rounds, the older one first, from the reports of granted managers."""
    scopes = tuple(scope(_EVERYTHING, "", held, organisation, behaviours, ()) for held in rounds)
    now, before = scopes[-1], scopes[0] if len(scopes) > 1 else None
    managers = tuple(report.manager for report in now.shown)
    about = Brief(now.round.key, before.round.key if before else None, managers, now.below, now.without)
    if not now.shown:
        return _refused(about, now)
    same = comparable(scopes)
    parts = (*_compared(same, is_first=before is None), _support(now))
    known = citable((report for held in rounds for report in _granted(held)), now.round.key)
    checked = tuple(_checked(part, known) for part in parts)
    return replace(about, parts=checked, figures=_figures(same) if before else ())


def _refused(about: Brief, now: Scope) -> Brief:
    why = f"There is no report below you in round {about.round_key} yet."
    if about.below:
        why = (
            f"Nothing can be shown of round {about.round_key}: in every team below you that has a report, fewer than "
            f"{now.round.floor} people answered."
        )
    return replace(about, refused=why)


def _granted(held: RoundReports) -> Iterable[Report]:
    granted = frozenset(held.granted)
    return (report for report in held.reports if report.manager in granted)


def _checked(part: BriefPart, known: Known) -> BriefPart:
    """The part as it is where every sentence is borne out, else that it is not."""
    if all(borne_out(sentence, known) for sentence in part.sentences):
        return part
    return BriefPart(part.topic, plain(NOT_BORNE_OUT))


def _compared(same: Sequence[Scope], is_first: bool) -> tuple[BriefPart, ...]:
    if is_first or not same[-1].shown:
        return (BriefPart(Topic.CHANGED, plain(FIRST_ROUND if is_first else NO_SAME_TEAM)),)
    moved = [step for step in steps(same[0], same[-1]) if step.moved]
    sure = [step for step in moved if all(map(_is_sure, step.evidence))]
    worse, better = [s for s in sure if s.moved < 0], [s for s in sure if s.moved > 0]
    return (
        _changed(same, worse, better, doubtful=len(moved) - len(sure)),
        _steps_told(Topic.GROWING, worse, same[-1], _grows, "No gap is growing that is sure enough to be told."),
        _steps_told(Topic.IMPROVING, better, same[-1], _improves, "Nothing improved that is sure enough to be told."),
    )


def _changed(same: Sequence[Scope], worse: Sequence[Step], better: Sequence[Step], doubtful: int) -> BriefPart:
    now, sentences = same[-1], []
    for words, told in (("worse", worse), ("better", better)):
        where = teams(len({step.place[0] for step in told}))
        if told:
            found = [one for step in told for one in step.evidence]
            sentences.append(resting_on(f"Something got {words} in {where}.", found, now.round.key))
    if not sentences:
        sentences += plain("Nothing changed that is sure enough to be told.")
    over = f"Rounds {same[0].round.key} and {now.round.key} are held against each other, over {teams(len(now.shown))}."
    rest = [f"{_changes(doubtful)} too little evidence to be told."] if doubtful else []
    return BriefPart(Topic.CHANGED, (*plain(over), *sentences, *plain(*rest)))


def _changes(number: int) -> str:
    return "1 more change rests on" if number == 1 else f"{number} more changes rest on"


def _steps_told(
    topic: Topic, told: Sequence[Step], now: Scope, words: Callable[[str, str], str], nothing: str
) -> BriefPart:
    by_behaviour: dict[str, list[Step]] = defaultdict(list)
    for step in told:
        by_behaviour[step.place[1]].append(step)
    sentences, found = [], []
    for behaviour, of_it in _most(by_behaviour):
        evidence = [one for step in of_it for one in step.evidence]
        where = _named(now, (step.place[0] for step in of_it))
        sentences.append(resting_on(words(now.doing(behaviour), where), evidence, now.round.key))
        found += evidence
    sentences += plain(*_further(by_behaviour, "So it is with")) or plain(*([] if told else [nothing]))
    return BriefPart(topic, tuple(sentences), cited(by_evidence(found), now.round.key))


def _grows(doing: str, where: str) -> str:
    return f"{_capital(doing)} stands worse than before in {where}."


def _improves(doing: str, where: str) -> str:
    return f"{_capital(doing)} stands better than before in {where}."


def _support(now: Scope) -> BriefPart:
    """Where support can be offered, by what would help; with what the reports suggest against it."""
    gaps: dict[str, list[tuple[Report, Finding]]] = defaultdict(list)
    for report, finding in now.all_findings():
        if finding.kind in GAPS and _is_sure((report, finding)):
            gaps[finding.behaviour].append((report, finding))
    sentences: list[Sentence] = []
    found: list[tuple[Report, Finding]] = []
    for behaviour, of_it in _most(gaps):
        where = _named(now, (report.manager for report, _ in of_it))
        offered = sorted({title for one in of_it for title in _titles(*one)})
        helps = f" What their reports suggest: {listed(offered)}." if offered else ""
        text = f"With {now.doing(behaviour)}, support can be offered in {where}.{helps}"
        sentences.append(resting_on(text, of_it, now.round.key))
        found += of_it
    silent = len(now.shown) - len({report.manager for of_it in gaps.values() for report, _ in of_it})
    rest = _further(gaps, "There is enough evidence of gaps in")
    rest += [f"In {teams(silent)} there is too little evidence of a gap to offer support."] if silent else []
    return BriefPart(Topic.SUPPORT, (*sentences, *plain(*rest)), cited(by_evidence(found), now.round.key))


def _most(groups: Mapping[str, list[_Item]]) -> list[tuple[str, list[_Item]]]:
    """The behaviours of the most teams, by name where they are in as many."""
    return sorted(groups.items(), key=lambda group: (-len(group[1]), group[0]))[:MOST_TOPICS]


def _further(groups: Mapping[str, object], words: str) -> list[str]:
    """That there are more behaviours than those told of, where there are."""
    more = len(groups) - MOST_TOPICS
    return [f"{words} {more} more {'behaviour' if more == 1 else 'behaviours'}, too."] if more > 0 else []


def _is_sure(one: tuple[Report, Finding]) -> bool:
    """Whether a finding is sure, and at least as many people as the floor, or none at all, spoke to it."""
    return one[1].confidence >= SURE_FROM and one[1].respondents is not None


def _titles(report: Report, finding: Finding) -> list[str]:
    return [f"\u201c{made.title}\u201d" for made in report.suggestions if finding.id in made.findings]


def _named(now: Scope, managers: Iterable[str]) -> str:
    return listed(sorted(now.team(manager) for manager in set(managers)))


def _figures(same: Sequence[Scope]) -> tuple[tuple[Measure, Figure], ...]:
    """Alignment, climate and participation in each round, over the teams that can be shown in both."""
    if not same[-1].shown:
        return ()
    return tuple(
        (measure, draw(f"{label}, {one.round.key}", one))
        for measure, label, draw in (
            (Measure.ALIGNMENT, "What teams back of what managers say", alignment_figure),
            (Measure.CLIMATE, "Trust climate", climate_figure),
            (Measure.PARTICIPATION, "Taking part", participation_figure),
        )
        for one in same
    )


def _capital(words: str) -> str:
    return f"{words[:1].upper()}{words[1:]}"
