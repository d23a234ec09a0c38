"""Backups: whole, made while others write, and put back whole or not at all."""

from __future__ import annotations

import json
import multiprocessing
import os
import resource
import shutil
import signal
import sys
import threading
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

import pytest
from pydantic import TypeAdapter

from assistant.domain.access import OPERATOR, person
from assistant.domain.errors import BadInput, Broken, Busy, ValueLoopError
from assistant.domain.knowledge import Practice
from assistant.loop.own_cards import own_cards
from assistant.loop.own_data import erase
from assistant.stores.backup.backups import Backups
from assistant.stores.chroma.owner import Owner
from assistant.stores.keys.keyring import SqliteKeyring
from assistant.stores.keys.master_key import GivenMasterKey, MasterKey
from assistant.stores.sql.person_keys import Whose
from assistant.stores.sql.store import SqlStore
from tests.fakes.reports import a_practice, a_report
from tests.fakes.used_home import LEAD, NOON, ROUND, TEAM, WORD, answer, files, kept, set_up

DAY = timedelta(days=1)


def backups(home: Path) -> Backups:
    """What can be done for a home folder."""
    return Backups(home, SqliteKeyring.open(home))


@pytest.fixture(scope="session")
def _used_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    home = tmp_path_factory.mktemp("used") / "home"
    set_up(home)
    return home


@pytest.fixture
def home(_used_home: Path, tmp_path: Path) -> Path:
    """An installation that has been used."""
    return Path(shutil.copytree(_used_home, tmp_path / "home"))


@pytest.fixture
def away(tmp_path: Path) -> Path:
    """Where the backups of the data go."""
    (tmp_path / "away").mkdir()
    return tmp_path / "away"


@pytest.fixture
def safe(tmp_path: Path) -> Path:
    """Where the backups of the keys go."""
    (tmp_path / "safe").mkdir()
    return tmp_path / "safe"


def put_back(home: Path, data: Path, keys: Path | None = None) -> tuple[str, ...]:
    """Restore, and give whom it tells to have been erased since."""
    with backups(home).staged(data, keys) as found:
        found.put_in_place()
    return found.erased


@contextmanager
def opened(home: Path) -> Iterator[SqlStore]:
    """The store, until the block ends."""
    store = SqlStore.open(home)
    try:
        yield store
    finally:
        store.close()


def changed(home: Path) -> None:
    """More is said after the backup was made."""
    with opened(home) as store:
        answer(store, *TEAM[:2])


def spoken(home: Path) -> list[int]:
    """How many conversations can be read of each of the team."""
    with opened(home) as store, store.work() as work:
        return [len(work.conversations.by_author(email, person(email))) for email in TEAM]


def test_all_that_was_kept_is_there_again(home: Path, away: Path) -> None:
    """Every row of every table: reports, conversations, sessions, the chain of the log."""
    before = kept(home)
    made = backups(home).make(away, NOON, None)
    changed(home)
    assert kept(home) != before
    assert put_back(home, made.path) == ()
    assert kept(home) == before
    assert spoken(home) == [1] * len(TEAM)
    with opened(home) as store, store.work() as work:
        assert work.reports.get(LEAD, ROUND, OPERATOR) == a_report(LEAD, round_key=ROUND)


@pytest.mark.parametrize("rest", [b"", b"no database", None])
def test_a_database_that_is_damaged_or_gone_comes_back(home: Path, away: Path, rest: bytes | None) -> None:
    """Cut to nothing, overwritten or torn, with a journal beside it."""
    made, before = backups(home).make(away, NOON, None), kept(home)
    path = home / "value-loop.sqlite3"
    torn = path.read_bytes()[: 5 * 4096] + b"\xff" * 4096 * 3
    path.write_bytes(torn if rest is None else rest)
    path.with_name(f"{path.name}-wal").write_bytes(b"left over")
    assert put_back(home, made.path) == ()
    assert kept(home) == before


def test_a_machine_that_is_lost_comes_back_elsewhere(home: Path, away: Path, safe: Path, tmp_path: Path) -> None:
    """From the two backups and the master key."""
    before, here = kept(home), backups(home)
    data = here.make(away, NOON, None)
    keys = here.make_of_keys(safe, away, NOON, DAY)
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    shutil.copy(home / "master.key", elsewhere)
    put_back(elsewhere, data.path, keys.path)
    assert kept(elsewhere) == before
    assert SqliteKeyring.open(elsewhere).kept() == SqliteKeyring.open(home).kept()
    lasting = ("value-loop.sqlite3", "keys.sqlite3")
    assert [(elsewhere / name).stat().st_mode & 0o077 for name in lasting] == [0, 0]


