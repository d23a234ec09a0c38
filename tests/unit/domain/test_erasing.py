"""Who was erased, as keys tell that were destroyed."""

from assistant.domain.erasing import OwnedKey, erased

KEYS = (
    OwnedKey("a1", "ann@acme.example", "2026-Q4"),
    OwnedKey("a2", "ann@acme.example", ""),
    OwnedKey("b1", "bo@acme.example", "2026-Q4"),
    OwnedKey("b2", "bo@acme.example", "commitment/7"),
    OwnedKey("c1", "cy@acme.example", "2026-Q3"),
)


def test_nobody_was_erased_where_nothing_was_destroyed() -> None:
    """Nor where it was the key of somebody else."""
    assert erased(KEYS, frozenset()) == frozenset()
    assert erased(KEYS, {"another"}) == frozenset()


def test_whose_lasting_key_has_gone_was_erased() -> None:
    """Nothing but an erasure destroys the key to what stays."""
    assert erased(KEYS, {"a2"}) == {"ann@acme.example"}


def test_whose_key_of_a_round_has_gone_alone_was_erased() -> None:
    """The other keys of that round are there."""
    assert erased(KEYS, {"b1"}) == {"bo@acme.example"}


def test_where_all_keys_of_a_round_have_gone_its_words_were_kept_long_enough() -> None:
    """That tells nothing of anybody; nor does the key to the words of a commitment."""
    assert erased(KEYS, {"a1", "b1", "b2", "c1"}) == frozenset()
