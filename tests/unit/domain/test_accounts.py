"""What belongs to one attempt to sign in elsewhere, and which addresses are safe."""

import re

import pytest

from assistant.domain.accounts import Login, Returned, is_safe_address


def test_what_belongs_to_an_attempt_follows_from_its_secret():
    """The same each time, different for each secret and purpose, and in the form that RFC 7636 asks for."""
    login = Login.of("a secret")
    assert login == Login.of("a secret")
    parts = [getattr(Login.of(secret), part) for secret in ("one", "two") for part in ("state", "nonce", "verifier")]
    assert len(set(parts)) == 6
    assert all(re.fullmatch(r"[A-Za-z0-9_-]{43}", part) for part in parts)


def test_only_the_state_of_an_attempt_answers_it():
    """Nothing else of it does."""
    login = Login.of("a secret")
    assert login.is_answered_by(Returned(login.state))
    assert not login.is_answered_by(Returned(login.nonce))
    assert not login.is_answered_by(Returned(""))


@pytest.mark.parametrize(
    ("address", "is_safe"),
    [
        ("https://id.acme.example", True),
        ("https://id.acme.example:8443/realms/acme", True),
        ("http://127.0.0.1:9400", True),
        ("http://localhost:9400", True),
        ("http://[::1]:9400", True),
        ("http://id.acme.example", False),
        ("http://127.0.0.1.evil.example", False),
        ("http://localhost.evil.example", False),
        ("https://user:word@id.acme.example", False),
        ("https://id.acme.example/#part", False),
        ("https://", False),
        ("https://id.acme.example:port", False),
        ("http://[::1", False),
        ("ftp://127.0.0.1", False),
        ("file:///etc/passwd", False),
        ("", False),
    ],
)
def test_an_address_is_safe_where_nobody_reads_along(address, is_safe):
    """By https, or without leaving the machine."""
    assert is_safe_address(address) is is_safe
