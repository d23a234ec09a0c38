"""People say how their own words were meant: before they send them, and managers later, beside their report."""

import httpx
from playwright.sync_api import expect

from assistant.domain.access import person
from assistant.domain.statements import AuthorsView
from assistant.domain.words import ConversationKind
from assistant.loop.example import OPEN_ROUND
from tests.web.pictures import pictures

MANAGER, MEMBER, OTHER = "henrike@threeherons.example", "joaquim@threeherons.example", "gintaras@threeherons.example"
WORDS = (
    "Priyanka tells us every Monday which three things come first. She keeps meetings short so that we can work. "
    "She gives credit to whoever did the work. But I hear of changes too late, and nobody explains why."
)


def understood(app, email):
    """The statements of somebody's feedback of the open round, as its author sees them."""
    read_as = app.parts.engine.reads_as
    with app.parts.store.work() as work:
        (held,) = work.conversations.mine(OPEN_ROUND, ConversationKind.FEEDBACK, person(email))
        reading = work.statements.of(held.id, read_as, person(email))
    return held, reading.statements


def test_a_line_is_confirmed_changed_or_taken_out_before_it_is_sent(app, signed_in) -> None:
    """One press says that it is right; the keyboard alone is enough; what was said is used when it is sent."""
    visit = signed_in(MEMBER)
    visit.say(WORDS)
    visit.button("Finish and send").click()
    lines = visit.page.locator(".vl-line")
    expect(lines).not_to_have_count(0)
    assert lines.count() >= 3
    lines.nth(0).get_by_role("button", name="This is right").press("Enter")
    expect(lines.nth(0).get_by_text("You say this is right.")).to_be_visible()
    expect(lines.nth(0).locator(".vl-counts")).to_be_focused()
    lines.nth(1).locator("summary", has_text="It means something else").press("Enter")
    lines.nth(1).get_by_label("What it is about").select_option("few_meetings")
    lines.nth(1).get_by_label("Missing").check()
    pictures(visit.page, "correcting")
    lines.nth(1).get_by_role("button", name="Keep this").click()
    expect(lines.nth(1).get_by_text("You changed this.")).to_be_visible()
    lines.nth(2).get_by_role("button", name="This says nothing about my manager").click()
    expect(lines.nth(2).get_by_text("It is left out.")).to_be_visible()
    expect(visit.page.locator("#line-said")).to_contain_text("It is left out.")
    pictures(visit.page, "corrected")
    visit.button("Send").click()
    expect(visit.page.get_by_role("heading", name="Sent. Thank you")).to_be_visible()
    expect(visit.page.get_by_text("Left out, as you said")).to_have_count(1)
    _, said = understood(app, MEMBER)
    views = [AuthorsView.RIGHT, AuthorsView.CHANGED, AuthorsView.NOTHING]
    assert [s.view for s in said[:3]] == views
    assert (said[1].behaviour, said[1].stance, said[1].confidence) == ("few_meetings", "missing", 1.0)
    assert [s.shared for s in said[:3]] == [True, True, False]


def test_a_manager_says_beside_the_report_that_a_claim_was_not_meant_so(signed_in) -> None:
    """The line is changed, the report stays; the words of the manager are asked of nobody else."""
    visit = signed_in(MANAGER)
    visit.go("/manager/report")
    visit.page.locator("summary", has_text="What you said").click()
    line = visit.page.locator(".vl-line").first
    before = visit.page.locator(".vl-finding").all_inner_texts()
    line.locator("summary", has_text="This is not what I meant").click()
    line.locator("summary", has_text="It means something else").click()
    line.get_by_label("What it is about").select_option("goals")
    line.get_by_label("Something you intend to do").check()
    pictures(visit.page, "correcting-report")
    line.get_by_role("button", name="Keep this").click()
    expect(line.get_by_text("You meant: agreeing on")).to_be_visible()
    visit.page.reload()
    visit.page.locator("summary", has_text="What you said").click()
    expect(visit.page.locator(".vl-line").first.get_by_text("You changed this.")).to_be_visible()
    assert visit.page.locator(".vl-finding").all_inner_texts() == before


def test_nobody_corrects_what_somebody_else_has_said(app, signed_in) -> None:
    """A form sent by the manager, or by nobody, is refused in words and changes nothing."""
    visit = signed_in(OTHER)
    visit.say(WORDS)
    visit.button("Finish and send").click()
    expect(visit.page.locator(".vl-line")).not_to_have_count(0)
    held, said = understood(app, OTHER)
    place = said[0].span
    form = {"conversation": held.id, "message": place.message, "start": place.start, "end": place.end}
    sent = {**{name: str(value) for name, value in form.items()}, "number": "1", "says": "nothing"}
    manager = signed_in("priyanka@threeherons.example")
    assert manager.page.request.post(f"{app.address}/understood", form=sent).status == 409
    assert httpx.post(f"{app.address}/understood", data=sent).status_code == 401
    assert (
        httpx.post(f"{app.address}/understood", data=sent, headers={"origin": "https://elsewhere.example"}).status_code
        == 403
    )
    assert understood(app, OTHER)[1] == said
