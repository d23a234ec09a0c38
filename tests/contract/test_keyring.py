"""The keys to people's words: made once, kept apart, and never lost or overwritten without a word."""

from __future__ import annotations

import base64
import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from assistant.domain.errors import BadInput, Broken
from assistant.stores.keys.cipher import new_key
from assistant.stores.keys.keyring import SqliteKeyring
from assistant.stores.keys.master_key import GivenMasterKey, MasterKey, MasterKeyFile

A, B = "a" * 32, "b" * 32


@pytest.fixture
def home(tmp_path: Path) -> Path:
    folder = tmp_path / "home"
    folder.mkdir()
    return folder


@pytest.fixture
def keys() -> dict[str, bytes]:
    return {A: new_key(), B: new_key()}


@pytest.fixture
def kept(home: Path, keys: dict[str, bytes]) -> SqliteKeyring:
    """A keyring with two keys, and a master key beside it."""
    keyring = SqliteKeyring.open(home)
    keyring.keep(keys)
    return keyring


def files(home: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in home.iterdir()}


@pytest.mark.usefixtures("kept")
def test_keys_come_back_as_they_were_kept(home: Path, keys) -> None:
    """A keyring that is opened anew, with the same master key, gives the same keys."""
    again = SqliteKeyring.open(home)
    assert {id_: again.key(id_) for id_ in keys} == keys
    assert again.kept() == {A, B}


@pytest.mark.usefixtures("kept")
def test_no_key_lies_in_the_file_as_it_is(home: Path, keys) -> None:
    """Nor the master key: what is there opens with the master key alone."""
    master = base64.b64decode((home / "master.key").read_text())
    assert not any(key in (home / "keys.sqlite3").read_bytes() for key in [*keys.values(), master])


@pytest.mark.usefixtures("kept")
def test_the_master_key_is_made_whole_and_for_its_owner_alone(home: Path) -> None:
    """Mode 0600 for both files, 32 random bytes, and nothing half-written beside them."""
    assert {path.name: stat.S_IMODE(path.stat().st_mode) for path in home.iterdir()} == {
        "keys.sqlite3": 0o600,
        "master.key": 0o600,
    }
    assert len(base64.b64decode((home / "master.key").read_text())) == 32


def test_processes_that_start_at_once_agree_on_one_master_key(home: Path) -> None:
    """Whoever comes second takes the key of the first, so that all read what any of them kept."""
    code = (
        "import pathlib, sys\n"
        "from assistant.stores.keys.cipher import new_key\n"
        "from assistant.stores.keys.keyring import SqliteKeyring\n"
        "SqliteKeyring.open(pathlib.Path(sys.argv[1])).keep({sys.argv[2]: new_key()})\n"
    )
    ids = [digit * 32 for digit in "1234"]
    started = [subprocess.Popen([sys.executable, "-c", code, str(home), id_]) for id_ in ids]
    assert [process.wait(60) for process in started] == [0] * 4
    keyring = SqliteKeyring.open(home)
    assert {len(keyring.key(id_)) for id_ in ids} == {32}


def test_a_key_that_is_destroyed_is_gone_from_the_file(kept: SqliteKeyring, home: Path) -> None:
    """It is known to have been destroyed, cannot be had any more, and its place in the file is overwritten."""
    before = files(home)["keys.sqlite3"]
    kept.destroy([A])
    for keyring in (kept, SqliteKeyring.open(home)):
        assert (keyring.kept(), keyring.destroyed()) == ({B}, {A})
        with pytest.raises(Broken, match=r"missing in keys\.sqlite3"):
            keyring.key(A)
    wrapped = before[before.index(A.encode()) + 32 :][:60]
    assert wrapped not in files(home)["keys.sqlite3"]


def _lost(home: Path) -> None:
    (home / "master.key").unlink()


def _another(home: Path) -> None:
    (home / "master.key").write_bytes(base64.b64encode(new_key()))


def _cut_short(home: Path) -> None:
    (home / "master.key").write_text("c2hvcnQ=")


def _open_to_others(home: Path) -> None:
    (home / "master.key").chmod(0o644)


