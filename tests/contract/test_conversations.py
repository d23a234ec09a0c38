"""Conversations: kept in order, shown to their author alone, and gone when they are erased."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from assistant.domain.access import ANALYSIS, OPERATOR, Viewer, person
from assistant.domain.conversation import Conversation, ConversationState, Message
from assistant.domain.errors import Refused, Unknown
from assistant.domain.interview import Asked, InterviewState, Slot
from assistant.domain.rewording import Edit
from assistant.domain.rounds import Round
from assistant.domain.statements import Reading, Span, Statement
from assistant.domain.words import ConversationKind, Fundamental, Speaker
from assistant.stores.sql.store import SqlStore
from tests.fakes.installation import Installation

MIA = person("mia@acme.example")
LI = person("li@acme.example")
DRAFT: dict[str, Any] = {"state": ConversationState.DRAFT}
FEEDBACK: dict[str, Any] = {"kind": ConversationKind.FEEDBACK, "author": "li@acme.example", "about": "mia@acme.example"}

Keep = Callable[..., Conversation]


def test_a_conversation_comes_back_as_it_was_kept(store: SqlStore, keep: Keep) -> None:
    """Its author reads every word, in order, with all that is known of it."""
    held = keep("a", said="Naïve “quotes”, \n a second line, and 你好.")
    with store.work() as work:
        assert work.conversations.get("a", MIA) == held


def test_a_message_remembers_who_worded_it(store: SqlStore, keep: Keep) -> None:
    """The engine with its prompt; a person's own words have nobody beside them."""
    keep("a", **DRAFT)
    worded = Message(Speaker.ASSISTANT, "And when was that?", "openai:small next-turn@1-abc")
    with store.work() as work:
        work.conversations.append("a", 2, worded, MIA)
    with store.work() as work:
        assert [m.written_by for m in work.conversations.get("a", MIA).messages] == [None, None, worded.written_by]


def test_the_same_content_is_kept_once(
    store: SqlStore, open_round: Round, conversation: Callable[..., Conversation]
) -> None:
    """A second conversation with the same fingerprint is not kept, and the answer says so."""
    with store.work() as work:
        assert work.conversations.add(conversation("a", round_key=open_round.key), "fingerprint")
        assert not work.conversations.add(conversation("b"), "fingerprint")
        assert [held.id for held in work.conversations.by_author("mia@acme.example", MIA)] == ["a"]


@pytest.mark.parametrize("viewer", [LI, OPERATOR, ANALYSIS, person("")], ids=str)
def test_nobody_but_the_author_sees_a_draft(store: SqlStore, keep: Keep, viewer: Viewer) -> None:
    """To everybody else it is as if it were not there, whichever way they ask."""
    keep("a", **DRAFT)
    with store.work() as work:
        for ask in (work.conversations.get, work.conversations.state, work.conversations.discard):
            with pytest.raises(Unknown):
                ask("a", viewer)
        assert work.conversations.by_author("mia@acme.example", viewer) == ()
        assert work.conversations.mine("2026-Q4", ConversationKind.REFLECTION, viewer) == ()
        assert work.conversations.about_manager("2026-Q4", "mia@acme.example", viewer) == ()


def test_a_manager_does_not_see_feedback_about_them(store: SqlStore, keep: Keep) -> None:
    """Of all that is said about a manager, the manager sees their own reflections only."""
    keep("r")
    keep("f", **FEEDBACK)
    with store.work() as work:
        seen = work.conversations.about_manager("2026-Q4", "mia@acme.example", MIA)
        assert [held.id for held in seen] == ["r"]


def test_the_analysis_reads_what_was_sent_in_the_order_it_was_begun(store: SqlStore, keep: Keep) -> None:
    """Reflections and feedback of one manager and round, without drafts and without other managers' ones."""
    keep("z")
    keep("f", **FEEDBACK)
    keep("draft", **DRAFT)
    keep("other", author="ana@acme.example")
    keep("a", about="li@acme.example")
    with store.work() as work:
        seen = work.conversations.about_manager("2026-Q4", "mia@acme.example", ANALYSIS)
        assert [held.id for held in seen] == ["z", "f", "a"]
        assert all(len(held.messages) == 2 for held in seen)


def test_mine_are_the_viewers_own_of_one_kind_and_round(store: SqlStore, keep: Keep) -> None:
    """Another kind does not appear among them."""
    keep("r", author="li@acme.example")
    keep("f", **FEEDBACK)
    with store.work() as work:
        assert [held.id for held in work.conversations.mine("2026-Q4", ConversationKind.FEEDBACK, LI)] == ["f"]
        assert work.conversations.mine("2026-Q3", ConversationKind.FEEDBACK, LI) == ()


def test_a_draft_grows_turn_by_turn_and_no_turn_is_taken_twice(store: SqlStore, keep: Keep) -> None:
    """A message goes to the next place; one that is taken, or left out, is refused."""
    keep("a", **DRAFT)
    more = Message(Speaker.ASSISTANT, "What did that change for Li?")
    with store.work() as work:
        work.conversations.append("a", 2, more, MIA)
        for place in (0, 2, 4):
            with pytest.raises(Refused):
                work.conversations.append("a", place, Message(Speaker.USER, "once more"), MIA)
        assert work.conversations.get("a", MIA).messages[2:] == (more,)


