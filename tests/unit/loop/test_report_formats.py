"""A report written for others: JSON by contract, Markdown and a standalone page."""

import json
import re
from html.parser import HTMLParser
from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pypdf import PdfReader

from assistant.domain.errors import BadInput, Broken
from assistant.domain.report import Climate, FundamentalAlignment, SignalCount
from assistant.domain.words import Alignment, ClimateLevel, FindingKind, Fundamental, Signal, Stance
from assistant.loop.formats import report_html, report_json, report_markdown, report_pdf
from assistant.loop.formats.open_conversation import GUIDE_TITLE
from tests.fakes.reports import (
    a_claim,
    a_finding,
    a_knowledge,
    a_named_statement,
    a_practice,
    a_report,
    a_suggestion,
    a_suppressed_report,
)

KNOWLEDGE = a_knowledge(a_practice("let-people-finish"))
NAMES = {"mia@acme.example": "Mia Berg", "leo@acme.example": "Leo Stern", "li@acme.example": "Li <i>Wei</i>"}
HOSTILE = '<script>alert(1)</script> & "quotes" [a](http://evil.example) **bold** `code` | cell\n# heading'
SIGNED = (a_named_statement(text=HOSTILE),)

FULL = a_report(
    "mia@acme.example",
    a_finding("f1", claims=("c1",), confidence=0.81234),
    a_finding("f2", FindingKind.SHARED_STRENGTH, "goals", respondents=None, confidence=0.5),
    claims=(a_claim("I listen.", about="li@acme.example"),),
    climate=Climate(ClimateLevel.MIXED, 0.12345, (-0.30049, 0.5), (SignalCount(Signal.BLAME, None),)),
    suggestions=(a_suggestion(("f1",)),),
    unsure=2,
)
BELOW = a_suppressed_report(claims=(a_claim("I listen.", alignment=None, support=None, oppose=None),))


class Page(HTMLParser):
    """Collects what a page holds: tags, attributes and text."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.attributes: list[tuple[str, str | None]] = []
        self.text = ""
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note a tag and its attributes."""
        self.tags.append(tag)
        self.attributes += attrs

    def handle_data(self, data: str) -> None:
        """Note text."""
        self.text += data


def test_json_has_the_keys_of_the_contract_in_order():
    """Programs rely on these keys; what we add stands behind them."""
    found = report_json.as_json(FULL)
    assert list(found) == [
        "manager", "round", "invited", "respondents", "suppressed", "reason", "engine", "fundamentals", "claims",
        "findings", "climate", "summary", "suggestions", "unsure", "read_by", "written_by", "named", "commitments",
        "since",
    ]  # fmt: skip
    assert list(found["fundamentals"][0]) == [
        "name", "claims", "confirmed", "mixed", "contested", "unseen", "alignment", "interval",
    ]  # fmt: skip
    assert list(found["claims"][0]) == [
        "id", "text", "about", "fundamental", "stance", "alignment", "support", "oppose", "source", "behaviour",
    ]  # fmt: skip
    assert list(found["claims"][0]["source"]) == ["conversation", "message", "start", "end"]
    assert list(found["findings"][0]) == [
        "id", "kind", "fundamental", "text", "claims", "respondents", "confidence", "behaviour",
    ]  # fmt: skip
    assert list(found["climate"]) == ["level", "score", "interval", "signals"]
    assert list(found["suggestions"][0]) == [
        "id", "title", "practice", "findings", "why", "next_step", "words", "team_would_notice",
    ]  # fmt: skip


def test_json_numbers_are_rounded_and_words_are_plain():
    """Three decimals are kept, enumerations become their words, and all of it survives being written and read."""
    found = report_json.as_json(FULL)
    assert found["findings"][0]["confidence"] == 0.812
    assert found["climate"]["score"] == 0.123
    assert found["climate"]["interval"] == [-0.3, 0.5]
    assert found["claims"][0]["stance"] == "does"
    assert type(found["claims"][0]["fundamental"]) is str
    assert json.loads(json.dumps(found)) == found


def test_json_of_a_suppressed_report_holds_nothing_that_rests_on_feedback():
    """Below the floor the manager's own claims stand alone."""
    found = report_json.as_json(BELOW)
    assert found["respondents"] is None
    assert found["reason"] == BELOW.reason
    assert found["findings"] == found["suggestions"] == found["fundamentals"] == []
    assert found["climate"] == {"level": "too_little_evidence", "score": None, "interval": None, "signals": []}
    assert [(c["text"], c["alignment"], c["support"], c["oppose"]) for c in found["claims"]] == [
        ("I listen.", None, None, None)
    ]


