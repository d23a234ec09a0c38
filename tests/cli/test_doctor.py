"""``value-loop doctor`` and ``value-loop index rebuild``."""

import shutil
from pathlib import Path

import pytest

from tests.fakes.identity_provider import providing

CHECKS = [
    "settings",
    "home folder",
    "store",
    "keys",
    "knowledge",
    "contacts",
    "engine",
    "index",
    "sign-in",
    "sending",
    "jobs",
]
EXAMPLE_CONTACTS = Path(__file__).parents[2] / "docs" / "contacts.example.toml"


def test_all_is_well_after_an_analysis(example) -> None:
    """Every line is ok, for people and for machines; exit 0."""
    outcome = example("doctor")
    assert outcome.status == 0
    assert [line.partition(":")[0] for line in outcome.out.splitlines()] == [f"ok    {name}" for name in CHECKS]
    machine = example("doctor", "--json").json
    assert machine["ok"] is True
    assert [check["name"] for check in machine["checks"]] == CHECKS


def test_a_new_installation_is_well(value_loop) -> None:
    """Nothing has to be there before."""
    assert value_loop("doctor").status == 0


def test_a_setting_that_cannot_be_used_is_found(value_loop) -> None:
    """Nothing else can be looked at then; exit 1."""
    outcome = value_loop("doctor", VALUE_LOOP_PORT="seven")
    assert outcome.status == 1
    assert outcome.out.startswith("MEND  settings: ")


def test_a_home_that_is_no_folder_is_found(value_loop) -> None:
    """The line says what to do."""
    value_loop.home.write_text("a file")
    outcome = value_loop("doctor")
    assert outcome.status == 1
    assert "MEND  home folder" in outcome.out
    assert "VALUE_LOOP_HOME" in outcome.out
    assert "Traceback" not in outcome.err


@pytest.mark.parametrize("content", [b"", b"this is no database at all" * 100])
def test_a_damaged_store_is_found(small, content) -> None:
    """An overwritten database is named with its file; the empty one is a new installation."""
    for path in small.home.glob("value-loop.sqlite3*"):
        path.write_bytes(content)
    outcome = small("doctor", "--json")
    store = next(check for check in outcome.json["checks"] if check["name"] == "store")
    assert store["ok"] is (content == b"")
    assert outcome.status == (0 if content == b"" else 1)


def test_knowledge_that_is_not_there_is_found(value_loop, tmp_path) -> None:
    """With the folder it was looked for in."""
    outcome = value_loop("doctor", VALUE_LOOP_KNOWLEDGE=str(tmp_path / "nothing"))
    assert outcome.status == 1
    assert "MEND  knowledge" in outcome.out


def test_a_lost_index_is_found_and_made_anew(example) -> None:
    """Doctor says which command mends it, and that command does."""
    shutil.rmtree(example.home / "index")
    outcome = example("doctor")
    assert outcome.status == 1
    assert "value-loop index rebuild" in outcome.out
    assert example("index", "rebuild", "--json").json["entries"] > 0
    assert example("doctor").status == 0


def test_an_index_of_another_model_is_found_and_made_anew(example) -> None:
    """The fingerprint of the model is part of the index."""
    (example.home / "index" / "fingerprint").write_text("another model")
    outcome = example("doctor")
    assert outcome.status == 1
    assert "another model" in outcome.out
    assert example("index", "rebuild").status == 0
    assert example("doctor").status == 0


@pytest.fixture
def with_provider():
    """The settings of an installation with a provider of accounts at this address."""

    def settings(issuer):
        return {
            "VALUE_LOOP_OIDC_ISSUER": issuer,
            "VALUE_LOOP_OIDC_CLIENT_ID": "value-loop",
            "VALUE_LOOP_PUBLIC_URL": "https://loop.acme.example",
        }

    return settings


def sign_in_of(outcome):
    """What doctor says of signing in."""
    return next(check for check in outcome.json["checks"] if check["name"] == "sign-in")


def test_a_provider_of_accounts_is_tried(value_loop, with_provider) -> None:
    """Where it answers, doctor says which address has to be registered with it; where it does not, what is wrong."""
    with providing() as server:
        well = sign_in_of(value_loop("doctor", "--json", **with_provider(server.issuer)))
    assert well["ok"] is True
    assert "https://loop.acme.example/sign-in/account/return" in well["says"]
    gone = value_loop("doctor", "--json", **with_provider(server.issuer))
    assert gone.status == 1
    assert "cannot be reached" in sign_in_of(gone)["says"]


@pytest.mark.parametrize(
    ("changed", "says"),
    [
        ({"VALUE_LOOP_OIDC_ISSUER": "http://id.acme.example"}, "VALUE_LOOP_OIDC_ISSUER: "),
        ({"VALUE_LOOP_PUBLIC_URL": ""}, "needs VALUE_LOOP_OIDC_CLIENT_ID, and VALUE_LOOP_PUBLIC_URL"),
        ({"VALUE_LOOP_OIDC_CLIENT_ID": ""}, "needs VALUE_LOOP_OIDC_CLIENT_ID"),
    ],
)
def test_settings_that_do_not_suffice_for_accounts_are_found(value_loop, with_provider, changed, says) -> None:
    """Plain http to another machine, and what is missing."""
    outcome = value_loop("doctor", **with_provider("https://id.acme.example") | changed)
    assert outcome.status == 1
    assert says in outcome.out


def test_whom_people_can_turn_to_is_looked_at(small, tmp_path) -> None:
    """None is all right and said; a file that cannot be used is to be mended, and keeps the app from starting."""
    none = next(check for check in small("doctor", "--json").json["checks"] if check["name"] == "contacts")
    assert none["ok"]
    assert "VALUE_LOOP_CONTACTS" in none["says"]
    some = small("doctor", VALUE_LOOP_CONTACTS=str(EXAMPLE_CONTACTS)).out
    assert "ok    contacts: 3 named" in some
    bad = tmp_path / "bad.toml"
    bad.write_text("[[contact]]\nname = 'A'\n", encoding="utf-8")
    looked = small("doctor", VALUE_LOOP_CONTACTS=str(bad))
    assert looked.status == 1
    assert "MEND  contacts: The contacts in VALUE_LOOP_CONTACTS cannot be used." in looked.out
    served = small("serve", "--port", "0", VALUE_LOOP_CONTACTS=str(bad))
    assert served.status == 1
    assert "contact 1: give a phone" in served.err
