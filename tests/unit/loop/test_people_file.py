"""people.csv: what is read, and what is refused with which words."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.domain.errors import BadInput
from assistant.domain.organisation import Organisation, Person
from assistant.domain.words import Role
from assistant.loop.people_file import LARGEST_FILE, read_people

NOBODY = Organisation.of(())
HEADER = "email,name,manager_email,team,role,locale\n"


def refusal(data: bytes | str, known: Organisation = NOBODY) -> list[str]:
    """What the refusal of a file says: its headline, then each problem."""
    with pytest.raises(BadInput) as refused:
        read_people(data.encode() if isinstance(data, str) else data, known, skip_bad=False)
    return [str(refused.value), *map(str, refused.value.problems)]


def kept(data: str, known: Organisation = NOBODY) -> tuple[list[str], list[str]]:
    """With bad lines skipped: the e-mails that were kept, and the problems of the others."""
    parsed = read_people(data.encode(), known, skip_bad=True)
    return [person.email for person in parsed.records], [str(problem) for problem in parsed.problems]


def test_a_line_becomes_a_person() -> None:
    """E-mails are lower case, cells are trimmed, and what is empty is None or empty text."""
    data = (
        HEADER + ' Ann@Acme.example , Ann Lee ,,"Sales, North",Leader,de-CH\nli@acme.example,Li,ANN@acme.example,,,\n'
    )
    assert read_people(data.encode(), NOBODY, skip_bad=False).records == (
        Person("ann@acme.example", "Ann Lee", None, "Sales, North", Role.LEADER, "de-CH"),
        Person("li@acme.example", "Li", "ann@acme.example"),
    )


@pytest.mark.parametrize(
    "data",
    [
        "manager_email,name,email\n,Zoë,zoe@acme.example\n",
        "  Manager_EMAIL , NAME,\tEmail\r\n,Zoë,zoe@acme.example\r\n",
        "\ufeffemail,name,manager_email\nzoe@acme.example,Zoë,\n",
        "email,name,manager_email\rzoe@acme.example,Zoe\u0308,\r",
        "\n\nemail,name,manager_email\n\nzoe@acme.example,Zoë,\n,,\n \n",
        '"email","name","manager_email"\n"zoe@acme.example","Zoë",""',
    ],
    ids=["other order", "case and blanks", "byte order mark", "old line ends", "blank lines", "quoted"],
)
def test_spreadsheets_write_the_same_person_in_many_ways(data: str) -> None:
    """Column order, case, byte order mark, line ends, blank lines and quotes make no difference."""
    assert read_people(data.encode(), NOBODY, skip_bad=False).records == (Person("zoe@acme.example", "Zoë", None),)


def test_columns_of_others_are_left_alone_and_named() -> None:
    """A column that the product does not know is not used, and the caller can say so."""
    parsed = read_people(b"email,name,manager_email,salary\nann@acme.example,Ann,,9\n", NOBODY, skip_bad=False)
    assert (parsed.records[0].name, parsed.unused) == ("Ann", ("salary",))


def test_a_manager_may_be_known_from_an_earlier_import() -> None:
    """Somebody new may report to somebody who is not in the file."""
    known = Organisation.of([Person("ann@acme.example", "Ann", None)])
    data = HEADER + "li@acme.example,Li,ann@acme.example,,,\n"
    assert read_people(data.encode(), known, skip_bad=False).records[0].manager_email == "ann@acme.example"


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be"])
def test_utf_16_is_refused_with_what_to_do(encoding: str) -> None:
    """Excel's "Unicode text" is named as such, at the first line and column."""
    headline, first = refusal((HEADER + "zoe@acme.example,Zoë,,,,\n").encode(encoding))
    assert headline == "The file's letters cannot be read."
    assert first == "line 1, column 1: this is UTF-16, not UTF-8; save the file as CSV UTF-8"


def test_latin_1_is_refused_at_the_first_letter_that_is_not_utf_8() -> None:
    """The first bad line and column are named, with how to save the file."""
    data = HEADER + "ann@acme.example,Ann,,,,\nzoe@acme.example,Zoe,,Büro,,\nuli@acme.example,Üli,,,,\n"
    headline, first, second = refusal(data.encode("latin-1"))
    assert headline == "The file has 2 problems. Nothing was imported."
    assert first == "line 3, column team: a letter here is not UTF-8; save the file as CSV UTF-8"
    assert second.startswith("line 4, column name:")


def test_a_header_in_another_encoding_is_refused_by_position() -> None:
    """Where the columns' names themselves cannot be read, their number is given."""
    assert refusal("email,größe,name,manager_email\n".encode("latin-1"))[1].startswith("line 1, column 2: a letter")


