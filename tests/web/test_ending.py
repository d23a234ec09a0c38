"""A process that is asked to end: it says so, ends what it has begun, and takes on nothing new."""

import contextlib
import signal
import threading
import time
from collections.abc import Iterator

import httpx
import pytest
from playwright.sync_api import expect

from assistant.bootstrap import Parts
from assistant.domain.access import person
from assistant.domain.words import ConversationKind, Speaker
from assistant.loop.example import OPEN_ROUND, fill
from assistant.settings import Settings
from tests.fakes.fault_server import FaultServer, Handler, serving, streams
from tests.web.conftest import App, arriving, running
from tests.web.test_attacks import call

MEMBER, OTHER = "bronagh@threeherons.example", "camille@threeherons.example"
WORDS = "Henrike explains why the plan changes."


class Model:
    """A language model that answers once it may."""

    def __init__(self) -> None:
        self.may_answer = threading.Event()
        self.server: FaultServer

    def reply(self, handler: Handler) -> None:
        """Wait for leave, then answer."""
        self.may_answer.wait(600)
        streams("Thank you. ", "What did that change for you?")(handler)

    def wait_until_asked(self) -> None:
        """Wait until a call has come in."""
        until = time.monotonic() + 30
        while not self.server.requests:
            assert time.monotonic() < until
            time.sleep(0.02)


@pytest.fixture
def model() -> Iterator[Model]:
    """A server that answers when the test lets it."""
    made = Model()
    with serving(made.reply) as made.server:
        yield made
        made.may_answer.set()


@pytest.fixture
def start(tmp_path, model):
    """Starts an app that talks with that model."""
    parts = Parts(Settings(home=tmp_path / "home"))
    fill(parts.store, parts.new_id, parts.now())
    started: list[App] = []

    def make(**settings: str) -> App:
        made = running(tmp_path / "home", VALUE_LOOP_MODEL="openai:small", OPENAI_BASE_URL=model.server.url, **settings)
        started.append(made)
        return made

    yield make
    for app in started:
        app.process.kill()
        app.process.communicate()


def ask_to_end(app: App) -> dict:
    """Ask the process to end; what it says of itself from then on."""
    app.process.send_signal(signal.SIGTERM)
    until = time.monotonic() + 10
    while (answer := httpx.get(f"{app.address}/readyz")).status_code == 200:
        assert time.monotonic() < until
        time.sleep(0.02)
    return answer.json()


def test_a_running_answer_ends_and_new_questions_are_refused_kindly(start, model, visit_to, watched) -> None:
    """The answer is shown and kept though the process was asked to end while it came; then the process is gone."""
    app = start()
    visit = visit_to(app, MEMBER)
    with contextlib.closing(arriving(app, OTHER)) as other:
        expect(visit.answers).to_have_count(1)
        visit.page.get_by_label("Your answer").fill(WORDS)
        visit.button("Answer").click()
        model.wait_until_asked()
        assert ask_to_end(app) == {"ready": False, "ending": True, "missing": {}}
        assert httpx.get(f"{app.address}/healthz").status_code == 200
        refused = other.post(**call("/team", "new"))
        assert (refused.status_code, refused.headers["retry-after"]) == (503, "5")
        assert "restarted" in refused.json()["detail"]
        model.may_answer.set()
        expect(visit.answers).to_have_count(2)
    assert app.process.wait(timeout=90) == 0
    with app.parts.store.work() as work:
        held = work.conversations.mine(OPEN_ROUND, ConversationKind.FEEDBACK, person(MEMBER))
    assert [message.role for message in held[0].messages][-2:] == [Speaker.USER, Speaker.ASSISTANT]
    visit.page.close()
    watched.complaints.clear()  # the page noticed that the server has gone


def test_an_answer_that_does_not_end_is_not_waited_for_for_ever(start, model, visit_to, watched) -> None:
    """After the time that is set the process leaves; what was written is kept, and is answered by the next one."""
    app = start(VALUE_LOOP_STOP_SECONDS="1", VALUE_LOOP_MODEL_SECONDS="600")
    visit = visit_to(app, MEMBER)
    expect(visit.answers).to_have_count(1)
    visit.page.get_by_label("Your answer").fill(WORDS)
    visit.button("Answer").click()
    model.wait_until_asked()
    ask_to_end(app)
    assert app.process.wait(timeout=90) == 0
    with app.parts.store.work() as work:
        held = work.conversations.mine(OPEN_ROUND, ConversationKind.FEEDBACK, person(MEMBER))
    assert held[0].messages[-1].content == WORDS
    visit.page.close()
    watched.complaints.clear()
