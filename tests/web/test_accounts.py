"""Signing in with an account elsewhere, in a real browser, with a real provider in a process of its own."""

import json
import re
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from urllib.request import urlopen

import httpx
import pytest
from playwright.sync_api import expect

from assistant.bootstrap import Parts
from assistant.loop.example import fill
from assistant.settings import Settings
from tests.fakes.identity_provider import CLIENT, SECRET, IdentityProvider, providing
from tests.web.conftest import end, free_port, running

MEMBER, OTHER = "bronagh@threeherons.example", "farhad@threeherons.example"
BACK = "/sign-in/account/return"


@pytest.fixture(scope="module")
def provider_process() -> Iterator[str]:
    """A provider of accounts in a process of its own; its issuer."""
    port = free_port()
    users = [
        {"sub": "member", "email": MEMBER.upper(), "email_verified": True},
        {"sub": "stranger", "email": "eve@acme.example", "email_verified": True},
        {"sub": "unsure", "email": MEMBER, "email_verified": False},
    ]
    claims = [word for user in users for word in ("--user-claims", json.dumps(user))]
    process = subprocess.Popen(
        [sys.executable, "-W", "ignore", "-m", "oidc_provider_mock", "--port", str(port), *claims],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    issuer = f"http://127.0.0.1:{port}"
    for _ in range(600):
        if process.poll() is None and answers(issuer):
            break
        time.sleep(0.1)
    yield issuer
    process.terminate()
    process.wait(timeout=20)


def answers(issuer: str) -> bool:
    """Whether a provider is there."""
    try:
        with urlopen(f"{issuer}/.well-known/openid-configuration", timeout=5) as answer:  # noqa: S310
            return answer.status == 200
    except OSError:
        return False


@pytest.fixture(scope="module")
def served_with(tmp_path_factory) -> Iterator[Callable]:
    """Starts an app of its own, on an issuer and under a name."""
    started = []

    def serve(issuer: str):
        home = tmp_path_factory.mktemp("accounts")
        parts = Parts(Settings(home=home))
        fill(parts.store, parts.new_id, parts.now())
        port = free_port()
        settings = {
            "VALUE_LOOP_OIDC_ISSUER": issuer,
            "VALUE_LOOP_OIDC_CLIENT_ID": CLIENT,
            "VALUE_LOOP_OIDC_CLIENT_SECRET": SECRET,
            "VALUE_LOOP_OIDC_NAME": "Three Herons",
            "VALUE_LOOP_PUBLIC_URL": f"http://127.0.0.1:{port}",
        }
        started.append(running(home, f"--port={port}", **settings))
        return started[-1]

    yield serve
    for app in started:
        end(app)


@pytest.fixture(scope="module")
def app_with_process(served_with, provider_process):
    return served_with(provider_process)


@pytest.fixture(scope="module")
def fake() -> Iterator[IdentityProvider]:
    with providing() as server:
        yield server


@pytest.fixture(scope="module")
def app_with_fake(served_with, fake):
    return served_with(fake.issuer)


def test_somebody_signs_in_with_their_account(app_with_process, new_page, watched) -> None:
    """From the button on the start page to their own page; the e-mail counts whatever its capitals."""
    page = new_page()
    page.goto(app_with_process.address)
    page.get_by_role("link", name="Sign in with Three Herons").click()
    page.get_by_role("button", name=re.compile("member")).first.click()
    page.wait_for_url(f"{app_with_process.address}/team/")
    page.get_by_role("button", name="Sign out").wait_for()
    names = {cookie["name"] for cookie in page.context.cookies()}
    assert names == {"value_loop_session"}
    overlook_the_providers_page(watched)


def overlook_the_providers_page(watched) -> None:
    """Its own page asks for a style sheet from elsewhere and an icon that it has not; that is not ours to mend."""
    watched.hosts -= {address for address in watched.hosts if address.endswith("/pico.min.css")}
    watched.complaints[:] = [said for said in watched.complaints if "net::ERR_" not in said and "404" not in said]


@pytest.mark.parametrize(("who", "says"), [("stranger", "nobody with your e-mail"), ("unsure", "does not confirm")])
def test_somebody_who_is_not_known_here_is_told_so(app_with_process, new_page, watched, who, says) -> None:
    """On a page with a way back, without a session."""
    page = new_page()
    page.goto(f"{app_with_process.address}/sign-in/account")
    page.get_by_role("button", name=re.compile(who)).first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("You are not signed in")
    expect(page.get_by_text(says)).to_be_visible()
    assert page.context.cookies() == []
    overlook_the_providers_page(watched)
    watched.complaints[:] = [said for said in watched.complaints if "status of 403" not in said]


def come_back(app, client: httpx.Client, way: str) -> httpx.Response:
    """Follow the provider's redirect, and come back to the app."""
    returned = httpx.get(way).headers["location"]
    assert returned.startswith(app.address + BACK)
    return client.get(returned)


def test_a_session_of_before_ends_and_the_new_one_is_of_its_own(app_with_fake, fake, arriving_at) -> None:
    """Signing in as somebody else in the same browser: another secret, and the old one opens nothing."""
    fake.behaviour.claims = {"email": MEMBER, "email_verified": True}
    client = arriving_at(app_with_fake, OTHER)
    before = client.cookies["value_loop_session"]
    answer = come_back(app_with_fake, client, client.get("/sign-in/account").headers["location"])
    assert (answer.status_code, answer.headers["location"]) == (303, "/team/")
    assert client.cookies["value_loop_session"] != before
    old = httpx.get(f"{app_with_fake.address}/sessions", cookies={"value_loop_session": before})
    assert old.status_code == 303


def test_the_cookie_of_an_attempt_is_short_lived_and_its_own(app_with_fake) -> None:
    """HttpOnly, for ten minutes; the address of the provider holds no secret of it."""
    answer = httpx.get(f"{app_with_fake.address}/sign-in/account")
    cookie = answer.headers["set-cookie"].lower()
    assert all(part in cookie for part in ("httponly", "samesite=lax", "max-age=600"))
    assert answer.cookies["value_loop_login"] not in answer.headers["location"]
    assert all(part in answer.headers["location"] for part in ("state=", "nonce=", "code_challenge_method=S256"))


@pytest.mark.parametrize(
    "sent",
    [
        {},
        {"state": "made up", "code": "x"},
        {"state": "<script>alert(1)</script>", "error": "<script>alert(1)</script>"},
    ],
)
def test_a_way_back_that_somebody_made_up_leads_nowhere(app_with_fake, sent) -> None:
    """Nothing that was sent is on the page, nobody is signed in, and the page says what to do."""
    answer = httpx.get(app_with_fake.address + BACK, params=sent, headers={"x-forwarded-for": "203.0.113.99"})
    assert answer.status_code == 403
    assert "Begin again from the start page" in answer.text
    assert "alert" not in answer.text
    assert "value_loop_session" not in answer.headers.get("set-cookie", "")


def test_a_provider_that_is_out_of_order_is_told_calmly(app_with_fake, fake, arriving_at) -> None:
    """503 in words, on the way back too; links still work."""
    fake.behaviour.claims = {"email": MEMBER, "email_verified": True}
    with httpx.Client(base_url=app_with_fake.address) as client:
        way = client.get("/sign-in/account").headers["location"]
        fake.behaviour.body = b"<html>maintenance</html>"
        answer = come_back(app_with_fake, client, way)
        fake.behaviour.body = None
    assert answer.status_code == 503
    assert "Three Herons does not work at the moment" in answer.text
    assert arriving_at(app_with_fake, MEMBER).get("/sessions").status_code == 200


def test_without_a_provider_there_is_no_such_way(app) -> None:
    """Neither a button nor an address."""
    assert "Sign in with" not in httpx.get(app.address).text
    assert httpx.get(f"{app.address}/sign-in/account").status_code == 404
