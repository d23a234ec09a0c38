"""The overview as HTML, PDF and a table: the same figures, and nothing that could be carried out."""

import html
import io
import re
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from pypdf import PdfReader

from assistant.domain.errors import BadInput
from assistant.domain.insight import Insight, Level
from assistant.domain.report import Climate
from assistant.domain.roll_up import RollUp, Side, Voice
from assistant.domain.rounds import Round
from assistant.domain.words import ClimateLevel, FindingKind, Fundamental
from assistant.insight.line import Place
from assistant.insight.page import insight
from assistant.loop.formats import insight_words as words
from assistant.loop.formats.insight_html import as_html, body
from assistant.loop.formats.insight_pdf import as_pdf
from assistant.loop.formats.insight_picture import HEIGHT, WIDTH, bars, lines, strength
from assistant.loop.formats.insight_rows import as_csv, rows
from assistant.loop.insight import InsightView
from tests.fakes.reports import BEHAVIOURS, a_finding, a_report, a_suggestion, a_suppressed_report

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)
ROUND = Round("2026-Q4", 4, NOON, closed_at=NOON)
TOP, MIA, LEO, KIM = "top@acme.example", "mia@acme.example", "leo@acme.example", "kim@acme.example"
NAMES = {TOP: "Toni Top", MIA: "Mia <b>Maker</b>", LEO: "=Leo", KIM: "Kim Kite"}
PLACES = (Place(MIA, 0, 1), Place(KIM, 1, 0), Place(LEO, 0, 3))


def a_view(**more) -> InsightView:
    """Mia and Kim are shown, Leo is not; a round before, and a roll-up."""
    climate = Climate(ClimateLevel.HIGH_TRUST, 0.4, (0.1, 0.7), ())
    mia = a_report(
        MIA,
        a_finding(),
        a_finding("f2", FindingKind.HIDDEN_STRENGTH, "goals", respondents=None),
        climate=climate,
        suggestions=(a_suggestion(),),
    )
    reports = (mia, a_report(KIM, a_finding("f1", FindingKind.SPLIT_VIEW)), a_suppressed_report(LEO))
    earlier = [("2026-Q3", [replace(mia, round_key="2026-Q3")])]
    together = RollUp("2026-Q4", TOP, 12, ((Voice(Side.MISSES, Fundamental.BUILDING_TRUST, "listening"), 7),))
    made = insight(ROUND, TOP, PLACES, reports, earlier, roll_up=together)
    teams = (*made.teams[:2], replace(made.teams[2], left_out=3))
    return InsightView(replace(made, **{"teams": teams, **more}), TOP, ("2026-Q4", "2026-Q3"), PLACES, (), NAMES)


def text_of(page: str) -> str:
    """What a page says, without its marks."""
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", page)).split())


def terms(text: str) -> set[str]:
    """The words and numbers of a text."""
    return set(re.findall(r"[^\s();,]+", text))


def text_of_pdf(content: bytes) -> str:
    """What a PDF says."""
    return " ".join("".join(page.extract_text() for page in PdfReader(io.BytesIO(content)).pages).split())


def test_page_and_pdf_tell_every_figure_of_the_value() -> None:
    """What is backed with its range, gaps, teams, people, practices, trust, likeness, course, and the roll-up."""
    view = a_view()
    seen = view.insight
    page, printed = text_of(body(view, BEHAVIOURS)), text_of_pdf(as_pdf(view, BEHAVIOURS))
    trust = seen.together[2]
    assert trust.level is not None
    for told in (
        words.participation(seen.participation),
        words.per_cent(trust.level.value),
        words.share_range(trust.level),
        words.backed(trust),
        "1 gap",
        words.STANDINGS[seen.teams[2].standing],
        "and 3 teams below",
        "6 of 7",
        "Let people finish (1 report)",
        "Listening",
        "Agreeing on goals",
        "High trust",
        "+0.4",
        "Too little to tell",
        "2026-Q3",
        words.moment(seen.course[0]),
        "at least 12 in all",
    ):
        assert told in page, told
        assert [term for term in terms(told) if term not in printed] == [], told  # cells of a PDF break their lines


def test_what_people_are_called_stays_a_name_everywhere() -> None:
    """Markup is shown as it stands, and a name that begins like a formula is a text."""
    view = a_view()
    page = as_html(view, BEHAVIOURS)
    assert "<b>Maker" not in page
    assert "Mia &lt;b&gt;Maker&lt;/b&gt;" in page
    assert "=Leo" not in re.findall(r"(?m)[,\n]([^,\n]*)", as_csv(view, BEHAVIOURS))
    assert "'=Leo" in as_csv(view, BEHAVIOURS)


