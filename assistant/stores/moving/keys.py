"""Bringing the keys from the home folder to a server, so that processes on other machines have them as well."""

from __future__ import annotations

from pathlib import Path

from assistant.domain.errors import Broken
from assistant.stores.chroma.owner import Owner
from assistant.stores.keys.keyring import FILE
from assistant.stores.keys.wrapped_keys import WrappedKeys
from assistant.stores.lasting import sync_folder


def move_keys(home: Path, to: WrappedKeys) -> int:
    """Take the keys of the file under ``home`` into another keyring, and delete the file; how many are there then.

    Where it is killed on the way the file is still there, and doing it again carries on. Raises Busy where the app is
    running, Broken where there is no file or the master key does not fit.
    """
    file = home / FILE
    owner = Owner.of(home)
    try:
        if not file.is_file():
            raise Broken(f"There are no keys to move: {file} is not there. Is VALUE_LOOP_HOME right?")
        to.take_in(home)
        file.unlink()  # else a key that is destroyed later would still be in it
        sync_folder(home)
    finally:
        owner.release()
    return len(to.kept())