@pytest.mark.parametrize("write", [report_markdown.as_markdown, report_html.as_html])
def test_a_suppressed_report_shows_the_reason_and_nothing_of_the_team(write):
    """Neither a heading nor a number nor the team's silence on a claim is there below the floor, but a guide is."""
    text = write(BELOW, NAMES, KNOWLEDGE)
    body = text.partition("</style>")[2] or text
    assert BELOW.reason in body
    assert "I listen." in body
    assert GUIDE_TITLE in body
    for word in ("gave feedback", "Strengths", "safe", "could try", "confirm", "svg"):
        assert word not in body


@pytest.mark.parametrize("write", [report_markdown.as_markdown, report_html.as_html])
def test_a_report_for_reading_holds_every_part(write):
    """Summary, findings, climate, suggestions with their source, and the manager's own words are all there."""
    text = write(FULL, NAMES, KNOWLEDGE)
    for part in (
        "Mia Berg", "2026-Q4", "6 of 7 people gave feedback", FULL.summary, FULL.findings[0].text, "less sure",
        "How safe it feels to speak up", "Mixed", "moments of blame: too few people", "Let people finish",
        "Count to three.", "They get to the end.", "Source of let-people-finish", "I listen.", "your team confirms it",
    ):  # fmt: skip
        assert part in text.replace("&#39;", "'")


@pytest.mark.parametrize("write", [report_markdown.as_markdown, report_html.as_html])
def test_numbers_below_the_floor_are_put_in_words(write):
    """A finding whose number may not be told shows none."""
    text = write(a_report("mia@acme.example", a_finding(respondents=None)), NAMES, KNOWLEDGE)
    assert "from too few people to give a number" in text
    assert "None" not in text


def test_the_page_loads_nothing_and_runs_nothing():
    """No script, picture, style sheet, font or link is fetched from anywhere."""
    page = Page(report_html.as_html(FULL, NAMES, KNOWLEDGE))
    assert not {"script", "link", "img", "iframe", "object", "base", "form", "a"} & set(page.tags)
    assert not [
        name for name, _ in page.attributes if name in {"src", "href", "srcset", "xlink:href"} or name.startswith("on")
    ]
    assert ("content", "default-src 'none'; style-src 'unsafe-inline'") in page.attributes


def test_words_that_hold_markup_are_shown_as_they_were_typed():
    """Nothing a manager types, nor a name, becomes part of the page's markup."""
    report = a_report(
        "mia@acme.example", claims=(a_claim(HOSTILE, about="li@acme.example"),), summary=HOSTILE, named=SIGNED
    )
    page = Page(report_html.as_html(report, NAMES, KNOWLEDGE))
    assert "script" not in page.tags
    assert "i" not in page.tags
    assert page.text.count(HOSTILE) == 3
    assert "Li <i>Wei</i>" in page.text


def test_markdown_keeps_words_that_hold_markup_on_one_plain_line():
    """Typed markup stays text: no HTML, no link, no heading, no table cell."""
    text = report_markdown.as_markdown(
        a_report("mia@acme.example", claims=(a_claim(HOSTILE),), named=SIGNED), NAMES, KNOWLEDGE
    )
    marked = [line for line in text.splitlines() if "alert" in line]
    assert len(marked) == 2
    for line in marked:
        assert "<script>" not in line
        assert r"\[a\](http" in line
        assert r"\*\*bold\*\*" in line
        assert r"\| cell \# heading" in line


@given(st.text(max_size=80))
def test_no_text_breaks_out_of_its_line_of_markdown(typed):
    """Whatever a claim holds, the report has as many lines as it had without it."""
    lines = report_markdown.as_markdown(a_report(claims=(a_claim(typed),)), NAMES, KNOWLEDGE).split("\n")
    usual = report_markdown.as_markdown(a_report(claims=(a_claim("I listen."),)), NAMES, KNOWLEDGE).split("\n")
    assert len(lines) == len(usual)
    assert not any(re.search(r"(?<!\\)[<`]", line) for line in lines)