def test_cards_in_the_file_of_an_earlier_version_come_back_as_well(home: Path, away: Path) -> None:
    """From a folder in which this version has opened nothing yet; afterwards they are in the database."""
    card = a_practice("blue-board", owner="People Ops", expires=NOON.date())
    (home / "own-cards.json").write_bytes(TypeAdapter(tuple[Practice, ...]).dump_json((card,)))
    made = backups(home).make(away, NOON, None)
    (home / "own-cards.json").unlink()
    put_back(home, made.path)
    with opened(home) as store:
        assert own_cards(store) == (card,)
    assert not (home / "own-cards.json").exists()


def test_a_backup_tells_what_it_holds_and_no_words(home: Path, away: Path, safe: Path) -> None:
    """Version, migration, rows; only its owner can read the files, and neither holds words or the other's content."""
    here = backups(home)
    data, keys = here.make(away, NOON, None), here.make_of_keys(safe, away, NOON, DAY)
    for made in (data, keys):
        assert made.path.stat().st_mode & 0o077 == 0
        with zipfile.ZipFile(made.path) as archive:
            held = {name: archive.read(name) for name in archive.namelist()}
        assert not any(WORD.encode() in content for content in held.values())
        about = json.loads(held["manifest.json"])
        assert {*about["files"]} == {*held} - {"manifest.json"}
        assert (about["version"].count("."), about["kind"]) == (2, made.path.name.split("-")[2])
    assert (data.counts["person"], data.counts["conversation"], keys.counts) == (8, 6, {})


def test_a_backup_made_while_others_write_is_of_one_moment(home: Path, away: Path, safe: Path) -> None:
    """Each conversation in it has its two messages, and each of its keys is in the backup of keys made after it."""
    over, here = threading.Event(), backups(home)

    def write() -> None:
        with opened(home) as store:
            while not over.is_set():
                answer(store, *TEAM)

    writer = threading.Thread(target=write)
    writer.start()
    try:
        made = [here.make(away, NOON + DAY * number, None) for number in range(4)]
        keys = here.make_of_keys(safe, away, NOON, DAY)
    finally:
        over.set()
        writer.join()
    for one in made:
        put_back(home, one.path, keys.path)
        rows = kept(home)
        assert len(rows["message"]) == 2 * len(rows["conversation"]) == 2 * one.counts["conversation"]
    assert made[-1].counts["conversation"] > made[0].counts["conversation"]


def test_who_was_erased_since_stays_unreadable_and_is_named(home: Path, away: Path, safe: Path) -> None:
    """Also where an old backup of the keys is put back with it: keys that were destroyed here never come back."""
    here = backups(home)
    data, keys = here.make(away, NOON, None), here.make_of_keys(safe, away, NOON, DAY)
    with opened(home) as store:
        erase(store, TEAM[0])
    assert put_back(home, data.path, keys.path) == (TEAM[0],)
    assert spoken(home) == [0, 1, 1, 1, 1, 1]


def test_later_backups_of_keys_know_what_was_erased_before(home: Path, away: Path, safe: Path, tmp_path: Path) -> None:
    """An older backup of the data does not bring it back on another machine."""
    data = backups(home).make(away, NOON, None)
    with opened(home) as store:
        erase(store, TEAM[0])
    keys = backups(home).make_of_keys(safe, away, NOON + DAY, DAY)
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    shutil.copy(home / "master.key", elsewhere)
    assert put_back(elsewhere, data.path, keys.path) == (TEAM[0],)
    assert len(kept(elsewhere)["conversation"]) == len(TEAM) - 1


def test_older_backups_go_when_they_have_been_kept_long_enough(home: Path, away: Path, safe: Path) -> None:
    """Those of the same kind in that folder; others, and files of other names, stay."""
    here = backups(home)
    (away / "value-loop-data-of-mine.zip").write_text("mine")
    for day in range(4):
        here.make(away, NOON + DAY * day, DAY * 2)
        here.make_of_keys(safe, away, NOON + DAY * day, DAY)
    assert sorted(path.name for path in away.glob("*.zip")) == [
        "value-loop-data-20261124T120000Z.zip",
        "value-loop-data-20261125T120000Z.zip",
        "value-loop-data-20261126T120000Z.zip",
        "value-loop-data-of-mine.zip",
    ]
    assert len([*safe.glob("*.zip")]) == 2


def refused(home: Path, restore: Callable[[], object]) -> str:
    """What a restore that is refused says; nothing in the home folder has changed."""
    before = files(home)
    with pytest.raises(ValueLoopError) as error:
        restore()
    assert files(home) == before
    return str(error.value)


