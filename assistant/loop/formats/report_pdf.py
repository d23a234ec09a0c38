"""A report as a PDF, to print or to keep: the picture first, then what was found, then what to do."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from assistant.coaching.talk import guide as guide_to_talk
from assistant.domain.errors import BadInput, Broken
from assistant.domain.knowledge import Knowledge
from assistant.domain.report import WORDS_DELETED, Claim, Report
from assistant.domain.trend import Since
from assistant.loop.formats import open_conversation, report_words, since_words, talk_words
from assistant.loop.formats.report_html import Bars, bars

if TYPE_CHECKING:
    from fpdf import FPDF

_COLOURS = {
    "yours": (60, 70, 85),
    "confirmed": (26, 89, 78),
    "mixed": (150, 120, 40),
    "contested": (170, 75, 50),
    "unseen": (190, 190, 185),
}
_INK, _QUIET = (35, 31, 32), (105, 98, 92)
_LINE, _BAR = 5.5, 4.0
_BUILT_IN, _ENCODING = "Helvetica", "cp1252"
_GIVEN = "given"


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
    paper = _Paper(font)
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


def _instead(paper: _Paper, report: Report) -> None:
    paper.text(report.reason or "")
    paper.heading(open_conversation.TITLE)
    paper.text(open_conversation.TOGETHER)
    paper.points(f"{step} {how}" for step, how in open_conversation.GUIDE)


def _picture(paper: _Paper, rows: Iterable[Bars]) -> None:
    paper.heading("Your view and your team's view")
    paper.quiet("The upper bar shows what you named, the lower one what your team says of it.")
    for row in rows:
        paper.bars(row)


def _since(paper: _Paper, report: Report, knowledge: Knowledge, since: Since | None) -> None:
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


def _findings(paper: _Paper, report: Report) -> None:
    for heading, findings in report_words.by_kind(report.findings):
        paper.heading(heading)
        paper.points(f"{finding.text} ({report_words.evidence(finding)})" for finding in findings)
    climate = report.climate
    paper.heading("How safe it feels to speak up")
    paper.text(f"{report_words.CLIMATE[climate.level]}. {report_words.CLIMATE_MEANS[climate.level]}")
    paper.points(report_words.signal(count) for count in climate.signals if count.respondents != 0)


def _suggestions(paper: _Paper, report: Report, knowledge: Knowledge) -> None:
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


def _talk(paper: _Paper, report: Report, knowledge: Knowledge) -> None:
    talk = guide_to_talk(report, knowledge.behaviours)
    if talk is None:
        return
    paper.heading(talk_words.TITLE)
    for heading, sentences in talk_words.parts(talk):
        paper.small_heading(heading)
        paper.points(sentences)


def _words(paper: _Paper, report: Report, names: Mapping[str, str]) -> None:
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


class _Paper:
    """Pages that fill from the top, in one font and a few sizes."""

    def __init__(self, font: Path | None) -> None:
        self._pdf, self._family = _with_font(font)
        self._pdf.set_auto_page_break(auto=True, margin=18)
        self._pdf.set_margins(20, 18)
        self._pdf.add_page()

    def title(self, text: str) -> None:
        self._pdf.set_title(text)
        self._write(text, 20, bold=True, line=9)

    def heading(self, text: str) -> None:
        self._pdf.ln(4)
        self._write(text, 14, bold=True, line=7)

    def small_heading(self, text: str) -> None:
        self._pdf.ln(1)
        self._write(text, 11, bold=True)

    def text(self, text: str) -> None:
        self._write(text, 11)

    def quiet(self, text: str) -> None:
        self._write(text, 9.5, colour=_QUIET, line=5)

    def points(self, texts: Iterable[str]) -> None:
        for text in texts:
            self._write(f"\u2022 {text}", 11)

    def bars(self, row: Bars) -> None:
        """One fundamental: a bar for each side, and the same in words."""
        self.small_heading(row.title)
        pdf = self._pdf
        if pdf.will_page_break(2 * _BAR + 2 * _LINE):
            pdf.add_page()
        for place, parts in ((0.0, (row.yours,)), (_BAR + 0.8, row.teams)):
            for part in parts:
                pdf.set_fill_color(*_COLOURS[part.meaning])
                left = pdf.l_margin + part.start / 100 * pdf.epw
                pdf.rect(left, pdf.get_y() + place, part.width / 100 * pdf.epw, _BAR, style="F")
        pdf.ln(2 * _BAR + 2)
        self.quiet(f"{row.your_view} {row.team_view}")

    def done(self) -> bytes:
        return bytes(self._pdf.output())

    def _write(
        self,
        text: str,
        size: float,
        bold: bool = False,
        line: float = _LINE,
        colour: tuple[int, int, int] = _INK,
    ) -> None:
        words = " ".join(text.split())
        if not self._can_write(words):
            raise BadInput(
                "This report holds letters that the font of PDFs does not have. Set VALUE_LOOP_PDF_FONT to a TrueType "
                "font that has them, or take --format html."
            )
        self._pdf.set_font(self._family, style="B" if bold and self._family == _BUILT_IN else "", size=size)
        self._pdf.set_text_color(*colour)
        self._pdf.multi_cell(0, line, words, new_x="LMARGIN", new_y="NEXT", align="L")

    def _can_write(self, text: str) -> bool:
        """Whether the font has all letters of a text; a PDF would show a gap in place of others."""
        from fpdf.fonts import TTFFont

        font = self._pdf.fonts.get(self._family)
        if isinstance(font, TTFFont):
            return {ord(letter) for letter in text} <= font.cmap.keys()
        return text.encode(_ENCODING, "ignore").decode(_ENCODING) == text


def _with_font(font: Path | None) -> tuple[FPDF, str]:
    """An empty PDF, and the family that it is written in."""
    from fontTools.ttLib import TTLibError
    from fpdf import FPDF
    from fpdf.errors import FPDFException

    pdf = FPDF(format="A4")
    pdf.core_fonts_encoding = _ENCODING
    if font is None:
        return pdf, _BUILT_IN
    try:
        pdf.add_font(_GIVEN, fname=font)
    except (OSError, TTLibError, FPDFException):
        raise Broken(f"The font {font} (VALUE_LOOP_PDF_FONT) cannot be used. Name a TrueType file (.ttf).") from None
    return pdf, _GIVEN
