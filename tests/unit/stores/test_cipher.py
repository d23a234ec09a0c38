"""Locking text for a place: it comes back there, and nowhere else."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.domain.errors import Broken
from assistant.stores.keys.cipher import decrypt, encrypt, key_id_of, keyed_digest, new_key, seal, unseal

ID, KEY, OTHER = "0123456789abcdef" * 2, new_key(), new_key()
any_text = st.text(st.characters(codec="utf-8"))


@given(any_text, any_text)
def test_any_text_comes_back_at_any_place(text, place):
    """Whatever its letters, also none; the id of the key can be told without the key."""
    sealed = seal(ID, KEY, text, place)
    assert sealed.isascii()
    assert key_id_of(sealed) == ID
    assert unseal(KEY, sealed, place) == text


@given(any_text, any_text)
def test_it_opens_at_no_other_place(place, other):
    """Nor with another key, and the error tells nothing of the text."""
    sealed = seal(ID, KEY, "xylographically", place)
    for key, where in ((KEY, f"{place}{other}!"), (OTHER, place)):
        with pytest.raises(Broken) as raised:
            unseal(key, sealed, where)
        assert "xylographically" not in str(raised.value)


@given(st.binary(min_size=1), st.data())
def test_whatever_bit_is_turned_it_does_not_open(plain, data):
    """Nonce, text and tag are all covered."""
    locked = encrypt(KEY, plain, "place")
    at = data.draw(st.integers(0, len(locked) * 8 - 1))
    turned = bytearray(locked)
    turned[at // 8] ^= 1 << at % 8
    with pytest.raises(Broken, match="altered"):
        decrypt(KEY, bytes(turned), "place")


def test_the_same_text_never_looks_the_same():
    """Each value has a nonce of its own, so that nobody sees that two people said the same."""
    assert len({seal(ID, KEY, "Yes.", "place") for _ in range(1000)}) == 1000


@pytest.mark.parametrize("text", ["", "I said this.", "AAAA", "Ag=="])
def test_what_was_not_locked_is_not_taken_for_it(text):
    """Plain text in its place is refused."""
    with pytest.raises(Broken, match="did not lock"):
        unseal(KEY, text, "place")


def test_a_digest_is_the_same_only_with_the_same_key():
    """Without the key nobody can try out what was said."""
    assert keyed_digest(KEY, "said") == keyed_digest(KEY, "said")
    assert len({keyed_digest(KEY, "said"), keyed_digest(OTHER, "said"), keyed_digest(KEY, "other")}) == 3
