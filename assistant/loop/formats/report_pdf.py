"""A report as a PDF, to print or to keep: the picture first, then what was found, then what to do."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path

from assistant.coaching.talk import guide as guide_to_talk
from assistant.domain.knowledge import Knowledge
from assistant.domain.report import WORDS_DELETED, Claim, Report
from assistant.domain.trend import Since
from assistant.loop.formats import open_conversation, report_words, since_words, talk_words
from assistant.loop.formats.paper import Paper, Stripe
from assistant.loop.formats.report_html import Bar, Bars, bars

_COLOURS = {
    "yours": (60, 70, 85),
    "confirmed": (26, 89, 78),
    "mixed": (150, 120, 40),
    "contested": (170, 75, 50),
    "unseen": (190, 190, 185),
}


def as_pdf(
    report: Report,
    names: Mapping[str, str],
    knowledge: Knowledge,
    since: Since | None = None,
    font: Path | None = None,
) -> bytes:
    """The report as a whole PDF. ``names`` gives display names by e-mail, ``font`` is a TrueType file.

    Without a font, letters are those of Western Europe. Raises BadInput where the report holds letters that the font
    does not have, so that nothing is printed with gaps; Broken where the font cannot be used.
    """
    paper = Paper(font)
    name = names.get(report.manager, report.manager)
    paper.title(f"Value Loop report for {name}")
    paper.quiet(f"Round {report.round_key}. {report_words.answered(report)}")
    if report.suppressed:
        _instead(paper, report)
    else:
        paper.text(report.summary)
        _picture(paper, bars(report.fundamentals))
        _since(paper, report, knowledge, since)
        _findings(paper, report)
        _suggestions(paper, report, knowledge)
        _talk(paper, report, knowledge)
    _words(paper, report, names)
    return paper.done()


def _instead(paper: Paper, report: Report) -> None:
    paper.text(report.reason or "")
    paper.heading(open_conversation.TITLE)
    paper.text(open_conversation.TOGETHER)
    paper.points(f"{step} {how}" for step, how in open_conversation.GUIDE)


def _picture(paper: Paper, rows: Iterable[Bars]) -> None:
    paper.heading("Your view and your team's view")
    paper.quiet("The upper bar shows what you named, the lower one what your team says of it.")
    for row in rows:
        sides = [[_stripe(row.yours)], [_stripe(part) for part in row.teams]]
        paper.bars(row.title, sides, f"{row.your_view} {row.team_view}")


def _stripe(bar: Bar) -> Stripe:
    return Stripe(bar.start, bar.width, _COLOURS[bar.meaning])


def _since(paper: Paper, report: Report, knowledge: Knowledge, since: Since | None) -> None:
    if not since_words.has_any(report, since):
        return
    known = knowledge.behaviours
    paper.heading(since_words.TITLE)
    paper.points(f"{since_words.about(one, known)}: {since_words.echo(one, since)}" for one in report.echoes)
    if since is not None and since.same_engine:
        paper.points(since_words.fundamental(one) for one in since.fundamentals)
        paper.points(since_words.topic(one, known) for one in since_words.moved(since))
    elif since is not None:
        paper.text(since_words.NOT_COMPARED)


def _findings(paper: Paper, report: Report) -> None:
    for heading, findings in report_words.by_kind(report.findings):
        paper.heading(heading)
        paper.points(f"{finding.text} ({report_words.evidence(finding)})" for finding in findings)
    climate = report.climate
    paper.heading("How safe it feels to speak up")
    paper.text(f"{report_words.CLIMATE[climate.level]}. {report_words.CLIMATE_MEANS[climate.level]}")
    paper.points(report_words.signal(count) for count in climate.signals if count.respondents != 0)


def _suggestions(paper: Paper, report: Report, knowledge: Knowledge) -> None:
    if report.suggestions:
        paper.heading("What you could try")
    for made in report.suggestions:
        paper.small_heading(made.title)
        paper.text(made.why)
        paper.points(
            (
                f"First small step: {made.next_step}",
                f"Words to say: {made.words}",
                f"What your team would notice: {made.team_would_notice}",
            )
        )
        if made.practice in knowledge.practices:
            paper.quiet(f"Source: {knowledge.practices[made.practice].source}")


def _talk(paper: Paper, report: Report, knowledge: Knowledge) -> None:
    talk = guide_to_talk(report, knowledge.behaviours)
    if talk is None:
        return
    paper.heading(talk_words.TITLE)
    for heading, sentences in talk_words.parts(talk):
        paper.small_heading(heading)
        paper.points(sentences)


def _words(paper: Paper, report: Report, names: Mapping[str, str]) -> None:
    """What people said under their names, and what the manager said."""
    if report.named:
        paper.heading(report_words.NAMED)
    for author, said in report_words.by_author(report):
        paper.small_heading(names.get(author, author))
        paper.points(f"\u201c{one.text}\u201d" for one in said)
    if report.claims:
        paper.heading("What you said")
        paper.points(_claim(claim, names) for claim in report.claims)


def _claim(claim: Claim, names: Mapping[str, str]) -> str:
    about = f"about {names.get(claim.about, claim.about)}; " if claim.about else ""
    quote = f"\u201c{claim.text}\u201d" if claim.text else WORDS_DELETED
    return f"{quote} ({about}{report_words.claim_note(claim)})"
