"""``value-loop corrections``."""

from pathlib import Path

import pytest

from assistant.domain.access import person
from assistant.domain.conversation import Conversation, Message
from assistant.domain.corrections import Correction, digest_of
from assistant.domain.statements import Span
from assistant.domain.words import ConversationKind, Speaker
from assistant.loop.conversations import import_conversations
from assistant.stores.knowledge_files import load_knowledge
from assistant.stores.sql.store import SqlStore
from tests.fakes.house_words import a_house

KNOWLEDGE = load_knowledge(Path(__file__).parents[2] / "knowledge")
FUNDAMENTALS = {id_: behaviour.fundamental for id_, behaviour in KNOWLEDGE.behaviours.items()}


@pytest.fixture
def corrected(small):
    """Ten people have sent sixty lines and corrected them all."""
    store = SqlStore.open(small.home)
    house = a_house(FUNDAMENTALS)
    feedback, said = ConversationKind.FEEDBACK, Speaker.USER
    conversations = tuple(
        Conversation(f"h{e.number}", "2026-Q4", feedback, e.author, "mia@acme.example", (Message(said, e.text),))
        for e in house
    )
    import_conversations(store, conversations)
    with store.work() as work:
        for e in house:
            place = Span(0, 0, len(e.text))
            said_of_it = Correction(f"h{e.number}", place, digest_of(e.text), e.was, e.meant)
            work.statements.correct(said_of_it, person(e.author))
    store.close()
    return small


def test_what_was_corrected_is_counted_and_measured_without_a_word_of_it(corrected) -> None:
    """Numbers and verdicts, in words and as JSON; nobody's words or names."""
    shown = corrected("corrections")
    assert shown.status == 0
    assert "huddle" not in shown.out
    assert "@" not in shown.out
    found = corrected("corrections", "--json").json
    assert found["counts"] == {"right": 0, "behaviour_changed": 60, "stance_changed": 0, "nothing": 0}
    behaviours = found["measured"]["behaviours"]
    assert behaviours["helps"]
    assert behaviours["gain"] == pytest.approx(behaviours["adjusted"] - behaviours["without"], abs=0.002)
    assert behaviours["interval"][0] > 0
    assert (found["measured"]["stances"]["helps"], found["used"]) == (False, None)


def test_learning_is_switched_on_and_off_and_shows_in_the_report(corrected) -> None:
    """The report names the engine that read it; off, it is the plain one again."""
    on = corrected("corrections", "--use", "on", "--json").json
    assert on["used"] == {"behaviours": True, "stances": False}
    assert corrected("analyse", "2026-Q4", "--manager", "mia@acme.example").status == 0
    assert "+c" in corrected("report", "mia@acme.example", "--round", "2026-Q4").json["engine"]
    off = corrected("corrections", "--use", "off")
    assert "is off" in off.out
    assert corrected("analyse", "2026-Q4", "--manager", "mia@acme.example").status == 0
    assert "+c" not in corrected("report", "mia@acme.example", "--round", "2026-Q4").json["engine"]


def test_switching_on_is_refused_where_there_is_too_little_to_learn_from(small) -> None:
    """Exit 2, and why, in one sentence."""
    refused = small("corrections", "--use", "on")
    assert (refused.status, refused.out) == (2, "")
    assert "30 corrections" in refused.err
    assert small("corrections", "--json").json["measured"] is None
