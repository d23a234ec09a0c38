"""Two web processes on one home with an index on a server, addressed in turn, as a proxy may do."""

from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from playwright.sync_api import expect

from assistant.bootstrap import Parts
from assistant.loop.example import fill
from assistant.settings import Settings
from tests.fakes.chroma_server import ChromaServer
from tests.web.conftest import App, end, running

MEMBER, ADMIN = "bronagh@threeherons.example", "kerttu@threeherons.example"
GUESSING, ELSEWHERE = {"x-forwarded-for": "203.0.113.40"}, {"x-forwarded-for": "203.0.113.41"}


@pytest.fixture(scope="module")
def both(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[App, App]]:
    """Two apps on one home."""
    home: Path = tmp_path_factory.mktemp("shared")
    parts = Parts(Settings(home=home))
    fill(parts.store, parts.new_id, parts.now())
    chroma = ChromaServer(tmp_path_factory.mktemp("chroma"))
    apps = tuple(running(home, VALUE_LOOP_CHROMA_URL=chroma.url) for _ in range(2))
    yield apps[0], apps[1]
    assert [end(app) for app in apps] == [0, 0]
    chroma.end()


def test_who_signs_in_at_one_process_acts_at_the_other_and_is_signed_out_of_both(both, visit_to) -> None:
    """What was said to one is on the page of the other, where the talk goes on; signing out there ends it here."""
    one, other = both
    visit = visit_to(one, MEMBER)
    visit.say("Henrike explains why the plan changes.")
    visit.page.goto(f"{other.address}/team/")
    expect(visit.written).to_have_text(["Henrike explains why the plan changes."])
    visit.say("She also asks before she decides.")
    visit.page.goto(f"{one.address}/team/")
    expect(visit.written).to_have_count(2)
    visit.button("Sign out").click()
    visit.page.wait_for_url(f"{one.address}/")
    visit.page.goto(f"{other.address}/team/")
    assert visit.page.url == f"{other.address}/"


def test_guessing_links_is_slowed_down_over_both_processes(both) -> None:
    """Ten wrong links in turn are ten: then both ask that address to wait, and nobody else."""
    addresses = [app.address for app in both]
    tried = [guess(addresses[number % 2]) for number in range(10)]
    assert tried == [403] * 10
    assert [guess(address) for address in addresses] == [429, 429]
    answer = httpx.post(f"{addresses[1]}/sign-in", data={"token": both[0].token(ADMIN)}, headers=ELSEWHERE)
    assert answer.status_code == 303


def test_a_link_is_good_once_over_both_processes(both) -> None:
    """Used at one, it is used at the other."""
    token = both[0].token(ADMIN)
    answers = [httpx.post(f"{app.address}/sign-in", data={"token": token}, headers=ELSEWHERE) for app in both]
    assert [answer.status_code for answer in answers] == [303, 403]


def guess(address: str) -> int:
    """Try a made-up link; the status of the answer."""
    return httpx.post(f"{address}/sign-in", data={"token": "guessed"}, headers=GUESSING).status_code