def test_a_file_of_html_loads_nothing_and_leads_nowhere() -> None:
    """It can be sent on and opened without a network: no script, no address, no form."""
    page = as_html(a_view(), BEHAVIOURS)
    assert page.startswith("<!doctype html>")
    assert re.findall(r"<(?:script|link|img|iframe|form|a)\b", page) == []
    assert re.findall(r"\b(?:src|href)=|url\(", page) == []


def test_every_table_has_a_caption_and_headers_and_pictures_have_words_beside_them() -> None:
    """A screen reader gets each number with what it is of."""
    page = body(a_view(), BEHAVIOURS)
    tables = re.findall(r"<table.*?</table>", page, re.DOTALL)
    assert len(tables) == 6
    for table in tables:
        assert "<caption" in table
        assert table.count('<th scope="row"') == len(re.findall(r"<tr\b", table)) - 1
        assert 'scope="col"' in table
    assert re.findall(r"<svg(?![^>]*focusable=\"false\")", page) == []
    assert page.count('aria-hidden="true"') >= 5


def test_names_lead_to_units_only_where_there_are_teams_below() -> None:
    """On the page of the app; in a file nothing leads anywhere."""
    page = body(a_view(), BEHAVIOURS, lambda email: f"/unit/{email}")
    assert re.findall(r'href="([^"]+)"', page) == [f"/unit/{MIA}", f"/unit/{LEO}"]


def test_a_unit_of_which_nothing_can_be_shown_says_so_and_no_more() -> None:
    """One team below the floor: no figure at all, on the page, in the PDF and in the table."""
    made = insight(ROUND, LEO, PLACES[2:], (a_suppressed_report(LEO),), ())
    view = InsightView(made, TOP, ("2026-Q4",), PLACES, (TOP,), NAMES)
    page = text_of(body(view, BEHAVIOURS))
    assert "1 team: 0 can be shown, 1 had too few answers." in page
    assert "%" not in page
    assert words.MISSED not in text_of_pdf(as_pdf(view, BEHAVIOURS))
    assert {row.part for row in rows(view, BEHAVIOURS)} == {
        "participation", "together", "teams", "consistency", "trust", "course",
    }  # fmt: skip
    assert {row.value for row in rows(view, BEHAVIOURS) if row.part in {"together", "course"}} <= {
        0,
        "too_early_to_tell",
    }


def test_a_file_is_headed_with_whose_teams_it_tells_of() -> None:
    """Of a unit further down, its leader's own team is among them; of all below a leader it is not."""
    made = insight(ROUND, MIA, PLACES[:2], (a_report(MIA), a_report(KIM)), ())
    assert words.title_of(made, {MIA: "Mia"}) == "Mia and the teams below, round 2026-Q4"
    assert words.title_of(a_view().insight, NAMES) == "Teams below Toni Top, round 2026-Q4"


def test_a_first_round_has_no_course_to_draw() -> None:
    """One point makes no line; a second one does, within the picture, and gaps in it are left out."""
    seen: Insight = a_view().insight
    assert lines(replace(seen, course=seen.course[1:])) == ()
    drawn = lines(seen)
    assert [line.name for line in drawn] == [*Fundamental, None]
    for line in drawn:
        for point in line.points:
            assert 0 <= point.x <= WIDTH
            assert 0 <= point.high <= point.y <= point.low <= HEIGHT
    assert "There is one round so far" in body(a_view(course=seen.course[1:]), BEHAVIOURS)


def test_a_cell_is_paler_the_less_sure_it_is() -> None:
    """The same share stands out more where its range is narrow, and is never lost where it is wide."""
    sure, unsure, anything = Level(1.0, 0.9, 1.0), Level(1.0, 0.4, 1.0), Level(1.0, 0.0, 1.0)
    assert [strength(one) for one in (sure, unsure, anything)] == [0.9, 0.4, 0.3]
    assert strength(Level(0.0, 0.0, 0.2)) == 0


def test_bars_are_as_high_as_there_are_teams() -> None:
    """The highest is full, none where nobody stands; nothing at all without teams."""
    one = a_view().insight.consistency[0]
    assert max(bars(one)) == 100
    assert set(bars(replace(one, tenths=(0,) * 10))) == {0.0}


def test_letters_that_the_font_lacks_are_refused_in_words() -> None:
    """No gap is printed; the way out is named."""
    view = replace(a_view(), names=NAMES | {MIA: "Мия"})
    with pytest.raises(BadInput, match="VALUE_LOOP_PDF_FONT"):
        as_pdf(view, BEHAVIOURS)