def test_where_a_conversation_stands_is_kept(store: SqlStore, keep: Keep) -> None:
    """The interview's state survives whole, and is empty where there was none."""
    keep("a", **DRAFT)
    state = InterviewState(
        asked=(Asked(Slot.VALUE), Asked(Slot.FUNDAMENTAL, Fundamental.BUILDING_TRUST)),
        filled=frozenset({Slot.VALUE, Slot.EFFECT}),
        touched=frozenset(Fundamental),
        nudges=2,
        nothings=1,
        closed=True,
    )
    with store.work() as work:
        assert work.conversations.state("a", MIA) == InterviewState()
        work.conversations.set_state("a", state, MIA)
        assert work.conversations.state("a", MIA) == state


def test_what_is_sent_stays_as_it_is(store: SqlStore, keep: Keep) -> None:
    """After sending, nothing more can be added, sent or discarded."""
    keep("f", **FEEDBACK, **DRAFT)
    with store.work() as work:
        work.conversations.send("f", LI)
        sent = work.conversations.get("f", LI)
        assert sent.state is ConversationState.SENT
        changes: list[Callable[[], None]] = [
            lambda: work.conversations.append("f", 2, Message(Speaker.USER, "more"), LI),
            lambda: work.conversations.set_state("f", InterviewState(), LI),
            lambda: work.conversations.send("f", LI),
            lambda: work.conversations.discard("f", LI),
        ]
        for change in changes:
            with pytest.raises(Refused):
                change()
        assert work.conversations.get("f", LI) == sent


def test_a_discarded_draft_is_gone(
    store: SqlStore, keep: Keep, statement: Callable[..., Statement], reading: Callable[..., Reading]
) -> None:
    """Its messages and statements go with it."""
    held = keep("a", **DRAFT)
    with store.work() as work:
        work.statements.save("a", "e", reading(statement(held)))
        work.conversations.discard("a", MIA)
        with pytest.raises(Unknown):
            work.conversations.get("a", MIA)
        assert work.statements.of("a", "e", MIA) is None


def test_erasing_an_author_takes_all_they_said_and_nothing_else(
    store: SqlStore, keep: Keep, statement: Callable[..., Statement], reading: Callable[..., Reading]
) -> None:
    """Sent and draft conversations of all rounds go; what others said stays."""
    keep("r")
    sent = keep("f", **FEEDBACK)
    keep("d", author="li@acme.example", **DRAFT)
    with store.work() as work:
        work.statements.save("f", "e", reading(statement(sent)))
        assert work.conversations.erase_author("li@acme.example") == ("f", "d")
        assert work.conversations.by_author("li@acme.example", LI) == ()
        assert [held.id for held in work.conversations.by_author("mia@acme.example", MIA)] == ["r"]


def test_erased_words_leave_every_file_at_once(
    store: SqlStore,
    keep: Keep,
    installation: Installation,
    statement: Callable[..., Statement],
    reading: Callable[..., Reading],
) -> None:
    """While the store stays open, no file of the database, SQLite's journal included, holds even what was locked."""
    held = keep("f", said="She decides alone, most of the time. " * 50, **FEEDBACK)
    with store.work() as work:
        work.statements.save("f", "e", reading(statement(held, text="decides alone")))
    locked = [row[0] for row in installation.ask("SELECT content FROM message UNION SELECT body FROM statement")]
    assert any(_files_with(installation, one) for one in locked)
    with store.work() as work:
        work.conversations.erase_author("li@acme.example")
    assert [_files_with(installation, one) for one in locked] == [[], [], []]


def test_an_edit_that_is_broken_off_changes_nothing(store: SqlStore, keep: Keep, statement, reading) -> None:
    """Words, what was read in them, and what is held back stay as they were."""
    held = keep("d", said="She decides late. She asks first.", **FEEDBACK, **DRAFT)
    with store.work() as work:
        work.statements.save("d", "e", reading(statement(held, 1)))
        work.statements.keep_back("d", Span(1, 10, 20), True, LI)
        before = work.conversations.get("d", LI), work.statements.of("d", "e", LI)

    def broken_off() -> None:
        with store.work() as work:
            work.conversations.reword("d", Edit(Span(1, 0, 17), "Decisions take long."), LI)
            assert work.statements.of("d", "e", LI) is None
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        broken_off()
    with store.work() as work:
        assert (work.conversations.get("d", LI), work.statements.of("d", "e", LI)) == before


def test_what_is_taken_back_can_be_gone_on_with(store: SqlStore, keep: Keep) -> None:
    """It is a draft again, and the analysis does not see it; a draft cannot be taken back."""
    keep("f", **FEEDBACK)
    with store.work() as work:
        work.conversations.take_back("f", LI)
        assert work.conversations.about_manager("2026-Q4", "mia@acme.example", ANALYSIS) == ()
        work.conversations.append("f", 2, Message(Speaker.ASSISTANT, "And?"), LI)
        with pytest.raises(Refused, match="nothing to take back"):
            work.conversations.take_back("f", LI)


def _files_with(installation: Installation, text: str) -> list[str]:
    """The files that hold the middle of a text; its ends may lie on another page."""
    middle = text[len(text) // 2 :][:60].encode()
    return [path.name for path in installation.files() if middle in path.read_bytes()]


def test_several_conversations_are_judged_at_once_or_none(store: SqlStore, keep: Keep) -> None:
    """What is set apart is kept for each, and where one of them is not to be seen nothing changes."""
    first, second = keep("a"), keep("b", said="Something else.")
    judged = [
        replace(held, messages=tuple(replace(m, set_apart=n == 0) for n, m in enumerate(held.messages)))
        for held in (first, second)
    ]
    with store.work() as work:
        with pytest.raises(Unknown):
            work.conversations.judge_all([*judged, replace(first, id="nowhere")], MIA)
        assert work.conversations.get("a", MIA) == first
        work.conversations.judge_all(judged, MIA)
        assert [work.conversations.get(id_, MIA) for id_ in ("a", "b")] == judged
