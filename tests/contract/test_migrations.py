"""The tables are made by migrations alone, and the two never part."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory

from assistant.domain.access import OPERATOR, person
from assistant.domain.conversation import Conversation, ConversationState
from assistant.domain.corrections import Correction, read_in
from assistant.domain.interview import InterviewState
from assistant.domain.log_chain import verify
from assistant.domain.organisation import Person
from assistant.domain.reading_log import Capacity, Outcome
from assistant.domain.report import Report, from_above
from assistant.domain.rounds import Round
from assistant.domain.statements import Reading, Statement
from assistant.domain.words import Role
from assistant.stores.home_folder import make_home
from assistant.stores.keys.keyring import SqliteKeyring
from assistant.stores.sql.database import Database
from assistant.stores.sql.migrating import HEAD, MIGRATIONS, bring_up_to_date, migrate
from assistant.stores.sql.reader_log import SqlReaderLog
from assistant.stores.sql.store import SqlStore
from assistant.stores.sql.tables import metadata
from tests.fakes.installation import Installation, let_go
from tests.traces import holding

FROM_NOTHING = pytest.mark.parametrize("empty", [True], indirect=True)


@pytest.fixture
def database(installation: Installation) -> Iterator[Database]:
    with let_go(installation.database(patience=1)) as opened:
        yield opened


@pytest.fixture
def keyring(installation: Installation) -> SqliteKeyring:
    make_home(installation.home)
    return SqliteKeyring.open(installation.home)


IN_SQLITE = ["SELECT sql FROM sqlite_master WHERE sql IS NOT NULL"]
IN_POSTGRESQL = [
    "SELECT table_name, column_name, data_type, collation_name, is_nullable, column_default "
    "FROM information_schema.columns WHERE table_schema = 'public'",
    "SELECT conname, pg_get_constraintdef(oid) FROM pg_constraint WHERE connamespace = 'public'::regnamespace",
    "SELECT indexdef FROM pg_indexes WHERE schemaname = 'public'",
    "SELECT pg_get_triggerdef(oid) FROM pg_trigger WHERE NOT tgisinternal",
    "SELECT pg_get_functiondef(oid) FROM pg_proc WHERE pronamespace = 'public'::regnamespace",
]


def schema(installation: Installation) -> set[str]:
    """Everything that the database defines, but for what Alembic and SQLite keep for themselves."""
    queries = IN_SQLITE if installation.url is None else IN_POSTGRESQL
    found = {" ".join(map(str, row)) for query in queries for row in installation.ask(query)}
    return {one for one in found if not any(own in one for own in ("alembic_version", "sqlite_sequence"))}


@FROM_NOTHING
def test_migrations_make_exactly_the_tables_that_the_code_knows(database: Database, keyring: SqliteKeyring) -> None:
    """Alembic finds no difference between a migrated database and the declared tables."""
    bring_up_to_date(database, keyring)
    with database.begin() as connection:
        assert compare_metadata(MigrationContext.configure(connection), metadata) == []


@FROM_NOTHING
def test_migrations_go_down_to_nothing_and_up_again(
    database: Database, installation: Installation, keyring: SqliteKeyring
) -> None:
    """The way back leaves nothing, and the way up makes the same as the first time."""
    bring_up_to_date(database, keyring)
    first = schema(installation)
    migrate(database, "base", keyring)
    assert schema(installation) == set()
    migrate(database, HEAD, keyring)
    assert schema(installation) == first


@pytest.mark.parametrize("kind", ["postgresql"], indirect=True)
def test_all_text_is_compared_by_code_points(installation: Installation) -> None:
    """Whatever language the server speaks, so that lists come in the same order everywhere."""
    otherwise = (
        "SELECT table_name, column_name FROM information_schema.columns WHERE table_schema = 'public' "
        "AND data_type IN ('character varying', 'text', 'character') AND collation_name IS DISTINCT FROM 'C'"
    )
    assert installation.ask(otherwise) == [("alembic_version", "version_num")]


def test_the_newest_migration_is_the_one_that_a_store_opens_with() -> None:
    """A forgotten change of HEAD would let an old file pass as up to date."""
    assert ScriptDirectory(str(MIGRATIONS)).get_heads() == [HEAD]


@FROM_NOTHING
def test_signals_keep_their_meaning_on_the_way_up_and_down(
    database: Database, installation: Installation, keyring: SqliteKeyring
) -> None:
    """What was described becomes certain; on the way back what is more probable than not was described."""

    def signals() -> list[object]:
        kept = installation.ask("SELECT signals FROM reading ORDER BY conversation")
        return [json.loads(one) if isinstance(one, str) else one for (one,) in kept]

    migrate(database, "0002", keyring)
    installation.ask("INSERT INTO round (key, floor, opened_at) VALUES ('2026-Q4', 4, '2026-11-23 09:30:00')")
    for id_, signs in (("a", '["safety", "fear"]'), ("b", "[]")):
        held = "INSERT INTO conversation (id, fingerprint, round_key, kind, author, named, state) VALUES "
        installation.ask(f"{held} (?, ?, '2026-Q4', 'reflection', 'mia@acme.example', false, 'sent')", id_, id_)
        read = "INSERT INTO reading (conversation, engine, signals, unsure, language) VALUES (?, 'e', ?, 0, 'en')"
        installation.ask(read, id_, signs)
    migrate(database, "0003", keyring)
    assert signals() == [{"safety": 1.0, "fear": 1.0}, {}]
    installation.ask("""UPDATE reading SET signals = '{"safety": 0.5, "fear": 0.49}' WHERE conversation = 'a'""")
    migrate(database, "0002", keyring)
    assert signals() == [["safety"], []]


PLAIN = "SELECT content FROM message", "SELECT text, behaviour FROM statement", "SELECT signals, unsure FROM reading"
CORRECTED = "SELECT digest, was_stance, behaviour FROM correction"
QUOTED = "SELECT body FROM report"


@pytest.fixture
def filled(
    installation: Installation,
    store: SqlStore,
    keep: Callable[..., Conversation],
    statement: Callable[..., Statement],
    reading: Callable[..., Reading],
    report: Callable[..., Report],
) -> Installation:
    """A database of the version before words were locked, with something of everything, and its keyring beside it."""
    held = keep("d", state=ConversationState.DRAFT)
    line = statement(held)
    with store.work() as work:
        work.conversations.set_state("d", InterviewState(), person(held.author))
        work.statements.save("d", "e", reading(line))
        work.statements.correct(Correction("d", line.span, "digest", read_in(line), None), person(held.author))
        work.reports.save(report())
    store.close()
    with let_go(installation.database()) as database:
        migrate(database, "0005", SqliteKeyring.open(installation.home))
        database.wipe()
    return installation


def kept(installation: Installation) -> list[list[tuple[object, ...]]]:
    """What is kept in plain."""
    return [installation.ask(query) for query in (*PLAIN, CORRECTED, QUOTED)]


def test_words_are_locked_on_the_way_up_and_unlocked_on_the_way_down(
    filled: Installation, conversation: Callable[..., Conversation], report: Callable[..., Report]
) -> None:
    """Afterwards no file holds them in plain, everybody reads what they read before, and the way back loses nothing."""
    word = "onto the pricing work"
    before = kept(filled)
    assert holding(filled.files(), word)
    (filled.home / "keys.sqlite3").unlink()
    store = filled.open()
    assert not holding(filled.files(), word)
    with store.work() as work:
        mine = conversation("d", state=ConversationState.DRAFT)
        assert work.conversations.get("d", person(mine.author)) == mine
        assert work.statements.of("d", "e", person(mine.author)).language == "de"
        assert work.reports.get(mine.author, "2026-Q4", OPERATOR) == report()
    store.close()
    with let_go(filled.database()) as database:
        migrate(database, "0005", SqliteKeyring.open(filled.home))
    assert kept(filled) == before


def test_reports_of_before_answer_leaders_as_new_ones_do(
    store: SqlStore, installation: Installation, report: Callable[..., Report], open_round: Round
) -> None:
    """What of a report may be seen from above is taken out of it on the way up, and locked like the rest."""
    leader = Person("ana@acme.example", "Ana Abel", None, role=Role.LEADER)
    manager = Person("mia@acme.example", "Mia Berg", leader.email)
    with store.work() as work:
        work.people.save([leader, manager, Person("li@acme.example", "Li Low", manager.email)])
        work.reports.save(report(manager.email, findings=2))
    store.close()
    with let_go(installation.database()) as database:
        migrate(database, "0014", SqliteKeyring.open(installation.home))
    opened = installation.open()
    with opened.work() as work:
        (below,) = work.reports.below(leader.email, open_round.key, OPERATOR)
    opened.close()
    assert below == from_above(report(manager.email, findings=2))
    ((kept,),) = installation.ask("SELECT figures FROM report")
    assert "climate" not in kept


@FROM_NOTHING
def test_looks_of_before_are_chained_on_the_way_up_and_plain_again_on_the_way_down(
    database: Database, installation: Installation, keyring: SqliteKeyring
) -> None:
    """They keep their order and what they say; what was not noted then is said to be so."""
    before = [
        ("2026-11-02 09:30:00.000000", "operator", "report", "2026-Q4", '["mia@acme.example"]'),
        ("2026-11-01 08:00:00.123456", "adä@acme.example", "answer", "2026-Q4", "[]"),
    ]
    migrate(database, "0005", keyring)
    for number, look in enumerate(before, 3):
        into = "INSERT INTO reader_log (number, at, reader, looked, round_key, about) VALUES (?, ?, ?, ?, ?, ?)"
        installation.ask(into, number, *look)
    plain = "SELECT at, reader, looked, round_key, about FROM reader_log ORDER BY number"
    kept_before = installation.ask(plain)
    migrate(database, HEAD, keyring)
    with database.begin() as connection:
        chain = SqlReaderLog(connection).chain()
    assert verify(chain).broken is None
    assert [(link.entry.reader, link.entry.about) for link in chain] == [
        ("operator", ("mia@acme.example",)),
        ("adä@acme.example", ()),
    ]
    assert {(link.entry.capacity, link.entry.outcome) for link in chain} == {(Capacity.NOT_NOTED, Outcome.NOT_NOTED)}
    migrate(database, "0005", keyring)
    assert installation.ask(plain) == kept_before


@FROM_NOTHING
def test_a_migration_that_fails_changes_nothing(
    database: Database, installation: Installation, keyring: SqliteKeyring
) -> None:
    """All tables or none: where one of them is in the way, the others are not made either."""
    installation.ask("CREATE TABLE index_task (number INTEGER)")
    before = schema(installation)
    with pytest.raises(Exception, match=r"index_task.* already exists"):
        migrate(database, HEAD, keyring)
    assert schema(installation) == before
