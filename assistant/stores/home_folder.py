"""The folder of an installation."""

from __future__ import annotations

import os
from pathlib import Path

from assistant.domain.errors import Broken


def make_home(home: Path, *files: str) -> None:
    """Create the folder (mode 0700), and empty files (0600) in it, where there are none.

    Raises Broken where one of them cannot be made or written.
    """
    try:
        home.mkdir(mode=0o700, parents=True, exist_ok=True)
        for file in files:
            os.close(os.open(home / file, os.O_RDWR | os.O_CREAT, 0o600))
    except OSError as error:
        raise Broken(
            f"The folder {home} cannot be used to keep data in ({error.strerror}). Choose another one with "
            "VALUE_LOOP_HOME, or see to it that this one can be written."
        ) from error
