"""Names come from a file that somebody wrote: markup and formulas in them are shown, and never carried out."""

from dataclasses import replace

import pytest
from playwright.sync_api import expect

from assistant.bootstrap import Parts
from assistant.loop.analysis import analyse
from assistant.loop.example import FINISHED_ROUND, fill
from assistant.loop.organisation import import_people
from assistant.settings import Settings
from tests.web.conftest import ADMIN, LEADER, MANAGER, MEMBER, end, running

MARKUP = (
    "<img src=x onerror=document.title='carried-out'><script>document.title='carried-out'</script><b>[a](javascript:1)"
)


@pytest.fixture(scope="module")
def app_of_odd_names(tmp_path_factory):
    home = tmp_path_factory.mktemp("names")
    parts = Parts(Settings(home=home))
    fill(parts.store, parts.new_id, parts.now())
    with parts.store.work() as work:
        people = work.people.organisation().people.values()
    odd = [replace(who, name=f"{who.first_name}{MARKUP}", team=f"{who.team[:20]}{MARKUP}") for who in people]
    import_people(parts.store, odd)
    analyse(parts.store, parts.engine, parts.knowledge, FINISHED_ROUND, MANAGER)
    served = running(home)
    yield served
    end(served)


@pytest.mark.parametrize(
    ("email", "path"),
    [
        (MANAGER, "/manager/"),
        (MANAGER, "/manager/report"),
        (MEMBER, "/team/"),
        (LEADER, "/leader/"),
        (LEADER, "/leader/brief"),
        (LEADER, "/insight"),
        (ADMIN, "/admin/"),
        (MANAGER, "/"),
        (MANAGER, "/sessions"),
    ],
)
def test_markup_in_a_name_is_shown_as_it_stands(app_of_odd_names, visit_to, email, path) -> None:
    """On every page that shows a name: no element comes of it, and no script runs."""
    visit = visit_to(app_of_odd_names, email)
    visit.go(path)
    if path.startswith(("/manager", "/team", "/leader", "/admin")):
        expect(visit.page.locator(".vl-part").nth(1)).to_be_visible()
    if path in {"/manager/", "/team/"}:
        expect(visit.answers).not_to_have_count(0)
    expect(visit.page.get_by_text("onerror=").first).to_be_attached()
    assert visit.page.locator("img[src='x'], b:has-text('[a]'), a[href^='javascript']").count() == 0
    assert "carried-out" not in visit.page.title()


def test_markup_in_a_name_stays_a_name_in_an_answer(app_of_odd_names, visit_to) -> None:
    """A leader's answer names managers; what they are called is words."""
    visit = visit_to(app_of_odd_names, LEADER)
    visit.page.get_by_label("Your question").fill(
        "Where do managers believe that they explain changes while their teams do not hear a reason?"
    )
    visit.button("Ask").click()
    expect(visit.page.locator(".vl-part", has_text="onerror=").last).to_be_visible()
    assert visit.page.locator("img[src='x']").count() == 0
    assert "carried-out" not in visit.page.title()
