"""Every page of the app, in both schemes: axe-core finds nothing that it calls serious or critical."""

import pytest
from playwright.sync_api import expect

from tests.web.accessible import weighty_violations
from tests.web.conftest import ADMIN, LEADER, MANAGER, MEMBER

PAGES = {
    MANAGER: ("/manager/", "/manager/report", "/commitments", "/sessions"),
    "aoife@threeherons.example": ("/manager/report",),
    MEMBER: ("/team/", "/looked"),
    LEADER: ("/leader/", "/leader/brief", "/insight"),
    ADMIN: ("/admin/",),
}


def in_both_schemes(page) -> dict[str, list[object]]:
    """The weighty violations of a page, light and dark."""
    found = {}
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
        found[scheme] = weighty_violations(page)
    return found


NOTHING = {"light": [], "dark": []}


@pytest.mark.parametrize("email", PAGES)
def test_the_pages_of_a_part_have_no_weighty_violation(signed_in, email) -> None:
    """Whatever a manager, a member of a team, a leader and an admin come to."""
    visit = signed_in(email)
    found = {}
    for path in PAGES[email]:
        visit.go(path)
        expect(visit.page.get_by_role("heading", level=1)).to_be_visible()
        expect(visit.page.locator(".vl-part, main").nth(0)).to_be_visible()
        found[path] = in_both_schemes(visit.page)
    assert found == dict.fromkeys(PAGES[email], NOTHING)


@pytest.mark.parametrize("path", ["/", "/sign-in?token=x", "/reminders?notice=x&token=y"])
def test_a_page_before_signing_in_has_no_weighty_violation(app, new_page, path) -> None:
    """The first page, the button of a sign-in link, and the page that ends reminders."""
    page = new_page()
    page.goto(app.address + path)
    assert in_both_schemes(page) == NOTHING


def test_an_answer_has_no_weighty_violation(signed_in) -> None:
    """With its numbers drawn, what it rests on, and the pickers that hold its reading."""
    visit = signed_in(LEADER)
    visit.page.get_by_label("Your question").fill("How far do managers and their teams agree?")
    visit.button("Ask").click()
    expect(visit.page.get_by_role("article")).to_contain_text("In numbers")
    expect(visit.page.get_by_label("What comes first")).to_be_visible()
    assert in_both_schemes(visit.page) == NOTHING
