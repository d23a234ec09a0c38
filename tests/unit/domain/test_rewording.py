"""Other words in the place of some: where everything else then stands, and what the assistant had repeated."""

from hypothesis import given
from hypothesis import strategies as st

from assistant.domain.conversation import Message
from assistant.domain.rewording import Edit, moved, reworded
from assistant.domain.statements import Span
from assistant.domain.words import Speaker

SAID = "Janek was shouted at in the canteen. She gives credit."
TALK = (
    Message(Speaker.ASSISTANT, "What value did your manager bring?"),
    Message(Speaker.USER, SAID),
    Message(
        Speaker.ASSISTANT, "Thank you. So Janek was hurt. What did she do when somebody was shouted at in the canteen?"
    ),
)
EDIT = Edit(Span(1, 0, 36), "Somebody was shouted at.")


def test_the_words_go_and_so_does_what_repeated_them() -> None:
    """The sentences of the assistant that hold the name or three of the words in a row are left out."""
    asked, told, answered = reworded(TALK, EDIT)
    assert told.content == "Somebody was shouted at. She gives credit."
    assert "Janek" not in answered.content
    assert "canteen" not in answered.content
    assert answered.content.startswith("Thank you. ")
    assert asked == TALK[0]


def test_a_quotation_goes_with_the_words_that_it_quotes() -> None:
    """Also where it is as short as quotations get."""
    talk = (
        Message(Speaker.USER, "Could talk more."),
        Message(Speaker.ASSISTANT, "You say \u201cCould talk more\u201d. What is Mila perhaps not saying?"),
    )
    after = reworded(talk, Edit(Span(0, 0, 15), "There is room for talk"))
    assert after[1].content == "\u2026 What is Mila perhaps not saying?"


def test_what_still_stands_elsewhere_may_still_be_repeated() -> None:
    """A name that the author leaves in another line is nothing that went."""
    talk = (*TALK, Message(Speaker.USER, "Janek was shouted at in the canteen, I said."))
    assert reworded(talk, EDIT)[2] == TALK[2]


@given(st.text("ab ", min_size=1, max_size=30), st.data())
def test_a_place_after_the_edit_holds_the_words_that_it_held(text, data) -> None:
    """Whatever is replaced by whatever, each place that it does not touch reads as before, and no other is kept."""
    places = st.integers(0, len(text)).flatmap(lambda a: st.tuples(st.just(a), st.integers(a, len(text))))
    start, end = data.draw(places)
    edit = Edit(Span(0, start, end), data.draw(st.text("xy", min_size=1, max_size=9)))
    after = reworded((Message(Speaker.USER, text),), edit)[0].content
    assert after[edit.new_span.start : edit.new_span.end] == edit.text
    a, b = data.draw(places)
    place = moved(Span(0, a, b), edit)
    if a < end and start < b:
        assert place is None
    else:
        assert place is not None
        assert after[place.start : place.end] == text[a:b]


def test_other_messages_stay_where_they_are() -> None:
    """An edit moves nothing outside its own message."""
    assert moved(Span(2, 5, 9), EDIT) == Span(2, 5, 9)
