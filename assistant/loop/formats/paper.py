"""Pages of a PDF that fill from the top, in one font and a few sizes."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from assistant.domain.errors import BadInput, Broken

if TYPE_CHECKING:
    from fpdf import FPDF

Colour = tuple[int, int, int]

_INK, _QUIET, _RULE = (35, 31, 32), (105, 98, 92), (200, 195, 185)
_LINE, _BAR = 5.5, 4.0
_BUILT_IN, _ENCODING = "Helvetica", "cp1252"
_GIVEN = "given"


@dataclass(frozen=True, slots=True)
class Stripe:
    """A part of a bar: where it begins and how wide it is, in per cent of the page, and its colour."""

    start: float
    width: float
    colour: Colour


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of a table, over so many columns."""

    text: str
    fill: Colour | None = None
    columns: int = 1


class Paper:
    """An empty A4 page to begin with. Raises Broken where the font (a TrueType file) cannot be used.

    Without a font, letters are those of Western Europe. What is written raises BadInput where it holds letters that the
    font does not have, so that nothing is printed with gaps.
    """

    def __init__(self, font: Path | None, landscape: bool = False) -> None:
        self._pdf, self._family = _with_font(font, landscape)
        self._pdf.set_auto_page_break(auto=True, margin=18)
        self._pdf.set_margins(20, 18)
        self._pdf.add_page()

    def title(self, text: str) -> None:
        """The heading of the whole, which is also the file's title."""
        self._pdf.set_title(text)
        self._write(text, 20, bold=True, line=9)

    def heading(self, text: str) -> None:
        """The heading of a part."""
        self._pdf.ln(4)
        self._write(text, 14, bold=True, line=7)

    def small_heading(self, text: str) -> None:
        """A heading within a part."""
        self._pdf.ln(1)
        self._write(text, 11, bold=True)

    def text(self, text: str) -> None:
        """A paragraph."""
        self._write(text, 11)

    def quiet(self, text: str) -> None:
        """A paragraph in small grey letters."""
        self._write(text, 9.5, colour=_QUIET, line=5)

    def points(self, texts: Iterable[str]) -> None:
        """A list."""
        for text in texts:
            self._write(f"\u2022 {text}", 11)

    def bars(self, heading: str, bars: Sequence[Sequence[Stripe]], in_words: str) -> None:
        """Bars below each other under a heading, and the same in words."""
        self.small_heading(heading)
        pdf = self._pdf
        if pdf.will_page_break(2 * _BAR + 2 * _LINE):
            pdf.add_page()
        for number, stripes in enumerate(bars):
            for one in stripes:
                pdf.set_fill_color(*one.colour)
                left, top = pdf.l_margin + one.start / 100 * pdf.epw, pdf.get_y() + number * (_BAR + 0.8)
                pdf.rect(left, top, one.width / 100 * pdf.epw, _BAR, style="F")
        pdf.ln(2 * _BAR + 2)
        self.quiet(in_words)

    def table(self, headings: Sequence[str], rows: Iterable[Sequence[Cell]], widths: Sequence[int]) -> None:
        """A table whose headings stand on each page anew; ``widths`` are in parts of the whole."""
        from fpdf.fonts import FontFace

        pdf, bold = self._pdf, "BOLD" if self._family == _BUILT_IN else None
        pdf.set_font(self._family, size=8)
        pdf.set_text_color(*_INK)
        pdf.set_draw_color(*_RULE)
        with pdf.table(
            col_widths=tuple(widths),
            line_height=4,
            text_align="LEFT",
            headings_style=FontFace(emphasis=bold, color=_QUIET),
            padding=1,
        ) as table:
            table.row([self._written(text) for text in headings])
            for cells in rows:
                row = table.row()
                for cell in cells:
                    style = FontFace(fill_color=cell.fill) if cell.fill else None
                    row.cell(self._written(cell.text), style=style, colspan=cell.columns)
        pdf.ln(2)

    def done(self) -> bytes:
        """The whole PDF."""
        return bytes(self._pdf.output())

    def _write(
        self,
        text: str,
        size: float,
        bold: bool = False,
        line: float = _LINE,
        colour: Colour = _INK,
    ) -> None:
        words = self._written(text)
        self._pdf.set_font(self._family, style="B" if bold and self._family == _BUILT_IN else "", size=size)
        self._pdf.set_text_color(*colour)
        self._pdf.multi_cell(0, line, words, new_x="LMARGIN", new_y="NEXT", align="L")

    def _written(self, text: str) -> str:
        words = " ".join(text.split())
        if not self._can_write(words):
            raise BadInput(
                "This report holds letters that the font of PDFs does not have. Set VALUE_LOOP_PDF_FONT to a TrueType "
                "font that has them, or take --format html."
            )
        return words

    def _can_write(self, text: str) -> bool:
        """Whether the font has all letters of a text; a PDF would show a gap in place of others."""
        from fpdf.fonts import TTFFont

        font = self._pdf.fonts.get(self._family)
        if isinstance(font, TTFFont):
            return {ord(letter) for letter in text} <= font.cmap.keys()
        return text.encode(_ENCODING, "ignore").decode(_ENCODING) == text


def _with_font(font: Path | None, landscape: bool) -> tuple[FPDF, str]:
    """An empty PDF, and the family that it is written in."""
    from fontTools.ttLib import TTLibError
    from fpdf import FPDF
    from fpdf.errors import FPDFException

    pdf = FPDF(format="A4", orientation="landscape" if landscape else "portrait")
    pdf.core_fonts_encoding = _ENCODING
    if font is None:
        return pdf, _BUILT_IN
    try:
        pdf.add_font(_GIVEN, fname=font)
    except (OSError, TTLibError, FPDFException):
        raise Broken(f"The font {font} (VALUE_LOOP_PDF_FONT) cannot be used. Name a TrueType file (.ttf).") from None
    return pdf, _GIVEN
