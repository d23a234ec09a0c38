"""Mails that the running app sends, and where their links lead."""

import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta

import httpx
import pytest
from playwright.sync_api import expect

from assistant.bootstrap import Parts
from assistant.domain.access import person
from assistant.domain.notices import Notice, NoticeKind
from assistant.loop.example import fill
from assistant.loop.rounds import open_round
from assistant.settings import Settings
from tests.fakes.mail_server import STOP, MailServer, taking_mails, text_of, token_in
from tests.web.conftest import ADMIN, MEMBER, App, end, free_port, running

ROUND = "2027-Q1"
LONGEST = 60


@dataclass
class Mailing:
    """An app that sends mails, and the server that takes them."""

    app: App
    server: MailServer

    def way_from(self, email: str, pattern) -> str:
        """Where a link in somebody's newest mail leads, on this app."""
        return pattern.search(text_of(self.server.mails_to(email)[-1]))[1]

    def wants_reminders(self, email: str) -> bool:
        """What is kept of that."""
        notice = Notice("-", NoticeKind.REMINDER, "mail", ROUND, email, 1, self.app.parts.now())
        with self.app.parts.store.work() as work:
            return not work.outbox.circumstances(notice, person(email)).no_reminders


@pytest.fixture(scope="module")
def mailing(tmp_path_factory) -> Iterator[Mailing]:
    """The example organisation, with a round whose invitations have just come."""
    home = tmp_path_factory.mktemp("mailing")
    port = free_port()
    with taking_mails() as server:
        settings = {
            "smtp_host": "localhost",
            "smtp_port": str(server.port),
            "smtp_security": "none",
            "mail_from": "value-loop@threeherons.example",
            "public_url": f"http://127.0.0.1:{port}",
        }
        parts = Parts(Settings(home=home, **settings))
        fill(parts.store, parts.new_id, parts.now())
        closes_at = parts.now() + timedelta(days=20)
        open_round(parts.store, ROUND, parts.now(), closes_at=closes_at, announcer=parts.announcer)
        environment = {f"VALUE_LOOP_{name.upper()}": value for name, value in settings.items()}
        served = running(home, f"--port={port}", **environment)
        until = time.monotonic() + LONGEST
        while not server.mails_to(MEMBER) or len(server.taken) < len(_asked(parts)):
            assert time.monotonic() < until, len(server.taken)
            time.sleep(0.05)
        yield Mailing(served, server)
        end(served)


def _asked(parts: Parts) -> set[str]:
    with parts.store.work() as work:
        return {email for one in work.rounds.members(ROUND) for email in (one.member, one.manager)}


def test_the_link_in_an_invitation_lets_its_person_in(mailing) -> None:
    """Once, by its button."""
    token = token_in(mailing.server.mails_to("hiroki@threeherons.example")[-1])
    with httpx.Client(base_url=mailing.app.address) as client:
        assert "Good to see you" in client.get("/sign-in", params={"token": token}).text
        assert client.post("/sign-in", data={"token": token}).status_code == 303
        assert client.post("/sign-in", data={"token": token}).status_code != 303


def test_somebody_ends_reminders_by_a_button_and_has_them_again(mailing, new_page) -> None:
    """Opening the page changes nothing, and nobody has to sign in."""
    page = new_page()
    page.goto(mailing.app.address + mailing.way_from(MEMBER, STOP))
    expect(page.get_by_role("heading", level=1)).to_have_text("No more reminders?")
    assert mailing.wants_reminders(MEMBER)
    page.get_by_role("button", name="Send me no more reminders").press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("No more reminders")
    assert not mailing.wants_reminders(MEMBER)
    page.get_by_role("button", name="Remind me after all").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("You will be reminded again")
    assert mailing.wants_reminders(MEMBER)


def test_a_mail_program_ends_reminders_with_one_click(mailing) -> None:
    """By the POST of RFC 8058: no cookie, no page, no redirect; and by nothing that was made up."""
    way = mailing.way_from(ADMIN, STOP)
    click = {"data": {"List-Unsubscribe": "One-Click"}}
    with httpx.Client(base_url=mailing.app.address) as client:
        forged = client.post(way[:-4] + "0000", **click)
        assert (forged.status_code, mailing.wants_reminders(ADMIN)) == (404, True)
        assert client.post("/reminders", **click).status_code == 404
        assert client.post(way, **click).status_code == 200
    assert not mailing.wants_reminders(ADMIN)


def test_an_admin_sees_counts_and_nobody_s_address(mailing, visit_to) -> None:
    """Of reminders only how many are planned."""
    visit = visit_to(mailing.app, ADMIN)
    visit.go("/admin/")
    table = visit.page.get_by_role("region", name="Mails and messages")
    expect(table.get_by_role("row", name="Invitations Mail sent")).to_be_visible()
    expect(table.get_by_role("row", name="Reminders Mail planned")).to_be_visible()
    assert "@" not in table.inner_text()
