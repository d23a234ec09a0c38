"""The real app in a process of its own on a home filled with the example organisation, and a real Chromium."""

import os
import signal
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import httpx
import pytest
from playwright.sync_api import Browser, BrowserContext, Locator, Page, Playwright, expect, sync_playwright

from assistant.bootstrap import Parts
from assistant.loop.analysis import analyse
from assistant.loop.example import FINISHED_ROUND, fill
from assistant.loop.sign_in import make_link
from assistant.settings import Settings

HERE = Path(__file__).resolve().parent
REPOSITORY = HERE.parents[1]
MANAGER, MEMBER, LEADER = "henrike@threeherons.example", "bronagh@threeherons.example", "solveig@threeherons.example"
ADMIN = "kerttu@threeherons.example"
ANALYSED = (MANAGER, "aoife@threeherons.example")
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
# What Gradio's script says where a page is left before it has loaded.
LEAVING = ("AbortError: BodyStreamBuffer was aborted", "Unexpected error Connection errored out.")
NO_CHROMIUM = (
    "The web tests need a Chromium. Install one (apt install chromium, or playwright install chromium), or name the "
    "one you have in VALUE_LOOP_TEST_CHROMIUM."
)


@dataclass
class App:
    """A running app; ``process`` can be killed and started again on the same home and under the same address."""

    home: Path
    process: subprocess.Popen[str]
    address: str

    @property
    def parts(self) -> Parts:
        """The store of the app, seen from outside."""
        return Parts(Settings(home=self.home))

    def link(self, email: str) -> str:
        """A fresh one-time link for somebody."""
        parts = self.parts
        secret = parts.new_secret()
        make_link(parts.store, email, secret, parts.now())
        return f"{self.address}/sign-in?token={secret}"

    def token(self, email: str) -> str:
        """The secret of a fresh link."""
        return self.link(email).partition("token=")[2]

    def start_again(self, *arguments: str, **settings: str) -> None:
        """Start the app anew on the same home; without a port among the arguments, under a new address."""
        again = running(self.home, *arguments, **settings)
        self.process, self.address = again.process, again.address


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as held:
        held.bind(("127.0.0.1", 0))
        return held.getsockname()[1]


