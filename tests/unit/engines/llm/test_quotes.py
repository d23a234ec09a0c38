"""Finding a quotation in its source."""

from hypothesis import given
from hypothesis import strategies as st

from assistant.domain.statements import Span
from assistant.engines.llm.quotes import find_quote

SAID = (
    (1, "She told me which ideas were mine. Decisions take far too long, and we wait for weeks."),
    (3, "Decisions take far too long!"),
)


def found(quote: str, taken: tuple[Span, ...] = ()) -> str | None:
    """The words of the source at the place that was found."""
    span = find_quote(quote, SAID, taken)
    return None if span is None else dict(SAID)[span.message][span.start : span.end]


def test_what_was_said_is_found_letter_by_letter():
    """With the stop that belongs to it."""
    assert found("She told me which ideas were mine") == "She told me which ideas were mine."


def test_a_slip_of_the_copyist_is_forgiven_and_the_source_stands():
    """The words that count are the author's, not the model's."""
    assert found("Decisions take far to long, and we wait for week") == (
        "Decisions take far too long, and we wait for weeks."
    )
    assert found("“she told me wich ideas were mine”") == "She told me which ideas were mine."


def test_what_was_not_said_is_not_found():
    """Neither an invention, nor a paraphrase, nor a scrap."""
    for quote in ("She never listens to anybody here.", "It is slow to get decisions made", "far", "", "...!?"):
        assert found(quote) is None


def test_the_same_words_again_are_the_next_place():
    """A place is used once."""
    first = find_quote("Decisions take far too long", SAID, ())
    assert first is not None
    second = find_quote("Decisions take far too long", SAID, (first,))
    assert second == Span(3, 0, 28)
    assert find_quote("Decisions take far too long", SAID, (first, second)) is None


def test_half_a_word_becomes_the_whole_one():
    """No statement begins or ends within a word."""
    assert found("ecisions take far too lon") == "Decisions take far too long,".rstrip(",")


@given(st.text(), st.lists(st.text(), max_size=3))
def test_a_place_is_always_within_the_source(quote, texts):
    """Whatever a model quotes, and whatever people wrote."""
    said = tuple(enumerate(texts))
    span = find_quote(quote, said, ())
    if span is not None:
        assert 0 <= span.start < span.end <= len(texts[span.message])
