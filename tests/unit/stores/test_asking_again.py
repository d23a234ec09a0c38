"""A Chroma server that fails inside."""

import pytest
from chromadb.errors import InternalError

from assistant.stores.chroma.server import TRIES, asked_again


@pytest.mark.parametrize("failures", range(TRIES))
def test_a_search_that_failed_inside_the_server_is_done_again(failures):
    """It answers as soon as no entry goes away under it."""
    left = [InternalError("Error finding id")] * failures

    def ask() -> str:
        if left:
            raise left.pop()
        return "found"

    assert asked_again(ask) == "found"


def test_a_server_that_goes_on_to_fail_is_asked_no_more():
    """It is tried as often as said, and its own error comes through."""
    asked = []

    def ask() -> str:
        asked.append(1)
        raise InternalError("Error finding id")

    with pytest.raises(InternalError):
        asked_again(ask)
    assert len(asked) == TRIES
