"""Managers in the order of the reporting line."""

from assistant.domain.organisation import Organisation, Person
from assistant.insight.line import Place, seen_at_once, walked

LINE = Organisation.of(
    [
        Person("top@a", "Toni Top", None),
        Person("z@a", "Anna First", "top@a"),
        Person("a@a", "Zoe Last", "top@a"),
        Person("b@a", "Ben", "z@a"),
        Person("c@a", "Cem", "b@a"),
        Person("m@a", "Member", "c@a"),
    ]
)
GRANTED = ("a@a", "b@a", "c@a", "z@a")


def test_managers_stand_by_name_each_before_those_below():
    """Neither an e-mail nor a figure decides who comes first; the leader's own team is not granted, so not there."""
    assert walked(LINE, "top@a", GRANTED) == (
        Place("z@a", 0, 2),
        Place("b@a", 1, 1),
        Place("c@a", 2, 0),
        Place("a@a", 0, 0),
    )


def test_a_unit_further_down_begins_with_its_own_leader():
    """Whoever opens a unit sees the team of its leader, too, and nobody beside it."""
    assert walked(LINE, "z@a", GRANTED) == (Place("z@a", 0, 2), Place("b@a", 1, 1), Place("c@a", 2, 0))


def test_levels_for_which_there_is_no_room_are_counted_where_the_line_ends():
    """Of a whole level all are seen or none; two levels are seen whatever happens."""
    places = walked(LINE, "top@a", GRANTED)
    assert seen_at_once(places, 4) == places
    assert seen_at_once(places, 3) == (Place("z@a", 0, 2), Place("b@a", 1, 1, 1), Place("a@a", 0, 0))
    assert len(seen_at_once(places, 1)) == 3
    assert seen_at_once(()) == ()