@pytest.mark.parametrize(
    ("line", "problem"),
    [
        ("ann@acme.example,A\x00nn,,,,", "column name: there is an invisible control character (U+0000)"),
        ("ann@acme.example,Ann,,\x1b[31mred,,", "column team: there is an invisible control character (U+001B)"),
        ("ann@acme.example,\u202eAnn,,,,", "column name: there is an invisible control character (U+202E)"),
        ("ann@acme.example,Ann", "there are 2 values where the first line has 6 columns"),
        ("ann@acme.example,Ann,,,,,,", "there are 8 values where the first line has 6 columns"),
        (",Ann,,,,", "column email: this is empty"),
        ("ann@acme.example, ,,,,", "column name: this is empty"),
        ("ann at acme,Ann,,,,", "column email: this is not an e-mail address"),
        ("ann@acme,Ann,,,,", "column email: this is not an e-mail address"),
        ("a\u200bnn@acme.example,Ann,,,,", "column email: this is not an e-mail address"),
        ("ann@acme.example,Ann,boss,,,", "column manager_email: this is not an e-mail address"),
        (
            "ann@acme.example,Ann,bo@acme.example,,,",
            "column manager_email: bo@acme.example is neither in this file nor known already",
        ),
        (
            "ann@acme.example,Ann,ANN@acme.example,,,",
            "column manager_email: nobody is their own manager; leave it empty for the top of the reporting line",
        ),
        (
            "ann@acme.example,Ann,,,boss,",
            "column role: a role is leader or admin, or left empty; managing people needs none",
        ),
        ("ann@acme.example,Ann,,,,en_US", "column locale: this is not a language tag such as en or de-CH"),
        ("ann@acme.example,Ann,,,,english", "column locale: this is not a language tag such as en or de-CH"),
        (f"ann@acme.example,{'A' * 201},,,,", "column name: this has more than 200 characters"),
        (f"ann@acme.example,{'A' * 5000},,,,", "the line has more than 4,000 characters"),
        ('ann@acme.example,"Ann,,,,', "a quotation mark is not closed in its line, or text follows one that is"),
    ],
)
def test_each_bad_line_is_named_with_its_column(line: str, problem: str) -> None:
    """The good line above stays out of it; the bad one is line 3."""
    said = refusal(f"{HEADER}zoe@acme.example,Zoe,,,,\n{line}\n")
    separator = ", " if problem.startswith("column") else ": "
    assert said == ["The file has 1 problem. Nothing was imported.", f"line 3{separator}{problem}"]


def test_an_email_that_is_there_twice_names_both_lines() -> None:
    """Case does not make two people of one."""
    said = refusal(HEADER + "ann@acme.example,Ann,,,,\nli@acme.example,Li,,,,\nANN@Acme.example,Ann,,,,\n")
    assert said[1:] == ["line 4, column email: ann@acme.example is in line 2 already"]


def test_a_circle_in_the_reporting_line_is_named_on_each_of_its_lines() -> None:
    """Who is in the circle is told in order, and who is not in it is no problem."""
    said = refusal(
        "email,name,manager_email\na@acme.example,A,b@acme.example\nb@acme.example,B,c@acme.example\n"
        "c@acme.example,C,a@acme.example\nd@acme.example,D,a@acme.example\n"
    )
    circle = "the reporting line runs in a circle: a@acme.example -> b@acme.example -> c@acme.example -> a@acme.example"
    assert said[1:] == [f"line {line}, column manager_email: {circle}" for line in (2, 3, 4)]


def test_a_circle_that_closes_only_with_people_known_already_is_found() -> None:
    """Moving a manager below their own report is refused though the report is not in the file."""
    known = Organisation.of([Person("a@acme.example", "A", None), Person("b@acme.example", "B", "a@acme.example")])
    said = refusal("email,name,manager_email\na@acme.example,A,b@acme.example\n", known)
    assert said[1] == (
        "line 2, column manager_email: the reporting line runs in a circle: "
        "a@acme.example -> b@acme.example -> a@acme.example"
    )


def test_all_problems_of_a_file_are_reported_by_line() -> None:
    """One run tells everything that has to be mended."""
    said = refusal(HEADER + "ann,Ann,,,boss,\nli@acme.example,,no@acme.example,,,\n")
    assert [problem.split(":")[0] for problem in said[1:]] == [
        "line 2, column email",
        "line 2, column role",
        "line 3, column name",
    ]


