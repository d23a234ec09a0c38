"""Team members see who has looked at their team, and managers who has looked at them."""

import httpx
import pytest
from playwright.sync_api import expect

from assistant.domain.access import OPERATOR, person
from assistant.loop.example import FINISHED_ROUND
from assistant.loop.insight import Wanted, read_insight
from assistant.loop.reader_log import LOOKS_A_PAGE
from assistant.loop.reports import read_report

MANAGER, MEMBER, LEADER = "henrike@threeherons.example", "bronagh@threeherons.example", "solveig@threeherons.example"


@pytest.fixture(scope="module")
def looked_at(app):
    """More than a page of looks at Henrike's report, and one of her leader at all managers."""
    parts = app.parts
    for _ in range(LOOKS_A_PAGE + 2):
        read_report(parts.store, OPERATOR, MANAGER, FINISHED_ROUND, parts.now())
    read_insight(parts.store, person(LEADER), LEADER, Wanted(), parts.now())
    return app


@pytest.mark.usefixtures("looked_at")
def test_a_team_member_reads_in_plain_words_who_has_looked(signed_in) -> None:
    """By keyboard alone: from the feedback page to the list, to older looks and back again; nobody else is named."""
    visit = signed_in(MEMBER)
    page = visit.page
    page.get_by_role("link", name="Who has looked").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Who has looked", level=1)).to_be_visible()
    expect(page.get_by_role("link", name="Who has looked")).to_have_attribute("aria-current", "page")
    looks = page.locator(".vl-looks li")
    expect(looks).to_have_count(LOOKS_A_PAGE)
    expect(looks.first).to_contain_text("(leader) opened the overview of managers: about Henrike")
    expect(looks.first).to_contain_text("It was shown.")
    expect(looks.nth(1)).to_contain_text("Whoever runs the installation opened the report: about Henrike")
    assert "Aoife" not in page.content()
    page.get_by_role("link", name="Older").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("link", name="Newer")).to_be_visible()
    expect(looks.first).to_contain_text("Whoever runs the installation")
    page.get_by_text("What this list can and cannot tell").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_text("Each entry is sealed with the one before")).to_be_visible()


@pytest.mark.usefixtures("looked_at")
def test_a_manager_reads_who_has_looked_at_them(signed_in) -> None:
    """The same looks, told as about oneself."""
    visit = signed_in(MANAGER)
    visit.go("/looked")
    about_them = "opened the overview of managers: about you"
    expect(visit.page.locator(".vl-looks li", has_text=about_them).first).to_be_visible()


def test_the_list_is_for_those_who_are_signed_in_and_odd_pages_are_refused(looked_at) -> None:
    """Without a session one is sent to the start; a page that is no number is answered calmly."""
    with httpx.Client(base_url=looked_at.address) as client:
        away = client.get("/looked")
        assert (away.status_code, away.headers["location"]) == (303, "/")
        client.post("/sign-in", data={"token": looked_at.link(MEMBER).partition("token=")[2]})
        for number, status in (("0", 400), ("x", 400), ("-1", 400), ("1000000", 200)):
            assert client.get("/looked", params={"page": number}).status_code == status
        assert "There is nothing older." in client.get("/looked?page=1000000").text
