"""The file of whom people can turn to."""

from pathlib import Path

import pytest

from assistant.domain.contacts import Contact
from assistant.domain.errors import Broken
from assistant.stores.contacts_file import MOST, load_contacts

EXAMPLE = Path(__file__).parents[3] / "docs" / "contacts.example.toml"


def test_the_example_file_can_be_used_as_it_is():
    """Three contacts, in the order of the file."""
    contacts = load_contacts(EXAMPLE)
    assert [contact.name for contact in contacts] == ["Works council", "Ombudsperson", "Help line"]
    assert contacts[2] == Contact("Help line", "day and night, free of charge", "0800 555 0111")


def test_without_a_file_there_are_none():
    """The setting is optional."""
    assert load_contacts(None) == ()


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "contact: Field required"),
        ("contact = []", "contact: List should have at least 1 item"),
        ("[[contact]]\nname = 'A'", "contact 1: give a phone, an email or a link"),
        ("[[contact]]\nname = ''\nphone = '1'", "contact 1 name: String should have at least 1 character"),
        ("[[contact]]\nname = 'A'\nphone = '1'\n[[contact]]\nname = 'B'\nlink = 'x.example'", "contact 2 link"),
        ("[[contact]]\nname = 'A'\nemail = 'nobody'", "contact 1 email"),
        ("[[contact]]\nname = 'A'\nphone = '1'\nfax = '2'", "contact 1 fax: Extra inputs are not permitted"),
        ('[[contact]]\nname = "A\\nB"\nphone = "1"', "contact 1 name"),
        ("[[contact]]\nname = 'A'\nphone = '1'\n" * (MOST + 1), "at most 20 items"),
        ("contact:", "is not TOML"),
    ],
)
def test_a_file_that_cannot_be_used_says_what_and_where(tmp_path, text, says):
    """With the name of the setting, the file and the place in it."""
    path = tmp_path / "contacts.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(Broken) as error:
        load_contacts(path)
    assert says in str(error.value)
    assert "VALUE_LOOP_CONTACTS" in str(error.value)
    assert "contacts.toml" in str(error.value)


def test_a_file_that_is_not_there_is_named(tmp_path):
    """As is one in other letters than UTF-8."""
    with pytest.raises(Broken, match=r"none\.toml cannot be read"):
        load_contacts(tmp_path / "none.toml")
    (tmp_path / "latin.toml").write_bytes("[[contact]]\nname = 'M\u00fcller'\nphone = '1'".encode("latin-1"))
    with pytest.raises(Broken, match="is not TOML in UTF-8"):
        load_contacts(tmp_path / "latin.toml")
