"""What people are told about their words before they write, and when that changes."""

from playwright.sync_api import expect

from assistant.domain.access import person
from assistant.domain.words import ConversationKind
from assistant.loop.example import OPEN_ROUND

MEMBER, MANAGER = "ximena@threeherons.example", "aoife@threeherons.example"
MODEL = {
    "VALUE_LOOP_MODEL": "openai:none",
    "OPENAI_BASE_URL": "http://127.0.0.1:9/v1",
    "OPENAI_API_KEY": "x",
    "VALUE_LOOP_MODEL_SECONDS": "5",
}


def told(app, email, kind):
    """What this person's conversation of the open round says they were told, with the places."""
    with app.parts.store.work() as work:
        (held,) = work.conversations.mine(OPEN_ROUND, kind, person(email))
        return work.privacy.told(held.id, person(email))


def test_the_statement_is_there_before_the_first_answer_and_kept_with_it(own_app, visit_to) -> None:
    """Short at once, whole by keyboard; nothing is kept until the person goes on."""
    visit = visit_to(own_app, MEMBER)
    statement = visit.page.get_by_role("complementary", name="What stays yours")
    expect(statement).to_contain_text("only if at least 4 of you answer")
    expect(statement).to_contain_text("nothing of it is sent anywhere")
    expect(visit.answers).to_have_count(1)
    assert told(own_app, MEMBER, ConversationKind.FEEDBACK) == ()
    statement.get_by_text("The whole of it").focus()
    visit.page.keyboard.press("Enter")
    expect(statement.get_by_role("heading", name="What nobody can promise")).to_be_visible()
    visit.say("Aoife lets me try things and does not mind when they fail.")
    visit.say("Last week a jig broke, and she only asked what I had learned.")
    (kept,) = told(own_app, MEMBER, ConversationKind.FEEDBACK)
    assert kept.position == 1
    for sentence in kept.statement.short:
        expect(statement).to_contain_text(sentence)


def test_a_manager_is_told_what_holds_for_a_reflection(own_app, visit_to) -> None:
    """Their statement is another one, on a phone and in the dark as well."""
    visit = visit_to(own_app, MANAGER)
    visit.page.emulate_media(color_scheme="dark")
    visit.page.set_viewport_size({"width": 390, "height": 844})
    statement = visit.page.get_by_role("complementary", name="What stays yours")
    expect(statement).to_contain_text("laid beside what your team says, for your own report")
    assert visit.page.evaluate("document.documentElement.scrollWidth") <= 390


def test_who_has_a_page_open_when_a_model_is_connected_is_told_before_the_next_turn(own_app, visit_to, watched) -> None:
    """Nothing is kept or sent under terms they have not seen; their text stays, and answering again goes on."""
    visit = visit_to(own_app, MEMBER)
    expect(visit.written).to_have_count(2)
    statement = visit.page.get_by_role("complementary", name="What stays yours")
    own_app.process.kill()
    own_app.process.communicate()
    own_app.start_again(f"--port={own_app.address.rpartition(':')[2]}", **MODEL)
    visit.page.get_by_label("Your answer").fill("She also asks us first.")
    visit.button("Answer").click()
    expect(statement.get_by_role("alert")).to_contain_text("sent to a language model at 127.0.0.1:9")
    expect(visit.page.get_by_text("has changed since you opened this page")).to_be_visible()
    expect(visit.page.get_by_label("Your answer")).to_have_value("She also asks us first.")
    assert len(told(own_app, MEMBER, ConversationKind.FEEDBACK)) == 1
    visit.button("Answer").click()
    expect(visit.written).to_have_count(3)
    kept = told(own_app, MEMBER, ConversationKind.FEEDBACK)
    assert [(one.position, one.statement.handling.sends_to) for one in kept] == [(1, None), (5, "127.0.0.1:9")]
    watched.complaints.clear()  # the page noticed that the server was gone
