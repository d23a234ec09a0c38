"""What people said lies in the database locked with their keys, and is gone from every copy with them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from assistant.domain.access import ANALYSIS, OPERATOR, person
from assistant.domain.conversation import Conversation, ConversationState, Message, fingerprint
from assistant.domain.corrections import Correction, digest_of, read_in
from assistant.domain.errors import Broken
from assistant.domain.interview import InterviewState
from assistant.domain.organisation import Person
from assistant.domain.report import Report
from assistant.domain.statements import Reading, Statement
from assistant.domain.words import ConversationKind, Speaker
from assistant.loop.own_data import erase
from assistant.stores.sql.store import SqlStore
from tests.fakes.installation import Installation
from tests.fakes.keyrings import KEYS_ON_SERVER
from tests.fakes.reports import a_named_statement
from tests.traces import holding

FILE = "value-loop.sqlite3"
MIA, LI = "mia@acme.example", "li@acme.example"
FEEDBACK: dict[str, Any] = {"kind": ConversationKind.FEEDBACK, "author": LI, "about": MIA}

Keep = Callable[..., Conversation]
MakeStatement = Callable[..., Statement]
MakeReading = Callable[..., Reading]


@pytest.fixture(params=["sqlite", "postgresql", KEYS_ON_SERVER])
def kind(request: pytest.FixtureRequest) -> str:
    """Which database, and where its keys are."""
    return str(request.param)


@pytest.fixture
def people(store: SqlStore) -> None:
    """Mia and Li are known."""
    with store.work() as work:
        work.people.save([Person(MIA, "Mia", None), Person(LI, "Li", MIA)])


@pytest.fixture
def change(installation: Installation) -> Callable[..., list[tuple[Any, ...]]]:
    """Look into the database, or change it, past the product."""
    return installation.ask


def test_no_file_holds_what_somebody_said_or_how_it_was_read(
    store: SqlStore,
    installation: Installation,
    keep: Keep,
    statement: MakeStatement,
    reading: MakeReading,
    report: Callable[..., Report],
) -> None:
    """Messages, statements with what they are about, corrections, the state of a talk, and a report's claims."""
    word = "xylographically"
    draft = keep("d", said=f"I decide {word}.", state=ConversationState.DRAFT)
    line = statement(draft, text=f"decide {word}")
    with store.work() as work:
        work.conversations.append("d", 2, Message(Speaker.ASSISTANT, f"How {word}?"), person(MIA))
        work.conversations.set_state("d", InterviewState(), person(MIA))
        work.statements.save("d", "e", reading(line))
        work.statements.correct(Correction("d", line.span, digest_of(word), read_in(line), None), person(MIA))
        work.reports.save(report())
    said = (word, "I tell everybody why", line.behaviour, digest_of(word), "probability")
    assert holding(installation.files(), *said) == {}


def test_whoever_guesses_what_was_said_cannot_tell_by_the_digest(
    store: SqlStore, installation: Installation, keep: Keep
) -> None:
    """The digest by which an import knows a conversation again is keyed; it still knows it again."""
    held = keep("r")
    guess = fingerprint(held.round_key, held.kind, held.author, held.about, held.messages)
    assert holding(installation.files(), guess) == {}
    with store.work() as work:
        assert not work.conversations.add(held, f"r:{guess}")


@pytest.mark.parametrize(
    "move",
    [
        "UPDATE message SET content = (SELECT content FROM message WHERE conversation = 'f' AND position = 1) "
        "WHERE conversation = 'r' AND position = 1",
        "UPDATE message SET content = (SELECT content FROM message WHERE conversation = 'r' AND position = 0) "
        "WHERE conversation = 'r' AND position = 1",
        "UPDATE message SET content = substr(content, 1, 80) || 'AAAA' || substr(content, 85) WHERE position = 1",
        "UPDATE message SET content = 'I never said this.' WHERE position = 1",
    ],
    ids=["another person's", "another place's", "altered", "plain"],
)
def test_words_put_in_anothers_mouth_do_not_open(store: SqlStore, keep: Keep, change, move: str) -> None:
    """What is locked is bound to its place: moved or altered in the file, it is refused and not shown."""
    keep("r")
    keep("f", **FEEDBACK)
    change(move)
    with pytest.raises(Broken, match=r"altered|did not lock"), store.work() as work:
        work.conversations.get("r", person(MIA))


