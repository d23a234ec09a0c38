"""The reporting line."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.domain.errors import Unknown
from assistant.domain.organisation import Organisation, Person, cycle, cycles

PEOPLE = [
    Person("sam@acme.example", "Sam Sand", "li@acme.example"),
    Person("li@acme.example", "Li Lamb", "mia@acme.example"),
    Person("bo@acme.example", "Bo Bark", "mia@acme.example"),
    Person("mia@acme.example", "Mia Maker", "top@acme.example"),
    Person("kim@acme.example", "Kim Kite", "gone@acme.example"),
    Person("top@acme.example", "Toni Top", None),
]
ACME = Organisation.of(PEOPLE)


def emails(people) -> list[str]:
    """The part of the e-mails before the at sign."""
    return [p.email.partition("@")[0] for p in people]


def test_direct_reports_are_those_who_name_a_person_as_manager():
    """By e-mail, and nobody where there are none."""
    assert emails(ACME.direct_reports("mia@acme.example")) == ["bo", "li"]
    assert ACME.direct_reports("sam@acme.example") == ()


def test_a_downline_is_everyone_below_nearest_first():
    """Levels below the direct reports belong to it, the person does not."""
    assert emails(ACME.downline("top@acme.example")) == ["mia", "bo", "li", "sam"]
    assert ACME.downline("bo@acme.example") == ()


def test_managers_are_those_with_direct_reports():
    """It follows from the line alone; a manager who is not among the people is none."""
    assert emails(ACME.managers()) == ["li", "mia", "top"]
    assert [ACME.is_manager(p.email) for p in PEOPLE] == [False, True, False, True, False, True]


def test_managers_below_are_those_of_a_downline_with_direct_reports():
    """In the order of their e-mails, and none where nobody is below."""
    assert ACME.managers_below("top@acme.example") == ("li@acme.example", "mia@acme.example")
    assert ACME.managers_below("sam@acme.example") == ()


def test_the_line_above_goes_to_the_top():
    """It ends at whoever has no manager, or a manager nobody knows."""
    assert list(ACME.line_above("sam@acme.example")) == ["li@acme.example", "mia@acme.example", "top@acme.example"]
    assert list(ACME.line_above("kim@acme.example")) == ["gone@acme.example"]
    assert list(ACME.line_above("top@acme.example")) == []
    assert list(ACME.line_above("nobody@acme.example")) == []


def test_the_order_of_people_does_not_matter():
    """A file may list reports before their managers."""
    assert Organisation.of(reversed(PEOPLE)).downline("top@acme.example") == ACME.downline("top@acme.example")


def test_a_person_is_found_however_the_email_is_written():
    """Case and outer white space do not count."""
    assert ACME.person("  LI@acme.EXAMPLE ").name == "Li Lamb"


def test_somebody_who_is_not_there_is_unknown():
    """The words name whom nobody knows."""
    with pytest.raises(Unknown, match=r"no@acme\.example"):
        ACME.person("No@acme.example")


@pytest.mark.parametrize(("name", "first"), [("Mia Maker", "Mia"), ("Cher", "Cher"), ("  ", "mia@acme.example")])
def test_somebody_is_called_by_the_first_name_or_else_the_email(name, first):
    """Nobody is called by an empty name."""
    assert Person("mia@acme.example", name, None).first_name == first


@pytest.mark.parametrize(
    ("managers", "circles"),
    [
        ({}, set()),
        ({"a": "b", "b": None}, set()),
        ({"a": "gone"}, set()),
        ({"a": "a"}, {("a",)}),
        ({"a": "b", "b": "a"}, {("a", "b")}),
        ({"x": "a", "a": "b", "b": "c", "c": "a"}, {("a", "b", "c")}),
        ({"a": "b", "b": "a", "c": "d", "d": "c", "e": "c"}, {("a", "b"), ("c", "d")}),
    ],
)
def test_every_circle_is_found_once_and_without_those_who_lead_into_it(managers, circles):
    """Also a person who is their own manager is a circle."""
    assert set(cycles(managers)) == circles
    assert cycle(managers) == next(iter(cycles(managers)), ())


@given(st.dictionaries(st.integers(0, 12).map(str), st.none() | st.integers(0, 12).map(str)))
def test_somebody_is_in_a_circle_exactly_where_the_line_leads_back(managers):
    """Checked against walking up from each person, at most as often as there are people."""

    def leads_back(email: str) -> bool:
        above = managers.get(email)
        for _ in managers:
            if above == email:
                return True
            above = managers.get(above) if above is not None else None
        return False

    found = cycles(managers)
    assert sorted(e for circle in found for e in circle) == sorted(e for e in managers if leads_back(e))
    for circle in found:
        assert [managers[e] for e in circle] == [*circle[1:], circle[0]]
