"""``value-loop insight`` on the example organisation."""

import csv
import io

LEADER = "solveig@threeherons.example"


def test_an_overview_is_written_as_a_table(example) -> None:
    """CSV is the default, JSON the same lines; the reader log notes both."""
    table = example("insight", "2026-Q3", "--as", LEADER)
    assert table.status == 0, table.err
    lines = list(csv.DictReader(io.StringIO(table.out)))
    told = example("insight", "2026-Q3", "--as", LEADER, "--json").json
    assert [line["figure"] for line in lines] == [line["figure"] for line in told]
    assert {"participation", "teams", "missed", "valued", "consistency", "trust", "course"} <= {x["part"] for x in told}
    looked = [entry["looked"] for entry in example("log", "--json").json]
    assert looked.count("overview_file") == 4  # what was shown and what was not, each time


def test_a_unit_and_a_file_can_be_named(example, tmp_path) -> None:
    """The file is for spreadsheets, and holds the teams of the unit alone."""
    file = tmp_path / "overview.csv"
    done = example("insight", "2026-Q3", "--as", LEADER, "--unit", "HENRIKE@threeherons.example", "--out", file)
    assert (done.status, done.out) == (0, "")
    assert file.read_bytes().startswith(b"\xef\xbb\xbf")
    lines = list(csv.DictReader(io.StringIO(file.read_text(encoding="utf-8-sig"))))
    assert {line["whose"] for line in lines if line["part"] == "teams"} == {"henrike@threeherons.example"}


def test_what_cannot_be_opened_is_refused_in_words(example) -> None:
    """Exit 2, nothing on standard output."""
    for arguments in (
        ("2031-Q1", "--as", LEADER),
        ("2026-Q3", "--as", "henrike@threeherons.example"),
        ("2026-Q3", "--as", LEADER, "--unit", "bronagh@threeherons.example"),
    ):
        outcome = example("insight", *arguments)
        assert (outcome.status, outcome.out) == (2, "")
        assert outcome.err
        assert "Traceback" not in outcome.err
