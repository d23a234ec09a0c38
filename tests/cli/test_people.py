"""``value-loop people import``."""

import pytest

HEADER = "email,name,manager_email,team,role,locale\n"
TWO = HEADER + "ann@acme.example,Ann,,Board,leader,en\nli@acme.example,Li,ann@acme.example,Board,,\n"


def test_people_are_added_changed_and_left_as_they_are(value_loop, given_file) -> None:
    """It says in counts what it did, for people and for machines."""
    assert value_loop("people", "import", given_file(TWO)).out == "2 added, 0 changed, 0 as before.\n"
    changed = value_loop(
        "people", "import", given_file(TWO.replace("Li,", "Li Wei,") + "bo@acme.example,Bo,,,,\n"), "--json"
    )
    assert changed.json == {"added": 1, "changed": 1, "unchanged": 1, "left_out": [], "unused_columns": []}


def test_a_byte_order_mark_is_no_problem(value_loop, given_file) -> None:
    """Excel's "CSV UTF-8" begins with one."""
    assert value_loop("people", "import", given_file("\ufeff" + TWO)).status == 0


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (TWO.encode("utf-16"), "line 1, column 1: this is UTF-16, not UTF-8; save the file as CSV UTF-8"),
        (
            TWO.replace("Li,", "Zoë,").encode("latin-1"),
            "line 3, column name: a letter here is not UTF-8; save the file as CSV UTF-8",
        ),
        (TWO.replace("Li,", "L\x00i,").encode(), "line 3, column name: there is an invisible control character"),
        (TWO.replace(",", ";").encode(), "Columns have to be separated by commas"),
        ((TWO + "LI@acme.example,Li,,,,\n").encode(), "line 4, column email: li@acme.example is in line 3 already"),
        (TWO.replace("Ann,,", "Ann,li@acme.example,").encode(), "li@acme.example -> ann@acme.example"),
        (TWO.replace("leader", "boss").encode(), "line 2, column role: a role is leader or admin"),
        (b"", "The file is empty."),
    ],
    ids=["utf-16", "latin-1", "control", "semicolons", "twice", "circle", "role", "empty"],
)
def test_bad_files_are_refused(value_loop, given_file, content, says) -> None:
    """Exit 2, the problem on stderr, nothing on stdout, no traceback."""
    outcome = value_loop("people", "import", given_file(content))
    assert (outcome.status, outcome.out) == (2, "")
    assert says in outcome.err
    assert "Traceback" not in outcome.err


def test_of_a_refused_file_nobody_is_kept(value_loop, given_file) -> None:
    """Also not the people of the good lines: the mended file adds them all."""
    assert value_loop("people", "import", given_file(TWO + "bo,Bo,,,,\n")).status == 2
    assert value_loop("people", "import", given_file(TWO)).out == "2 added, 0 changed, 0 as before.\n"


def test_with_skip_bad_the_good_lines_are_kept(value_loop, given_file) -> None:
    """What was left out is named on stderr and counted on stdout; exit 0."""
    outcome = value_loop("people", "import", given_file(TWO + "bo,Bo,,,,\n"), "--skip-bad")
    assert outcome.out == "2 added, 0 changed, 0 as before, 1 problem left out.\n"
    assert outcome.err == "line 4, column email: this is not an e-mail address\n"
    assert outcome.status == 0
    machine = value_loop("people", "import", given_file(TWO + "bo,Bo,,,,\n"), "--skip-bad", "--json").json
    assert machine["left_out"] == [{"line": 4, "column": "email", "what": "this is not an e-mail address"}]


def test_of_many_problems_fifty_are_listed(value_loop, given_file) -> None:
    """A wrong column in a large file does not flood the screen."""
    outcome = value_loop("people", "import", given_file(HEADER + "x,X,,,,\n" * 120))
    lines = outcome.err.splitlines()
    assert lines[0] == "The file has 120 problems. Nothing was imported."
    assert (len(lines), lines[-1]) == (52, "... and 70 more")


def test_50_mb_are_refused_unread(value_loop, tmp_path) -> None:
    """The file is not read; the answer tells the limit."""
    large = tmp_path / "large.csv"
    with large.open("wb") as file:
        file.truncate(50_000_000)
    outcome = value_loop("people", "import", large)
    assert outcome.status == 2
    assert "50.0 MB; at most 20 MB" in outcome.err
    assert not value_loop.home.exists()


def test_a_file_that_is_not_there_is_named(value_loop, tmp_path) -> None:
    """Exit 2, in words; the same for a folder."""
    missing = value_loop("people", "import", tmp_path / "missing.csv")
    assert missing.status == 2
    assert missing.err.startswith(f"The file {tmp_path / 'missing.csv'} cannot be read")
    assert value_loop("people", "import", tmp_path).status == 2


def test_an_import_changes_whom_open_rounds_ask(small, given_file) -> None:
    """Somebody who joins while a round is open is asked, too; closed rounds stay as they were."""
    joined = "email,name,manager_email\nnew@acme.example,New,mia@acme.example\n"
    assert small("people", "import", given_file(joined)).status == 0
    assert small("round", "status", "2026-Q4", "--json").json["invited"] == 8
    assert small("round", "status", "2026-Q3", "--json").json["invited"] == 7