def test_a_backup_that_was_cut_off_is_refused(home: Path, away: Path) -> None:
    """Wherever that is; nothing changes."""
    whole = backups(home).make(away, NOON, None).path.read_bytes()
    cut = away / "cut.zip"
    for length in (0, 1, 30, len(whole) // 3, len(whole) - 30, len(whole) - 1):
        cut.write_bytes(whole[:length])
        assert "is damaged" in refused(home, lambda: put_back(home, cut))


def test_a_flipped_byte_is_found_or_does_no_harm(home: Path, away: Path) -> None:
    """All over the file: either the backup is refused and nothing changes, or what comes back is what was kept."""
    whole = backups(home).make(away, NOON, None).path.read_bytes()
    before, flipped, refusals = kept(home), away / "flipped.zip", 0
    for place in range(0, len(whole), len(whole) // 40):
        flipped.write_bytes(whole[:place] + bytes([whole[place] ^ 0x55]) + whole[place + 1 :])
        try:
            with backups(home).staged(flipped, None) as found:
                assert found.erased == ()
        except BadInput:
            refusals += 1
        assert kept(home) == before
    assert refusals > 30


def packed(path: Path, **changes: object) -> Path:
    """The same backup with another manifest."""
    other = path.with_name("other.zip")
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(other, "w") as new:
        for name in old.namelist():
            content = old.read(name)
            if name == "manifest.json":
                content = json.dumps(json.loads(content) | changes).encode()
            new.writestr(name, content)
    return other


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"version": "99.0.0"}, "newer than this one"),
        ({"migration": "9999"}, "newer than this one"),
        ({"format": 2}, "newer version"),
        ({"files": {"../evil": {"bytes": 1, "sha256": "0" * 64}}}, "is damaged"),
        ({"files": {}}, "is damaged"),
        ({"counts": "many"}, "cannot be understood"),
    ],
)
def test_a_backup_of_another_form_is_refused(home: Path, away: Path, changes: dict, says: str) -> None:
    """A newer version, names that lead elsewhere, or files that are not those of its manifest; nothing changes."""
    other = packed(backups(home).make(away, NOON, None).path, **changes)
    assert says in refused(home, lambda: put_back(home, other))


def test_a_file_that_is_no_backup_is_refused(home: Path, away: Path, tmp_path: Path) -> None:
    """A text, another archive, a folder, or no file at all; each said in words."""
    text = tmp_path / "text"
    text.write_text("no backup")
    with zipfile.ZipFile(tmp_path / "other.zip", "w") as archive:
        archive.writestr("a.txt", "a")
    assert "is damaged" in refused(home, lambda: put_back(home, text))
    assert "is no backup" in refused(home, lambda: put_back(home, tmp_path / "other.zip"))
    assert "cannot be read" in refused(home, lambda: put_back(home, away))
    assert "cannot be read" in refused(home, lambda: put_back(home, tmp_path / "nothing"))


def test_data_and_keys_are_not_taken_for_each_other(home: Path, away: Path, safe: Path) -> None:
    """Either way round."""
    here = backups(home)
    data, keys = here.make(away, NOON, None).path, here.make_of_keys(safe, away, NOON, DAY).path
    assert "is a backup of the keys" in refused(home, lambda: put_back(home, keys))
    assert "is a backup of the data" in refused(home, lambda: put_back(home, data, data))


def test_missing_keys_are_said_before_anything_changes(home: Path, away: Path, safe: Path, tmp_path: Path) -> None:
    """None at all, those of before, and those of another master key."""
    older = backups(home).make_of_keys(safe, away, NOON, DAY).path
    with opened(home) as store, store.work() as work:
        work.keys.seal(Whose("late@acme.example", ROUND), "somewhere", "something")
    data = backups(home).make(away, NOON, None).path
    empty = tmp_path / "empty"
    empty.mkdir()
    assert "The master key is missing" in refused(empty, lambda: put_back(empty, data, older))
    shutil.copy(home / "master.key", empty)
    assert "--keys FILE" in refused(empty, lambda: put_back(empty, data))
    assert "made before them" in refused(empty, lambda: put_back(empty, data, older))
    other = tmp_path / "other"
    other.mkdir()
    strange = Backups(other, SqliteKeyring.open(other, GivenMasterKey(MasterKey(b"k" * 32))))

    def with_another_master_key() -> None:
        with strange.staged(data, older):
            pass

    assert "is not the one" in refused(other, with_another_master_key)


