"""What is remembered of the letter that was handed over last, and that one sender at a time has the right to."""

from __future__ import annotations

import pytest

from assistant.domain.errors import Broken, Busy
from assistant.stores.handover_file import FILE, sending_in_folder
from assistant.stores.sql.store import SqlStore
from tests.fakes.installation import Installation
from tests.fakes.postgres_server import PostgresServer


def test_a_mark_outlasts_whoever_made_it(installation: Installation) -> None:
    """The next one knows it, from a store of its own, and knows that another was not made."""
    first = installation.open()
    with first.sending() as marks:
        marks.put("a:0")
        marks.put("a:1")
    first.close()
    second = installation.open()
    with second.sending() as marks:
        assert (marks.has("a:1"), marks.has("a:2"), marks.has("a:")) == (True, False, False)
    second.close()


def test_without_any_mark_nobody_knows(store: SqlStore) -> None:
    """As where it was kept elsewhere before."""
    with store.sending() as marks:
        assert marks.has("a:1") is None


def test_one_at_a_time_has_the_right_to_send(installation: Installation) -> None:
    """Another one is told at once, however patient it is, and has it afterwards."""
    first, second = installation.open(), installation.open(patience=60)
    with first.sending(), pytest.raises(Busy, match="sending right now"), second.sending():
        pass
    with second.sending():
        pass
    first.close()
    second.close()


@pytest.mark.parametrize("kind", ["sqlite"])
def test_after_the_machine_went_down_a_missing_mark_proves_nothing(installation: Installation) -> None:
    """In a file it may have been lost; one that is there is still one."""
    store = installation.open()
    with store.sending() as marks:
        marks.put("a:1")
    file = installation.home / FILE
    file.write_text("another-run " + file.read_text().split(" ", 1)[1])
    with store.sending() as marks:
        assert (marks.has("a:1"), marks.has("b:1")) == (True, None)
    store.close()


@pytest.mark.parametrize("kind", ["postgresql"])
def test_whoever_has_lost_the_right_makes_no_mark(
    installation: Installation, store: SqlStore, server: PostgresServer
) -> None:
    """Where the connection breaks, another one may have the right by now: what was on its way stays without its end."""
    other = installation.open()
    with store.sending() as marks:
        marks.put("a:1")
        server.end_connections(installation.url)
        with other.sending() as of_other:
            with pytest.raises(Broken, match="does not answer"):
                marks.put("a:2")
            assert (of_other.has("a:1"), of_other.has("a:2")) == (True, False)
    with store.sending() as marks:
        assert marks.has("a:1")
    other.close()


def test_a_folder_that_cannot_be_used_is_said_so(tmp_path) -> None:
    """With its name."""
    (tmp_path / "file").write_text("")
    with pytest.raises(Broken, match="file cannot be written"), sending_in_folder(tmp_path / "file"):
        pass
