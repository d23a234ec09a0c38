"""The report's figures in plain words."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import product

import pytest

from assistant.domain.inquiry import Measure
from assistant.domain.organisation import Person
from assistant.domain.reading_log import AskedFor, Capacity, LogEntry, Looked, Outcome
from assistant.domain.words import FindingKind, Fundamental
from assistant.web import look_words
from assistant.web.device import device_of
from assistant.web.rendering import lasting, minute, render
from assistant.web.report_view import report_view
from assistant.web.report_words import backing, sureness, voices
from assistant.web.taking_on import taking
from tests.fakes.reports import BEHAVIOURS, a_named_statement, a_report, a_suppressed_report

NOW = datetime(2026, 11, 1, tzinfo=UTC)


@pytest.mark.parametrize(
    ("alignment", "interval", "words"),
    [
        (None, None, "Too few spoke to what you say you do."),
        (0.5, (0.46, 0.54), "Your team backs about half of it."),
        (0.8, (0.6, 0.95), "Your team backs most of it. It may be between more than half of it and nearly all of it."),
    ],
)
def test_how_far_a_team_backs_its_manager_is_said_without_figures(alignment, interval, words) -> None:
    """A narrow interval is not mentioned, a wider one is named by its ends."""
    assert backing(2, alignment, interval) == words


def test_a_wide_interval_is_called_a_rough_picture() -> None:
    """With few voices the words say so, and how far it may be off."""
    assert backing(0, None, None) == "There is nothing here that you say you do."
    assert "rough picture: it may be anything from hardly any of it to most of it" in backing(3, 0.4, (0.05, 0.85))


def test_a_number_below_the_floor_becomes_a_few_people() -> None:
    """Where a number may not be shown, no number is shown."""
    assert [voices(None), voices(0), voices(5)] == ["A few people", "Nobody", "5 people"]


def test_a_finding_says_how_sure_it_is() -> None:
    """Three steps are enough."""
    assert [sureness(0.9), sureness(0.6), sureness(0.2)] == ["Quite sure", "Fairly sure", "A first hint"]


@pytest.mark.parametrize(
    ("sent", "device"),
    [
        ("Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0", "Firefox on Linux"),
        (
            "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 "
            "Safari/537.36 Edg/142.0.0.0",
            "Edge on Windows",
        ),
        (
            "Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) "
            "Version/18.1 Mobile/15E148 Safari/604.1",
            "Safari on iPhone",
        ),
        (
            "Mozilla/5.0 (Linux; Android 15) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0 Mobile Safari/537.36",
            "Chrome on Android",
        ),
        ("curl/8.11.0", "A browser"),
        ("", "A browser"),
        ("<script>alert(1)</script> on Mars", "A browser"),
    ],
)
def test_a_device_is_named_as_a_person_would(sent, device) -> None:
    """Browser and system, no version, and never the words that were sent."""
    assert device_of(sent) == device


def test_times_are_said_in_words() -> None:
    """With their zone, and in hours where hours suffice."""
    assert minute(NOW) == "1 November 2026, 00:00 UTC"
    spans = [timedelta(hours=24), timedelta(minutes=90), timedelta(hours=1), timedelta(seconds=30)]
    assert [lasting(span) for span in spans] == ["24 hours", "90 minutes", "1 hour", "0 minutes"]


def test_what_people_wrote_is_escaped_on_every_page() -> None:
    """A statement with markup in it is shown, not carried out."""
    shown = render("after_sending", lines=[("<script>x</script>", "a & b", True, "open", True)], is_reflection=True)
    assert "<script>" not in shown
    assert "&lt;script&gt;" in shown


@pytest.mark.parametrize("report", [a_report("mia@acme.example"), a_suppressed_report("mia@acme.example")])
def test_a_manager_reads_signed_words_under_their_name_and_hears_that_others_stay_unnamed(report) -> None:
    """Also where nothing else of the feedback is shown; markup in them is shown, not carried out."""
    people = {"li@acme.example": Person("li@acme.example", "Li Wei", "mia@acme.example")}
    said = (a_named_statement("n1", text="<b>You</b> listen."), a_named_statement("n2", "gone@acme.example"))
    to_take = taking(report, (), BEHAVIOURS, NOW.date())
    shown = report_view(replace(report, named=said), people, BEHAVIOURS, {}, to_take).details
    assert "&lt;b&gt;You&lt;/b&gt; listen." in shown
    assert shown.index("Said to you by name") < shown.index("Li Wei") < shown.index("&lt;b&gt;You")
    assert "Somebody who has left" in shown
    assert "gone@acme.example" not in shown
    assert "Said to you by name" not in report_view(report, people, BEHAVIOURS, {}, to_take).details


def test_who_is_sent_what_one_writes_is_said_only_where_somebody_is() -> None:
    """With a language model its host is named; without one there is nothing to say."""
    assert "a language model at models.acme.example" in render("sent_away", host="models.acme.example")
    assert render("sent_away", host=None).strip() == ""


@pytest.mark.parametrize("about", [("mia@acme.example",), ("li@acme.example", "mia@acme.example")])
def test_every_kind_of_look_has_words(about) -> None:
    """Whatever is noted in the log can be told to people, also of somebody who has left."""
    asked = [None, *(AskedFor(m, tuple(Fundamental), tuple(FindingKind)) for m in Measure)]
    for looked, capacity, outcome, what in product(Looked, Capacity, Outcome, asked):
        entry = LogEntry(NOW, "ada@acme.example", looked, "2026-Q4", about, capacity, outcome, what)
        assert look_words.reader(entry, {}).startswith("ada@acme.example")
        assert look_words.looked(entry, "li@acme.example", {})
        assert look_words.OUTCOMES[outcome]


def test_a_look_is_told_from_where_the_reader_of_the_page_stands() -> None:
    """To a manager it is about them, to their team about the manager and the team; an operator has no name."""
    entry = LogEntry(NOW, "operator", Looked.REPORT, "2026-Q4", ("mia@acme.example",), Capacity.OPERATOR)
    people = {"mia@acme.example": Person("mia@acme.example", "Mia Berg", None)}
    assert look_words.reader(entry, people) == "Whoever runs the installation"
    assert look_words.looked(entry, "mia@acme.example", people) == "opened the report: about you"
    assert look_words.looked(entry, "li@acme.example", people) == "opened the report: about Mia Berg and your team"
    own = LogEntry(NOW, "mia@acme.example", Looked.REPORT, "2026-Q4", ("mia@acme.example",), Capacity.PERSON)
    assert look_words.reader(own, people) == "Mia Berg"
    assert look_words.looked(own, "li@acme.example", people) == "opened the report: about themselves and your team"