def test_the_picture_draws_both_views_on_one_scale_and_says_the_same_in_words():
    """The widest bar fills the picture, the team's parts lie side by side, and a screen reader hears the numbers."""
    rows = (
        FundamentalAlignment(Fundamental.CREATING_CLARITY, 4, 1, 1, 2, 0, 0.375, (0.1, 0.7)),
        FundamentalAlignment(Fundamental.BUILDING_TRUST, 1, 0, 0, 0, 1, None, None),
    )
    clarity, trust = report_html.bars(rows)
    assert (clarity.yours.width, trust.yours.width) == (100, 25)
    assert [(p.meaning, p.start, p.width) for p in clarity.teams] == [
        ("confirmed", 0, 25), ("mixed", 25, 25), ("contested", 50, 50),
    ]  # fmt: skip
    page = Page(report_html.as_html(a_report(fundamentals=rows), NAMES, KNOWLEDGE))
    labels = [value or "" for name, value in page.attributes if name == "aria-label"]
    assert labels[0] == (
        "Creating clarity. You named 4 things that you do. "
        "By your team: 1 confirmed, 1 seen in different ways, 2 seen differently."
    )
    assert page.tags.count("svg") == 2


def test_without_any_claim_there_is_no_picture():
    """Empty bars would say nothing."""
    rows = tuple(FundamentalAlignment(name, 0, 0, 0, 0, 0, None, None) for name in Fundamental)
    assert report_html.bars(rows) == []
    assert "<svg" not in report_html.as_html(a_report(fundamentals=rows), NAMES, KNOWLEDGE)


@pytest.mark.parametrize("stance", [Stance.DOES, Stance.ADMITS, Stance.INTENDS])
@pytest.mark.parametrize("alignment", [None, *Alignment])
def test_every_claim_can_be_shown(stance, alignment):
    """Each stance and alignment has words of its own."""
    report = a_report("mia@acme.example", claims=(a_claim(stance=stance, alignment=alignment),))
    assert "building trust" in report_markdown.as_markdown(report, NAMES, KNOWLEDGE)


def test_a_practice_that_is_gone_leaves_its_suggestion_readable():
    """A report made with an older knowledge base still shows what it suggested."""
    gone = a_report("mia@acme.example", a_finding(), suggestions=(a_suggestion(practice="gone"),))
    for write in (report_markdown.as_markdown, report_html.as_html):
        text = write(gone, NAMES, KNOWLEDGE)
        assert "Count to three." in text
        assert "Source:" not in text


@pytest.mark.parametrize("write", [report_markdown.as_markdown, report_html.as_html])
def test_words_that_were_deleted_leave_what_they_were_about(write):
    """In their place stands that they have been deleted; how the claim fared is still there."""
    text = write(a_report(claims=(a_claim(text=""),)), NAMES, KNOWLEDGE)
    assert "Your words have been deleted. " in text
    assert "\u201c\u201d" not in text
    assert "building trust" in text


def pdf_text(content: bytes) -> str:
    """All that a PDF says, on one line."""
    return " ".join(" ".join(page.extract_text() for page in PdfReader(BytesIO(content)).pages).split())


def test_a_suppressed_report_as_pdf_says_why_and_what_to_do_instead():
    """Nothing of the team is in it."""
    text = pdf_text(report_pdf.as_pdf(a_suppressed_report(), NAMES, KNOWLEDGE))
    assert "Fewer than 4 people have given feedback" in text
    assert "How to begin" not in text


def test_letters_that_the_font_does_not_have_are_refused_and_not_left_out():
    """A name in another script: with the built-in font there would be a gap in its place."""
    names = {"mia@acme.example": "\u041c\u0438\u044f"}
    with pytest.raises(BadInput, match="VALUE_LOOP_PDF_FONT"):
        report_pdf.as_pdf(a_report(), names, KNOWLEDGE)
    western = "Mi\u00e1 O\u2019Neill"
    assert western in pdf_text(report_pdf.as_pdf(a_report(), {"mia@acme.example": western}, KNOWLEDGE))


def test_a_font_that_is_none_is_said(tmp_path):
    """Whoever runs the installation reads which file it is."""
    font = tmp_path / "font.ttf"
    font.write_bytes(b"no font")
    for path in (font, tmp_path / "gone.ttf"):
        with pytest.raises(Broken, match=r"\.ttf \(VALUE_LOOP_PDF_FONT\)"):
            report_pdf.as_pdf(a_report(), NAMES, KNOWLEDGE, font=path)
