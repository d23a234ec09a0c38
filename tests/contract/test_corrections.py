"""What authors say of how they were read: kept by place and digest, laid over every reading, gone with the words."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from assistant.domain.access import ANALYSIS, OPERATOR, person
from assistant.domain.conversation import Conversation, ConversationState
from assistant.domain.corrections import Adjustment, Correction, Meaning, digest_of, read_in, words_at
from assistant.domain.errors import Refused, Unknown
from assistant.domain.statements import AuthorsView, Reading, Span, Statement
from assistant.domain.words import ConversationKind, Fundamental, Stance
from assistant.stores.keys.keyring import SqliteKeyring
from assistant.stores.sql.migrating import HEAD, bring_up_to_date, migrate
from assistant.stores.sql.store import SqlStore
from tests.fakes.installation import Installation, let_go

MIA, LI = person("mia@acme.example"), person("li@acme.example")
FEEDBACK: dict[str, Any] = {
    "kind": ConversationKind.FEEDBACK,
    "author": "li@acme.example",
    "about": "mia@acme.example",
}
LISTENING = Meaning(Fundamental.BUILDING_TRUST, "listening", Stance.MISSING)

Keep = Callable[..., Conversation]
MakeStatement = Callable[..., Statement]
MakeReading = Callable[..., Reading]


def a_correction(of: Conversation, statement: Statement, meant: Meaning | None = LISTENING) -> Correction:
    """What the author of a conversation says of one statement."""
    words = words_at(of, statement.span)
    return Correction(of.id, statement.span, digest_of(words), read_in(statement), meant)


def read_again(store: SqlStore, id: str, *statements: Statement, engine: str = "new") -> tuple[Statement, ...]:
    """What is read in Li's conversation after an engine has found these statements."""
    with store.work() as work:
        work.statements.save(id, engine, Reading(statements))
        found = work.statements.of(id, engine, LI)
    assert found is not None
    return found.statements


def test_what_the_author_says_is_laid_over_every_later_reading(
    store: SqlStore, keep: Keep, statement: MakeStatement
) -> None:
    """Another engine numbers and names it otherwise; it stays what the author said, for certain."""
    held = keep("f", **FEEDBACK)
    first = statement(held, 1)
    read_again(store, "f", first, engine="old")
    with store.work() as work:
        work.statements.correct(a_correction(held, first), LI)
    other = replace(first, id="f:2", behaviour="goals", stance=Stance.HARMFUL, fundamental=Fundamental.CREATING_CLARITY)
    before = replace(statement(held, 0), id="f:1")
    found = read_again(store, "f", before, other)
    assert [(s.id, s.view) for s in found] == [("f:1", AuthorsView.OPEN), ("f:2", AuthorsView.CHANGED)]
    assert (read_in(found[1]), found[1].confidence) == (LISTENING, 1.0)
    with store.work() as work:
        seen = work.statements.of("f", "new", ANALYSIS)
    assert seen is not None
    assert seen.statements == found


def test_the_author_s_place_stands_where_another_engine_draws_other_bounds(
    store: SqlStore, keep: Keep, statement: MakeStatement
) -> None:
    """What is read across it gives way; where nothing is read any more, the author's word still counts."""
    held = keep("f", **FEEDBACK)
    first, third = statement(held, 1), statement(held, 3)
    read_again(store, "f", first, third, engine="old")
    with store.work() as work:
        work.statements.correct(a_correction(held, first), LI)
    wider = replace(first, span=Span(1, 5, 25))
    found = read_again(store, "f", wider, third)
    assert [(s.id, s.span, s.view) for s in found] == [
        ("f:1", first.span, AuthorsView.CHANGED),
        ("f:2", third.span, AuthorsView.OPEN),
    ]
    assert found[0].text == words_at(held, first.span)
    assert [read_in(s) for s in read_again(store, "f", engine="blind")] == [LISTENING]


def test_a_place_whose_words_have_changed_is_corrected_no_longer(
    store: SqlStore, keep: Keep, statement: MakeStatement
) -> None:
    """The digest tells that they are others."""
    held = keep("f", **FEEDBACK)
    first = statement(held, 1)
    with store.work() as work:
        work.statements.correct(replace(a_correction(held, first), digest=digest_of("other words")), LI)
        assert work.corrections.of("f", LI) == ()
        assert work.corrections.examples(ANALYSIS) == ()
    assert [s.view for s in read_again(store, "f", first)] == [AuthorsView.OPEN]


def test_what_is_nothing_of_the_kind_is_not_shared_until_it_is_something_again(
    store: SqlStore, keep: Keep, statement: MakeStatement
) -> None:
    """It is not shared, and is shared again; what is held back stays so whatever it is."""
    held = keep("f", **FEEDBACK)
    first, second = statement(held, 1), statement(held, 2)
    read_again(store, "f", first, second, engine="e")
    with store.work() as work:
        work.statements.hold_back("f", ["f:2"], LI)
        work.statements.correct(a_correction(held, first, None), LI)
        work.statements.correct(a_correction(held, second), LI)
    found = read_again(store, "f", first, second)
    assert [(s.shared, s.view) for s in found] == [(False, AuthorsView.NOTHING), (False, AuthorsView.CHANGED)]
    with store.work() as work:
        work.statements.correct(a_correction(held, first, read_in(first)), LI)
        again = work.statements.of("f", "new", LI)
        assert again is not None
        assert [(s.shared, s.view) for s in again.statements] == [
            (True, AuthorsView.RIGHT),
            (False, AuthorsView.CHANGED),
        ]