@pytest.mark.parametrize(
    ("harm", "says"),
    [
        (_lost, r"master key is missing.*VALUE_LOOP_MASTER_KEY_FILE"),
        (_another, "is not the one"),
        (_cut_short, r"holds no master key.*backup"),
        (_open_to_others, "chmod 600"),
    ],
)
@pytest.mark.usefixtures("kept")
def test_a_master_key_that_does_not_fit_is_named_and_nothing_is_overwritten(home: Path, harm, says) -> None:
    """The operator reads what is wrong and what to do; every file stays as it is."""
    harm(home)
    before = files(home)
    with pytest.raises(Broken, match=says):
        SqliteKeyring.open(home)
    assert files(home) == before


def test_a_master_key_from_a_setting_needs_no_file(home: Path) -> None:
    """No file with it is made, and another one than before is refused."""
    given = GivenMasterKey(MasterKey(new_key()))
    SqliteKeyring.open(home, given).keep({A: b"k" * 32})
    assert list(files(home)) == ["keys.sqlite3"]
    assert SqliteKeyring.open(home, given).key(A) == b"k" * 32
    with pytest.raises(Broken, match="VALUE_LOOP_MASTER_KEY is not the one"):
        SqliteKeyring.open(home, GivenMasterKey(MasterKey(new_key())))


def test_rotation_keeps_the_keys_and_ends_the_old_master_key(kept: SqliteKeyring, home: Path, keys) -> None:
    """Processes that were running go on, new ones begin with the new key, and the old one opens nothing."""
    running = SqliteKeyring.open(home)
    old = MasterKey.parse((home / "master.key").read_text())
    assert kept.rotate() == 2
    assert {id_: running.key(id_) for id_ in keys} == {id_: SqliteKeyring.open(home).key(id_) for id_ in keys} == keys
    running.keep({"c" * 32: new_key()})
    assert SqliteKeyring.open(home).kept() == {A, B, "c" * 32}
    with pytest.raises(Broken, match="is not the one"):
        SqliteKeyring.open(home, GivenMasterKey(old))
    assert sorted(files(home)) == ["keys.sqlite3", "master.key"]


def test_rotation_can_take_the_master_key_elsewhere(kept: SqliteKeyring, home: Path, tmp_path: Path, keys) -> None:
    """Into a file that is made there, or whose key is used where there is one."""
    elsewhere = MasterKeyFile(tmp_path / "safe.key")
    prepared = elsewhere.load_or_make()
    kept.rotate(elsewhere.path)
    assert SqliteKeyring.open(home, GivenMasterKey(prepared)).key(A) == keys[A]
    assert stat.S_IMODE(elsewhere.path.stat().st_mode) == 0o600


def test_a_master_key_from_a_setting_is_rotated_only_to_a_place_that_is_named(home: Path) -> None:
    """Value Loop cannot change the environment; it says which option is missing."""
    keyring = SqliteKeyring.open(home, GivenMasterKey(MasterKey(new_key())))
    with pytest.raises(BadInput, match="--to FILE"):
        keyring.rotate()


def test_a_rotation_that_was_broken_off_leaves_one_key_in_force(kept: SqliteKeyring, home: Path, keys) -> None:
    """Before the keys are wrapped anew it is the old one; afterwards the new one, which then takes its place."""
    old = (home / "master.key").read_bytes()
    new = MasterKeyFile(home / "master.key.new").load_or_make()
    assert SqliteKeyring.open(home).key(A) == keys[A]
    kept.rotate(home / "master.key.new")
    assert (home / "master.key").read_bytes() == old
    assert SqliteKeyring.open(home).key(A) == keys[A]
    assert MasterKey.parse((home / "master.key").read_text()) == new
    assert sorted(files(home)) == ["keys.sqlite3", "master.key"]


def test_a_folder_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    """The operator reads which file could not be made."""
    keyring = SqliteKeyring.open(tmp_path, MasterKeyFile(tmp_path / "nowhere" / "master.key"))
    with pytest.raises(Broken, match=r"nowhere/master\.key \(No such file"):
        keyring.keep({A: os.urandom(32)})
