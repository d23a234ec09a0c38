"""What is said to whoever tells of a serious matter."""

import pytest

from assistant.domain.contacts import Contact
from assistant.domain.interview import Wish
from assistant.engines.embedded.serious import tells_of_serious_matter
from assistant.engines.embedded.wishes import wish
from assistant.interview.serious import GO_ON, NOT_MEANT, stop

COUNCIL = Contact("Works council", "in confidence", "+49 30 5550 100", "council@acme.example")
HELP_LINE = Contact("Help line", link="https://help.example")


def test_the_organisations_contacts_are_named_as_they_stand_in_its_file():
    """In order, each with all the ways to reach it, and nothing in place of what is not given."""
    words = stop((COUNCIL, HELP_LINE))
    assert (
        "– Works council (in confidence): +49 30 5550 100, council@acme.example\n– Help line: https://help.example"
        in words
    )


@pytest.mark.parametrize("contacts", [(), (COUNCIL,)])
def test_it_says_what_is_not_done_with_the_message_and_how_to_go_on(contacts):
    """With contacts and without: nothing is used, nobody is told, and both ways on are named."""
    words = stop(contacts)
    for says in (
        "I do not use it",
        "no report and no summary",
        "Nobody has been told",
        "emergency",
        GO_ON[:-1],
        NOT_MEANT[:-1],
    ):
        assert says in words
    assert ("named nobody here" in words) is (contacts == ())


def test_the_ways_on_are_heard_as_what_they_are():
    """Also where they are typed, and neither is taken for a serious matter itself."""
    assert [wish(GO_ON), wish(NOT_MEANT)] == [Wish.SKIP, Wish.NOT_MEANT]
    for words in ("go on", "ok, go on", "please go on without it"):
        assert wish(words) is Wish.SKIP
    for words in ("false alarm", "that was a joke", "I didn't mean it like that, sorry", "you got me wrong"):
        assert wish(words) is Wish.NOT_MEANT
    assert not any(map(tells_of_serious_matter, (GO_ON, NOT_MEANT)))
