"""Any number work on a home folder at once, and whoever changes all of it is alone."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant.domain.errors import Broken, Busy
from assistant.stores.at_work import LOCK, alone, at_work


def test_many_are_at_work_and_one_is_alone(tmp_path: Path) -> None:
    """Each refuses the other in words, and lets go at the end of its block, also where that fails."""
    home = tmp_path / "home"
    with at_work(home), at_work(home), pytest.raises(Busy, match="Stop the app and all workers"), alone(home):
        raise AssertionError("it was not alone")
    with alone(home):
        for enter in (at_work, alone):
            with pytest.raises(Busy), enter(home):
                raise AssertionError("somebody was alone")
    with pytest.raises(OSError, match="of the block itself"), alone(home):
        raise OSError("of the block itself")
    with at_work(home):
        pass


def test_a_lock_that_cannot_be_had_is_said(tmp_path: Path) -> None:
    """The folder is named, as whoever runs the installation can mend it."""
    (tmp_path / LOCK).mkdir()
    with pytest.raises(Broken, match=str(tmp_path)), at_work(tmp_path):
        raise AssertionError("there is no lock")
