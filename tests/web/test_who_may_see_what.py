"""Nobody gets at what is not theirs: roles, sites, streams, and Gradio's spare doors."""

import pytest
from playwright.sync_api import expect

MANAGER, MEMBER, LEADER = "henrike@threeherons.example", "bronagh@threeherons.example", "solveig@threeherons.example"
ADMIN = "kerttu@threeherons.example"


@pytest.mark.parametrize(
    ("email", "path"),
    [
        (MEMBER, "/manager/report"),
        (MEMBER, "/leader/"),
        (MANAGER, "/insight"),
        (MANAGER, "/leader/brief"),
        (LEADER, "/admin/"),
        (ADMIN, "/manager/"),
    ],
)
def test_a_page_of_somebody_elses_part_is_refused_calmly(client_of, email, path) -> None:
    """The answer is 403, in words, with a way back."""
    answer = client_of(email).get(path, headers={"accept": "text/html"})
    assert answer.status_code == 403
    assert "<h1>This page is not yours to open</h1>" in answer.text
    assert "Go to your page" in answer.text


def test_a_call_into_a_room_that_is_not_ones_own_is_refused(client_of) -> None:
    """Hiding a page is not enough: its handlers refuse as well."""
    body = {"data": ["Who said what?"], "fn_index": 1, "session_hash": "abc"}
    assert client_of(MEMBER).post("/leader/gradio_api/queue/join", json=body).status_code == 403


@pytest.mark.parametrize("path", ["/sign-out", "/look", "/sign-in", "/team/gradio_api/queue/join"])
@pytest.mark.parametrize("origin", ["https://evil.example", "null"])
def test_what_another_site_sends_is_refused(client_of, path, origin) -> None:
    """A POST with a foreign Origin is refused before it reaches anything."""
    answer = client_of(MEMBER).post(path, data={"guest": "leader"}, headers={"origin": origin})
    assert answer.status_code == 403
    assert "access-control-allow-origin" not in answer.headers


def test_another_site_is_never_told_that_it_may_read(client_of) -> None:
    """Gradio's habit of letting any Origin read with credentials is switched off."""
    client = client_of(MEMBER)
    foreign = {"origin": "https://evil.example"}
    assert "access-control-allow-origin" not in client.get("/team/config", headers=foreign).headers
    preflight = client.options("/team/config", headers=foreign | {"access-control-request-method": "GET"})
    assert "access-control-allow-origin" not in preflight.headers


def test_knowing_the_number_of_somebodys_stream_opens_nothing(signed_in, client_of) -> None:
    """What a stream of results carries is for the person who began it, whoever else learns its number."""
    visit = signed_in(MEMBER)
    with visit.page.expect_request(lambda request: "/queue/data" in request.url) as begun:
        visit.page.reload()
    expect(visit.answers).not_to_have_count(0)
    stolen = begun.value.url.removeprefix(visit.address)
    assert client_of("sunniva@threeherons.example").get(stolen).status_code == 403


def test_a_conversation_is_looked_up_by_who_is_signed_in(signed_in) -> None:
    """A colleague on the same page sees their own conversation, and nothing of the other's."""
    first = signed_in("farhad@threeherons.example")
    first.say("Priyanka explained the new schedule to me twice, with a drawing.")
    second = signed_in("thandiwe@threeherons.example")
    expect(second.answers).to_have_count(1)
    expect(second.page.get_by_text("with a drawing")).to_have_count(0)


@pytest.mark.parametrize(
    "path",
    ["gradio_api/upload", "gradio_api/info", "gradio_api/file=/etc/hostname", "gradio_api/call/_on_say", "monitoring"],
)
def test_doors_of_gradio_that_no_page_uses_are_closed(client_of, path) -> None:
    """Uploads, files, descriptions and direct calls answer 404 even to those who are signed in."""
    client = client_of(MEMBER)
    assert client.get(f"/team/{path}").status_code == 404
    assert client.post(f"/team/{path}").status_code == 404


@pytest.mark.parametrize("path", ["/", "/sign-in?token=x", "/team/", "/nowhere"])
def test_pages_carry_the_headers_that_keep_them_safe(client_of, path) -> None:
    """No frames, no foreign sources, no caches, no search engines."""
    headers = client_of(MEMBER).get(path).headers
    assert "default-src 'self'" in headers["content-security-policy"]
    assert "unsafe-eval" not in headers["content-security-policy"]
    assert headers["x-frame-options"] == "DENY"
    assert headers["referrer-policy"] == "same-origin"
    assert headers["cache-control"] == "no-store"
    assert headers["x-robots-tag"].startswith("noindex")


def test_a_page_left_open_does_not_write_for_the_next_person(app, signed_in, watched) -> None:
    """On a shared computer: what is typed on one person's page never becomes the words of who signed in after them."""
    first = signed_in("bilal@threeherons.example")
    expect(first.answers).to_have_count(1)
    second = first.page.context.new_page()
    second.goto(app.link("sunniva@threeherons.example"))
    second.get_by_role("button", name="Sign in").click()
    second.get_by_role("button", name="Sign out").wait_for()
    expect(second.locator(".vl-chat .bot.message")).to_have_count(1)
    first.page.get_by_label("Your answer").fill("These words are Bilal's alone.")
    first.button("Answer").click()
    first.page.wait_for_timeout(3_000)
    second.reload()
    second.get_by_role("button", name="Sign out").wait_for()
    expect(second.locator(".vl-chat .bot.message")).to_have_count(1)
    expect(second.locator(".vl-chat .user.message")).to_have_count(0)
    watched.complaints.clear()  # the page left open was told that its stream is not theirs
