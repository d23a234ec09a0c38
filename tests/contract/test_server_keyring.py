"""Keys in a database of their own: several machines share them, and nothing else lies beside them."""

from __future__ import annotations

import base64
import shutil
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import psycopg
import pytest

from assistant.domain.access import person
from assistant.domain.errors import Broken, Busy
from assistant.loop.own_data import erase
from assistant.stores.backup.backups import Backups
from assistant.stores.chroma.owner import Owner
from assistant.stores.keys.cipher import new_key
from assistant.stores.keys.master_key import GivenMasterKey, MasterKey, MasterKeyFile
from assistant.stores.keys.server_keyring import PostgresKeyring
from assistant.stores.moving.keys import move_keys
from assistant.stores.sql.store import SqlStore
from tests.fakes.installation import ServerInstallation
from tests.fakes.keyrings import KEYS_ON_SERVER, KeyringsOnServer
from tests.fakes.postgres_server import EMPTY, PostgresServer
from tests.fakes.used_home import NOON, TEAM, put_into

A, B = "a" * 32, "b" * 32
WORD = "xylographically"


@pytest.fixture
def kind() -> str:
    """The keys are on a server."""
    return KEYS_ON_SERVER


@pytest.fixture
def keyrings(home: Path, server: PostgresServer) -> Iterator[KeyringsOnServer]:
    """A database for keys, and the home folder of one machine."""
    home.mkdir()
    made = KeyringsOnServer(home, server)
    yield made
    made.drop()


@pytest.fixture
def beside(tmp_path: Path) -> Path:
    """The home folder of another machine, with nothing in it."""
    folder = tmp_path / "beside"
    folder.mkdir()
    return folder


def spoken(store: SqlStore) -> list[int]:
    """How many conversations can be read of each of the team."""
    with store.work() as work:
        return [len(work.conversations.by_author(email, person(email))) for email in TEAM]


def test_machines_with_the_same_master_key_share_all_keys(keyrings: KeyringsOnServer, beside: Path) -> None:
    """What one has kept the other reads, and what one has destroyed is nowhere."""
    one = keyrings.open()
    one.keep({A: b"k" * 32, B: b"l" * 32})
    shutil.copy(keyrings.home / "master.key", beside)
    other = keyrings.open(MasterKeyFile(beside / "master.key"))
    assert other.key(A) == b"k" * 32
    other.destroy([B])
    assert (one.kept(), one.destroyed()) == ({A}, {B})
    with pytest.raises(Broken, match="missing in the PostgreSQL database"):
        keyrings.open().key(B)


def test_a_machine_without_the_master_key_is_told_so_and_makes_none(keyrings: KeyringsOnServer, beside: Path) -> None:
    """A second master key would lock what nobody else could read."""
    keyrings.open().keep({A: new_key()})
    with pytest.raises(Broken, match="master key is missing"):
        keyrings.open(MasterKeyFile(beside / "master.key"))
    assert list(beside.iterdir()) == []
    with pytest.raises(Broken, match="is not the one"):
        keyrings.open(GivenMasterKey(MasterKey(new_key())))


def test_a_new_master_key_that_lies_ready_on_each_machine_is_taken_over_by_all(
    keyrings: KeyringsOnServer, beside: Path
) -> None:
    """One of them rotates; the others, which run on, find it in its place."""
    one = keyrings.open()
    one.keep({A: b"k" * 32})
    shutil.copy(keyrings.home / "master.key", beside)
    other = keyrings.open(MasterKeyFile(beside / "master.key"))
    new = base64.b64encode(new_key())
    for folder in (keyrings.home, beside):
        (folder / "master.key.new").write_bytes(new)
        (folder / "master.key.new").chmod(0o600)
    assert one.rotate() == 1
    assert other.key(A) == b"k" * 32
    assert [(beside / name).exists() for name in ("master.key", "master.key.new")] == [True, False]
    assert (beside / "master.key").read_bytes() == new


def test_a_key_is_wiped_later_where_somebody_holds_the_table(keyrings: KeyringsOnServer) -> None:
    """As a dump does; nobody waits for it, and the next one to write sees to it."""
    keyring = keyrings.open()
    keyring.keep({A: b"k" * 32, B: b"l" * 32})
    with psycopg.connect(keyrings.url) as dump:
        (wrapped,) = dump.execute("SELECT wrapped FROM data_key WHERE id = %s", [A]).fetchone()
        keyring.destroy([A])
    assert wrapped in keyrings.bytes()
    keyring.keep({"c" * 32: b"m" * 32})
    assert wrapped not in keyrings.bytes()


