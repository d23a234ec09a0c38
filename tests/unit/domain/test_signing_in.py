"""What is kept of a sign-in link."""

from assistant.domain.signing_in import digest


def test_a_digest_tells_secrets_apart_and_does_not_hold_them():
    """SHA-256 of the secret, so that a stolen database opens no door."""
    assert digest("abc") == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
    assert digest("abd") != digest("abc")
