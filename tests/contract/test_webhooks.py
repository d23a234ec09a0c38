"""Messages to channels, taken by a real HTTP server."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from assistant.delivery.ways import Ways
from assistant.delivery.webhook import Webhook
from assistant.domain.errors import NoDelivery
from assistant.domain.notices import Channel, NoticeKind, NoticeState
from assistant.domain.organisation import Person
from assistant.domain.words import ConversationKind
from assistant.engines.embedded.engine import EmbeddedEngine
from assistant.loop.analysis import analyse, announce_reports
from assistant.loop.rounds import close_round, open_round
from assistant.loop.sending import Dispatched
from assistant.stores.knowledge_files import load_knowledge
from tests.contract.test_mails import answered
from tests.fakes.fault_server import FaultServer, answers, fails, serving
from tests.fakes.mail_server import taking_mails, text_of
from tests.fakes.sending import ADDRESS, BOSS, LEAD, LI, NOON, PEOPLE, ROUND, House, by_mail

UNGUESSABLE = "T000/B000/of-nobody-else"
KNOWLEDGE = load_knowledge(Path(__file__).parents[2] / "knowledge")
CLOSES = timedelta(days=20)


@pytest.fixture
def channels() -> Iterator[FaultServer]:
    with serving(answers("ok")) as server:
        yield server


def hooks(server: FaultServer) -> Ways:
    """Both channels on one server."""
    return Ways(slack=f"{server.url}/slack/{UNGUESSABLE}", teams=f"{server.url}/teams/{UNGUESSABLE}?sig={UNGUESSABLE}")


@pytest.fixture
def house(tmp_path: Path, channels: FaultServer) -> House:
    """A round of twenty days has been opened, and nobody gets mails."""
    return opened(House(tmp_path / "home", hooks(channels)))


def opened(house: House) -> House:
    house.people()
    open_round(house.store, ROUND, house.now, closes_at=house.now + CLOSES, announcer=house.announcer)
    return house


def test_channels_are_told_that_a_round_has_begun_in_the_form_they_ask_for(house: House, channels: FaultServer) -> None:
    """Slack gets text and blocks, Teams one adaptive card in a message; both once."""
    assert house.send() == Dispatched(sent=2)
    assert house.send() == Dispatched()
    slack, teams = sorted(channels.requests, key=lambda body: "attachments" in body)
    assert slack["text"] == "2026-Q4 has begun"
    assert {block["type"] for block in slack["blocks"]} == {"section"}
    assert slack["blocks"][1]["text"] == {"type": "mrkdwn", "text": f"<{ADDRESS}|Open Value Loop>"}
    assert "22 November 2026" in slack["blocks"][0]["text"]["text"]
    (card,) = teams["attachments"]
    assert (teams["type"], card["contentType"]) == ("message", "application/vnd.microsoft.card.adaptive")
    assert (card["content"]["type"], card["content"]["version"]) == ("AdaptiveCard", "1.4")
    assert card["content"]["body"][0]["text"] == "2026-Q4 has begun"
    assert card["content"]["actions"] == [{"type": "Action.OpenUrl", "title": "Open Value Loop", "url": ADDRESS}]


def test_channels_never_learn_who_is_asked_or_who_has_answered(house: House, channels: FaultServer) -> None:
    """From the opening to the reports there is no name, no address and no sign-in link in what they get."""
    house.send()
    answered(house, LI, LEAD, ConversationKind.FEEDBACK)
    house.send(days=18)
    close_round(house.store, ROUND, house.now)
    engine = EmbeddedEngine.load(KNOWLEDGE)
    analyse(house.store, engine, KNOWLEDGE, ROUND, announcer=house.announcer)
    announce_reports(house.store, ROUND, house.announcer)
    house.send(days=1)
    kinds = [one.kind for one in house.notices(channel=Channel.SLACK, state=NoticeState.SENT)]
    assert kinds == [NoticeKind.ROUND_OPENED, NoticeKind.CLOSING_SOON, NoticeKind.REPORTS_READY]
    assert len(channels.requests) == 2 * len(kinds)
    said = json.dumps(channels.requests)
    for word in ("Li", "Lea", "Bo ", "@acme", "token=", "too long"):
        assert word not in said


def test_a_manager_is_told_once_that_their_report_is_there(tmp_path: Path) -> None:
    """When it is made after the round has closed; neither before, nor when it is made again."""
    engine = EmbeddedEngine.load(KNOWLEDGE)
    with taking_mails() as server:
        house = opened(House(tmp_path / "home", by_mail(server.port)))
        house.send()
        analyse(house.store, engine, KNOWLEDGE, ROUND, announcer=house.announcer)
        house.send(hours=1)
        assert server.counts == {BOSS: 1, LEAD: 1, LI: 1}
        close_round(house.store, ROUND, house.now)
        for _ in range(2):
            analyse(house.store, engine, KNOWLEDGE, ROUND, announcer=house.announcer)
            house.send(hours=1)
        assert server.counts == {BOSS: 2, LEAD: 2, LI: 1}
        assert server.mails_to(LEAD)[1]["Subject"] == "Your report for 2026-Q4 is ready"
        assert "No more reminders" not in text_of(server.mails_to(LEAD)[1])


def test_a_channel_that_says_wait_is_tried_when_it_says(tmp_path: Path) -> None:
    """And gets the message once."""
    with serving(fails(429, Retry_After="300"), answers("ok")) as server:
        house = opened(House(tmp_path / "home", replace(hooks(server), teams=None)))
        assert house.send() == Dispatched(not_sent=1)
        (waiting,) = house.notices(state=NoticeState.WAITING, kind=NoticeKind.ROUND_OPENED)
        assert waiting.due_at == NOON + timedelta(minutes=5)
        house.send(minutes=5)
        house.send(days=1)
        assert len(server.requests) == 2


@pytest.mark.parametrize(
    ("status", "state"),
    [(404, NoticeState.FAILED), (410, NoticeState.FAILED), (302, NoticeState.FAILED), (500, NoticeState.WAITING)],
)
def test_what_is_wrong_is_said_without_the_address_of_the_webhook(tmp_path: Path, status: int, state) -> None:
    """Whoever has it could post there."""
    with serving(fails(status, message=UNGUESSABLE)) as server:
        house = opened(House(tmp_path / "home", replace(hooks(server), teams=None)))
        house.send()
    (notice,) = house.notices(kind=NoticeKind.ROUND_OPENED)
    assert (notice.state, notice.problem) == (state, f"Slack answered with status {status}")


def test_a_server_that_breaks_off_is_not_posted_the_same_again(tmp_path: Path) -> None:
    """It has the whole message."""
    with serving(lambda handler: setattr(handler, "close_connection", True)) as server:
        house = opened(House(tmp_path / "home", replace(hooks(server), slack=None)))
        house.send()
        house.send(days=1)
        assert len(server.requests) == 1
    (notice,) = house.notices(kind=NoticeKind.ROUND_OPENED)
    assert notice.state is NoticeState.UNCONFIRMED


def test_a_channel_that_is_not_there_holds_up_no_mail(tmp_path: Path) -> None:
    """Each goes its own way."""
    with serving(answers("ok")) as gone:
        address = f"{gone.url}/{UNGUESSABLE}"
    with taking_mails() as server:
        house = opened(House(tmp_path / "home", replace(by_mail(server.port), slack=address)))
        assert house.send() == Dispatched(sent=3, not_sent=1)
    (notice,) = house.notices(kind=NoticeKind.ROUND_OPENED)
    assert notice.problem == "Slack cannot be reached (ConnectionRefusedError)"
    with pytest.raises(NoDelivery, match="Slack cannot be reached"):
        Webhook("Slack", address, lambda _: {}).check()


def test_people_who_come_later_are_told_nothing_where_there_are_no_mails(house: House, channels: FaultServer) -> None:
    """An import during a round posts nothing to the channels."""
    house.send()
    house.people([*PEOPLE, Person("new@acme.example", "Nia", LEAD)])
    house.send(days=1)
    assert len(channels.requests) == 2
