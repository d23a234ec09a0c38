"""Signs of serious matters: noticed in many words, and not in the figures of speech of every working day."""

import time

import pytest

from assistant.domain.conversation import LONGEST_MESSAGE
from assistant.engines.embedded.serious import tells_of_serious_matter
from assistant.loop.conversations_file import LONGEST_IMPORTED_MESSAGE


@pytest.mark.parametrize(
    "text",
    [
        "He hit me.",
        "HE HIT ME",
        "My manager punched Priya in the yard.",
        "She\u2019s been harassing the new people.",
        "A patient told me that my boss had groped her.",
        "Everything is fine with the rota. By the way, I want to kill myself.",
        "I do not\nwant   to live any more",
        "he is racist",
        "There is fraud in the books, I have seen it.",
        "He said he'd break my arm.",
        "somebody follows me home",
    ],
)
def test_a_serious_matter_is_noticed_however_it_is_written(text):
    """In capitals, across lines, with curly quotes, in the middle of something else."""
    assert tells_of_serious_matter(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "She is killing it, and the deadlines are killing us.",
        "He shot down my idea and stole the credit for it.",
        "I'd die for a coffee that early.",
        "She attacked the problem before it hit us hard.",
        "I am burned out, and he shouts at us.",
        "He stabbed me in the back in the budget round.",
        "She beat me to it.",
        "He pushed me to apply.",
        "She hit the nail on the head.",
    ],
)
def test_ordinary_feedback_is_left_alone_however_drastic(text):
    """Harsh words, blame and exhaustion are what feedback is for."""
    assert not tells_of_serious_matter(text)


def test_the_end_of_the_longest_imported_message_is_looked_at_as_well():
    """No length hides anything."""
    assert tells_of_serious_matter("all is well " * (LONGEST_IMPORTED_MESSAGE // 12 - 2) + "he hit me")


@pytest.mark.parametrize("text", ["a" * LONGEST_MESSAGE, "he said " * 2_500, "the the " * 2_500, "touch my " * 2_000])
def test_a_message_of_the_longest_kind_is_looked_through_quickly(text):
    """No text makes the signs slow."""
    began = time.perf_counter()
    tells_of_serious_matter(text)
    assert time.perf_counter() - began < 2
