"""What could give somebody away is shown before sending, and its author decides what becomes of it."""

import httpx
from playwright.sync_api import expect

from assistant.domain.access import person
from assistant.domain.conversation import LONGEST_MESSAGE, ConversationState
from assistant.domain.corrections import digest_of
from assistant.domain.words import ConversationKind
from assistant.loop.example import OPEN_ROUND
from tests.web.pictures import pictures

MEMBERS = [f"{name}@threeherons.example" for name in ("emeka", "dimitri", "ritu", "cosmin")]
WORDS = (
    "Kwabena tells us every Monday which three things come first. He keeps meetings short so that we can work. "
    "He gave Camille Thibodeaux the credit for the work on 14 May in front of everybody."
)


def kept(app, email):
    """The feedback of somebody in the open round, with what is understood in it."""
    read_as = app.parts.engine.reads_as
    with app.parts.store.work() as work:
        (held,) = work.conversations.mine(OPEN_ROUND, ConversationKind.FEEDBACK, person(email))
        reading = work.statements.of(held.id, read_as, person(email))
    return held, reading


def begun(signed_in, email):
    """Somebody who has said this and looks at the preview."""
    visit = signed_in(email)
    visit.say(WORDS)
    visit.button("Finish and send").click()
    expect(visit.page.locator(".vl-line")).not_to_have_count(0)
    return visit


def line_with(page, words):
    """The line in which these words were said."""
    return page.locator(".vl-line").filter(has=page.locator("q", has_text=words))


def test_what_gives_away_is_marked_explained_and_changed_by_keyboard_alone(app, signed_in) -> None:
    """A name and a day are marked, not by colour alone; the safer wording takes their place everywhere."""
    email, visit = MEMBERS[0], begun(signed_in, MEMBERS[0])
    line = line_with(visit.page, "credit")
    expect(line.locator("mark")).not_to_have_count(0)
    expect(line.locator("mark").first).to_contain_text("could give you away: the name of somebody who works here")
    assert line.locator("mark").first.evaluate("e => getComputedStyle(e).textDecorationLine") == "underline"
    expect(line.get_by_text("a time at which perhaps few were there")).not_to_have_count(0)
    expect(line.get_by_text("In a report, if others say the same:")).to_be_visible()
    number = line.get_attribute("data-line")
    pictures(visit.page, "previewing")
    line.get_by_role("button", name="Use the safer wording").press("Enter")
    changed = visit.page.locator(f'.vl-line[data-line="{number}"]')
    expect(changed.locator("q")).to_contain_text("a colleague")
    expect(changed.locator(".vl-counts")).to_be_focused()
    expect(visit.written.first).to_contain_text("a colleague")
    expect(visit.written.first).not_to_contain_text("Camille")
    held, reading = kept(app, email)
    assert "Camille" not in str(held.messages)
    assert all(held.messages[s.span.message].content[s.span.start : s.span.end] == s.text for s in reading.statements)


def test_a_line_is_put_into_own_words_and_signed_and_all_of_it_is_taken_back(app, signed_in) -> None:
    """HTML is words like others; the name is shown before sending; what was sent becomes a draft, then nothing."""
    email, visit = MEMBERS[1], begun(signed_in, MEMBERS[1])
    line = line_with(visit.page, "meetings")
    number = line.get_attribute("data-line")
    line.locator("summary", has_text="Change the words").press("Enter")
    line.get_by_label("These words take the place").fill("He keeps meetings <b>short</b> & we can work on our own.")
    line.get_by_role("button", name="Keep these words").click()
    changed = visit.page.locator(f'.vl-line[data-line="{number}"]')
    expect(changed.locator("q")).to_contain_text("& we can work on our own.")
    expect(changed.locator("q b")).to_have_count(0)
    assert "<b>short</b> &" in kept(app, email)[0].said[0][1]
    changed.get_by_role("button", name="Say it under my name").click()
    expect(changed.get_by_text("Under your name, in these words.")).to_be_visible()
    pictures(visit.page, "previewed")
    visit.button("Send").click()
    expect(visit.page.get_by_text("Under your name. Counts as:")).to_have_count(1)
    visit.button("Take it back").click()
    pictures(visit.page, "taking-back")
    visit.button("Take it back and go on").press("Enter")
    expect(visit.page.get_by_label("Your answer")).to_be_visible()
    assert kept(app, email)[0].state is ConversationState.DRAFT
    visit.button("Finish and send").click()
    expect(visit.page.get_by_text("Under your name, in these words.")).to_be_visible()
    visit.button("Send").click()
    visit.button("Take it back").click()
    visit.button("Leave it sent").click()
    expect(visit.button("Take it back and delete it")).to_be_hidden()
    visit.button("Take it back").click()
    visit.button("Take it back and delete it").click()
    expect(visit.written).to_have_count(0)
    assert kept(app, email)[0].said == ()


def test_a_name_can_be_put_to_all_of_it(app, signed_in) -> None:
    """Every line then says so, and a press takes it off again."""
    email, visit = MEMBERS[2], begun(signed_in, MEMBERS[2])
    visit.button("Put my name to all of it").click()
    expect(visit.page.get_by_text("All of it is under your name")).to_be_visible()
    assert kept(app, email)[0].named
    visit.button("Take my name off again").press("Enter")
    expect(visit.button("Put my name to all of it")).to_be_visible()
    assert not kept(app, email)[0].named


def test_what_cannot_be_kept_is_refused_in_words(app, signed_in) -> None:
    """Too long, empty, out of date, somebody else's, or from nobody: each says why, and the words stay."""
    email, visit = MEMBERS[3], begun(signed_in, MEMBERS[3])
    held, reading = kept(app, email)
    one = reading.statements[0]
    place = {"message": one.span.message, "start": one.span.start, "end": one.span.end}
    form = {"conversation": held.id, **{k: str(v) for k, v in place.items()}, "digest": digest_of(one.text)}
    post = visit.page.request.post
    words = f"{app.address}/understood/words"
    too_long = post(words, form={**form, "text": "x" * (LONGEST_MESSAGE + 1)})
    assert (too_long.status, "at most 20,000" in too_long.json()["detail"]) == (409, True)
    assert "nothing left" in post(words, form={**form, "text": " "}).json()["detail"]
    assert "another window" in post(words, form={**form, "text": "x", "digest": digest_of("old")}).json()["detail"]
    assert httpx.post(words, data={**form, "text": "x"}).status_code == 401
    assert httpx.post(words, data=form, headers={"origin": "https://elsewhere.example"}).status_code == 403
    manager = signed_in("priyanka@threeherons.example").page.request
    for path, more in (("words", {"text": "x"}), ("sharing", {"how": "named"}), ("name", {"named": "yes"})):
        assert manager.post(f"{app.address}/understood/{path}", form={**form, **more}).status == 409
    assert kept(app, email) == (held, reading)
