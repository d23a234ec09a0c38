"""A team member gives feedback, sees how it was understood, and decides what is shared."""

from playwright.sync_api import expect

from assistant.domain.access import person
from assistant.domain.words import ConversationKind
from assistant.loop.example import OPEN_ROUND

MEMBER = "camille@threeherons.example"
WORDS = (
    "Priyanka tells us every Monday which three things come first. She keeps meetings short so that we can work. "
    "She gives credit to whoever did the work.",
    "But I hear of changes too late, and nobody explains why. She never asks where I want to go next.",
)


def test_a_statement_held_back_is_kept_out_of_what_is_shared(app, signed_in) -> None:
    """The preview says what each statement would count as; what is held back is not shared, the rest is sent."""
    visit = signed_in(MEMBER)
    expect(visit.page.get_by_role("heading", name="What stays yours")).to_be_visible()
    for words in WORDS:
        visit.say(words)
    visit.button("Finish and send").click()
    lines = visit.page.locator(".vl-line")
    expect(lines).not_to_have_count(0)
    expect(visit.page.get_by_text("It would count as:").first).to_be_visible()
    assert lines.count() >= 2
    lines.first.get_by_role("button", name="Hold back").click()
    expect(lines.first.get_by_text("it is neither used nor shown")).to_be_visible()
    visit.button("Send").click()
    expect(visit.page.get_by_role("heading", name="Sent. Thank you")).to_be_visible()
    expect(visit.page.get_by_text("Held back: neither used nor shown")).to_have_count(1)

    read_as = app.parts.engine.reads_as
    with app.parts.store.work() as work:
        (sent,) = work.conversations.mine(OPEN_ROUND, ConversationKind.FEEDBACK, person(MEMBER))
        reading = work.statements.of(sent.id, read_as, person(MEMBER))
    assert [statement.shared for statement in reading.statements] == [False] + [True] * (len(reading.statements) - 1)


def test_feedback_that_is_sent_stays_readable_for_its_author_only(signed_in) -> None:
    """The author finds what was sent on coming back; the box to write in is gone, and the manager sees none of it."""
    visit = signed_in("oksana@threeherons.example")
    visit.say("Priyanka stood up for us when the delivery was late.")
    visit.button("Finish and send").click()
    visit.button("Send").click()
    expect(visit.page.get_by_role("heading", name="Sent. Thank you")).to_be_visible()
    visit.page.reload()
    expect(visit.page.get_by_role("heading", name="Sent. Thank you")).to_be_visible()
    expect(visit.written).to_have_text(["Priyanka stood up for us when the delivery was late."])
    expect(visit.page.get_by_label("Your answer")).to_be_hidden()
    manager = signed_in("priyanka@threeherons.example")
    for path in ("/manager/", "/manager/report", "/team/"):
        manager.go(path)
        manager.page.wait_for_timeout(500)
        assert "the delivery was late" not in manager.page.content()
