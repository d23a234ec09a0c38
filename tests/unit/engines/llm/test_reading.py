"""Reading with a model: what it marks counts only as far as somebody said it."""

import json
from dataclasses import replace

import pytest

from assistant.domain.conversation import Conversation, Message
from assistant.domain.errors import OutOfReach
from assistant.domain.statements import Reading
from assistant.domain.words import ConversationKind, Signal, Speaker, Stance
from assistant.engines.llm.model import THINKING
from tests.fakes.chats import PROMPTS, Answering, a_model, an_engine, in_turn, part

FEEDBACK, REFLECTION = ConversationKind.FEEDBACK, ConversationKind.REFLECTION
PRAISE = "She took time to show me how the new machine works."
COMPLAINT = "Decisions take far too long and we wait for weeks."
QUESTION = "What value did your manager bring? Decisions take far too long, some say."


def a_conversation(kind: ConversationKind, *said: str, id: str = "c") -> Conversation:
    """A conversation in which each text answers a question of the assistant."""
    question = Message(Speaker.ASSISTANT, QUESTION)
    messages = tuple(m for text in said for m in (question, Message(Speaker.USER, text)))
    author, about = ("li@acme.example", "mia@acme.example")[:: 1 if kind is FEEDBACK else -1]
    return Conversation(id, "2026-Q4", kind, author, about, messages)


def marked(quote: str, stance: str = "valued", behaviour: str = "teaching_craft", sure: float = 9) -> dict:
    """One statement as a model marks it."""
    return {"quote": quote, "mark": f"{stance} {behaviour} {sure}"}


def signalling(signal: str, statement: dict) -> dict:
    """The statement, with what its mark tells of how safe the team feels."""
    return statement | {"mark": f"{statement['mark']} {signal}"}


def answered(*statements: dict, language: str = "en", unclear: int = 0) -> dict:
    """A model's whole answer."""
    return {"statements": [*statements], "language": language, "unclear": unclear}


@pytest.fixture
def read(embedded, knowledge):
    """Reads a conversation with a model that gives these answers."""

    def with_answers(conversation: Conversation, *answers) -> Reading:
        return an_engine(in_turn(*answers), embedded, knowledge).read(conversation)

    return with_answers


def test_a_statement_stands_where_it_was_said(read, knowledge):
    """In the author's words, with the behaviour's own fundamental."""
    conversation = a_conversation(FEEDBACK, PRAISE, COMPLAINT)
    answer = answered(marked(COMPLAINT, "missing", "timely_decisions"), marked("She took time to show me how"))
    reading = read(conversation, answer)
    assert [s.id for s in reading.statements] == ["c:1", "c:2"]
    assert [s.stance for s in reading.statements] == [Stance.VALUED, Stance.MISSING]
    for statement in reading.statements:
        span = statement.span
        assert conversation.messages[span.message].content[span.start : span.end] == statement.text
        assert statement.fundamental is knowledge.behaviours[statement.behaviour].fundamental
        assert (statement.author, statement.about, statement.shared) == ("li@acme.example", None, True)
    assert (reading.language, reading.unsure, reading.stand_in) == ("en", 0, None)


def test_nothing_is_read_in_a_message_that_the_model_takes_for_a_serious_matter(read):
    """Whatever else it marks there; the other messages count, and one of which its author says that it is none."""
    said = a_conversation(FEEDBACK, f"She hits people. {PRAISE}", COMPLAINT)
    answer = answered(
        {"quote": "She hits people", "mark": "Serious."},
        marked(PRAISE),
        marked(COMPLAINT, "missing", "timely_decisions"),
    )
    assert [s.span.message for s in read(said, answer).statements] == [3]
    vouched = replace(said, messages=tuple(replace(m, vouched=m.role is Speaker.USER) for m in said.messages))
    assert [s.span.message for s in read(vouched, answer).statements] == [1, 3]


def test_a_reflection_gives_claims_about_the_person(read):
    """And no climate is read from the manager's side."""
    conversation = a_conversation(REFLECTION, "I show everybody how the work is done well.")
    answer = answered(signalling("safety", marked("I show everybody how the work is done well", "does")))
    reading = read(conversation, answer)
    assert [(s.stance, s.about) for s in reading.statements] == [(Stance.DOES, "li@acme.example")]
    assert reading.signals == ()


