"""A manager reflects on somebody, turn by turn."""

from playwright.sync_api import expect

from assistant.domain.access import person
from assistant.domain.conversation import ConversationState
from assistant.domain.words import ConversationKind
from assistant.loop.example import OPEN_ROUND

MANAGER = "matteo@threeherons.example"
READ_AFTER_A_STOP = """async () => {
    const stop = new AbortController();
    const address = "/manager/gradio_api/queue/data";
    const response = await fetch(new Request(address, { signal: stop.signal }));
    stop.abort();
    return await response.text().catch(() => "stopped");
}"""
TURNS = (
    "I gave Zoltan the new welding jig to run on his own, because he asked for harder work.",
    "Last Tuesday he showed it to the others himself. I stayed out of it on purpose.",
    "He now plans the jig for the whole week, and two colleagues come to him with questions.",
    "My part was to keep the afternoon free of other orders and to say so to the office.",
    "I think he would say that I explain too little why an order is moved.",
    "What is missing is a talk about where he wants to go. I have put it off since spring.",
)


def test_a_reflection_of_six_turns_survives_a_reload_and_is_sent(app, signed_in) -> None:
    """Every turn is kept as it is said; the preview shows what was understood, and sending it counts as done."""
    visit = signed_in(MANAGER)
    visit.page.get_by_label("Zoltán Kertész").check()
    expect(visit.answers).to_have_count(1)
    for words in TURNS[:3]:
        visit.say(words)
    visit.page.reload()
    visit.page.get_by_label("Zoltán Kertész").check()
    expect(visit.written).to_have_count(3)
    for words in TURNS[3:]:
        visit.say(words)
    expect(visit.written).to_have_text(list(TURNS))
    expect(visit.page.get_by_label("Zoltán Kertész started")).to_be_checked()

    visit.button("Finish and send").click()
    expect(visit.page.get_by_role("heading", name="Before you send it")).to_be_visible()
    visit.button("Send").click()
    expect(visit.page.get_by_role("heading", name="Sent. Thank you")).to_be_visible()
    expect(visit.page.get_by_label("Zoltán Kertész done")).to_be_checked()

    with app.parts.store.work() as work:
        kept = work.conversations.mine(OPEN_ROUND, ConversationKind.REFLECTION, person(MANAGER))
    sent = [conversation for conversation in kept if conversation.about == "zoltan@threeherons.example"]
    assert [conversation.state for conversation in sent] == [ConversationState.SENT]
    assert tuple(content for _, content in sent[0].said) == TURNS


def test_what_people_write_is_shown_as_they_wrote_it(signed_in) -> None:
    """Markup, formulas and pictures in an answer stay plain text, and fetch nothing."""
    words = "<b>bold</b> $$x^2$$ ![p](http://evil.example/p.png) <img src=http://evil.example/q.png>"
    visit = signed_in(MANAGER)
    visit.page.get_by_label("Gunnar Thorvaldsen").check()
    expect(visit.answers).to_have_count(1)
    visit.say(words)
    expect(visit.written).to_have_text([words])
    expect(visit.page.locator(".vl-chat :is(b, img.katex, .katex)")).to_have_count(0)


def test_a_second_window_is_told_that_the_conversation_has_gone_on(signed_in) -> None:
    """Two windows on one conversation never answer the same question twice."""
    visit = signed_in(MANAGER)
    visit.page.get_by_label("Wojciech Zieliński").check()
    expect(visit.answers).to_have_count(1)
    other = visit.page.context.new_page()
    other.goto(visit.page.url)
    other.get_by_label("Wojciech Zieliński").check()
    expect(other.locator(".vl-chat .bot.message")).to_have_count(1)
    visit.say("I asked him first, before the others.")
    other.get_by_label("Your answer").fill("I asked him first.")
    other.get_by_role("button", name="Answer", exact=True).click()
    expect(other.get_by_text("gone on in another window")).to_be_visible()
    visit.page.reload()
    visit.page.get_by_label("Wojciech Zieliński").check()
    expect(visit.written).to_have_count(1)


def test_a_double_click_says_it_once(signed_in) -> None:
    """However quickly somebody clicks, there is one message and one answer to it."""
    visit = signed_in(MANAGER)
    visit.page.get_by_label("Parveen Akhtar").check()
    expect(visit.answers).to_have_count(1)
    visit.page.get_by_label("Your answer").fill("I gave her the morning shift that she had asked for.")
    visit.button("Answer").dblclick()
    expect(visit.answers).to_have_count(2)
    expect(visit.written).to_have_text(["I gave her the morning shift that she had asked for."])
    visit.page.reload()
    visit.page.get_by_label("Parveen Akhtar").check()
    expect(visit.written).to_have_count(1)
    expect(visit.answers).to_have_count(2)


def test_a_stream_of_results_is_read_to_its_end(signed_in) -> None:
    """Gradio stops it at its last word; in a busy browser the words before it would be dropped or misread."""
    visit = signed_in(MANAGER)
    visit.page.route("**/queue/data", lambda route: route.fulfill(body="data: the last words"))
    assert visit.page.evaluate(READ_AFTER_A_STOP) == "data: the last words"