def test_a_restore_waits_until_the_app_has_stopped(home: Path, away: Path) -> None:
    """And a second restore until the first one has ended."""
    data = backups(home).make(away, NOON, None).path
    owner = Owner.of(home)
    with pytest.raises(Busy):
        put_back(home, data)
    owner.release()
    with backups(home).staged(data, None), pytest.raises(Busy):
        put_back(home, data)


def test_what_was_only_looked_at_leaves_nothing_behind(home: Path, away: Path) -> None:
    """Neither a copy of the keys nor one of the data."""
    data = backups(home).make(away, NOON, None).path
    before = files(home)
    with backups(home).staged(data, None):
        assert (home / "restore.new" / "keys.sqlite3").exists()
    assert files(home) == before


def test_where_backups_may_not_go(home: Path, away: Path, tmp_path: Path) -> None:
    """Nowhere, into the home folder, or the keys to the data."""
    here = backups(home)
    with pytest.raises(BadInput, match="There is no folder"):
        here.make(tmp_path / "nowhere", NOON, None)
    with pytest.raises(BadInput, match="lies in the folder"):
        here.make(home, NOON, None)
    (away / "keys").mkdir()
    for beside in (away, away / "keys", tmp_path):
        with pytest.raises(BadInput, match="kept apart"):
            here.make_of_keys(beside, away, NOON, DAY)
    with pytest.raises(Broken, match="nothing to back up"):
        backups(tmp_path / "none").make(away, NOON, None)


def test_a_damaged_database_is_found_when_it_is_backed_up(home: Path, away: Path) -> None:
    """Not years later, when the backup is needed."""
    with (home / "value-loop.sqlite3").open("r+b") as file:
        file.seek(5 * 4096)
        file.write(b"\xff" * 8192)
    with pytest.raises(Broken, match="is damaged"):
        backups(home).make(away, NOON, None)
    assert [path.name for path in away.iterdir() if not path.name.startswith(".")] == []


def in_a_process(do: Callable[..., None], *arguments: object) -> int:
    """Run in a process of its own; its exit status, negative for a signal."""
    process = multiprocessing.get_context("fork").Process(target=do, args=arguments)
    process.start()
    process.join()
    assert process.exitcode is not None
    return process.exitcode


def _on_a_full_disk(do: Callable[..., object], *arguments: object) -> None:
    """Every file is full after some thousand bytes; exit with 0 where that is said in words."""
    resource.setrlimit(resource.RLIMIT_FSIZE, (50_000, resource.RLIM_INFINITY))
    try:
        do(*arguments)
    except Broken:
        os._exit(0)
    except BaseException as error:  # noqa: BLE001 - told by the status, as nothing else comes out of here
        sys.stderr.write(repr(error))
    os._exit(3)


def test_a_full_disk_is_said_and_leaves_all_as_it_was(home: Path, away: Path) -> None:
    """While a backup is made, and while one is put back."""
    made = backups(home).make(away, NOON, None).path
    changed(home)
    before, there = files(home), files(away)
    assert in_a_process(_on_a_full_disk, lambda: backups(home).make(away, NOON + DAY, None)) == 0
    assert in_a_process(_on_a_full_disk, put_back, home, made) == 0
    assert (files(home), files(away)) == (before, there)


DONE_TO_FILES = {"open", "os.rename", "os.remove", "os.rmdir", "os.mkdir", "sqlite3.connect", "shutil.rmtree"}


def _restore_and_die(home: Path, data: Path, after: int) -> None:
    """Restore, and be killed before the next thing that is done to a file, after so many."""
    here, done = str(home), 0

    def count(event: str, arguments: tuple) -> None:
        nonlocal done
        if event in DONE_TO_FILES and here in str(arguments[0]):
            done += 1
            if done > after:
                os.kill(os.getpid(), signal.SIGKILL)

    sys.addaudithook(count)
    put_back(home, data)
    os._exit(0)


def test_a_restore_that_is_killed_leaves_the_old_or_the_new(home: Path, away: Path, tmp_path: Path) -> None:
    """Killed before each thing that it does to a file, until it gets to its end; both are seen."""
    data = backups(home).make(away, NOON, None).path
    new = kept(home)
    changed(home)
    old = kept(home)
    seen, after, status = set(), 0, -signal.SIGKILL
    while status == -signal.SIGKILL:
        victim = Path(shutil.copytree(home, tmp_path / f"victim-{after}"))
        status = in_a_process(_restore_and_die, victim, data, after)
        with opened(victim):
            pass
        now = kept(victim)
        assert now in (old, new)
        assert [path.name for path in victim.iterdir() if path.is_dir()] in ([], ["index"])
        seen.add(now == new)
        after += 1
    assert (status, seen) == (0, {False, True})
