"""AES-256-GCM (NIST SP 800-38D), bound to a place: what is locked for one place opens at no other."""

from __future__ import annotations

import base64
import hmac
import os

from assistant.domain.errors import Broken

KEY_BYTES = 32

_NONCE_BYTES = 12
_KEY_ID_BYTES = 16
_LETTERS_TO_KEY_ID = 24
"""So many letters of base64 hold the version and the key's id, so that a long text is not decoded for them."""
_VERSION = b"\x01"


def new_key() -> bytes:
    """A random key (256 bits)."""
    return os.urandom(KEY_BYTES)


def encrypt(key: bytes, plain: bytes, place: str) -> bytes:
    """A fresh nonce (96 bits), the ciphertext and its tag (128 bits)."""
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    nonce = os.urandom(_NONCE_BYTES)
    return nonce + AESGCM(key).encrypt(nonce, plain, place.encode())


def decrypt(key: bytes, locked: bytes, place: str) -> bytes:
    """What :func:`encrypt` was given. Raises Broken for another key or place, and for what was altered."""
    from cryptography.exceptions import InvalidTag
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    try:
        return AESGCM(key).decrypt(locked[:_NONCE_BYTES], locked[_NONCE_BYTES:], place.encode())
    except (InvalidTag, ValueError):
        raise Broken(
            f"What is kept at {place} was altered or moved from outside, and cannot be read. Put a copy of the "
            "database from your backup in its place."
        ) from None


def seal(key_id: str, key: bytes, text: str, place: str) -> str:
    """Text locked for a place, in letters (base64), with the id of its key (32 hexadecimal digits)."""
    locked = encrypt(key, text.encode(), place)
    return base64.b64encode(_VERSION + bytes.fromhex(key_id) + locked).decode()


def key_id_of(sealed: str) -> str:
    """The id of the key that opens this."""
    return _whole(sealed[:_LETTERS_TO_KEY_ID])[1 : 1 + _KEY_ID_BYTES].hex()


def unseal(key: bytes, sealed: str, place: str) -> str:
    """What :func:`seal` was given. Raises Broken like :func:`decrypt`."""
    return decrypt(key, _whole(sealed)[1 + _KEY_ID_BYTES :], place).decode()


def keyed_digest(key: bytes, text: str) -> str:
    """A digest (HMAC-SHA-256, hex) that only the holder of the key can guess texts by."""
    return hmac.digest(derived(key, "digest"), text.encode(), "sha256").hex()


def derived(key: bytes, purpose: str) -> bytes:
    """A key (256 bits) for one purpose (HMAC-SHA-256 of its name), so that no key serves two."""
    return hmac.digest(key, purpose.encode(), "sha256")


def _whole(sealed: str) -> bytes:
    try:
        whole = base64.b64decode(sealed, validate=True)
    except ValueError:
        whole = b""
    if not whole.startswith(_VERSION):
        raise Broken("The database holds something that this version did not lock, and cannot open.")
    return whole