@pytest.mark.parametrize(
    ("data", "says"),
    [
        ("", "The file is empty."),
        ("\ufeff\n \n", "The file is empty."),
        (HEADER, "The file has a header line and nobody in it."),
        (HEADER + ",,,,,\n", "The file has a header line and nobody in it."),
        (
            "email;name;manager_email\nann@acme.example;Ann;\n",
            "Columns have to be separated by commas; save the file as CSV UTF-8.",
        ),
        (
            "email\tname\tmanager_email\nann@acme.example\tAnn\t\n",
            "Columns have to be separated by commas; save the file as CSV UTF-8.",
        ),
    ],
)
def test_what_is_no_table_of_people_is_refused_as_a_whole(data: str, says: str) -> None:
    """Also where bad lines are to be skipped, as there is no line to keep."""
    assert refusal(data)[0] == says
    with pytest.raises(BadInput):
        read_people(data.encode(), NOBODY, skip_bad=True)


def test_missing_and_double_columns_are_named() -> None:
    """The header is checked before anything else."""
    said = refusal("email,Email,name\nann@acme.example,,Ann\n")
    assert said[1:] == [
        "line 1, column email: the column is there more than once",
        "line 1, column manager_email: the column is missing",
    ]


def test_a_file_that_is_too_large_is_refused_unread() -> None:
    """50 MB that would make millions of problems give one, which tells the limit."""
    said = refusal(b"x" * 50_000_000)
    assert said == [
        "The file has 50.0 MB; at most 20 MB are read at once. Split it into smaller files, each with its first line."
    ]
    assert LARGEST_FILE == 20_000_000


def test_skipping_keeps_the_good_lines() -> None:
    """A line with a problem is left out and named; a second line of the same person is, too."""
    assert kept(
        HEADER + "ann@acme.example,Ann,,,,\nli@acme.example,Li,ann@acme.example,,boss,\nANN@acme.example,Ann 2,,,,\n"
    ) == (
        ["ann@acme.example"],
        [
            "line 3, column role: a role is leader or admin, or left empty; managing people needs none",
            "line 4, column email: ann@acme.example is in line 2 already",
        ],
    )


def test_skipping_a_manager_leaves_out_everyone_below_them() -> None:
    """Nobody is kept with a manager who is not there, however far below; each is named with the reason."""
    emails, problems = kept(
        HEADER
        + "ann@acme.example,Ann,,,,\nbo@acme.example,,ann@acme.example,,,\nli@acme.example,Li,bo@acme.example,,,\n"
        + "mo@acme.example,Mo,li@acme.example,,,\n"
    )
    assert emails == ["ann@acme.example"]
    assert problems == [
        "line 3, column name: this is empty",
        "line 4, column manager_email: bo@acme.example is in a line that was left out",
        "line 5, column manager_email: li@acme.example is in a line that was left out",
    ]


@pytest.mark.parametrize("line_of_bo", ["bo@acme.example,Bo,,,boss,", "bo@acme.example,Bo,bad@acme.example,,,"])
def test_skipping_a_change_of_a_known_manager_keeps_their_reports(line_of_bo: str) -> None:
    """Who is known from before stays, and so does everyone who reports to them, whatever their own line held."""
    known = Organisation.of([Person("bo@acme.example", "Bo", None)])
    data = f"{HEADER}bad@acme.example,,,,,\n{line_of_bo}\nli@acme.example,Li,bo@acme.example,,,\n"
    emails, problems = kept(data, known)
    assert (emails, len(problems)) == (["li@acme.example"], 2)


@pytest.mark.parametrize("new_manager", ["gone@acme.example", "bad@acme.example"])
def test_skipping_never_lets_a_circle_through(new_manager: str) -> None:
    """A line left out brings back the manager known from before; a circle that this closes is found as well."""
    known = Organisation.of([Person("a@acme.example", "A", "b@acme.example"), Person("b@acme.example", "B", None)])
    lines = f"bad@acme.example,,,,,\na@acme.example,A,{new_manager},,,\nb@acme.example,B,a@acme.example,,,\n"
    emails, problems = kept(HEADER + lines, known)
    assert (emails, len(problems)) == ([], 3)
    assert "the reporting line runs in a circle" in problems[2]


def test_a_long_chain_of_managers_is_followed_to_its_end() -> None:
    """50,000 people each reporting to the next one all go when the top one is bad."""
    lines = "".join(f"p{i}@acme.example,P,p{i + 1}@acme.example\n" for i in range(50_000))
    emails, problems = kept("email,name,manager_email\n" + lines)
    assert (emails, len(problems)) == ([], 50_000)


@settings(max_examples=100, deadline=None)
@given(st.binary(max_size=300), st.booleans())
def test_no_bytes_at_all_make_it_fail_otherwise(data: bytes, skip_bad: bool) -> None:
    """Whatever stands after a good header is either read or refused as bad input."""
    try:
        parsed = read_people(HEADER.encode() + data, NOBODY, skip_bad)
    except BadInput:
        return
    assert all(person.email and person.name for person in parsed.records)
