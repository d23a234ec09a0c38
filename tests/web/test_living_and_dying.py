"""The process itself: it loses nothing when it is killed, ends cleanly when asked, and is alone on its home."""

import re
from datetime import date

from playwright.sync_api import expect

from assistant.domain.usage import CallKind, CallPurpose, Used

ADMIN = "kerttu@threeherons.example"


def test_what_was_acknowledged_is_there_after_kill_nine(own_app, visit_to, watched) -> None:
    """What the page has shown is there after the server was killed in the middle of the turn, and is answered."""
    visit = visit_to(own_app, "ximena@threeherons.example")
    expect(visit.answers).to_have_count(1)
    visit.page.get_by_label("Your answer").fill("Aoife lets me try things and does not mind when they fail.")
    visit.button("Answer").click()
    expect(visit.written).to_have_count(1)
    own_app.process.kill()
    own_app.process.communicate()
    own_app.start_again()
    visit.page.goto(f"{own_app.address}/team/")
    watched.complaints.clear()  # the page noticed that the server was gone
    expect(visit.written).to_have_text(["Aoife lets me try things and does not mind when they fail."])
    expect(visit.answers).to_have_count(2)


def test_a_second_app_on_the_same_home_says_so_and_ends(app, start_on) -> None:
    """Two processes would harm the index, so the second one names the trouble and leaves."""
    second = start_on(app.home)
    _, complaint = second.communicate(timeout=40)
    assert second.returncode == 1
    assert complaint.startswith("Busy: ")


def test_an_admin_is_told_that_the_budget_of_a_round_is_used_up(own_app, visit_to) -> None:
    """Which round it is, what was done in place of the model, and what helps; a round within its budget has no word."""
    kind = CallKind("2026-Q4", CallPurpose.READING, "read-feedback@1-0", "small")
    with own_app.parts.store.work() as work:
        work.usage.add(date(2026, 11, 23), kind, Used(kept_back=3))
    page = visit_to(own_app, ADMIN).page
    told = page.get_by_text("The budget of 2026-Q4 for the language model was used up: 3 calls were not made")
    expect(told).to_contain_text("the embedded engine did that work")
    expect(told).to_contain_text("raise the budget, and make the reports again")
    expect(page.get_by_text("The budget of 2026-Q3")).to_have_count(0)


def test_an_admin_opens_closes_and_analyses_a_round(own_app, visit_to) -> None:
    """Rounds are run from a page with counts on it; no report and nobody's words are reached from there."""
    visit = visit_to(own_app, ADMIN)
    page = visit.page
    page.get_by_label("Name of the round").fill("2027-Q1")
    page.get_by_label("Last day").fill("31.3.2027")
    visit.button("Open the round").click()
    expect(page.get_by_text("written as year, month and day")).to_be_visible()
    page.get_by_label("Last day").fill("2027-03-31")
    visit.button("Open the round").click()
    row = page.get_by_role("row", name=re.compile("2027-Q1"))
    expect(row).to_contain_text("Open until")
    visit.button("Close the round").click()
    expect(row).to_contain_text("Closed on")
    visit.button("Make the reports").click()
    expect(page.get_by_text(re.compile(r"\d+ reports made\. "))).to_be_visible(timeout=60_000)
