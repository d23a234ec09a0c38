"""``value-loop keys``, and what the other commands say of keys."""

import shutil
from collections.abc import Iterator

import pytest

from tests.fakes.postgres_server import EMPTY, PostgresServer


@pytest.fixture
def elsewhere(server: PostgresServer) -> Iterator[str]:
    """The address of an empty database."""
    name = server.make(EMPTY)
    yield server.url_of(name)
    server.drop(name)


def test_the_master_key_moves_away_from_the_data(small, tmp_path) -> None:
    """Doctor warns of a key beside the data and names the command; afterwards everything works with the new one."""
    beside = small("doctor").out
    assert "beside the data" in beside
    assert "keys rotate --to FILE" in beside
    elsewhere = tmp_path / "safe" / "loop.key"
    elsewhere.parent.mkdir()
    assert small("keys", "rotate", "--to", elsewhere).status == 0
    refused = small("log")
    assert (refused.status, refused.out) == (1, "")
    assert "point VALUE_LOOP_MASTER_KEY_FILE" in refused.err
    moved = small("doctor", VALUE_LOOP_MASTER_KEY_FILE=str(elsewhere))
    assert moved.status == 0
    assert "beside the data" not in moved.out
    assert elsewhere.read_text().strip() not in moved.out


def test_the_master_key_is_renewed_in_its_place(small) -> None:
    """The file holds another key, and nothing else has changed."""
    before = (small.home / "master.key").read_text()
    outcome = small("keys", "rotate", "--json")
    assert outcome.json["master_key"] == str(small.home / "master.key")
    assert (small.home / "master.key").read_text() != before
    assert small("doctor").status == 0


def test_a_missing_master_key_is_said_by_every_command_and_by_doctor(example) -> None:
    """In words, with what to do, and without a new key being made."""
    shutil.move(example.home / "master.key", example.home.parent / "away")
    refused = example("report", "--round", "2026-Q3", "--all")
    assert (refused.status, refused.out) == (1, "")
    assert "The master key is missing" in refused.err
    assert "Traceback" not in refused.err
    doctor = example("doctor")
    assert doctor.status == 1
    assert "MEND  keys: The master key is missing" in doctor.out
    assert not (example.home / "master.key").exists()


def test_what_is_locked_with_lost_keys_is_given_up_only_when_asked_for(example) -> None:
    """Until then every command names the loss; afterwards people and rounds are there, and what was locked is not."""
    (example.home / "keys.sqlite3").unlink()
    assert "value-loop keys abandon" in example("log").err
    assert example("keys", "abandon", answers="n\n").status == 1
    assert example("keys", "abandon", "--yes", "--json").json["keys"] > 40
    assert example("export", "henrike@threeherons.example").json["conversations"] == []
    assert example("doctor").status == 0


def test_a_master_key_that_is_none_is_refused_without_being_shown(small) -> None:
    """Exit 2, with how to make one."""
    refused = small("log", VALUE_LOOP_MASTER_KEY="secretsecret")
    assert refused.status == 2
    assert "VALUE_LOOP_MASTER_KEY: " in refused.err
    assert "openssl rand -base64 32" in refused.err
    assert "secretsecret" not in refused.err


def test_keys_move_to_a_server_and_serve_from_there(example, elsewhere: str) -> None:
    """Every command says that they are to be moved, and works afterwards; one without the setting is told of it."""
    on_server = {"VALUE_LOOP_KEYS_URL": elsewhere}
    report = ("report", "henrike@threeherons.example", "--round", "2026-Q3")
    before = example(*report).out
    assert example("keys", "move").status == 2
    assert "value-loop keys move" in example(*report, **on_server).err
    moved = example("keys", "move", **on_server)
    assert (moved.status, "keys are in the PostgreSQL database" in moved.out) == (0, True), moved.err
    assert not (example.home / "keys.sqlite3").exists()
    assert example(*report, **on_server).out == before
    doctor = example("doctor", **on_server)
    assert (doctor.status, "everything but the keys is kept in" in doctor.out) == (0, True)
    assert "set VALUE_LOOP_KEYS_URL" in example(*report).err
