"""Answers that are made of findings: what stands out, what would help, and where support is needed."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence

from assistant.domain.inquiry import Figure, Order, Sentence
from assistant.domain.report import Finding, Report
from assistant.domain.words import GAPS
from assistant.inquiry.said import Found, Said, plain, resting_on
from assistant.inquiry.scope import Scope
from assistant.inquiry.wording import behind, listed, one, teams

DRAWN = 6


def findings(asked: Scope) -> Said:
    """Where it shows, and what comes up most."""
    found = asked.fitting()
    if not found:
        return Said(nothing(asked))
    where = _managers(found)
    first = f"This shows in {len(where)} of {teams(len(asked.shown))}: {listed([asked.team(m) for m in where])}."
    if len(asked.shown) == 1:
        first = f"{asked.team(where[0])} has {len(found)} {'finding' if len(found) == 1 else 'findings'} on this."
    groups = _groups(found, asked.query.order)
    sentences = (resting_on(first, found, asked.round.key), *_themes(asked, groups))
    figures = (_figure("In all", asked, found), *(_figure(_label(asked, g), asked, g) for g in groups[:DRAWN]))
    return Said(sentences, found, figures)


def suggestions(asked: Scope) -> Said:
    """The practices that the most teams were given for the gaps that fit."""
    gaps = _gaps(asked)
    titles: dict[str, set[str]] = defaultdict(set)
    for report, finding in gaps:
        for made in report.suggestions:
            if finding.id in made.findings:
                titles[made.title].add(report.manager)
    most = sorted(titles.items(), key=lambda item: (-len(item[1]), item[0]))[:3]
    if not most:
        return Said(nothing(asked))
    helpful = [f"\u201c{title}\u201d ({teams(len(managers))})" for title, managers in most]
    at = {manager for _, managers in most for manager in managers}
    answered = [(r, f) for r, f in gaps if r.manager in at and _is_answered(r, f, {title for title, _ in most})]
    return Said(
        (
            resting_on(f"These practices would help most: {listed(helpful)}.", answered, asked.round.key),
            resting_on(f"The gaps that come up most are {_common(asked, gaps)}.", gaps, asked.round.key),
            *plain("Each manager finds a first small step and words to say in their own report."),
        ),
        gaps,
        tuple(_people(asked, title, sorted(managers)) for title, managers in most),
    )


def ranking(asked: Scope) -> Said:
    """Why people are not ranked, and where support would help in place of that."""
    no = "People are not ranked here: findings show what managers and teams see in one round, not who is better."
    gaps = _gaps(asked)
    if not gaps:
        return Said(plain(no, "No gap is shown at present that would tell where support is needed most."))
    return Said(
        (
            *plain(no),
            resting_on(f"Support would help most with {_common(asked, gaps)}.", gaps, asked.round.key),
            *plain("The findings below say what that rests on; you can ask what would help there."),
        ),
        gaps,
    )


def nothing(asked: Scope) -> tuple[Sentence, ...]:
    """What is said where no finding fits."""
    return plain(
        f"None of the findings in the {teams(len(asked.shown))} that can be shown fits this question.",
        "That does not mean that all is well or that nothing happens there; it was not said often enough to show.",
    )


def _themes(asked: Scope, groups: Sequence[Found]) -> list[Sentence]:
    """What comes up most, and what comes next, with the people behind it and how sure that is."""
    sentences = []
    lead = "What is surest" if asked.query.order is Order.SURENESS else "What comes up most"
    for words, group in zip((f"{lead} is", "Next comes"), groups, strict=False):
        kinds = Counter(finding.kind for _, finding in group).most_common(1)[0][0]
        of_it = [(report, finding) for report, finding in group if finding.kind is kinds]
        text = f"{words} {asked.doing(group[0][1].behaviour)}: {one(kinds)} in {teams(len(of_it))} ({behind(of_it)})."
        sentences.append(resting_on(text, of_it, asked.round.key))
    return sentences


def _groups(found: Found, order: Order) -> list[list[tuple[Report, Finding]]]:
    """Findings by what they are about, gaps apart from the rest, those of the most teams or the surest first."""
    groups: dict[tuple[bool, str], list[tuple[Report, Finding]]] = defaultdict(list)
    for report, finding in found:
        groups[finding.kind in GAPS, finding.behaviour].append((report, finding))
    if order is Order.SURENESS:
        return sorted(groups.values(), key=lambda group: -max(finding.confidence for _, finding in group))
    return sorted(groups.values(), key=lambda group: -len(_managers(group)))


def _gaps(asked: Scope) -> Found:
    """The gaps that fit, those of the commonest behaviours first, then by evidence."""
    gaps = [(report, finding) for report, finding in asked.fitting() if finding.kind in GAPS]
    common = Counter(finding.behaviour for _, finding in gaps)
    return sorted(gaps, key=lambda found: -common[found[1].behaviour])


def _common(asked: Scope, gaps: Found) -> str:
    common: dict[str, set[str]] = defaultdict(set)
    for report, finding in gaps:
        common[finding.behaviour].add(report.manager)
    most = sorted(common.items(), key=lambda item: -len(item[1]))[:3]
    return listed([f"{asked.doing(behaviour)} ({teams(len(managers))})" for behaviour, managers in most])


def _is_answered(report: Report, finding: Finding, titles: set[str]) -> bool:
    return any(made.title in titles and finding.id in made.findings for made in report.suggestions)


def _label(asked: Scope, group: Found) -> str:
    finding = group[0][1]
    words = asked.doing(finding.behaviour)
    return f"{words[:1].upper()}{words[1:]}{' (a gap)' if finding.kind in GAPS else ''}"


def _figure(label: str, asked: Scope, found: Found) -> Figure:
    return _people(asked, label, _managers(found))


def _people(asked: Scope, label: str, managers: Sequence[str]) -> Figure:
    """In how many of the teams that can be shown something is, and how many people answered in those."""
    people = sum(report.respondents or 0 for report in asked.within(frozenset(managers)).shown)
    return Figure(label, asked.round.key, tuple(managers), len(managers), len(asked.shown), people)


def _managers(found: Found) -> list[str]:
    return list(dict.fromkeys(report.manager for report, _ in found))
