"""The master key, which wraps all other keys: from a setting, or from a file that only its owner can read."""

from __future__ import annotations

import base64
import binascii
import hmac
import os
import tempfile
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

from assistant.domain.errors import Broken
from assistant.stores.keys.cipher import KEY_BYTES, decrypt, encrypt, new_key
from assistant.stores.lasting import sync_folder

FILE = "master.key"

_OTHERS = 0o077


@dataclass(frozen=True, slots=True)
class MasterKey:
    """32 random bytes; written as base64."""

    secret: bytes = field(repr=False)

    @classmethod
    def parse(cls, text: str) -> MasterKey:
        """From base64; raises ValueError where it is not 32 bytes."""
        try:
            secret = base64.b64decode(text.strip(), validate=True)
        except binascii.Error:
            secret = b""
        if len(secret) != KEY_BYTES:
            raise ValueError(f"should be {KEY_BYTES} random bytes in base64, as from: openssl rand -base64 {KEY_BYTES}")
        return cls(secret)

    @property
    def check(self) -> str:
        """What tells this key from another one, and tells nothing of it."""
        return hmac.digest(self.secret, b"which master key", "sha256").hex()

    def wrap(self, id: str, key: bytes) -> bytes:
        """A data key, to be kept."""
        return encrypt(self.secret, key, f"data key {id}")

    def unwrap(self, id: str, wrapped: bytes) -> bytes:
        """The data key; raises Broken where it was altered."""
        return decrypt(self.secret, wrapped, f"data key {id}")


class MasterKeySource(Protocol):
    """Where the master key comes from."""

    @property
    def where(self) -> str:
        """The setting or the file, in words."""
        ...

    @property
    def path(self) -> Path | None:
        """The file; None where it is a setting."""
        ...

    def load(self, check: str) -> MasterKey:
        """The key with this check; raises Broken where there is none, or it is another one."""
        ...

    def load_or_make(self) -> MasterKey:
        """The key, made where there is none yet."""
        ...


@dataclass(frozen=True, slots=True)
class GivenMasterKey:
    """A master key that a setting holds."""

    key: MasterKey
    where: str = "the setting VALUE_LOOP_MASTER_KEY"
    path: None = None

    def load(self, check: str) -> MasterKey:
        """The key; raises Broken where it is another one than the keys were wrapped with."""
        if self.key.check != check:
            raise another_key(self.where)
        return self.key

    def load_or_make(self) -> MasterKey:
        """The key as it is given."""
        return self.key


@dataclass(frozen=True, slots=True)
class MasterKeyFile:
    """A file with the master key, mode 0600 or stricter; beside it, for a moment, the one that takes its place."""

    path: Path

    @property
    def where(self) -> str:
        """The file."""
        return f"the file {self.path}"

    @property
    def next(self) -> MasterKeyFile:
        """The file of the key that is to take the place of this one."""
        return MasterKeyFile(self.path.with_name(f"{self.path.name}.new"))

    def load(self, check: str) -> MasterKey:
        """The key; raises Broken where it is missing, others can read it, or it is another one.

        Where a rotation was broken off after all keys had been wrapped anew, the new file takes its place first.
        """
        if self.next.path.exists() and self.next._read().check == check:
            self._take_over()
        if not self.path.exists():
            raise Broken(
                f"The master key is missing: there are keys to people's words, but {self.where} is not there. Put it "
                "back from its backup, or say where it is with VALUE_LOOP_MASTER_KEY_FILE or VALUE_LOOP_MASTER_KEY. "
                "Nothing was changed."
            )
        key = self._read()
        if key.check != check:
            raise another_key(self.where)
        return key

    def load_or_make(self) -> MasterKey:
        """The key; where there is no file, one is made, whole and readable by its owner alone."""
        if not self.path.exists():
            self._make()
        return self._read()

    def _take_over(self) -> None:
        with suppress(FileNotFoundError):  # another process was faster
            self.next.path.replace(self.path)
        sync_folder(self.path.parent)

    def _read(self) -> MasterKey:
        try:
            if os.name == "posix" and self.path.stat().st_mode & _OTHERS:
                raise Broken(f"Others on this machine can read {self.path}. Run: chmod 600 {self.path}")
            return MasterKey.parse(self.path.read_text(encoding="ascii"))
        except OSError as error:
            raise Broken(f"The master key in {self.path} cannot be read ({error.strerror}).") from error
        except ValueError:
            raise Broken(
                f"{self.path} holds no master key: it should be {KEY_BYTES} random bytes in base64. Put it back from "
                "its backup."
            ) from None

    def _make(self) -> None:
        """A link is made only where nobody else was faster, and only to a file that is whole."""
        try:
            handle, written = tempfile.mkstemp(prefix=f".{self.path.name}.", dir=self.path.parent)
            try:
                with os.fdopen(handle, "wb") as file:
                    file.write(base64.b64encode(new_key()) + b"\n")
                    file.flush()
                    os.fsync(file.fileno())
                self.path.hardlink_to(written)
            except FileExistsError:
                return
            finally:
                Path(written).unlink()
            sync_folder(self.path.parent)
        except OSError as error:
            raise Broken(f"The master key cannot be written to {self.path} ({error.strerror}).") from error


def another_key(where: str) -> Broken:
    """What to say where the master key does not fit."""
    return Broken(
        f"The master key from {where} is not the one that the keys to people's words are wrapped with. Put the right "
        "one back, or, if it was rotated, point VALUE_LOOP_MASTER_KEY_FILE or VALUE_LOOP_MASTER_KEY to the new one. "
        "Nothing was changed."
    )
