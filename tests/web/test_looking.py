"""How the pages look: in both schemes, on a desk and on a phone; the pictures lie in tests/web/screenshots."""

import httpx
import pytest
from playwright.sync_api import expect

from tests.web.pictures import pictures

MANAGER, MEMBER, LEADER = "henrike@threeherons.example", "bronagh@threeherons.example", "solveig@threeherons.example"
ADMIN = "kerttu@threeherons.example"


@pytest.mark.parametrize(
    ("name", "email", "path"),
    [
        ("start", None, "/"),
        ("sign-in", None, "/sign-in?token=x"),
        ("reflect", MANAGER, "/manager/"),
        ("report", MANAGER, "/manager/report"),
        ("suppressed", "aoife@threeherons.example", "/manager/report"),
        ("feedback", MEMBER, "/team/"),
        ("ask", LEADER, "/leader/"),
        ("brief", LEADER, "/leader/brief"),
        ("overview", LEADER, "/insight"),
        ("rounds", ADMIN, "/admin/"),
        ("sessions", MANAGER, "/sessions"),
        ("looked", MEMBER, "/looked"),
    ],
)
def test_a_page_fits_its_window_and_is_headed_once(app, new_page, name, email, path) -> None:
    """At 1280 and 390 pixels, light and dark: nothing scrolls sideways, one main heading, every field labelled."""
    page = new_page()
    if email:
        page.context.add_cookies([cookie_of(app, email)])
    page.goto(app.address + path)
    if email:
        page.get_by_role("button", name="Sign out").wait_for()
        if path not in {"/sessions", "/insight"}:
            expect(page.locator(".vl-part").nth(1)).to_be_visible()
        page.wait_for_timeout(400)
    pictures(page, name)
    assert page.get_by_role("heading", level=1).count() == 1
    fields = page.locator("input:visible:not([type=hidden]), textarea:visible")
    assert [f.evaluate("e => !!(e.labels?.length || e.ariaLabel)") for f in fields.all()] == [True] * fields.count()
    nameless = page.locator("button:visible").evaluate_all(
        "all => all.filter(b => !(b.innerText.trim() || b.ariaLabel || b.title)).length"
    )
    assert nameless == 0


def cookie_of(app, email):
    """The session cookie of somebody who has just signed in."""
    answer = httpx.post(f"{app.address}/sign-in", data={"token": app.link(email).partition("token=")[2]})
    return {"name": "value_loop_session", "value": answer.cookies["value_loop_session"], "url": app.address}
