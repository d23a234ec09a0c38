"""A report as Markdown, for reading, printing or pasting."""

from __future__ import annotations

import re
from collections.abc import Mapping

from assistant.coaching.talk import guide as guide_to_talk
from assistant.domain.knowledge import Knowledge
from assistant.domain.report import WORDS_DELETED, Claim, Report, Suggestion
from assistant.domain.talk import Guide
from assistant.domain.trend import Since
from assistant.loop.formats import open_conversation as guide
from assistant.loop.formats import report_words as words
from assistant.loop.formats import since_words, talk_words


def as_markdown(report: Report, names: Mapping[str, str], knowledge: Knowledge, since: Since | None = None) -> str:
    """The report as Markdown. ``names`` gives display names by e-mail; every text in it is escaped.

    ``since`` is what has changed since the report before, where there is one.
    """
    name = _plain(names.get(report.manager, report.manager))
    lines = [f"# Value Loop report for {name}", "", f"Round {_plain(report.round_key)}. {words.answered(report)}", ""]
    if report.suppressed:
        lines += [_plain(report.reason or ""), "", *_instead()]
    else:
        lines += [_plain(report.summary), ""]
        lines += [*_fundamentals(report), *_since(report, knowledge, since)]
        lines += [*_findings(report), *_climate(report), *_suggestions(report, knowledge)]
        lines += _talk(guide_to_talk(report, knowledge.behaviours))
    lines += [*_named(report, names), *_claims(report, names)]
    return "\n".join(lines).rstrip() + "\n"


def _instead() -> list[str]:
    steps = [f"{number}. **{step}** {how}" for number, (step, how) in enumerate(guide.GUIDE, 1)]
    return [f"## {guide.TITLE}", "", guide.TOGETHER, "", f"### {guide.GUIDE_TITLE}", "", *steps, ""]


def _fundamentals(report: Report) -> list[str]:
    if not report.fundamentals:
        return []
    rows = [f"| {row.name.title} | {words.your_view(row)} | {words.team_view(row)} |" for row in report.fundamentals]
    return ["## Your view and your team's view", "", "| | You | Your team |", "| --- | --- | --- |", *rows, ""]


def _since(report: Report, knowledge: Knowledge, since: Since | None) -> list[str]:
    if not since_words.has_any(report, since):
        return []
    known = knowledge.behaviours
    said = [f"- **{_plain(since_words.about(one, known))}:** {since_words.echo(one, since)}" for one in report.echoes]
    lines = [f"## {since_words.TITLE}", ""]
    lines += [f"### {since_words.TAKEN_ON}", "", *said, ""] if said else []
    if since is None:
        return lines
    if not since.same_engine:
        return [*lines, since_words.NOT_COMPARED, ""]
    trends = [f"- {since_words.fundamental(one)}" for one in since.fundamentals]
    topics = [f"- {_plain(since_words.topic(one, known))}" for one in since_words.moved(since)]
    return [*lines, f"### Beside round {_plain(since.round_key)}", "", *trends, *topics, "", since_words.FEW_VOICES, ""]


def _findings(report: Report) -> list[str]:
    lines: list[str] = []
    for heading, findings in words.by_kind(report.findings):
        lines += [f"## {heading}", ""]
        lines += [f"- {_plain(finding.text)} ({words.evidence(finding)})" for finding in findings]
        lines.append("")
    return lines


def _climate(report: Report) -> list[str]:
    climate = report.climate
    lines = [
        "## How safe it feels to speak up",
        "",
        f"{words.CLIMATE[climate.level]}. {words.CLIMATE_MEANS[climate.level]}",
    ]
    told = [words.signal(count) for count in climate.signals if count.respondents != 0]
    return [*lines, "", *(f"- {line}" for line in told), *([""] if told else [])]


def _suggestions(report: Report, knowledge: Knowledge) -> list[str]:
    if not report.suggestions:
        return []
    lines = ["## What you could try", ""]
    for made in report.suggestions:
        lines += _suggestion(made, knowledge)
    return lines


def _suggestion(made: Suggestion, knowledge: Knowledge) -> list[str]:
    card = knowledge.practices.get(made.practice)
    source = [f"Source: {_plain(card.source)}", ""] if card else []
    return [
        f"### {_plain(made.title)}",
        "",
        _plain(made.why),
        "",
        f"- **First small step:** {_plain(made.next_step)}",
        f"- **Words to say:** {_plain(made.words)}",
        f"- **What your team would notice:** {_plain(made.team_would_notice)}",
        "",
        *source,
    ]


def talk_as_markdown(guide: Guide) -> str:
    """The guide to the talk with the team by itself."""
    return "\n".join(_talk(guide)).removeprefix("#").rstrip() + "\n"


def _talk(guide: Guide | None) -> list[str]:
    if guide is None:
        return []
    lines = [f"## {talk_words.TITLE}", "", talk_words.WHY, ""]
    for heading, sentences in talk_words.parts(guide):
        lines += [f"### {heading}", "", *(f"- {_plain(sentence)}" for sentence in sentences), ""]
    asked = [f"- \u201c{question.asked}\u201d {question.answer}" for question in guide.questions]
    return [*lines, f"### {talk_words.REHEARSE}", "", *asked, ""]


def _named(report: Report, names: Mapping[str, str]) -> list[str]:
    if not report.named:
        return []
    lines = [f"## {words.NAMED}", "", words.NAMED_MEANS, ""]
    for author, said in words.by_author(report):
        lines += [
            f"### {_plain(names.get(author, author))}",
            "",
            *(f"- \u201c{_plain(one.text)}\u201d" for one in said),
            "",
        ]
    return lines


def _claims(report: Report, names: Mapping[str, str]) -> list[str]:
    if not report.claims:
        return []
    return ["## What you said", "", *(_claim(claim, names) for claim in report.claims), ""]


def _claim(claim: Claim, names: Mapping[str, str]) -> str:
    about = f"about {_plain(names.get(claim.about, claim.about))}; " if claim.about else ""
    quote = f"\u201c{_plain(claim.text)}\u201d" if claim.text else WORDS_DELETED
    return f"- {quote} ({about}{words.claim_note(claim)})"


def _plain(text: str) -> str:
    """Text on one line in which nothing acts as Markdown or HTML."""
    line = " ".join(text.split()).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    line = re.sub(r"([\\`*_{}\[\]|~#!])", r"\\\1", line)
    return re.sub(r"^(\d+)([.)])|^([-+=])", lambda m: f"{m[1]}\\{m[2]}" if m[1] else f"\\{m[3]}", line)
