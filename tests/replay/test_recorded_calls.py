"""What a real server answers, as it came over the wire once."""

import json
from typing import Annotated

import pytest
from langchain_openai import OpenAIEmbeddings
from pydantic import Field

from assistant.domain.conversation import Conversation, Message
from assistant.domain.errors import BadAnswer
from assistant.domain.knowledge import Behaviour
from assistant.domain.usage import CallPurpose
from assistant.domain.words import ConversationKind, Fundamental, Speaker
from assistant.engines.llm.answers import Read, Tried, Worded
from assistant.engines.llm.reader import LlmReader

pytestmark = [pytest.mark.vcr, pytest.mark.block_network]

CONTEXT = 8_000
A_FEW, A_LOT = 220, 800
"""Tokens of answers: a model as small as this one does not always come to an end by itself."""

AGAIN = 80
"""Tokens of being asked once more."""


class Listed(Worded):
    """More than fits into an answer: a form that goes on and on."""

    reasons: Annotated[list[str], Field(json_schema_extra={"minItems": 60})]


SAID = "She took time to show me how the new machine works, step by step."


def test_a_typed_answer(connect) -> None:
    """The server holds the model to the form, and counts the tokens."""
    here = connect()
    assert here.model.ask("try-model", Tried) == Tried(ready="yes")
    (used,) = here.ledger.used.values()
    assert (used.calls, used.tokens_in > 10, used.tokens_out > 0) == (1, True, True)


def test_a_turn_that_streams(connect) -> None:
    """Piece by piece, with the tokens told at the end."""
    turn = {"conversation": json.dumps({"person": SAID}), "draft": "I see. When did she last do that?"}
    here = connect(context=CONTEXT - connect().model.room("next-turn", **turn) + A_FEW)
    pieces = list(here.model.stream("next-turn", **turn))
    assert len(pieces) > 3
    (used,) = here.ledger.used.values()
    assert used.tokens_out >= len(pieces)


def test_a_conversation_that_is_read(connect) -> None:
    """The server holds the model to the stances and behaviours of the form; what it marks was really said."""
    known = Behaviour(
        "teaching", Fundamental.DEVELOPING_TALENT, "shows how it is done", "showing how it is done", "Craft."
    )
    messages = (Message(Speaker.ASSISTANT, "What value did she bring?"), Message(Speaker.USER, SAID))
    held = Conversation("c1", "r", ConversationKind.FEEDBACK, "li@acme.example", "mia@acme.example", messages)
    filled = LlmReader(connect().model, {"teaching": known}).requests(held)[0]
    bounded = connect(context=CONTEXT - connect().model.room("read-feedback", Read, **filled) + A_LOT)
    reading = LlmReader(bounded.model, {"teaching": known}).read(held)
    assert all(s.text in SAID and s.behaviour == "teaching" for s in reading.statements)
    assert reading.unsure + len(reading.statements) > 0
    assert reading.stand_in is None


def test_an_answer_that_is_cut_off(connect) -> None:
    """The server says that it stopped for its length, is asked once more, and the second time is the last."""
    lone = {"topics": "building_trust: listening", "statements": json.dumps({"1": SAID})}
    here = connect(context=CONTEXT - connect().model.room("match-topics", Listed, **lone) + A_FEW + AGAIN)
    with pytest.raises(BadAnswer, match="cut off"):
        here.model.ask("match-topics", Listed, **lone)
    assert [kind.purpose for kind in here.ledger.used] == [CallPurpose.MATCHING, CallPurpose.REPAIRS]
    assert [used.calls for used in here.ledger.used.values()] == [1, 1]


def test_a_turn_that_nobody_waits_for_to_the_end(connect) -> None:
    """Whoever goes away in the middle has what came so far, and what was used is written down."""
    turn = {"conversation": json.dumps({"person": SAID}), "draft": "Thank you. What else comes to mind?"}
    here = connect(context=CONTEXT - connect().model.room("next-turn", **turn) + A_FEW)
    pieces = here.model.stream("next-turn", **turn)
    assert next(pieces)
    pieces.close()
    (used,) = here.ledger.used.values()
    assert (used.calls, used.tokens_in > 0, used.tokens_out > 0) == (1, True, True)


def test_texts_as_vectors(reached) -> None:
    """As LangChain's client asks for them: one vector a text, all of one length, the same for the same text."""
    client = OpenAIEmbeddings(
        model=reached.model, base_url=reached.url, api_key=reached.key, check_embedding_ctx_length=False, max_retries=0
    )
    one, other, again = client.embed_documents([SAID, "Plans change every week.", SAID])
    assert len(one) == len(other) > 100
    assert one == pytest.approx(again, abs=0.01)
    assert one != pytest.approx(other, abs=0.01)