def test_the_database_of_the_words_is_refused(keyrings: KeyringsOnServer, installation: ServerInstallation) -> None:
    """By whatever name it goes: keys lie apart from what they lock."""
    url = installation.url
    installation.open().close()
    before = installation.rows()
    with pytest.raises(Broken, match="VALUE_LOOP_KEYS_URL names a database that holds something else"):
        PostgresKeyring.open(url, MasterKeyFile(keyrings.home / "master.key"))
    assert installation.rows() == before


@pytest.mark.parametrize("at", ["127.0.0.1:1", "nowhere.invalid"])
def test_a_server_that_is_not_there_is_named_without_the_password(home: Path, at: str) -> None:
    """With the setting to check, which is not that of the words."""
    with pytest.raises(Broken, match=r"database ring on .* does not answer.*VALUE_LOOP_KEYS_URL") as raised:
        PostgresKeyring.open(f"postgresql://loop:{WORD}@{at}/ring", MasterKeyFile(home / "master.key"), patience=2)
    assert WORD not in str(raised.value)


@pytest.fixture
def in_folder(server: PostgresServer, tmp_path: Path) -> Iterator[ServerInstallation]:
    """An installation that has been used, with its keys in the home folder."""
    made = ServerInstallation(tmp_path / "home", server, EMPTY)
    store = made.open()
    put_into(store)
    store.close()
    yield made
    made.drop()


@pytest.fixture
def ring(in_folder: ServerInstallation, server: PostgresServer) -> Iterator[KeyringsOnServer]:
    """A database for its keys."""
    made = KeyringsOnServer(in_folder.home, server)
    yield made
    made.drop()


def test_keys_move_from_the_home_folder_to_the_server(in_folder: ServerInstallation, ring: KeyringsOnServer) -> None:
    """Before, it is said what to do; afterwards everything is read, and no key is left in the folder."""
    with pytest.raises(Broken, match=r"Keys .* are missing.*VALUE_LOOP_KEYS_URL.*value-loop keys move"):
        SqlStore.open(in_folder.home, keyring=ring.open(), url=in_folder.url)
    owner = Owner.of(in_folder.home)
    with pytest.raises(Busy):
        move_keys(in_folder.home, ring.open())
    owner.release()
    kept = in_folder.keyring().kept()
    assert move_keys(in_folder.home, ring.open()) == len(kept)
    assert not (in_folder.home / "keys.sqlite3").exists()
    store = SqlStore.open(in_folder.home, keyring=ring.open(), url=in_folder.url)
    assert spoken(store) == [1] * len(TEAM)
    store.close()
    with pytest.raises(Broken, match="no keys to move"):
        move_keys(in_folder.home, ring.open())


def test_a_backup_holds_the_keys_of_a_server_and_brings_them_to_another_one(
    in_folder: ServerInstallation, ring: KeyringsOnServer, server: PostgresServer, tmp_path: Path
) -> None:
    """Into empty databases on a machine that has the master key alone; who was erased since stays so."""
    move_keys(in_folder.home, ring.open())
    for name in ("words", "keys"):
        (tmp_path / name).mkdir()
    backups = Backups(in_folder.home, ring.open(), in_folder.url)
    words = backups.make(tmp_path / "words", NOON, None).path
    store = SqlStore.open(in_folder.home, keyring=ring.open(), url=in_folder.url)
    erase(store, TEAM[0])
    store.close()
    keys = backups.make_of_keys(tmp_path / "keys", tmp_path / "words", NOON, timedelta(days=7)).path
    other = tmp_path / "other"
    other.mkdir()
    shutil.copy(in_folder.home / "master.key", other)
    elsewhere = KeyringsOnServer(other, server)
    empty = ServerInstallation(other, server, EMPTY, elsewhere)
    with Backups(other, elsewhere.open(), empty.url).staged(words, keys) as found:
        found.put_in_place()
    store = empty.open()
    assert (found.erased, spoken(store)) == ((TEAM[0],), [0, 1, 1, 1, 1, 1])
    assert [path.name for path in other.glob("keys*")] == []
    store.close()
    empty.drop()
