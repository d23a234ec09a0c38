"""A leader's overview in the browser: units and rounds by pickers, files, by keyboard alone, and for nobody else."""

import csv
import io

import httpx
import pytest
from playwright.sync_api import expect

from assistant.domain.access import person
from assistant.loop.analysis import analyse
from assistant.loop.example import FINISHED_ROUND
from assistant.loop.formats.roll_up_json import rows
from assistant.loop.roll_ups import read_roll_up
from assistant.web.insight_page import sign_of
from tests.web.conftest import LEADER, MANAGER, MEMBER, App
from tests.web.test_keyboard import tab_to

KINDS = {"csv": "text/csv", "html": "text/html", "pdf": "application/pdf"}


@pytest.fixture(scope="module")
def analysed(app: App) -> App:
    """The app with all reports of the finished round."""
    parts = app.parts
    analyse(parts.store, parts.engine, parts.knowledge, FINISHED_ROUND)
    return app


@pytest.mark.usefixtures("analysed")
def test_teams_below_the_floor_are_hatched_and_say_so(signed_in) -> None:
    """Every manager of the downline has a row; too few answers give one hatched cell with words in it."""
    visit = signed_in(LEADER)
    visit.page.get_by_role("link", name="Overview").click()
    silent = visit.page.get_by_role("row", name="Aoife Gallagher")
    expect(silent.locator("td")).to_have_count(1)
    expect(silent.locator("td.below")).to_have_text("Too few answers to show anything")
    shown = visit.page.get_by_role("row", name="Henrike Osterloh")
    expect(shown.locator("td")).to_have_count(6)
    expect(shown).to_contain_text("of 6")


def test_what_all_teams_say_together_is_the_roll_up(analysed, signed_in) -> None:
    """Just its numbers, in a table that a keyboard reaches on a narrow screen."""
    parts = analysed.parts
    roll_up = read_roll_up(parts.store, person(LEADER), LEADER, FINISHED_ROUND, parts.now())
    visit = signed_in(LEADER)
    visit.page.set_viewport_size({"width": 390, "height": 844})
    visit.go("/insight")
    table = visit.page.get_by_role("group", name="What all teams say together")
    numbers = [f"{row['values'] or '–'} {row['misses'] or '–'}" for row in rows(roll_up)]
    assert numbers
    lines = table.locator("tbody tr")
    assert [" ".join(line.locator("td").all_inner_texts()) for line in lines.all()] == numbers
    table.focus()
    expect(table).to_be_focused()
    assert visit.page.evaluate("document.documentElement.scrollWidth") <= 390


@pytest.mark.usefixtures("analysed")
def test_a_unit_is_picked_and_left_again_by_keyboard_alone(signed_in) -> None:
    """On a narrow screen: the picker, the button, and the way back above the heading; no e-mail is in an address."""
    page = signed_in(LEADER).page
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto(page.url.partition("/leader")[0] + "/insight")
    picker = page.get_by_role("combobox", name="Teams")
    units = picker.locator("option").all_inner_texts()
    tab_to(page, picker)
    page.keyboard.press("ArrowDown")
    tab_to(page, page.get_by_role("button", name="Show"))
    page.keyboard.press("Enter")
    chosen = units[1].removeprefix("– ")
    expect(page.get_by_role("heading", level=1)).to_have_text(f"{chosen} and the teams below")
    assert "%40" not in page.url
    assert "@" not in page.url
    tab_to(page, page.get_by_role("link", name="All teams below you"))
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Your managers at a glance")


def test_files_hold_what_is_on_the_page_and_are_noted(analysed, client_of) -> None:
    """Each kind by its link; the table has a line for each manager that has a row."""
    leader = client_of(LEADER)
    page = leader.get("/insight").text
    for kind, media in KINDS.items():
        file = leader.get(f"/insight.{kind}?round={FINISHED_ROUND}")
        assert f"/insight.{kind}?round={FINISHED_ROUND}" in page
        assert (file.status_code, file.headers["content-type"].partition(";")[0]) == (200, media)
        assert file.headers["content-disposition"].startswith("attachment")
        assert file.headers["cache-control"] == "no-store"
    table = csv.DictReader(io.StringIO(leader.get("/insight.csv").content.decode("utf-8-sig")))
    names = {line["name"] for line in table if line["part"] == "teams"}
    assert names
    assert all(name in page for name in names)
    with analysed.parts.store.work() as work:
        assert sum(entry.looked.value == "overview_file" for entry in work.reader_log.entries()) >= 4


def test_a_manager_shares_a_report_and_takes_it_back(analysed, client_of, signed_in) -> None:
    """By keyboard; the leader opens it from the overview, sees nothing said under names, and then no more."""
    manager, leader = signed_in(MANAGER), client_of(LEADER)
    address = f"/insight/report?round={FINISHED_ROUND}&unit={sign_of(MANAGER)}"
    assert leader.get(address).status_code == 403
    manager.go("/manager/report")
    share = manager.button("Share it with the leaders above me")
    share.focus()
    manager.page.keyboard.press("Enter")
    expect(manager.button("Stop sharing it")).to_be_visible()
    reader = signed_in(LEADER)
    reader.go("/insight")
    reader.page.get_by_role("row", name="Henrike Osterloh").get_by_role("link", name="Report, shared with you").click()
    expect(reader.page.get_by_role("heading", level=1)).to_have_text("Value Loop report for Henrike Osterloh")
    assert client_of(MEMBER).get(address).status_code == 403
    manager.button("Stop sharing it").click()
    expect(share).to_be_visible()
    assert leader.get(address).status_code == 403
    with analysed.parts.store.work() as work:
        entry = [one for one in work.reader_log.entries() if (one.reader, one.looked.value) == (LEADER, "report")][-1]
    assert (entry.about, entry.outcome.value) == ((MANAGER,), "refused")


def test_the_overview_opens_for_leaders_and_for_their_own_teams_alone(analysed, client_of) -> None:
    """Managers and members are refused, and so is a unit or round that is not there; strangers are sent home."""
    for address in ("/insight", *(f"/insight.{kind}" for kind in KINDS)):
        for email in (MANAGER, MEMBER):
            assert client_of(email).get(address).status_code == 403
        with httpx.Client(base_url=analysed.address) as nobody:
            assert nobody.get(address).status_code == 303
    leader = client_of(LEADER)
    for query, status in (
        (f"unit={sign_of(MEMBER)}", 403),
        (f"unit={sign_of('nobody@threeherons.example')}", 404),
        ("unit=a-far-too-long-sign-of-somebody", 400),
        ("round=2031-Q1", 404),
        ("round=2026-Q4", 403),
    ):
        assert leader.get(f"/insight?{query}").status_code == status, query
    assert leader.get("/insight.exe").status_code == 400
