"""Behaviours as a model is shown them, in few tokens."""

import json

from hypothesis import given
from hypothesis import strategies as st

from assistant.domain.words import Fundamental
from assistant.engines.llm.listing import as_line, listed
from assistant.engines.llm.tokens import count_tokens
from tests.fakes.chats import PROMPTS

MOST_FIXED = 650
"""Tokens of what every reading begins with."""


def test_each_fundamental_is_a_line_of_its_behaviours(knowledge):
    """By their ids, with a hint where an id alone does not tell what is meant."""
    lines = listed(knowledge.behaviours.values()).splitlines()
    assert [line.partition(": ")[0] for line in lines] == [fundamental.value for fundamental in Fundamental]
    assert "bad_news (welcomed), listening, " in lines[2]
    assert all(
        behaviour.id in lines[[*Fundamental].index(behaviour.fundamental)]
        for behaviour in knowledge.behaviours.values()
    )


def test_what_every_reading_begins_with_stays_short(knowledge):
    """It goes out with each conversation, so that each word of it is paid for many times."""
    known = listed(knowledge.behaviours.values())
    fixed = PROMPTS["read-conversation"].filled(behaviours=known, kind="feedback", conversation="")
    assert count_tokens(fixed.system) < MOST_FIXED


@given(st.text())
def test_no_words_begin_another_line(words):
    """Whatever they hold, they are one value of one line, and come back as they were."""
    line = as_line({"said": words})
    assert len(line.split("\n")) == 1
    assert json.loads(line) == {"said": words}