def test_what_nobody_said_is_dropped_and_counted(read):
    """Inventions, the assistant's own words, and stances of the other side."""
    answer = answered(
        marked("She always shouts at everybody in the morning"),
        marked("Decisions take far too long, some say."),
        marked(PRAISE, "does"),
        marked(PRAISE, sure=1),
        marked(PRAISE),
        unclear=2,
    )
    reading = read(a_conversation(FEEDBACK, PRAISE), answer)
    assert [s.text for s in reading.statements] == [PRAISE]
    assert reading.unsure == 6


def test_statements_never_share_words(read):
    """The first one that is marked keeps them."""
    reading = read(a_conversation(FEEDBACK, COMPLAINT), answered(marked(COMPLAINT), marked("we wait for weeks")))
    assert [s.text for s in reading.statements] == [COMPLAINT]


@pytest.mark.parametrize(
    "wrong", ["missing slow_things 9", "does timely_decisions 9", "timely_decisions", "missing timely_decisions", ""]
)
def test_a_mark_that_tells_nothing_is_asked_for_once_more(embedded, knowledge, wrong):
    """By the number of its statement, in the same conversation; what comes then is what counts."""
    chat = Answering(
        answer=in_turn(
            answered(marked(PRAISE), {"quote": COMPLAINT, "mark": wrong}),
            answered(marked(PRAISE), marked(COMPLAINT, "missing", "timely_decisions")),
        )
    )
    reading = an_engine(chat, embedded, knowledge).read(a_conversation(FEEDBACK, PRAISE, COMPLAINT))
    assert [s.behaviour for s in reading.statements] == ["teaching_craft", "timely_decisions"]
    assert (reading.unsure, len(chat.seen)) == (0, 2)
    assert "not a stance of a feedback, an id of the list and 0 to 10: 2." in chat.seen[1][-1].content


@pytest.mark.parametrize("again", [answered(marked(COMPLAINT, "missing", "slow_things"), marked(PRAISE)), "I cannot."])
def test_a_statement_of_a_behaviour_that_stays_unknown_is_dropped_and_counted(read, again):
    """The others stand, also where nothing of use comes the second time."""
    first = answered(marked(COMPLAINT, "missing", "slow_things"), marked(PRAISE))
    reading = read(a_conversation(FEEDBACK, PRAISE, COMPLAINT), first, again)
    assert [s.text for s in reading.statements] == [PRAISE]
    assert (reading.unsure, reading.stand_in) == (1, None)


@pytest.mark.parametrize("name", ["bad_news", "bad_news (welcomed)", "Bad news", "`bad-news`"])
def test_a_behaviour_may_be_named_as_the_list_shows_it_or_in_words(read, name):
    """No call is spent on how an id is written."""
    reading = read(a_conversation(FEEDBACK, PRAISE), answered(marked(PRAISE, behaviour=name)), AssertionError("asked"))
    assert [s.behaviour for s in reading.statements] == ["bad_news"]


def test_signals_add_up_over_the_statements_of_a_feedback(read):
    """As the probability that at least one of them tells of such an event."""
    marks = (marked(PRAISE, sure=5), marked(COMPLAINT, "missing", sure=8))
    answer = answered(*(signalling("safety", mark) for mark in marks))
    reading = read(a_conversation(FEEDBACK, PRAISE, COMPLAINT), answer)
    assert [(one.signal, one.probability) for one in reading.signals] == [(Signal.SAFETY, 0.9)]


def test_a_signal_belongs_to_the_statement_in_whose_mark_it_stands(read):
    """Where there is one; a word that is no signal tells nothing, and the statement stays."""
    plan = "He explains the plan to us."
    answer = answered(
        signalling("Fear", marked(COMPLAINT, "missing")), marked(PRAISE), signalling("joy", marked(plan, "valued"))
    )
    reading = read(a_conversation(FEEDBACK, PRAISE, COMPLAINT, plan), answer)
    assert {s.text: s.signal for s in reading.statements} == {PRAISE: None, COMPLAINT: Signal.FEAR, plan: None}


@pytest.mark.parametrize(("sure", "confidence"), [(10, 1.0), (7, 0.7), (0.7, 0.7), (99, 1.0)])
def test_how_sure_a_model_is_becomes_a_share(read, sure, confidence):
    """Ten of ten is certain; a model that answers with a share is understood."""
    reading = read(a_conversation(FEEDBACK, PRAISE), answered(marked(PRAISE, sure=sure)))
    assert [s.confidence for s in reading.statements] == [confidence]


