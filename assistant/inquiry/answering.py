"""From a query to an answer, by rules over reports alone: nobody's words, nobody below the floor, nobody ranked."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence

from assistant.domain.indexing import Hit
from assistant.domain.inquiry import Answer, Measure, Query
from assistant.domain.knowledge import Behaviour
from assistant.domain.organisation import Organisation
from assistant.domain.report import Finding, Report
from assistant.domain.rounds import Round
from assistant.domain.words import GAPS
from assistant.inquiry.figures import alignment, climate, participation
from assistant.inquiry.mentions import named
from assistant.inquiry.scope import Scope, by_evidence, cited, scope
from assistant.inquiry.wording import left_out, listed, one, teams, understood

MOST_SENTENCES = 4

EXAMPLES = (
    "Where do managers believe they explain changes while their teams miss it?",
    "In which teams do people feel safe to talk about mistakes?",
    "What would help where teams wait for decisions?",
)
WHO_SAID_WHAT = (
    "Who said what is never shown, to nobody and in no form: people answered on the promise that their words stay "
    "theirs. You can ask what teams as a whole value or miss."
)
NO_SINGLE_PERSON = (
    "Answers are about managers and their teams as a whole, never about what one member of a team said or feels. "
    "You can ask about the team instead."
)

Found = Sequence[tuple[Report, Finding]]


def answer(
    query: Query,
    question: str,
    round_: Round,
    granted: Sequence[str],
    reports: Sequence[Report],
    organisation: Organisation,
    behaviours: Mapping[str, Behaviour],
    near: Sequence[Hit] = (),
) -> Answer:
    """Answer a question over the reports of the managers that were ``granted`` (e-mails).

    ``near`` are findings near the question in meaning; they count only where the query names no topic. Where nothing
    may be shown, ``refused`` and ``text`` both say why.
    """
    asked = scope(query, question, round_, granted, reports, organisation, behaviours, near)
    if refusal := _refusal(asked, granted):
        return Answer(question, round_.key, understood(asked), refusal, (), refusal)
    sentences, found = _ANSWERS[query.measure](asked)
    if query.measure is Measure.UNCLEAR:
        return Answer(question, round_.key, understood(asked), " ".join(sentences), ())
    caveats = [*_no_cause(question), *left_out(asked)]
    text = " ".join([*sentences[: MOST_SENTENCES - len(caveats)], *caveats])
    return Answer(question, round_.key, understood(asked), text, cited(found))


def _refusal(asked: Scope, granted: Sequence[str]) -> str | None:
    if asked.query.measure is Measure.WHO_SAID_WHAT:
        return WHO_SAID_WHAT
    if outside := _people_outside(asked, granted):
        return outside
    if asked.query.measure is Measure.UNCLEAR or asked.shown:
        return None
    if not asked.asked_for:
        return "There is no manager in your downline whom this question could be about."
    if asked.below:
        return (
            f"Nothing can be shown for this: {teams(asked.below)} {'is' if asked.below == 1 else 'are'} below the "
            f"anonymity floor of {asked.round.floor} answers, and no other team has a report here."
        )
    return f"There is no report for this in round {asked.round.key} yet."


def _people_outside(asked: Scope, granted: Sequence[str]) -> str | None:
    """Why a question about a member of a team, or about a manager who was not granted, is not answered."""
    people = asked.organisation.people
    in_view = {p.email for p in named(asked.question, (people[m] for m in granted if m in people))}
    first_names = {people[email].first_name for email in in_view}
    others = [p for p in named(asked.question, people.values()) if p.email not in in_view]
    others = [p for p in others if p.first_name not in first_names or p.name in asked.question]
    if any(not asked.organisation.is_manager(person.email) for person in others):
        return NO_SINGLE_PERSON
    if (others and not in_view) or (asked.query.managers and not asked.asked_for):
        return "This manager is not among those whose findings you can ask about."
    return None


def _findings(asked: Scope) -> tuple[list[str], Found]:
    found = asked.fitting()
    if not found:
        return _nothing(asked), ()
    where = list(dict.fromkeys(report.manager for report, _ in found))
    first = f"This shows in {len(where)} of {teams(len(asked.shown))}: {listed([asked.team(m) for m in where])}."
    if len(asked.shown) == 1:
        first = f"{asked.team(where[0])} has {len(found)} {'finding' if len(found) == 1 else 'findings'} on this."
    return [first, *_themes(asked, found)], found


def _themes(asked: Scope, found: Found) -> list[str]:
    """What comes up most, and what comes next, by the number of teams and then by evidence."""
    where: dict[tuple[bool, str], list[tuple[Report, Finding]]] = defaultdict(list)
    for report, finding in found:
        where[finding.kind in GAPS, finding.behaviour].append((report, finding))
    order = sorted(where.values(), key=lambda group: -len({report.manager for report, _ in group}))
    sentences = []
    for lead, group in zip(("What comes up most", "Next comes"), order, strict=False):
        finding = group[0][1]
        kinds = Counter(f.kind for _, f in group).most_common(1)[0][0]
        count = len({report.manager for report, _ in group})
        verb = " is" if lead.startswith("What") else ""
        sentences.append(f"{lead}{verb} {asked.doing(finding.behaviour)}: {one(kinds)} in {teams(count)}.")
    return sentences


def _nothing(asked: Scope) -> list[str]:
    return [
        f"None of the findings in the {teams(len(asked.shown))} that can be shown fits this question.",
        "That does not mean that all is well or that nothing happens there; it was not said often enough to show.",
    ]


def _climate(asked: Scope) -> tuple[list[str], Found]:
    about_trust = [(r, f) for r, f in asked.all_findings() if f.behaviour in asked.query.behaviours]
    return climate(asked), by_evidence(about_trust) or trust_findings(asked)


def trust_findings(asked: Scope) -> Found:
    """The findings on building trust, on which a reading of the climate can be checked."""
    return by_evidence([(r, f) for r, f in asked.all_findings() if f.fundamental.value == "building_trust"])


def _alignment(asked: Scope) -> tuple[list[str], Found]:
    return alignment(asked), asked.fitting()


def _participation(asked: Scope) -> tuple[list[str], Found]:
    return participation(asked), ()


def _gaps(asked: Scope) -> Found:
    """The gaps that fit, those of the commonest behaviours first, then by evidence."""
    gaps = [(report, finding) for report, finding in asked.fitting() if finding.kind in GAPS]
    common = Counter(finding.behaviour for _, finding in gaps)
    return sorted(gaps, key=lambda found: -common[found[1].behaviour])


def _suggestions(asked: Scope) -> tuple[list[str], Found]:
    gaps = _gaps(asked)
    wanted = {(report.manager, finding.id) for report, finding in gaps}
    titles: Counter[str] = Counter()
    for report in asked.shown:
        for made in report.suggestions:
            titles[made.title] += any((report.manager, finding) in wanted for finding in made.findings)
    helpful = [f"\u201c{title}\u201d ({teams(count)})" for title, count in titles.most_common(3) if count]
    if not helpful:
        return _nothing(asked), ()
    return [
        f"These practices would help most: {listed(helpful)}.",
        f"They answer the gaps that come up most: {_common_gaps(asked, gaps)}.",
        "Each manager finds a first small step and words to say in their own report.",
    ], gaps


def _ranking(asked: Scope) -> tuple[list[str], Found]:
    gaps = _gaps(asked)
    no = "People are not ranked here: findings show what managers and teams see in one round, not who is better."
    if not gaps:
        return [no, "No gap is shown at present that would tell where support is needed most."], ()
    return [
        no,
        f"Support would help most with {_common_gaps(asked, gaps)}.",
        "The findings below say what that rests on; you can ask what would help there.",
    ], gaps


def _common_gaps(asked: Scope, gaps: Found) -> str:
    common: dict[str, set[str]] = defaultdict(set)
    for report, finding in gaps:
        common[finding.behaviour].add(report.manager)
    most = sorted(common.items(), key=lambda item: -len(item[1]))[:3]
    return listed([f"{asked.doing(behaviour)} ({teams(len(managers))})" for behaviour, managers in most])


def _unclear(_asked: Scope) -> tuple[list[str], Found]:
    examples = " ".join(f"\u201c{example}\u201d" for example in EXAMPLES)
    return [
        "I am not sure what you would like to know about your teams.",
        f"You could ask, for example: {examples}",
    ], ()


def _no_cause(question: str) -> list[str]:
    why = re.search(
        r"\bwhy\b|\bwhat (?:causes|caused|makes|led)\b|\breasons? (?:for|behind)\b", question, re.IGNORECASE
    )
    return ["This is what managers and teams say; it does not show cause."] if why else []


_ANSWERS = {
    Measure.FINDINGS: _findings,
    Measure.CLIMATE: _climate,
    Measure.ALIGNMENT: _alignment,
    Measure.PARTICIPATION: _participation,
    Measure.SUGGESTIONS: _suggestions,
    Measure.RANKING: _ranking,
    Measure.UNCLEAR: _unclear,
}
