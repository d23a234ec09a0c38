"""``value-loop log`` and ``log verify``."""

import sqlite3
from contextlib import closing

import pytest


@pytest.fixture
def looked(small):
    """A home in which the operator gave out two people's own data."""
    for who in ("m1", "m2"):
        assert small("export", f"{who}@acme.example").status == 0
    return small


def tampered(command, *statements):
    """The log after somebody who holds the file has taken the triggers away and changed it."""
    with closing(sqlite3.connect(command.home / "value-loop.sqlite3")) as file, file:
        for trigger in ("changed", "shortened", "replaced"):
            file.execute(f"DROP TRIGGER reader_log_is_not_{trigger}")
        for statement in statements:
            file.execute(statement)


def test_an_untouched_log_is_whole_and_its_head_is_printed(looked):
    """The same head by both commands; noted, it is found again after more looks."""
    head = looked("log", "--json").json[-1]["digest"]
    assert f"Head after 2 entries: {head}" in looked("log").out
    checked = looked("log", "verify", "--json")
    assert (checked.status, checked.json) == (0, {"ok": True, "entries": 2, "head": head, "broken": None})
    assert looked("export", "m3@acme.example").status == 0
    later = looked("log", "verify", "--head", head.upper())
    assert later.status == 0
    assert "whole and holds the head that was noted: 3 entries" in later.out


def test_a_log_in_which_nothing_was_noted_is_whole(small):
    """There is nothing that could be broken."""
    assert small("log").out == "Nothing has been looked at yet.\n"
    assert small("log", "verify").status == 0


def test_an_entry_that_was_changed_is_found_with_exit_1(looked):
    """The check says where the log breaks."""
    tampered(looked, "UPDATE reader_log SET about = '[]' WHERE number = 1")
    checked = looked("log", "verify")
    assert (checked.status, checked.err) == (1, "")
    assert "not whole. Entry 1 is not as it was when it was written." in checked.out
    assert looked("log", "verify", "--json").json["broken"].startswith("Entry 1")


def test_an_entry_that_was_cut_off_is_found_by_the_head(looked):
    """Without a noted head nobody could know."""
    head = looked("log", "--json").json[-1]["digest"]
    tampered(looked, "DELETE FROM reader_log WHERE number = 2")
    assert looked("log", "verify").status == 0
    checked = looked("log", "verify", "--head", head)
    assert checked.status == 1
    assert "The head that was noted is not in this log" in checked.out


@pytest.mark.parametrize("head", ["", "abc", "g" * 64, "0" * 63])
def test_a_head_that_is_none_is_bad_input(looked, head):
    """Exit 2, and how a head looks."""
    checked = looked("log", "verify", "--head", head)
    assert checked.status == 2
    assert "64 hexadecimal digits" in checked.err
