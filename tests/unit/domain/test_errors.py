"""Errors, sorted by who can mend them."""

import pytest

from assistant.domain.errors import (
    BadInput,
    Broken,
    Busy,
    NoProvider,
    OperatorError,
    Problem,
    Refused,
    Unknown,
    UserError,
    ValueLoopError,
)


@pytest.mark.parametrize(
    ("error", "mended_by"),
    [
        (BadInput, UserError),
        (Unknown, UserError),
        (Refused, UserError),
        (Busy, OperatorError),
        (Broken, OperatorError),
        (NoProvider, OperatorError),
    ],
)
def test_every_error_has_one_who_can_mend_it(error, mended_by):
    """The front doors turn the two branches into different exit statuses, so nothing is in both."""
    other = UserError if mended_by is OperatorError else OperatorError
    assert issubclass(error, mended_by)
    assert not issubclass(error, other)
    assert issubclass(mended_by, ValueLoopError)


def test_bad_input_carries_its_words_and_every_problem():
    """All places are named at once."""
    problems = (Problem(2, "email", "is empty"), Problem(7, None, "is not a line"))
    error = BadInput("Nothing was read.", problems)
    assert (str(error), error.problems) == ("Nothing was read.", problems)
    assert BadInput("No.").problems == ()


def test_a_problem_names_its_line_and_its_column_where_there_is_one():
    """Lines count as a spreadsheet does."""
    assert str(Problem(2, "email", "is empty")) == "line 2, column email: is empty"
    assert str(Problem(7, None, "is not a line")) == "line 7: is not a line"
