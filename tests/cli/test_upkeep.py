"""``value-loop tick``."""

import json
import sqlite3
import time
from contextlib import closing

from assistant.stores.sql.store import SqlStore

LONGEST_START = 120


def closed_long_ago(home) -> None:
    """Set the clock of every closed round back."""
    with sqlite3.connect(home / "value-loop.sqlite3") as file:
        file.execute("UPDATE round SET closed_at = '2026-01-02 03:04:05' WHERE closed_at IS NOT NULL")
    file.close()


def test_words_go_and_reports_stay(example) -> None:
    """It says what it did in counts, once; the round is then neither analysed again nor lost."""
    before = json.loads(example("report", "--round", "2026-Q3", "--all").out)
    assert "Nothing is due." in example("tick").out
    closed_long_ago(example.home)
    assert example("tick", "--json").json == {
        "closed": [],
        "deleted": [{"round_key": "2026-Q3", "conversations": 75}],
        "opened": [],
        "commitments": 0,
        "sending": None,
        "index_up_to_date": True,
    }
    assert "Nothing is due." in example("tick").out
    again = example("analyse", "2026-Q3")
    assert (again.status, again.out) == (2, "")
    assert "so it cannot be analysed again" in again.err
    assert "What was said was deleted on" in example("round", "status", "2026-Q3").out
    after = json.loads(example("report", "--round", "2026-Q3", "--all").out)
    assert [report["findings"] for report in after] == [report["findings"] for report in before]
    assert {claim["text"] for report in after for claim in report["claims"]} == {""}
    assert example("doctor").status == 0


def test_the_days_are_a_setting(example) -> None:
    """With more of them nothing is due yet."""
    closed_long_ago(example.home)
    assert "Nothing is due." in example("tick", VALUE_LOOP_RETENTION_DAYS="100000").out


def test_what_waits_for_the_index_is_taken_up(example) -> None:
    """Once, and it is said; without an app nobody else would do it."""
    store = SqlStore.open(example.home)
    with store.work() as work:
        work.index_queue.put(work.index_queue.everything()[:2])
    store.close()
    assert example("tick").out == "The index is up to date.\n"
    assert "Nothing is due." in example("tick").out


def test_the_running_app_does_it_by_itself(example) -> None:
    """Soon after it has started, without anybody asking."""
    closed_long_ago(example.home)
    app = example.start("serve", "--port", "0")
    end = time.monotonic() + LONGEST_START
    try:
        while not _words_are_gone(example.home):
            assert app.poll() is None, app.communicate()[1]
            assert time.monotonic() < end
            time.sleep(0.1)
    finally:
        app.terminate()
        app.communicate()


def _words_are_gone(home) -> bool:
    with closing(sqlite3.connect(home / "value-loop.sqlite3")) as file:
        return file.execute("SELECT count(*) FROM message").fetchone() == (0,)