@pytest.mark.parametrize(
    ("told", "kept"), [("de", "de"), ("pt-BR", "pt-BR"), ("German", "mis"), ("und", "mis"), ("", "mis")]
)
def test_any_language_is_read(read, told, kept):
    """The model reads what the embedded engine leaves; a language told badly is still one that was read."""
    reading = read(
        a_conversation(FEEDBACK, "Sie nimmt sich Zeit."), answered(marked("Sie nimmt sich Zeit."), language=told)
    )
    assert (reading.language, reading.was_read, len(reading.statements)) == (kept, True, 1)


@pytest.mark.parametrize("said", [(), ("",), ("  ",)])
def test_a_conversation_with_nothing_in_it_costs_nothing(read, said):
    """No call is made."""
    assert read(a_conversation(FEEDBACK, *said), AssertionError("asked")) == Reading(())


def test_where_the_model_fails_the_embedded_engine_reads_and_the_reading_says_so(read, embedded):
    """Twice a bad answer, or none at all."""
    conversation = a_conversation(FEEDBACK, PRAISE, COMPLAINT)
    for answer in ("I cannot do that.", OutOfReach("It is gone."), answered({"quote": PRAISE})):
        reading = read(conversation, answer)
        assert reading.stand_in == embedded.name
        assert reading.statements == embedded.read(conversation).statements


def test_a_long_conversation_is_read_in_parts_of_its_own(embedded, knowledge):
    """Every message goes out once, and the parts come together in order."""
    said = [f"Number {n}: " + "she explains the plan to us " * 40 for n in range(6)]

    def answer(messages):
        first = json.loads(part(messages, "conversation").splitlines()[0])["said"]
        return answered(marked(first[:40]))

    chat = Answering(answer=answer)
    engine = an_engine(chat, embedded, knowledge)
    engine._reader._model = a_model(chat, context=2_400)  # a small server
    reading = engine.read(a_conversation(FEEDBACK, *said))
    sent = [json.loads(line)["said"] for messages in chat.seen for line in part(messages, "conversation").splitlines()]
    assert sent == said
    assert len(chat.seen) > 1
    assert [s.span.message for s in reading.statements] == sorted(s.span.message for s in reading.statements)
    assert len(reading.statements) == len(chat.seen)


def test_what_was_asked_goes_along_with_what_was_said(embedded, knowledge):
    """The questions of what the assistant said, and all of it where it asked none."""
    said = [
        Message(Speaker.ASSISTANT, "Thank you. What did she bring? And when?"),
        Message(Speaker.USER, "A plan."),
        Message(Speaker.ASSISTANT, "Tell me more."),
        Message(Speaker.USER, "It helped."),
    ]
    chat = Answering(answer=in_turn(answered()))
    held = Conversation("c", "2026-Q4", FEEDBACK, "li@acme.example", "mia@acme.example", tuple(said))
    an_engine(chat, embedded, knowledge).read(held)
    sent = [json.loads(line) for line in part(chat.seen[0], "conversation").splitlines()]
    assert sent == [
        {"asked": "What did she bring? And when?", "said": "A plan."},
        {"asked": "Tell me more.", "said": "It helped."},
    ]


def test_an_answer_may_be_as_long_as_there_is_something_to_quote(embedded, knowledge):
    """So that a small model that repeats itself is not waited for."""
    chat = Answering(answer=in_turn(answered()))
    engine = an_engine(chat, embedded, knowledge)
    for times in (1, 20, 300):
        engine.read(a_conversation(FEEDBACK, f"{PRAISE} " * times))
    short, long, longest = (asked["max_tokens"] - THINKING for asked in chat.asked_for)
    assert 300 < short < 800 < long < longest == PROMPTS["read-feedback"].tokens


def test_no_call_holds_words_of_two_people(embedded, knowledge):
    """One conversation a call."""
    chat = Answering(answer=in_turn(answered()))
    engine = an_engine(chat, embedded, knowledge)
    engine.read(a_conversation(FEEDBACK, PRAISE, id="a"))
    engine.read(a_conversation(FEEDBACK, COMPLAINT, id="b"))
    sent = ["".join(str(m.content) for m in messages) for messages in chat.seen]
    assert [(PRAISE in one, COMPLAINT in one) for one in sent] == [(True, False), (False, True)]
    assert all("acme.example" not in one for one in sent)


def test_readings_are_kept_under_the_model_and_the_prompt(embedded, knowledge):
    """So that another text of the prompt reads anew."""
    engine = an_engine(in_turn(answered()), embedded, knowledge)
    assert engine.name == "openai:small"
    assert engine.reads_as.startswith("openai:small read-reflection@1-")
