"""The loop is closed: what a manager takes on after one round is what the next one asks after, from both sides."""

from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from playwright.sync_api import expect

from assistant.bootstrap import Parts
from assistant.domain.conversation import Conversation, Message
from assistant.domain.words import ConversationKind, Speaker
from assistant.loop.analysis import analyse
from assistant.loop.conversations import import_conversations
from assistant.loop.example import FINISHED_ROUND, OPEN_ROUND, fill
from assistant.loop.rounds import close_round, open_round
from assistant.settings import Settings
from tests.fakes.fault_server import serving, thinks
from tests.fakes.well_behaved import well_behaved
from tests.web.conftest import MANAGER, MEMBER, App, end, running
from tests.web.pictures import pictures

NEXT = "2027-Q1"
STEP = "I tell everybody the reason before the plan changes."
ABOUT = "reasons_for_changes"
NOTICED = "She explains why the plan changes before it does, and that helps me a lot."
ANSWERS = (
    "Henrike explains the reasons now, every time.",
    "On Tuesday she told us why the order was moved before we began.",
    NOTICED,
)


@dataclass(frozen=True)
class Reported:
    """An app in which the manager has a report, and its parts."""

    app: App
    parts: Parts


@pytest.fixture(scope="module", params=["the embedded engine", "a language model"])
def reported(request, tmp_path_factory) -> Iterator[Reported]:
    """Read by the embedded engine, or by a server that answers as it is asked to."""
    home = tmp_path_factory.mktemp("two-rounds")
    embedded = Parts(Settings(home=home, _env_file=None))
    fill(embedded.store, embedded.new_id, embedded.now())
    with serving(thinks(well_behaved(embedded.embedded))) as server:
        named = {"model": "openai:small", "openai_base_url": server.url} if "model" in request.param else {}
        parts = Parts(Settings(home=home, _env_file=None, **named))
        analyse(parts.store, parts.engine, parts.knowledge, FINISHED_ROUND, MANAGER)
        setting = {"VALUE_LOOP_MODEL": "openai:small", "OPENAI_BASE_URL": server.url} if named else {}
        app = running(home, **setting)
        yield Reported(app, parts)
        assert end(app) == 0
        assert bool(server.requests) is bool(named)


def next_round(parts: Parts) -> None:
    """The round that is open is closed, and another one opened."""
    close_round(parts.store, OPEN_ROUND, parts.now())
    open_round(parts.store, NEXT, parts.now())


def others_answer(parts: Parts) -> None:
    """The rest of the team says the same, elsewhere."""
    with parts.store.work() as work:
        team = [one.member for one in work.rounds.members(NEXT) if one.manager == MANAGER and one.member != MEMBER]
    said = (Message(Speaker.USER, NOTICED),)
    held = (Conversation(member, NEXT, ConversationKind.FEEDBACK, member, MANAGER, said) for member in team)
    assert import_conversations(parts.store, tuple(held)) == (len(team), 0)


def test_what_was_taken_on_is_asked_after_and_its_echo_told(reported, visit_to) -> None:
    """Report, step, next round: the manager is asked first how it went, and the team one neutral question."""
    manager = visit_to(reported.app, MANAGER)
    manager.go("/manager/report")
    own = manager.page.locator("details", has_text="Take on something of your own").last
    own.locator("summary").click()
    own.get_by_label("What you will do", exact=True).fill(STEP)
    own.get_by_label("What it is about").select_option(ABOUT)
    own.get_by_role("button", name="Take it on").click()
    expect(manager.page.locator(".vl-commitment").get_by_role("heading")).to_contain_text(STEP)
    next_round(reported.parts)

    manager.go("/manager/")
    expect(manager.page.get_by_text("tell everybody the reason before the plan changes").first).to_be_visible()

    member = visit_to(reported.app, MEMBER)
    question = reported.parts.knowledge.behaviours[ABOUT].change_question
    for words in ANSWERS:
        member.say(words)
    expect(member.page.get_by_text(question)).to_have_count(1)
    assert STEP not in member.page.content()
    member.button("Finish and send").click()
    member.button("Send").click()
    expect(member.page.get_by_role("heading", name="Sent. Thank you")).to_be_visible()

    parts = reported.parts
    others_answer(parts)
    close_round(parts.store, NEXT, parts.now())
    analyse(parts.store, parts.engine, parts.knowledge, NEXT, MANAGER)
    manager.go("/manager/report")
    echo = manager.page.locator(".vl-echo")
    expect(echo).to_contain_text(STEP)
    expect(echo).to_contain_text("Your team speaks of it as something that is there.")
    expect(manager.page.get_by_role("heading", name="Since your last report")).to_be_visible()
    pictures(manager.page, "next-report")
