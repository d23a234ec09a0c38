"""Signing in by one-time links, and out."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import httpx
import pytest
from playwright.sync_api import expect

from assistant.loop.sign_in import make_link
from assistant.loop.sign_in import signed_in as signed_in_as

MANAGER, MEMBER, LEADER = "henrike@threeherons.example", "bronagh@threeherons.example", "solveig@threeherons.example"
FROM_ELSEWHERE = {"x-forwarded-for": "203.0.113.20"}


@pytest.mark.parametrize(
    ("email", "path", "heading"),
    [
        (MANAGER, "/manager/", "What value are you bringing to each team member?"),
        (MEMBER, "/team/", "What value did your manager bring to your team?"),
        (LEADER, "/leader/", "Ask about your managers"),
    ],
)
def test_a_link_leads_each_person_to_their_own_page(app, signed_in, email, path, heading) -> None:
    """Manager, team member and leader each arrive at their own page, and the address bar holds no secret."""
    visit = signed_in(email)
    expect(visit.page.get_by_role("heading", level=1)).to_have_text(heading)
    assert visit.page.url == app.address + path


def test_opening_a_link_does_not_use_it_up_and_signing_in_does(app) -> None:
    """Mail scanners open links: only the button signs in, and it does so once."""
    link = app.link(MEMBER)
    token = link.partition("token=")[2]
    with httpx.Client(base_url=app.address) as scanner:
        assert [scanner.get(link).status_code for _ in range(3)] == [200, 200, 200]
        first = scanner.post("/sign-in", data={"token": token})
        again = httpx.post(f"{app.address}/sign-in", data={"token": token})
    assert (first.status_code, first.headers["location"]) == (303, "/team/")
    assert again.status_code == 403
    assert "used or is too old" in again.text
    assert "set-cookie" not in again.headers


def test_of_two_uses_of_a_link_at_the_same_time_one_signs_in(app) -> None:
    """Eight requests at once, over eight connections: one is let in, seven are told that the link is used."""
    token = app.token("bilal@threeherons.example")

    def use(_: int) -> int:
        return httpx.post(f"{app.address}/sign-in", data={"token": token}, headers=FROM_ELSEWHERE).status_code

    with ThreadPoolExecutor(8) as threads:
        assert sorted(threads.map(use, range(8))) == [303] + [403] * 7


def test_used_old_and_made_up_links_get_the_same_answer(app) -> None:
    """Byte for byte, so that nobody learns which links were ever made."""
    used, unused = app.token("bilal@threeherons.example"), ""
    httpx.post(f"{app.address}/sign-in", data={"token": used})
    parts = app.parts
    make_link(parts.store, "farhad@threeherons.example", "old", parts.now() - timedelta(days=2))
    unused = app.token("thandiwe@threeherons.example")
    app.token("thandiwe@threeherons.example")
    with httpx.Client(base_url=app.address, headers={"x-forwarded-for": "203.0.113.77"}) as stranger:
        answers = [stranger.post("/sign-in", data={"token": token}) for token in (used, "old", unused, "made up")]
    assert {answer.status_code for answer in answers} == {403}
    assert len({answer.content for answer in answers}) == 1


@pytest.mark.parametrize("planted", ["a-secret-that-somebody-planted", "{own}"])
def test_signing_in_never_takes_over_the_secret_that_the_browser_brings(app, planted) -> None:
    """Neither a planted cookie nor the session of before is worth anything afterwards."""
    own = httpx.post(f"{app.address}/sign-in", data={"token": app.token(MEMBER)}).cookies["value_loop_session"]
    brought = planted.format(own=own)
    answer = httpx.post(
        f"{app.address}/sign-in", data={"token": app.token(MEMBER)}, cookies={"value_loop_session": brought}
    )
    parts = app.parts
    assert answer.cookies["value_loop_session"] != brought
    assert signed_in_as(parts.store, answer.cookies["value_loop_session"], parts.now()).email == MEMBER
    assert signed_in_as(parts.store, brought, parts.now()) is None


def test_the_session_lies_in_a_cookie_that_scripts_and_other_sites_do_not_get(app) -> None:
    """The cookie is HttpOnly and SameSite=Lax, and the secret in it is stored nowhere as it is."""
    answer = httpx.post(f"{app.address}/sign-in", data={"token": app.link(MEMBER).partition("token=")[2]})
    cookie = answer.headers["set-cookie"].lower()
    assert "httponly" in cookie
    assert "samesite=lax" in cookie
    secret = answer.cookies["value_loop_session"]
    parts = app.parts
    assert signed_in_as(parts.store, secret, parts.now()).email == MEMBER
    assert all(secret.encode() not in file.read_bytes() for file in app.home.rglob("*") if file.is_file())


def test_after_signing_out_pages_lead_to_the_start_and_calls_are_refused(app, signed_in) -> None:
    """A page leads back to the start page, a call to the app gets 401, and the old cookie is worth nothing."""
    visit = signed_in(MEMBER)
    cookie = {"value_loop_session": visit.page.context.cookies()[0]["value"]}
    visit.button("Sign out").click()
    visit.page.wait_for_url(f"{app.address}/")
    visit.page.goto(f"{app.address}/team/")
    assert visit.page.url == f"{app.address}/"
    join = f"{app.address}/team/gradio_api/queue/join"
    assert httpx.post(join, json={"data": []}, cookies=cookie).status_code == 401


def test_a_page_left_open_says_that_its_person_is_signed_out(signed_in, watched) -> None:
    """Whoever goes on in another tab after signing out is told so, and what they typed stays in the box."""
    visit = signed_in(MEMBER)
    expect(visit.answers).not_to_have_count(0)
    other = visit.page.context.new_page()
    other.goto(visit.page.url)
    other.get_by_role("button", name="Sign out").click()
    visit.page.get_by_label("Your answer").fill("She covers for us.")
    visit.button("Answer").click()
    expect(visit.page.get_by_text("You are signed out.")).to_be_visible()
    expect(visit.page.get_by_label("Your answer")).to_have_value("She covers for us.")
    watched.complaints[:] = [said for said in watched.complaints if "status of 401" not in said]


def test_many_links_that_do_not_open_are_slowed_down(app) -> None:
    """After ten wrong links within a minute, an address has to wait, even with a right one."""
    with httpx.Client(base_url=app.address, headers={"x-forwarded-for": "203.0.113.9"}) as stranger:
        wrong = [stranger.post("/sign-in", data={"token": "guessed"}).status_code for _ in range(11)]
        right = stranger.post("/sign-in", data={"token": app.link(MEMBER).partition("token=")[2]})
    assert wrong == [403] * 10 + [429]
    assert right.status_code == 429


def test_whom_a_stranger_names_as_the_sender_does_not_count(app) -> None:
    """A proxy adds the true sender at the end: what stands before it is made up, and changing it does not help."""
    with httpx.Client(base_url=app.address) as stranger:
        made_up = [{"x-forwarded-for": f"198.51.100.{n}, 203.0.113.30"} for n in range(11)]
        wrong = [stranger.post("/sign-in", data={"token": "guessed"}, headers=one).status_code for one in made_up]
    assert wrong == [403] * 10 + [429]


def test_the_demo_lets_people_look_as_each_of_the_three(app, new_page) -> None:
    """Three buttons on the start page sign in as manager, team member or leader, by POST."""
    page = new_page()
    for part, path in (("manager", "/manager/report"), ("team member", "/team/"), ("leader", "/leader/")):
        page.goto(app.address)
        page.get_by_role("button", name=f"Look as a {part}", exact=True).click()
        page.wait_for_url(app.address + path)
    assert httpx.get(f"{app.address}/look").status_code == 405