@pytest.mark.usefixtures("people")
def test_an_old_copy_of_the_database_holds_nothing_of_who_was_erased(
    store: SqlStore, installation: Installation, keep: Keep
) -> None:
    """Put back, it opens without what they said, and without an error; what others said is there."""
    keep("r")
    keep("f", **FEEDBACK)
    store.close()
    installation.keep_copy()
    store = installation.open()
    erase(store, LI)
    store.close()
    installation.put_copy_back()
    store = installation.open()
    with store.work() as work:
        assert work.conversations.by_author(LI, person(LI)) == ()
        assert [held.id for held in work.conversations.about_manager("2026-Q4", MIA, ANALYSIS)] == ["r"]
    store.close()


@pytest.mark.usefixtures("people")
def test_an_old_copy_loses_a_report_of_who_was_erased(
    store: SqlStore, installation: Installation, keep: Keep, report: Callable[..., Report]
) -> None:
    """It cannot be read any more, so it is not there any more."""
    keep("r")
    with store.work() as work:
        work.reports.save(report())
    store.close()
    installation.keep_copy()
    store = installation.open()
    erase(store, MIA)
    store.close()
    installation.put_copy_back()
    store = installation.open()
    with store.work() as work:
        assert work.reports.get(MIA, "2026-Q4", OPERATOR) is None
    store.close()


@pytest.mark.usefixtures("people")
def test_signed_words_lie_under_their_authors_key_and_go_with_it(
    store: SqlStore, installation: Installation, keep: Keep, report: Callable[..., Report]
) -> None:
    """In a report that stays nothing of them is left, neither after the erasure nor in an old copy put back."""
    keep("r")
    signed = a_named_statement(author=LI, text="You xylographically listen.")
    whole = replace(report(), named=(signed,))
    with store.work() as work:
        work.reports.save(whole)
    with store.work() as work:
        assert work.reports.get(MIA, "2026-Q4", OPERATOR) == whole  # from now on it has been seen
    assert holding(installation.files(), "xylographically") == {}
    store.close()
    installation.keep_copy()
    store = installation.open()
    erase(store, LI)
    for put_back in (False, True):
        if put_back:
            store.close()
            installation.put_copy_back()
            store = installation.open()
        with store.work() as work:
            assert work.reports.get(MIA, "2026-Q4", OPERATOR) == replace(whole, named=())
    store.close()


def test_an_erasure_that_was_broken_off_is_finished_at_the_next_start(
    store: SqlStore, installation: Installation, keep: Keep, change
) -> None:
    """Where a process died after the rows had gone and before the key had, the key goes when the store is opened."""
    keep("f", **FEEDBACK)
    (content,) = change("SELECT content FROM message WHERE position = 1")[0]
    (id_,) = change("SELECT id FROM data_key WHERE owner = ?", LI)[0]
    store.close()
    change("DELETE FROM conversation WHERE id = 'f'")
    change("INSERT INTO doomed_key SELECT id FROM data_key WHERE owner = ?", LI)
    change("DELETE FROM data_key WHERE owner = ?", LI)
    installation.open().close()
    assert change("SELECT * FROM doomed_key") == []
    assert holding(installation.files(), content[60:120]) == {}
    keyring = installation.keyring()
    assert id_ not in keyring.kept()
    assert keyring.destroyed() == {id_}


@pytest.mark.usefixtures("people")
def test_whoever_comes_back_after_an_erasure_begins_with_a_new_key(store: SqlStore, keep: Keep, change) -> None:
    """The same e-mail is another owner: nothing of before can be read with it."""
    keep("f", **FEEDBACK)
    before = change("SELECT id FROM data_key WHERE owner = ?", LI)
    erase(store, LI)
    keep("g", **FEEDBACK)
    assert change("SELECT id FROM data_key WHERE owner = ?", LI) != before
    with store.work() as work:
        assert [held.id for held in work.conversations.by_author(LI, person(LI))] == ["g"]


@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
@pytest.mark.parametrize("lost", [["keys.sqlite3"], ["keys.sqlite3", "master.key"]])
def test_a_database_whose_keys_are_lost_is_left_as_it_is(
    store: SqlStore, installation: Installation, keep: Keep, lost
) -> None:
    """No new keys are made in their place; when they are put back, everything is there."""
    keep("r")
    store.close()
    copies = {name: (installation.home / name).read_bytes() for name in lost}
    for name in lost:
        (installation.home / name).unlink()
    before = {path.name: path.read_bytes() for path in installation.home.iterdir()}
    with pytest.raises(Broken, match=r"Keys .* are missing.*backup"):
        installation.open()
    assert {path.name: path.read_bytes() for path in installation.home.iterdir()} == before
    for name, content in copies.items():
        (installation.home / name).write_bytes(content)
        (installation.home / name).chmod(0o600)
    store = installation.open()
    with store.work() as work:
        assert work.conversations.get("r", person(MIA)).id == "r"
    store.close()
