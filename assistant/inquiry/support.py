"""Whether each sentence of an answer is borne out by what it cites. The last look before anything is shown."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from assistant.domain.inquiry import Sentence, Shows
from assistant.domain.report import Finding, Report
from assistant.inquiry.said import cited_id

NOT_BORNE_OUT = (
    "Part of this answer is not borne out by the findings it cites, so nothing of it is shown. "
    "Please ask in another way, and tell whoever runs this installation."
)

Known = Mapping[str, tuple[Report, Finding]]
"""The findings that an answer may rest on, by the id under which it cites them."""


def citable(reports: Iterable[Report], now: str) -> dict[str, tuple[Report, Finding]]:
    """The findings of these reports, none of a suppressed one, as an answer of the round ``now`` (key) cites them."""
    shown = ((report, finding) for report in reports if not report.suppressed for finding in report.findings)
    return {cited_id(report, finding, now): (report, finding) for report, finding in shown}


def borne_out(sentence: Sentence, known: Known) -> bool:
    """Whether everything cited is there and was allowed, bears on the sentence, and together shows what it says."""
    if any(id_ not in known for id_ in sentence.rests_on):
        return False
    cited = [known[id_] for id_ in sentence.rests_on]
    bearing = {id_ for shows in sentence.shows for id_ in _bearing(shows, sentence.rests_on, cited)}
    return bearing == set(sentence.rests_on) and all(_shown(shows, cited) for shows in sentence.shows)


def _bearing(shows: Shows, ids: Sequence[str], cited: Sequence[tuple[Report, Finding]]) -> Iterator[str]:
    """The ids of what bears on something that is said."""
    managers = frozenset(shows.managers)
    return (
        id_
        for id_, (report, finding) in zip(ids, cited, strict=True)
        if report.manager in managers and _says(shows, report, finding)
    )


def _shown(shows: Shows, cited: Sequence[tuple[Report, Finding]]) -> bool:
    """Whether there is something cited for every team that is told of."""
    return set(shows.managers) <= {report.manager for report, finding in cited if _says(shows, report, finding)}


def _says(shows: Shows, report: Report, finding: Finding) -> bool:
    return report.round_key == shows.round_key and finding.kind in shows.kinds and finding.behaviour in shows.behaviours
