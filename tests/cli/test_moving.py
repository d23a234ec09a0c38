"""``value-loop move``."""

import shutil


def test_an_installation_moves_and_goes_on_there(small, tmp_path) -> None:
    """What is here refuses, what is there has everything, and --back makes this one usable again."""
    new = tmp_path / "new"
    moved = small("move", "--to-database", f"sqlite:///{new / 'value-loop.sqlite3'}", "--json").json
    assert (moved["place"], moved["tables"]["person"]["rows"]) == (str(new / "value-loop.sqlite3"), 8)
    refused = small("round", "close", "2026-Q4")
    assert (refused.status, "value-loop move --back" in refused.err) == (1, True)
    assert "MEND  store: " in small("doctor").out
    shutil.copy(small.home / "master.key", new)
    there = {"VALUE_LOOP_HOME": str(new)}
    assert small("round", "close", "2026-Q4", **there).status == 0
    assert small("doctor", **there).status == 0
    assert "can be used again" in small("move", "--back").out
    assert "is open" in small("round", "status", "2026-Q4").out


def test_usage_that_is_wrong_is_said(small) -> None:
    """Neither or both ways, and an address that is none."""
    for arguments in ((), ("--back", "--to-database", "sqlite:///x"), ("--to-database", "nowhere")):
        assert small("move", *arguments).status == 2