def start(home: Path, *arguments: str, **settings: str) -> subprocess.Popen[str]:
    """Start the app on a home, with these settings in its environment."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith("VALUE_LOOP_")}
    path = os.pathsep.join(filter(None, [str(REPOSITORY), environment.get("PYTHONPATH")]))
    return subprocess.Popen(
        [sys.executable, str(HERE / "serving.py"), *arguments],
        env=environment | settings | {"VALUE_LOOP_HOME": str(home), "PYTHONPATH": path},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def running(home: Path, *arguments: str, **settings: str) -> App:
    """Start the app on a home and wait until it answers."""
    process = start(home, *arguments, **settings)
    assert process.stdout is not None
    address = process.stdout.readline().strip()
    if not address.startswith("http"):
        process.kill()
        raise AssertionError(process.communicate()[1])
    return App(home, process, address)


def arriving(app: App, email: str, **headers: str) -> httpx.Client:
    """Somebody who signs in anew without a browser; whoever asked closes the client."""
    client = httpx.Client(base_url=app.address, headers=headers, timeout=60)
    assert client.post("/sign-in", data={"token": app.token(email)}).status_code == 303
    return client


def end(app: App) -> int:
    """Ask the app to end; its exit status."""
    app.process.send_signal(signal.SIGTERM)
    app.process.communicate(timeout=60)
    return app.process.returncode


@pytest.fixture(scope="session")
def example_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    home = tmp_path_factory.mktemp("home")
    parts = Parts(Settings(home=home))
    fill(parts.store, parts.new_id, parts.now())
    for manager in ANALYSED:
        analyse(parts.store, parts.engine, parts.knowledge, FINISHED_ROUND, manager)
    return home


@pytest.fixture(scope="session")
def app(example_home: Path) -> Iterator[App]:
    served = running(example_home, "demo")
    yield served
    assert end(served) == 0


@pytest.fixture(scope="session")
def clients() -> Iterator[dict[str, httpx.Client]]:
    """Who has signed in to the shared app without a browser."""
    signed_in: dict[str, httpx.Client] = {}
    yield signed_in
    for client in signed_in.values():
        client.close()


@pytest.fixture
def client_of(app: App, clients: dict[str, httpx.Client]) -> Callable[[str], httpx.Client]:
    """Somebody who has signed in to the shared app without a browser; each signs in once for all tests."""

    def client(email: str) -> httpx.Client:
        if email not in clients:
            clients[email] = arriving(app, email)
        return clients[email]

    return client


@pytest.fixture
def arriving_at() -> Iterator[Callable[..., httpx.Client]]:
    """Somebody who signs in to an app without a browser, anew each time."""
    made: list[httpx.Client] = []

    def arrive(app: App, email: str, **headers: str) -> httpx.Client:
        made.append(arriving(app, email, **headers))
        return made[-1]

    yield arrive
    for client in made:
        client.close()


@pytest.fixture(scope="module")
def own_app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[App]:
    """An app on a home of its own, to do harm to."""
    home = tmp_path_factory.mktemp("own")
    parts = Parts(Settings(home=home))
    fill(parts.store, parts.new_id, parts.now())
    served = running(home)
    yield served
    end(served)


@pytest.fixture
def start_on() -> Callable[[Path], subprocess.Popen[str]]:
    """Starts one more app on a home."""
    return start


def chromium(playwright: Playwright) -> str:
    """The Chromium to test with; ends the run where there is none."""
    candidates = [os.environ.get("VALUE_LOOP_TEST_CHROMIUM"), "/usr/bin/chromium", playwright.chromium.executable_path]
    found = next((path for path in candidates if path and Path(path).is_file()), None)
    return found if found is not None else pytest.exit(NO_CHROMIUM, returncode=1)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    expect.set_options(timeout=30_000)
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=chromium(playwright), args=FLAGS)
        yield launched
        launched.close()


@dataclass
class Watched:
    """What went on in all pages of a test that should not have."""

    hosts: set[str] = field(default_factory=set)
    complaints: list[str] = field(default_factory=list)


@pytest.fixture
def watched() -> Watched:
    return Watched()


@pytest.fixture
def new_page(browser: Browser, watched: Watched) -> Iterator[Callable[[], Page]]:
    """New pages, each in a browser of its own; any request to another host or error in the console fails the test."""
    contexts: list[BrowserContext] = []

    def note_request(url: str) -> None:
        if not url.startswith(("data:", "blob:", "http://127.0.0.1:")):
            watched.hosts.add(url)

    def new() -> Page:
        context = browser.new_context()
        contexts.append(context)
        context.set_default_timeout(60_000)
        page = context.new_page()
        page.on("request", lambda request: note_request(request.url))
        page.on("pageerror", lambda error: watched.complaints.append(str(error)))
        page.on("console", lambda said: watched.complaints.append(said.text) if said.type == "error" else None)
        return page

    yield new
    for context in contexts:
        context.close()
    assert watched.hosts == set()
    assert [said for said in watched.complaints if not said.startswith(LEAVING)] == []


@dataclass(frozen=True)
class Visit:
    """Somebody who has signed in, and the page they look at."""

    page: Page
    address: str

    def go(self, path: str) -> None:
        """Open a page of the app and wait until it knows its visitor."""
        self.page.goto(self.address + path)
        self.page.get_by_role("button", name="Sign out").wait_for()

    def button(self, name: str) -> Locator:
        """A button by its exact name."""
        return self.page.get_by_role("button", name=name, exact=True)

    @property
    def answers(self) -> Locator:
        """What the assistant has said in the chat."""
        return self.page.locator(".vl-chat .bot.message")

    @property
    def written(self) -> Locator:
        """What the person has said in the chat."""
        return self.page.locator(".vl-chat .user.message")

    def _click_until_it_is_taken(self, written: int) -> None:
        """A page takes no click while the one before is being finished, and a busy browser may not show that."""
        self.button("Answer").click()
        try:
            expect(self.written).to_have_count(written, timeout=5_000)
        except AssertionError:
            self.button("Answer").click()
            expect(self.written).to_have_count(written)

    def say(self, words: str) -> None:
        """Write something, and wait until it has been answered."""
        expect(self.answers).not_to_have_count(0)
        before = self.written.count()
        self.page.get_by_label("Your answer").fill(words)
        self._click_until_it_is_taken(before + 1)
        expect(self.answers).to_have_count(before + 2)
        expect(self.button("Answer")).to_be_enabled()


@pytest.fixture
def visit_to(new_page: Callable[[], Page]) -> Callable[[App, str], Visit]:
    """Somebody who signs in to an app by a one-time link, in a browser of their own."""

    def sign_in(app: App, email: str) -> Visit:
        page = new_page()
        page.goto(app.link(email))
        page.get_by_role("button", name="Sign in").click()
        page.get_by_role("button", name="Sign out").wait_for()
        return Visit(page, app.address)

    return sign_in


@pytest.fixture
def signed_in(app: App, visit_to: Callable[[App, str], Visit]) -> Callable[[str], Visit]:
    """Somebody who signs in to the app that all tests share."""
    return lambda email: visit_to(app, email)
