"""Groups of teams side by side: those that a question names, or one with all others. Never an order of people."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from assistant.domain.inquiry import Comparison, Figure, Measure, Query
from assistant.domain.organisation import Organisation
from assistant.domain.report import Finding, Report
from assistant.domain.words import GAPS
from assistant.inquiry.figures import DRAWN, in_words
from assistant.inquiry.pooling import Estimate, differ
from assistant.inquiry.said import Found, Said, plain, resting_on
from assistant.inquiry.scope import RoundReports, Scope, led_by, scope
from assistant.inquiry.wording import listed

Group = tuple[str, Scope]
"""What a group is called, and the question over it alone."""

_Topic = tuple[bool, str]

OTHERS = "all others"


def groups_of(asked: Scope, held: RoundReports) -> tuple[Group, ...]:
    """The groups that a query compares, in the order of its managers; ``held`` has all that the others may be of."""
    query, organisation = asked.query, asked.organisation
    if query.comparison is Comparison.GROUPS:
        return tuple(
            (group_name(asked, manager), asked.within(_led(query, organisation, held, (manager,))))
            for manager in query.managers
        )
    named = _led(query, organisation, held, query.managers)
    everybody = Query(query.measure, (), query.fundamentals, query.kinds, query.behaviours, order=query.order)
    whole = scope(everybody, asked.question, held, organisation, asked.behaviours, asked.near)
    own = listed([group_name(asked, manager) for manager in query.managers])
    return (own, whole.within(named)), (OTHERS, whole.within(set(held.granted) - named))


def group_name(asked: Scope, manager: str) -> str:
    """A team, or all the teams of somebody, in words."""
    if not asked.query.with_below:
        return asked.team(manager)
    person = asked.organisation.people.get(manager)
    return f"the teams of {person.name if person else manager}"


def missing_group(groups: Sequence[Group]) -> str | None:
    """Why the groups cannot be held against each other; None where each has a team that can be shown."""
    silent = [name for name, asked in groups if not asked.shown]
    if not silent:
        return None
    return (
        f"This cannot be compared: nothing can be shown of {listed(silent)} in round {groups[0][1].round.key}, where "
        "there is no report, or too few people answered."
    )


def compare_groups(groups: Sequence[Group]) -> Said:
    """The groups side by side, by what the query measures."""
    if groups[0][1].query.measure is Measure.FINDINGS:
        return _topics(groups)
    draw, is_share = DRAWN[groups[0][1].query.measure]
    figures = tuple(draw(_heading(name), asked) for name, asked in groups)
    return Said((*plain(_side_by_side(figures, is_share)), *plain(*_difference(figures))), (), figures)


def _topics(groups: Sequence[Group]) -> Said:
    """What all groups have in common, and what shows in one of them only."""
    now = groups[0][1].round.key
    found = {name: _by_topic(asked.fitting()) for name, asked in groups}
    common = set.intersection(*(set(topics) for topics in found.values()))
    sentences = []
    if common:
        everywhere = [one for topics in found.values() for topic in _most(topics, common) for one in topics[topic]]
        names = [_topic(groups[0][1], topic) for topic in _most(found[groups[0][0]], common)]
        sentences.append(resting_on(f"In common are {listed(names)}.", everywhere, now))
    for name, asked in groups:
        elsewhere = {topic for other, topics in found.items() if other != name for topic in topics}
        only = _most(found[name], set(found[name]) - elsewhere)
        if only:
            words = listed([_topic(asked, topic) for topic in only])
            rests_on = [one for topic in only for one in found[name][topic]]
            sentences.append(resting_on(f"Only in {name}: {words}.", rests_on, now))
    if not sentences:
        sentences = [*plain("None of the findings that can be shown in these teams fits this question.")]
    all_found = [one for topics in found.values() for group in topics.values() for one in group]
    return Said(tuple(sentences), all_found, tuple(_showing(name, asked) for name, asked in groups))


def _by_topic(found: Found) -> dict[_Topic, list[tuple[Report, Finding]]]:
    topics: dict[_Topic, list[tuple[Report, Finding]]] = defaultdict(list)
    for report, finding in found:
        topics[finding.kind in GAPS, finding.behaviour].append((report, finding))
    return dict(topics)


def _most(topics: dict[_Topic, list[tuple[Report, Finding]]], among: set[_Topic]) -> list[_Topic]:
    """The topics of a group, gaps first, those of the most teams first."""
    return sorted(among, key=lambda topic: (not topic[0], -len(topics[topic]), topic[1]))


def _topic(asked: Scope, topic: _Topic) -> str:
    is_gap, behaviour = topic
    return f"{asked.doing(behaviour)}{' (a gap)' if is_gap else ''}"


def _showing(name: str, asked: Scope) -> Figure:
    """In how many teams of a group something shows."""
    managers = tuple(dict.fromkeys(report.manager for report, _ in asked.fitting()))
    people = sum(report.respondents or 0 for report in asked.shown)
    return Figure(_heading(name), asked.round.key, managers, len(managers), len(asked.shown), people)


def _side_by_side(figures: Sequence[Figure], is_share: bool | None) -> str:
    if is_share is None:
        told = [f"{figure.count} of {figure.total} in {_lower(figure.label)}" for figure in figures]
        return f"Of those who were asked, {listed(told)} gave feedback."
    what = "Of what managers say they do and teams spoke to, teams back"
    if not is_share:
        what = "On a scale from -1 to +1, the trust climate is"
    told = [f"{in_words(f, is_share)} in {_lower(f.label)}, with {f.respondents} people" for f in figures]
    return f"{what} {'; '.join(told)}."


def _difference(figures: Sequence[Figure]) -> list[str]:
    """Whether two groups differ beyond chance; with more than two, nothing is said."""
    known = [Estimate(f.value, *f.interval) for f in figures if f.value is not None and f.interval is not None]
    if len(figures) != 2 or len(known) != 2:
        return []
    if differ(known[0], known[1]):
        return ["The two differ by more than chance alone would bring."]
    return ["The difference is within what chance alone would bring, so it says nothing."]


def _led(query: Query, organisation: Organisation, held: RoundReports, heads: tuple[str, ...]) -> frozenset[str]:
    return led_by(query, organisation, held.granted, heads)


def _heading(name: str) -> str:
    return f"{name[:1].upper()}{name[1:]}"


def _lower(label: str) -> str:
    return f"{label[:1].lower()}{label[1:]}" if label.startswith(("The ", "All ")) else label
