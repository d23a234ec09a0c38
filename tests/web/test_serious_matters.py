"""Somebody tells of a serious matter: the assistant stops, says where to turn, and one click goes on."""

from pathlib import Path

import pytest
from playwright.sync_api import expect

from assistant.domain.access import person
from assistant.domain.words import ConversationKind
from assistant.loop.example import OPEN_ROUND

BLOW = "She slapped me in the cold store."
DRASTIC = "He touched my back and took time to show me how the new machine works, step by step."
CONTACTS = Path(__file__).parents[2] / "docs" / "contacts.example.toml"
PICTURES = Path(__file__).parent / "screenshots"


@pytest.fixture(scope="module")
def caring_app(own_app):
    """An app of an organisation that names whom to turn to."""
    own_app.process.kill()
    own_app.process.communicate()
    own_app.start_again(VALUE_LOOP_CONTACTS=str(CONTACTS))
    return own_app


def kept(app, email):
    """What this person has written in the open round, and whether it is set apart."""
    with app.parts.store.work() as work:
        (held,) = work.conversations.mine(OPEN_ROUND, ConversationKind.FEEDBACK, person(email))
    return [(m.content, m.set_apart) for m in held.messages if m.written_by is None]


def test_who_tells_of_a_blow_is_shown_where_to_turn_and_goes_on_with_one_key(caring_app, visit_to) -> None:
    """By keyboard alone, at 390 pixels, light and dark; a reload shows the same; nothing of it is in the preview."""
    email = "ximena@threeherons.example"
    visit = visit_to(caring_app, email)
    page = visit.page
    page.set_viewport_size({"width": 390, "height": 844})
    visit.say(BLOW)
    expect(visit.answers.last).to_contain_text("I do not use it")
    expect(visit.answers.last).to_contain_text(
        "– Works council (in confidence, not part of management): +49 30 5550 100"
    )
    expect(visit.button("Go on without it")).to_be_visible()
    PICTURES.mkdir(exist_ok=True)
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)
        page.screenshot(path=PICTURES / f"serious-phone-{scheme}.png", full_page=True)
        assert page.evaluate("document.documentElement.scrollWidth") <= 390
    page.reload()
    expect(visit.button("I did not mean it like that")).to_be_visible()
    visit.button("Go on without it").focus()
    page.keyboard.press("Enter")
    expect(visit.written).to_have_count(2)
    expect(visit.answers).to_have_count(3)
    expect(visit.button("Go on without it")).to_be_hidden()
    visit.say("She rings me back within the hour when something stands still.")
    visit.button("Finish and send").click()
    expect(page.get_by_role("heading", name="Before you send it")).to_be_visible()
    expect(page.locator(".vl-preview")).not_to_contain_text("slapped")
    assert [apart for _, apart in kept(caring_app, email)] == [True, False, False]


def test_a_false_alarm_counts_again_after_one_click(caring_app, visit_to) -> None:
    """The message is read like any other, and the next question is asked."""
    email = "wojciech@threeherons.example"
    visit = visit_to(caring_app, email)
    visit.say(DRASTIC)
    visit.button("I did not mean it like that").click()
    expect(visit.answers).to_have_count(3)
    expect(visit.button("I did not mean it like that")).to_be_hidden()
    expect(visit.button("Answer")).to_be_enabled()
    visit.button("Finish and send").click()
    expect(visit.page.locator(".vl-preview")).to_contain_text("how the new machine works")
    assert kept(caring_app, email)[0] == (DRASTIC, False)
