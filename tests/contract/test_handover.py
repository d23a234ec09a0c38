"""What is remembered of the letter that was handed over last."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant.domain.errors import Broken, Busy
from assistant.stores.handover_file import FILE, HandoverFile


def test_a_mark_outlasts_whoever_made_it(tmp_path: Path) -> None:
    """The next one knows it, and knows that another was not made."""
    with HandoverFile(tmp_path).taken() as marks:
        marks.put("a:1")
    with HandoverFile(tmp_path).taken() as marks:
        assert (marks.has("a:1"), marks.has("a:2"), marks.has("a:")) == (True, False, False)


def test_after_the_machine_went_down_a_missing_mark_proves_nothing(tmp_path: Path) -> None:
    """It may have been lost; one that is there is still one."""
    with HandoverFile(tmp_path).taken() as marks:
        marks.put("a:1")
    file = tmp_path / FILE
    file.write_text("another-run " + file.read_text().split(" ", 1)[1])
    with HandoverFile(tmp_path).taken() as marks:
        assert (marks.has("a:1"), marks.has("b:1")) == (True, None)


def test_without_any_mark_nobody_knows(tmp_path: Path) -> None:
    """As where the file is gone."""
    with HandoverFile(tmp_path).taken() as marks:
        assert marks.has("a:1") is None


def test_one_at_a_time_has_the_right_to_send(tmp_path: Path) -> None:
    """Another one is told at once, and has it afterwards."""
    with HandoverFile(tmp_path).taken(), pytest.raises(Busy, match="sending right now"), HandoverFile(tmp_path).taken():
        pass
    with HandoverFile(tmp_path).taken():
        pass


def test_a_folder_that_cannot_be_used_is_said_so(tmp_path: Path) -> None:
    """With its name."""
    (tmp_path / "file").write_text("")
    with pytest.raises(Broken, match="file cannot be written"), HandoverFile(tmp_path / "file").taken():
        pass