def test_only_the_author_corrects_and_nobody_else_sees_it(
    store: SqlStore, keep: Keep, statement: MakeStatement
) -> None:
    """To the manager and the operator it is not there; the analysis, which may read it, may not write it."""
    held = keep("f", **FEEDBACK)
    said = a_correction(held, statement(held, 1))
    with store.work() as work:
        with pytest.raises(Unknown):
            work.statements.correct(said, MIA)
        with pytest.raises(Refused):
            work.statements.correct(said, ANALYSIS)
        work.statements.correct(said, LI)
        assert work.corrections.of("f", LI) == (said,)
        for other in (MIA, OPERATOR, person("")):
            assert work.corrections.of("f", other) == ()
            assert work.corrections.examples(other) == ()


def test_examples_are_of_what_was_sent_and_is_not_held_back(
    store: SqlStore, keep: Keep, statement: MakeStatement
) -> None:
    """Drafts wait, held back words teach nothing, and a changed mind comes last."""
    sent, draft = keep("f", **FEEDBACK), keep("d", state=ConversationState.DRAFT, **FEEDBACK)
    one, two, three = (statement(sent, n) for n in (1, 2, 3))
    read_again(store, "f", one, two, three)
    with store.work() as work:
        for said in (one, two, three):
            work.statements.correct(a_correction(sent, said), LI)
        work.statements.correct(a_correction(draft, statement(draft, 1)), LI)
        work.statements.hold_back("f", ["f:2"], LI)
        work.statements.correct(a_correction(sent, one, None), LI)
        found = work.corrections.examples(ANALYSIS)
    assert [(e.text, e.meant) for e in found] == [
        (words_at(sent, s.span), m) for s, m in ((three, LISTENING), (one, None))
    ]
    assert {(e.author, e.kind, e.was) for e in found} == {(LI.email, sent.kind, read_in(one))}


def test_corrections_are_erased_with_the_words_they_are_about(
    store: SqlStore, installation: Installation, keep: Keep, statement: MakeStatement
) -> None:
    """With a discarded draft, and with the person."""
    sent, draft = keep("f", **FEEDBACK), keep("d", state=ConversationState.DRAFT, **FEEDBACK)
    with store.work() as work:
        for held in (sent, draft):
            work.statements.correct(a_correction(held, statement(held, 1)), LI)
        work.conversations.discard("d", LI)
    assert _count(installation) == 1
    with store.work() as work:
        work.conversations.erase_author(LI.email)
    assert _count(installation) == 0


def test_how_corrections_are_used_is_kept_until_it_is_said_otherwise(store: SqlStore) -> None:
    """Not at all in the beginning; a second word takes the place of the first."""
    with store.work() as work:
        assert work.corrections.adjustment() is None
        work.corrections.use(Adjustment(40, behaviours=True, stances=True))
        work.corrections.use(Adjustment(41, behaviours=True, stances=False))
    with store.work() as work:
        assert work.corrections.adjustment() == Adjustment(41, behaviours=True, stances=False)
        work.corrections.use(None)
        assert work.corrections.adjustment() is None


@pytest.mark.parametrize("empty", [True], indirect=True)
def test_a_store_of_the_first_version_is_brought_up_with_all_it_holds_and_down_again(
    installation: Installation,
) -> None:
    """The way up adds two tables and touches nothing; the way down takes the two away, and leaves the words."""
    installation.home.mkdir(exist_ok=True)
    keyring = SqliteKeyring.open(installation.home)
    with let_go(installation.database()) as database:
        migrate(database, "0001", keyring)
        installation.ask("INSERT INTO round (key, floor, opened_at) VALUES ('2026-Q4', 4, '2026-11-23 09:30:00')")
        installation.ask(
            "INSERT INTO conversation (id, fingerprint, round_key, kind, author, about, named, state)"
            " VALUES ('f', 'x', '2026-Q4', 'feedback', 'li@acme.example', 'mia@acme.example', false, 'sent')"
        )
        installation.ask("INSERT INTO message VALUES ('f', 0, 'user', 'She never listens to us.')")
        bring_up_to_date(database, keyring)
    opened = installation.open()
    with opened.work() as work:
        held = work.conversations.get("f", LI)
        span = Span(0, 0, 23)
        said = Correction("f", span, digest_of(words_at(held, span)), LISTENING, None)
        work.statements.correct(said, LI)
        assert work.corrections.of("f", LI) == (said,)
    opened.close()
    with let_go(installation.database()) as database:
        migrate(database, "0001", keyring)
        assert installation.ask("SELECT content FROM message") == [("She never listens to us.",)]
        assert not {*database.tables()} & {"correction", "adjustment"}
        migrate(database, HEAD, keyring)
    assert _count(installation) == 0


def _count(installation: Installation) -> int:
    return int(installation.ask("SELECT count(*) FROM correction")[0][0])
