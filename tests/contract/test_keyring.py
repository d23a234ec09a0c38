"""The keys to people's words: made once, kept apart, and never lost or overwritten without a word."""

from __future__ import annotations

import base64
import os
import stat
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from assistant.domain.errors import BadInput, Broken
from assistant.stores.keys.cipher import new_key
from assistant.stores.keys.keyring import SqliteKeyring
from assistant.stores.keys.master_key import GivenMasterKey, MasterKey, MasterKeyFile
from assistant.stores.keys.wrapped_keys import WrappedKeys
from tests.fakes.keyrings import Keyrings, KeyringsInFiles, KeyringsOnServer

A, B = "a" * 32, "b" * 32
FILES = {"sqlite": ["keys.sqlite3", "master.key"], "postgresql": ["master.key"]}
"""What is in the home folder."""


@pytest.fixture
def home(tmp_path: Path) -> Path:
    folder = tmp_path / "home"
    folder.mkdir()
    return folder


@pytest.fixture
def keys() -> dict[str, bytes]:
    return {A: new_key(), B: new_key()}


@pytest.fixture
def keyrings(kind: str, home: Path, request: pytest.FixtureRequest) -> Iterator[Keyrings]:
    """In a file and in a database of a server, in turn."""
    if kind == "sqlite":
        yield KeyringsInFiles(home)
        return
    made = KeyringsOnServer(home, request.getfixturevalue("server"))
    yield made
    made.drop()


@pytest.fixture
def kept(keyrings: Keyrings, keys: dict[str, bytes]) -> WrappedKeys:
    """A keyring with two keys, and a master key in the home folder."""
    keyring = keyrings.open()
    keyring.keep(keys)
    return keyring


def files(home: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in home.iterdir()}


@pytest.mark.usefixtures("kept")
def test_keys_come_back_as_they_were_kept(keyrings: Keyrings, keys) -> None:
    """A keyring that is opened anew, with the same master key, gives the same keys."""
    again = keyrings.open()
    assert {id_: again.key(id_) for id_ in keys} == keys
    assert again.kept() == {A, B}


@pytest.mark.usefixtures("kept")
def test_no_key_lies_on_the_disk_as_it_is(keyrings: Keyrings, keys) -> None:
    """Nor the master key: what is there opens with the master key alone."""
    master = base64.b64decode((keyrings.home / "master.key").read_text())
    lies_there = keyrings.bytes()
    assert A.encode() in lies_there
    assert not any(key in lies_there for key in [*keys.values(), master])


@pytest.mark.usefixtures("kept")
def test_the_master_key_is_made_whole_and_for_its_owner_alone(home: Path, kind: str) -> None:
    """Mode 0600 for all files, 32 random bytes, and nothing half-written beside them."""
    modes = {path.name: stat.S_IMODE(path.stat().st_mode) for path in home.iterdir()}
    assert modes == dict.fromkeys(FILES[kind], 0o600)
    assert len(base64.b64decode((home / "master.key").read_text())) == 32


def test_processes_that_start_at_once_agree_on_one_master_key(keyrings: Keyrings) -> None:
    """Whoever comes second takes the key of the first, so that all read what any of them kept."""
    code = (
        "import pathlib, sys\n"
        "from assistant.bootstrap import Parts\n"
        "from assistant.settings import Settings\n"
        "from assistant.stores.keys.cipher import new_key\n"
        "home, url, id = sys.argv[1:]\n"
        "Parts(Settings(home=pathlib.Path(home), keys_url=url, _env_file=None)).keyring.keep({id: new_key()})\n"
    )
    ids = [digit * 32 for digit in "1234"]
    command = [sys.executable, "-c", code, str(keyrings.home), keyrings.url or ""]
    started = [subprocess.Popen([*command, id_]) for id_ in ids]
    assert [process.wait(60) for process in started] == [0] * 4
    keyring = keyrings.open()
    assert {len(keyring.key(id_)) for id_ in ids} == {32}


@pytest.mark.usefixtures("kept")
def test_tables_without_a_master_key_are_those_of_a_start_that_is_not_over(keyrings: Keyrings, keys) -> None:
    """Whoever opens them meanwhile, or after the other process was killed, finds no keys and goes on from there."""
    keyrings.take_master_out()
    keyring = keyrings.open()
    assert keyring.check() is None
    assert keyring.kept() == frozenset()
    keyring.keep({"c" * 32: keys[A]})
    assert keyrings.open().key("c" * 32) == keys[A]


