"""people.csv: the organisation as a spreadsheet gives it."""

from __future__ import annotations

import csv
import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

from assistant.domain.errors import BadInput, Problem
from assistant.domain.organisation import Organisation, Person, cycles
from assistant.domain.words import Role
from assistant.loop.incoming import Line, Parsed, lines_of, refuse_or_keep

LARGEST_FILE = 20_000_000
LONGEST_LINE = 4_000
LONGEST_VALUE = 200
COLUMNS = ("email", "name", "manager_email", "team", "role", "locale")
NEEDED = ("email", "name", "manager_email")
SAVE_AS = "CSV UTF-8"

_SHOWN_OF_A_CIRCLE = 8
_EMAIL = re.compile(r"[^\s@,;:<>()\[\]\"\\]+@[^\s@.,;:<>()\[\]\"\\]+(\.[^\s@.,;:<>()\[\]\"\\]+)+")
_LOCALE = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{1,8})*")
_CONTROL = re.compile("[\x00-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ufeff]")


@dataclass(frozen=True, slots=True)
class _Row:
    """One line as it was read; ``email`` is empty, and ``person`` None, where they are not as they should be."""

    line: int
    email: str
    person: Person | None
    problems: tuple[Problem, ...] = ()


def read_people(data: bytes, known: Organisation, skip_bad: bool) -> Parsed[Person]:
    """The people of a file, checked together with those known already.

    Raises BadInput with every problem; with ``skip_bad``, lines with a problem are left out and their problems are
    returned, and only a file that cannot be read as a table at all is refused.
    """
    lines = lines_of(data, LARGEST_FILE, SAVE_AS)
    header = _header(next(lines))
    rows = [_row(line, header) for line in lines if line.text.strip(" ,\t")]
    if not rows:
        raise BadInput("The file has a header line and nobody in it.")
    problems = [problem for row in rows for problem in row.problems]
    good, again = _once_each(rows)
    problems += again
    problems += _left_out(good, _without_manager(good, {row.email for row in rows}, known))
    problems += _left_out(good, _in_circles(good, known))
    while skip_bad and (stranded := _stranded(good, known) or _in_circles(good, known)):
        problems += _left_out(good, stranded)
    unused = tuple(name for name in header if name and name not in COLUMNS)
    return refuse_or_keep(tuple(person for _, person in good.values()), problems, skip_bad, unused)


def _header(line: Line) -> tuple[str, ...]:
    if line.bad_at is not None:
        raise BadInput("The file's letters cannot be read.", (_not_utf_8(line, ()),))
    try:
        header = tuple(name.strip().lower() for name in next(csv.reader([line.text], strict=True)))
    except csv.Error:
        header = ()
    _check_separator(line)
    problems = [
        Problem(line.number, name, "the column is there more than once") for name in COLUMNS if header.count(name) > 1
    ]
    problems += [Problem(line.number, name, "the column is missing") for name in NEEDED if name not in header]
    if problems:
        what = f"The first line has to name the columns: {', '.join(COLUMNS)} (the last three may be left out)."
        raise BadInput(what, tuple(problems))
    return header


def _check_separator(header: Line) -> None:
    for sign, name in ((";", "semicolons"), ("\t", "tabs")):
        if sign in header.text and "," not in header.text:
            problem = Problem(header.number, None, f"the columns are separated by {name}")
            raise BadInput(f"Columns have to be separated by commas; save the file as {SAVE_AS}.", (problem,))


def _row(line: Line, header: tuple[str, ...]) -> _Row:
    broken = _broken_line(line, header)
    if broken:
        return _Row(line.number, "", None, (broken,))
    values = next(csv.reader([line.text], strict=True))
    if len(values) != len(header):
        count = f"{len(values)} value{'s' if len(values) != 1 else ''} where the first line has {len(header)} columns"
        problem = Problem(line.number, None, f"there {'are' if len(values) != 1 else 'is'} {count}")
        return _Row(line.number, "", None, (problem,))
    cell = dict.fromkeys(COLUMNS, "") | {
        name: unicodedata.normalize("NFC", value).strip() for name, value in zip(header, values, strict=True)
    }
    problems = tuple(Problem(line.number, column, what) for column, what in _wrong_cells(cell))
    email = "" if any(problem.column == "email" for problem in problems) else cell["email"].lower()
    return _Row(line.number, email, None if problems else _person(cell), problems)


