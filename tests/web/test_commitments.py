"""Taking on a small step beside the report, and looking back at it: for the manager alone."""

import re
from datetime import UTC, datetime
from pathlib import Path

import httpx
import pytest
from icalendar import Calendar
from playwright.sync_api import expect

from assistant.domain.access import person
from assistant.loop.analysis import analyse
from assistant.loop.commitments import read_commitments
from assistant.loop.example import FINISHED_ROUND
from tests.traces import files_with
from tests.web.conftest import LEADER, MANAGER, MEMBER, App
from tests.web.pictures import pictures

STEP, NOTE, OUTCOME = "quokkaline", "zebrawoodish", "dulcimerly"


@pytest.fixture(scope="module")
def reported(own_app: App) -> App:
    """An app in which the manager has a report."""
    parts = own_app.parts
    analyse(parts.store, parts.engine, parts.knowledge, FINISHED_ROUND, MANAGER)
    return own_app


def test_a_manager_takes_on_a_step_and_says_what_became_of_it(reported, visit_to, tmp_path: Path) -> None:
    """In their own words, with a day for the calendar and a note on the way; no word of it lies in a file in plain."""
    visit = visit_to(reported, MANAGER)
    visit.go("/manager/report")
    card = visit.page.locator(".vl-suggestion").first
    card.get_by_text("Take this on").click()
    expect(card.get_by_label("What you will do")).not_to_have_value("")
    card.get_by_label("What you will do").fill(f"On Mondays I say the {STEP} reason first.")
    pictures(visit.page, "taking-on")
    card.get_by_role("button", name="Take it on").click()

    taken = visit.page.locator(".vl-commitment")
    expect(taken.get_by_role("heading")).to_contain_text(STEP)
    expect(taken).to_contain_text("Have you noticed any change in")
    with visit.page.expect_download() as download:
        taken.get_by_text("Put it in your calendar").click()
    download.value.save_as(tmp_path / "step.ics")
    (entry,) = Calendar.from_ical((tmp_path / "step.ics").read_bytes()).walk("VEVENT")
    assert STEP in entry["description"]
    assert STEP not in entry["summary"]
    assert entry.decoded("dtstart") > datetime.now(UTC).date()

    taken.get_by_text("Write a note for yourself").click()
    taken.get_by_label("Your note").fill(f"The {NOTE} first try was short.")
    taken.get_by_role("button", name="Keep the note").click()
    expect(visit.page.get_by_role("list", name="Your notes")).to_contain_text(NOTE)

    visit.page.get_by_text("What happened?").click()
    pictures(visit.page, "looking-back")
    visit.page.get_by_label("I did something else").check()
    visit.page.get_by_role("textbox", name="Your answer").fill(f"I wrote it down, {OUTCOME}.")
    visit.page.get_by_role("button", name="Close it").click()
    expect(visit.page.get_by_role("heading", name="Looked back at")).to_be_visible()
    expect(visit.page.locator(".vl-commitment")).to_contain_text(OUTCOME)
    assert files_with(reported.home, STEP, NOTE, OUTCOME) == {}


def test_a_third_step_at_a_time_is_refused_in_words(reported, arriving_at) -> None:
    """The page offers none, and a form that is sent all the same is answered with what to do."""
    manager = arriving_at(reported, MANAGER)
    form = {"round_key": FINISHED_ROUND, "behaviour": "goals", "step": "Agree.", "due": f"{datetime.now(UTC):%Y-%m-%d}"}
    parts = reported.parts
    for _ in range(2):
        manager.post("/commitments", data=form)
    refused = manager.post("/commitments", data=form)
    assert (refused.status_code, "2 commitments open" in refused.text) == (409, True)
    kept = read_commitments(parts.store, person(MANAGER), MANAGER, parts.now())
    assert sum(one.is_open for one in kept) == 2
    assert [one.is_due(parts.now().date()) for one in kept if one.is_open] == [True, True]


def test_nobody_else_opens_notes_upon_or_ends_it(reported, arriving_at) -> None:
    """Who stands above or below is told that it is not there; whoever has not signed in is sent to the door."""
    parts = reported.parts
    kept = read_commitments(parts.store, person(MANAGER), MANAGER, parts.now())
    for email in (LEADER, MEMBER):
        other = arriving_at(reported, email)
        assert other.get(f"/commitments/{kept[0].id}.ics").status_code == 404
        assert other.post("/commitments/note", data={"commitment": kept[0].id, "text": "Hm."}).status_code == 409
        ended = {"commitment": kept[0].id, "state": "done"}
        assert other.post("/commitments/close", data=ended).status_code == 409
        assert not re.search(r"vl-commitment\b.*<h2", other.get("/commitments").text, re.DOTALL)
    assert httpx.get(f"{reported.address}/commitments").status_code == 303
    assert httpx.get(f"{reported.address}/commitments/{kept[0].id}.ics").status_code == 404
    assert httpx.post(f"{reported.address}/commitments/close", data=ended).status_code == 303
    assert read_commitments(parts.store, person(MANAGER), MANAGER, parts.now()) == kept