def test_a_key_that_is_destroyed_is_gone_from_the_disk(kept: WrappedKeys, keyrings: Keyrings) -> None:
    """It is known to have been destroyed, cannot be had any more, and its place on the disk is overwritten."""
    before = keyrings.bytes()
    kept.destroy([A])
    for keyring in (kept, keyrings.open()):
        assert (keyring.kept(), keyring.destroyed()) == ({B}, {A})
        with pytest.raises(Broken, match=f"missing in {keyring.place}"):
            keyring.key(A)
    begins = before.index(A.encode()) + 33
    assert before.count(before[begins : begins + 59]) == 1
    assert before[begins : begins + 59] not in keyrings.bytes()


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
def test_a_master_key_that_does_not_fit_is_named_and_nothing_is_overwritten(
    keyrings: Keyrings, home: Path, harm, says
) -> None:
    """The operator reads what is wrong and what to do; every file stays as it is."""
    harm(home)
    before = files(home)
    with pytest.raises(Broken, match=says):
        keyrings.open()
    assert files(home) == before


def test_a_master_key_from_a_setting_needs_no_file(keyrings: Keyrings, home: Path) -> None:
    """No file with it is made, and another one than before is refused."""
    given = GivenMasterKey(MasterKey(new_key()))
    keyrings.open(given).keep({A: b"k" * 32})
    assert "master.key" not in files(home)
    assert keyrings.open(given).key(A) == b"k" * 32
    with pytest.raises(Broken, match="VALUE_LOOP_MASTER_KEY is not the one"):
        keyrings.open(GivenMasterKey(MasterKey(new_key())))


def test_rotation_keeps_the_keys_and_ends_the_old_master_key(
    kept: WrappedKeys, keyrings: Keyrings, home: Path, kind: str, keys
) -> None:
    """Processes that were running go on, new ones begin with the new key, and the old one opens nothing."""
    running = keyrings.open()
    old = MasterKey.parse((home / "master.key").read_text())
    assert kept.rotate() == 2
    assert {id_: running.key(id_) for id_ in keys} == {id_: keyrings.open().key(id_) for id_ in keys} == keys
    running.keep({"c" * 32: new_key()})
    assert keyrings.open().kept() == {A, B, "c" * 32}
    with pytest.raises(Broken, match="is not the one"):
        keyrings.open(GivenMasterKey(old))
    assert sorted(files(home)) == FILES[kind]


def test_rotation_can_take_the_master_key_elsewhere(
    kept: WrappedKeys, keyrings: Keyrings, tmp_path: Path, keys
) -> None:
    """Into a file that is made there, or whose key is used where there is one."""
    elsewhere = MasterKeyFile(tmp_path / "safe.key")
    prepared = elsewhere.load_or_make()
    kept.rotate(elsewhere.path)
    assert keyrings.open(GivenMasterKey(prepared)).key(A) == keys[A]
    assert stat.S_IMODE(elsewhere.path.stat().st_mode) == 0o600


def test_a_master_key_from_a_setting_is_rotated_only_to_a_place_that_is_named(keyrings: Keyrings) -> None:
    """Value Loop cannot change the environment; it says which option is missing."""
    keyring = keyrings.open(GivenMasterKey(MasterKey(new_key())))
    with pytest.raises(BadInput, match="--to FILE"):
        keyring.rotate()


def test_a_rotation_that_was_broken_off_leaves_one_key_in_force(
    kept: WrappedKeys, keyrings: Keyrings, home: Path, kind: str, keys
) -> None:
    """Before the keys are wrapped anew it is the old one; afterwards the new one, which then takes its place."""
    old = (home / "master.key").read_bytes()
    new = MasterKeyFile(home / "master.key.new").load_or_make()
    assert keyrings.open().key(A) == keys[A]
    kept.rotate(home / "master.key.new")
    assert (home / "master.key").read_bytes() == old
    assert keyrings.open().key(A) == keys[A]
    assert MasterKey.parse((home / "master.key").read_text()) == new
    assert sorted(files(home)) == FILES[kind]


def test_a_folder_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    """The operator reads which file could not be made."""
    keyring = SqliteKeyring.open(tmp_path, MasterKeyFile(tmp_path / "nowhere" / "master.key"))
    with pytest.raises(Broken, match=r"nowhere/master\.key \(No such file"):
        keyring.keep({A: os.urandom(32)})


@pytest.mark.usefixtures("kept")
def test_a_copy_of_all_keys_opens_with_the_same_master_key(keyrings: Keyrings, tmp_path: Path, keys) -> None:
    """As backups are made of it, from a file or a server; it knows what was destroyed, and lasts by itself."""
    running = keyrings.open()
    running.destroy([B])
    running.copy_to(tmp_path)
    copy = SqliteKeyring.open(tmp_path, running.source)
    assert (copy.key(A), copy.kept(), copy.destroyed()) == (keys[A], {A}, {B})


def test_where_there_is_nothing_to_copy_it_is_said(keyrings: Keyrings, tmp_path: Path) -> None:
    """An operator who backs up the wrong place learns it then, and not when it is needed."""
    with pytest.raises(Broken, match="nothing to back up"):
        keyrings.open().copy_to(tmp_path)
