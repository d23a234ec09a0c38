"""Behaviours as a model is shown them, in few tokens."""

import json

from hypothesis import given
from hypothesis import strategies as st

from assistant.domain.words import Fundamental
from assistant.engines.llm.answers import Read
from assistant.engines.llm.listing import as_id, as_line, listed
from assistant.engines.llm.model import form
from assistant.engines.llm.tokens import count_tokens
from tests.fakes.chats import PROMPTS

MOST_FIXED = 600
"""Tokens of what every reading begins with, and of the form of its answer."""


def test_each_fundamental_is_a_line_of_its_behaviours(knowledge):
    """By their ids, with a hint where an id alone does not tell what is meant."""
    lines = listed(knowledge.behaviours.values()).splitlines()
    assert [line.partition(": ")[0] for line in lines] == [fundamental.value for fundamental in Fundamental]
    assert "bad_news (welcomed) listening " in lines[2]
    assert all(
        behaviour.id in lines[[*Fundamental].index(behaviour.fundamental)]
        for behaviour in knowledge.behaviours.values()
    )


def test_what_every_reading_begins_with_stays_short(knowledge):
    """It goes out with each conversation, so that each word of it is paid for many times."""
    known = listed(knowledge.behaviours.values())
    for prompt in ("read-feedback", "read-reflection"):
        fixed = PROMPTS[prompt].filled(behaviours=known, conversation="")
        assert count_tokens(fixed.system) + count_tokens(json.dumps(form(Read), separators=(",", ":"))) < MOST_FIXED


def test_a_behaviour_is_known_by_how_it_is_listed(knowledge):
    """With its hint or without."""
    for behaviour in knowledge.behaviours.values():
        assert as_id(listed([behaviour]).partition(": ")[2]) == as_id(behaviour.id) == behaviour.id


@given(st.text())
def test_no_words_begin_another_line(words):
    """Whatever they hold, they are one value of one line, and come back as they were."""
    line = as_line({"said": words})
    assert len(line.split("\n")) == 1
    assert json.loads(line) == {"said": words}