def _broken_line(line: Line, header: tuple[str, ...]) -> Problem | None:
    if line.bad_at is not None:
        return _not_utf_8(line, header)
    if len(line.text) > LONGEST_LINE:
        return Problem(line.number, None, f"the line has more than {LONGEST_LINE:,} characters")
    try:
        next(csv.reader([line.text], strict=True))
    except csv.Error:
        return Problem(line.number, None, "a quotation mark is not closed in its line, or text follows one that is")
    if control := _CONTROL.search(line.text):
        column = _column_at(line.text, control.start(), header)
        return Problem(line.number, column, f"there is an invisible control character (U+{ord(control.group()):04X})")
    return None


def _not_utf_8(line: Line, header: tuple[str, ...]) -> Problem:
    column = _column_at(line.text, line.bad_at or 0, header)
    return Problem(line.number, column, f"a letter here is not UTF-8; save the file as {SAVE_AS}")


def _column_at(text: str, position: int, header: tuple[str, ...]) -> str:
    before = len(next(csv.reader([text[:position]]), [""])) - 1
    return header[before] if before < len(header) else str(before + 1)


def _wrong_cells(cell: dict[str, str]) -> Iterable[tuple[str, str]]:
    for column in ("email", "manager_email"):
        value = cell[column]
        if value and not (_EMAIL.fullmatch(value) and value.isprintable() and len(value) <= LONGEST_VALUE):
            yield column, "this is not an e-mail address"
    for column in ("email", "name"):
        if not cell[column]:
            yield column, "this is empty"
    for column in ("name", "team"):
        if len(cell[column]) > LONGEST_VALUE:
            yield column, f"this has more than {LONGEST_VALUE} characters"
    if cell["role"].lower() not in tuple(Role):
        yield "role", "a role is leader or admin, or left empty; managing people needs none"
    if cell["locale"] and not _LOCALE.fullmatch(cell["locale"]):
        yield "locale", "this is not a language tag such as en or de-CH"
    if cell["email"] and cell["email"].lower() == cell["manager_email"].lower():
        yield "manager_email", "nobody is their own manager; leave it empty for the top of the reporting line"


def _person(cell: dict[str, str]) -> Person:
    return Person(
        cell["email"].lower(),
        cell["name"],
        cell["manager_email"].lower() or None,
        cell["team"],
        Role(cell["role"].lower()),
        cell["locale"] or None,
    )


def _once_each(rows: list[_Row]) -> tuple[dict[str, tuple[int, Person]], list[Problem]]:
    """The good rows by e-mail, and a problem for each line whose e-mail an earlier line has."""
    first: dict[str, int] = {}
    good: dict[str, tuple[int, Person]] = {}
    problems = []
    for row in rows:
        if row.email and first.setdefault(row.email, row.line) != row.line:
            problems.append(Problem(row.line, "email", f"{row.email} is in line {first[row.email]} already"))
        elif row.person:
            good[row.email] = (row.line, row.person)
    return good, problems


def _without_manager(good: dict[str, tuple[int, Person]], named: set[str], known: Organisation) -> dict[str, Problem]:
    return {
        email: Problem(line, "manager_email", f"{person.manager_email} is neither in this file nor known already")
        for email, (line, person) in good.items()
        if person.manager_email and person.manager_email not in named and person.manager_email not in known.people
    }


def _stranded(good: dict[str, tuple[int, Person]], known: Organisation) -> dict[str, Problem]:
    """Those whose manager's line was left out, and everyone below them."""
    file = Organisation.of(person for _, person in good.values())
    managers = {person.manager_email for person in file.people.values() if person.manager_email}
    gone = [manager for manager in managers if manager not in good and manager not in known.people]
    found: dict[str, Problem] = {}
    while gone:
        manager = gone.pop()
        for person in file.direct_reports(manager):
            what = f"{manager} is in a line that was left out"
            found[person.email] = Problem(good[person.email][0], "manager_email", what)
            if person.email not in known.people:
                gone.append(person.email)
    return found


def _in_circles(good: dict[str, tuple[int, Person]], known: Organisation) -> dict[str, Problem]:
    managers = {email: person.manager_email for email, person in known.people.items()}
    managers |= {email: person.manager_email for email, (_, person) in good.items()}
    found: dict[str, Problem] = {}
    for circle in cycles(managers):
        names = [*circle[:_SHOWN_OF_A_CIRCLE], *(["..."] if len(circle) > _SHOWN_OF_A_CIRCLE else []), circle[0]]
        what = "the reporting line runs in a circle: " + " -> ".join(names)
        found |= {email: Problem(good[email][0], "manager_email", what) for email in circle if email in good}
    return found


def _left_out(good: dict[str, tuple[int, Person]], bad: dict[str, Problem]) -> list[Problem]:
    for email in bad:
        del good[email]
    return list(bad.values())
