"""Words that stand out are said on the pages, and looked for in everything that the app wrote."""

import signal
from pathlib import Path

import httpx
from playwright.sync_api import expect

from assistant.loop.analysis import analyse
from assistant.loop.example import FINISHED_ROUND
from tests.traces import files_with, found_in

MEMBER, OTHER = "joaquim@threeherons.example", "camille@threeherons.example"
MANAGER, LEADER = "priyanka@threeherons.example", "solveig@threeherons.example"
SHARED, HELD_BACK, UNSENT, REFLECTED, ASKED = "quokkaline", "zebrawoodish", "dulcimerly", "marzipanic", "vortextual"
STRANGE = "tangerinian"
WORDS = (SHARED, HELD_BACK, UNSENT, REFLECTED, ASKED, STRANGE)


def test_what_is_said_on_the_pages_lies_nowhere_in_plain(own_app, visit_to, monkeypatch, tmp_path: Path) -> None:
    """Sent, held back, left unsent, reflected, asked or misplaced: in no file, running or not, and not in the logs."""
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    own_app.process.kill()
    own_app.process.communicate()
    own_app.start_again()
    parts = own_app.parts
    analyse(parts.store, parts.engine, parts.knowledge, FINISHED_ROUND, MANAGER)

    _give_feedback(visit_to(own_app, MEMBER))
    visit_to(own_app, OTHER).say(f"Priyanka asks me how the {UNSENT} work goes, every week.")
    visit_to(own_app, MANAGER).say(f"I gave Camille the {REFLECTED} project that she asked for.")
    _ask(visit_to(own_app, LEADER))
    _knock(own_app.address)

    assert files_with(own_app.home, *WORDS) == files_with(tmp_path, *WORDS) == {}
    own_app.process.send_signal(signal.SIGTERM)
    printed = "".join(own_app.process.communicate(timeout=20))
    assert found_in(printed.encode(), WORDS) == set()
    assert files_with(own_app.home, *WORDS) == files_with(tmp_path, *WORDS) == {}
    own_app.start_again()


def _give_feedback(visit) -> None:
    """Two lines: the first is confirmed and sent, the second held back."""
    visit.say(
        f"Priyanka tells us every Monday which {SHARED} things come first. "
        f"But I hear of {HELD_BACK} changes too late, and nobody explains why."
    )
    visit.button("Finish and send").click()
    lines = visit.page.locator(".vl-line")
    expect(lines).not_to_have_count(0)
    lines.first.get_by_role("button", name="This is right").click()
    expect(lines.first.get_by_text("You say this is right.")).to_be_visible()
    lines.last.get_by_role("button", name="Hold back").click()
    expect(lines.last.get_by_role("button", name="Hold back")).to_have_count(0)
    visit.button("Send").click()
    expect(visit.page.get_by_role("heading", name="Sent. Thank you")).to_be_visible()


def _ask(visit) -> None:
    visit.page.get_by_label("Your question").fill(f"Where do teams wait for {ASKED} decisions?")
    visit.button("Ask").click()
    expect(visit.page.locator(".vl-answer")).not_to_have_count(0)


def _knock(address: str) -> None:
    """Requests that lead nowhere, each with a word in it."""
    asked = [
        httpx.get(f"{address}/{STRANGE}"),
        httpx.post(f"{address}/sign-in", data={"token": STRANGE}),
        httpx.post(f"{address}/sign-in", content=STRANGE * 100),
        httpx.post(f"{address}/understood", data={"conversation": STRANGE, "says": STRANGE}),
    ]
    assert [answer.is_success for answer in asked] == [False] * 4
