"""Both conversations from the first question to what is sent, by keyboard alone, on a narrow screen."""

import pytest
from playwright.sync_api import Locator, Page, expect

from assistant.domain.access import person
from assistant.domain.conversation import ConversationState
from assistant.domain.words import ConversationKind
from assistant.loop.example import OPEN_ROUND

NARROW = {"width": 390, "height": 844}
MOST_TABS = 150
MANAGER, MEMBER = "kwabena@threeherons.example", "tevita@threeherons.example"
SAID = (
    "Every Monday we look together at what comes first, and why.",
    "Last week the order was moved, and the reason was on the board before anybody asked.",
    "What is missing is a talk about what comes next for each of us.",
)


def tab_to(page: Page, wanted: Locator) -> None:
    """Go on with the Tab key until something has the focus."""
    for _ in range(MOST_TABS):
        if wanted.evaluate("one => one === document.activeElement"):
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"The Tab key never came to {wanted}.")


class Hands:
    """Somebody who has no mouse."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.page.set_viewport_size(NARROW)
        self.page.reload()
        self.answers, self.written = page.locator(".vl-chat .bot.message"), page.locator(".vl-chat .user.message")
        expect(self.answers).not_to_have_count(0)

    def press(self, name: str) -> None:
        """A button, by the Enter key."""
        button = self.page.get_by_role("button", name=name, exact=True)
        expect(button).to_be_enabled()
        tab_to(self.page, button)
        self.page.keyboard.press("Enter")

    def say(self, words: str) -> None:
        """Write something, and wait until it has been answered."""
        heard = self.answers.count()
        tab_to(self.page, self.page.get_by_label("Your answer"))
        self.page.keyboard.type(words)
        self.page.keyboard.press("Enter")
        expect(self.answers).to_have_count(heard + 1)
        expect(self.page.get_by_role("button", name="Answer", exact=True)).to_be_enabled()

    def hold(self) -> None:
        """Say something, load the page anew in the middle, and go on where it was."""
        self.say(SAID[0])
        self.page.reload()
        expect(self.written).to_have_text([SAID[0]])
        for words in SAID[1:]:
            self.say(words)
        expect(self.written).to_have_text(list(SAID))

    def finish(self) -> None:
        """Look at the preview, say that it fits, and send."""
        self.press("Finish and send")
        expect(self.page.get_by_role("heading", name="Before you send it")).to_be_visible()
        best = self.page.get_by_role("radio", name="4, fully")
        tab_to(self.page, best)
        self.page.keyboard.press("Space")
        expect(best).to_be_checked()
        self.press("Send")
        expect(self.page.get_by_role("heading", name="Sent. Thank you")).to_be_visible()


@pytest.mark.parametrize(
    ("email", "kind"), [(MANAGER, ConversationKind.REFLECTION), (MEMBER, ConversationKind.FEEDBACK)]
)
def test_a_conversation_needs_neither_a_mouse_nor_a_wide_screen(app, signed_in, email, kind) -> None:
    """Tab, Space and Enter reach everything; a reload in the middle loses nothing, and nothing is cut off."""
    hands = Hands(signed_in(email).page)
    hands.hold()
    assert hands.page.evaluate("document.documentElement.scrollWidth") <= NARROW["width"]
    hands.finish()
    with app.parts.store.work() as work:
        kept = work.conversations.mine(OPEN_ROUND, kind, person(email))
    (sent,) = [held for held in kept if held.state is ConversationState.SENT]
    assert tuple(content for _, content in sent.said) == SAID
    assert sent.rating == 4
