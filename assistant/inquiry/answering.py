"""From a query to an answer, by rules over reports alone: nobody's words, nobody below the floor, nobody ranked."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace

from assistant.domain.indexing import Hit
from assistant.domain.inquiry import Answer, Comparison, Measure, Query, Sentence
from assistant.domain.knowledge import Behaviour
from assistant.domain.organisation import Organisation
from assistant.domain.report import Report
from assistant.domain.words import Fundamental
from assistant.inquiry.changes import comparable, compare_rounds, not_comparable
from assistant.inquiry.figures import alignment, climate, participation
from assistant.inquiry.groups import compare_groups, groups_of, missing_group
from assistant.inquiry.mentions import named, team_meant, unknown_rounds
from assistant.inquiry.said import Found, Said, plain
from assistant.inquiry.scope import RoundReports, Scope, by_evidence, cited, scope
from assistant.inquiry.support import NOT_BORNE_OUT, borne_out, citable
from assistant.inquiry.themes import findings, ranking, suggestions
from assistant.inquiry.wording import left_out, listed, teams, understood

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

NO_CAUSE = "This is what managers and teams say; it does not show cause."


def answer(
    query: Query,
    question: str,
    rounds: Sequence[RoundReports],
    organisation: Organisation,
    behaviours: Mapping[str, Behaviour],
    near: Sequence[Hit] = (),
    keys: Sequence[str] = (),
) -> Answer:
    """Answer a question over the reports of the managers that were granted.

    ``rounds`` are those that the query names, the oldest first; the last is the answer's. ``near`` are findings near
    the question in meaning; they count only where the query names no topic. ``keys`` are all rounds there are to ask
    about. Where nothing may be shown, ``refused`` and ``text`` both say why.
    """
    scopes = tuple(scope(query, question, held, organisation, behaviours, near) for held in rounds)
    asked, held = scopes[-1], rounds[-1]
    if refusal := _no_such_round(question, keys) or _refusal(asked, held.granted):
        return _refused(asked, refusal)
    said = _said(scopes, held)
    if isinstance(said, str):
        return _refused(asked, said)
    caveats = plain(*_caveats(asked)) if query.measure is not Measure.UNCLEAR else ()
    sentences = (*said.sentences[: MOST_SENTENCES - len(caveats)], *caveats)
    known = citable(_allowed(rounds, sentences), asked.round.key)
    if not all(borne_out(sentence, known) for sentence in sentences):
        return _refused(asked, NOT_BORNE_OUT)
    text = " ".join(sentence.text for sentence in sentences)
    return Answer(
        question, asked.round.key, understood(asked), text, cited(said.found, asked.round.key), None, query, sentences,
        said.figures,
    )  # fmt: skip


def _said(scopes: Sequence[Scope], held: RoundReports) -> Said | str:
    """What there is to say, or why nothing can be said."""
    asked = scopes[-1]
    if asked.query.comparison is Comparison.ROUNDS:
        same = comparable(scopes)
        return not_comparable(scopes, same) or compare_rounds(same)
    if asked.query.comparison in {Comparison.GROUPS, Comparison.REST}:
        groups = groups_of(asked, held)
        return missing_group(groups) or compare_groups(groups)
    return _ANSWERS[asked.query.measure](asked)


def _allowed(rounds: Sequence[RoundReports], sentences: Sequence[Sentence]) -> Iterator[Report]:
    """The reports that may be cited: those of granted managers, in the rounds of which something is said."""
    told_of = {shows.round_key for sentence in sentences for shows in sentence.shows}
    for held in (one for one in rounds if one.round.key in told_of):
        granted = frozenset(held.granted)
        yield from (report for report in held.reports if report.manager in granted)


def _caveats(asked: Scope) -> list[str]:
    return [*([NO_CAUSE] if asked.query.why else []), *left_out(asked)]


def _refused(asked: Scope, why: str) -> Answer:
    return Answer(asked.question, asked.round.key, understood(asked), why, (), why, asked.query)


def _no_such_round(question: str, keys: Sequence[str]) -> str | None:
    if not keys or not (unknown := unknown_rounds(question, keys)):
        return None
    return f"There is no closed round {listed(unknown)} to ask about. There are: {listed(keys)}."


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
    names_other_team = any(team_meant(asked.question, team) for team in _teams_outside(asked.organisation, granted))
    if (others and not in_view) or names_other_team or (asked.query.managers and not asked.asked_for):
        return "This manager is not among those whose findings you can ask about."
    return None


def _teams_outside(organisation: Organisation, granted: Sequence[str]) -> set[str]:
    """The names of teams to which nobody belongs who is a granted manager or reports to one."""
    own = {person.team for manager in granted for person in organisation.direct_reports(manager)}
    own |= {organisation.people[manager].team for manager in granted if manager in organisation.people}
    return {person.team for person in organisation.people.values() if person.team} - own


def _climate(asked: Scope) -> Said:
    """The climate, with the findings on which a reading of it can be checked."""
    about_trust = [(r, f) for r, f in asked.all_findings() if f.behaviour in asked.query.behaviours]
    return replace(climate(asked), found=by_evidence(about_trust) or trust_findings(asked))


def trust_findings(asked: Scope) -> Found:
    """The findings on building trust."""
    return by_evidence([(r, f) for r, f in asked.all_findings() if f.fundamental is Fundamental.BUILDING_TRUST])


def _alignment(asked: Scope) -> Said:
    return replace(alignment(asked), found=asked.fitting())


def _unclear(asked: Scope) -> Said:
    query = asked.query
    if query.managers:
        who = " or ".join(asked.team(manager) for manager in query.managers)
        return Said(plain("I am not sure whom you mean.", f"Is it {who}? Please ask again with the full name."))
    examples = " ".join(f"\u201c{example}\u201d" for example in EXAMPLES)
    return Said(
        plain("I am not sure what you would like to know about your teams.", f"You could ask, for example: {examples}")
    )


_ANSWERS: dict[Measure, Callable[[Scope], Said]] = {
    Measure.FINDINGS: findings,
    Measure.CLIMATE: _climate,
    Measure.ALIGNMENT: _alignment,
    Measure.PARTICIPATION: participation,
    Measure.SUGGESTIONS: suggestions,
    Measure.RANKING: ranking,
    Measure.UNCLEAR: _unclear,
}
