"""Everything that can go wrong, sorted by who can mend it.

::

    ValueLoopError
    ├── UserError            the person at the keyboard can mend it (exit status 2, HTTP 4xx)
    │   ├── BadInput         a file or a value is not as it should be; carries every problem found
    │   ├── Unknown          no such person, round, conversation or link
    │   └── Refused          the rules of access or the state of a round do not allow it
    └── OperatorError        who runs the installation can mend it (exit status 1, HTTP 503)
        ├── Busy             another process owns the store or the index
        ├── Broken           a store, an index or a file of the installation is not usable
        ├── NoProvider       the organisation's provider of accounts does not answer, or not as it has to
        ├── NoDelivery       a server that is to take mails or messages does not answer, or not as it has to
        ├── NoIndex          the server of the vector index does not answer, or not as it has to
        └── NoAnswer         the language model gave no answer; the embedded engine stands in, doctor says what to mend
            ├── OutOfReach   its server is not there, too slow or too busy; that passes, or the server is to be mended
            ├── NotSet       key, address, model name, or what the server can do; the settings are to be mended
            ├── OverBudget   the round has used what it may, so it was not asked; the budget may be raised
            └── BadAnswer    it answered, and not what was asked for: cut off, refused, or of another form

Anything else is a mistake of ours and is left to surface as itself.
"""

from __future__ import annotations

from dataclasses import dataclass


class ValueLoopError(Exception):
    """Base of all errors that are turned into words at the front doors."""


class UserError(ValueLoopError):
    """The person at the keyboard can mend it."""


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong in a file: ``line`` counts from 1, ``column`` is a name, or None for the whole line."""

    line: int
    column: str | None
    what: str

    def __str__(self) -> str:
        where = f"line {self.line}" + (f", column {self.column}" if self.column else "")
        return f"{where}: {self.what}"


class BadInput(UserError):
    """A file or value is not as it should be; ``problems`` names each place."""

    def __init__(self, what: str, problems: tuple[Problem, ...] = ()) -> None:
        super().__init__(what)
        self.problems = problems


class Unknown(UserError):
    """There is no such person, round, conversation or link."""


class Refused(UserError):
    """The rules of access, or the state of the round, do not allow it."""


class OperatorError(ValueLoopError):
    """Who runs the installation can mend it."""


class Busy(OperatorError):
    """Another process owns what is needed."""


class Broken(OperatorError):
    """A store, an index or a file of the installation is not usable."""


class NoProvider(OperatorError):
    """The organisation's provider of accounts does not answer, or not as it has to."""


class NoDelivery(OperatorError):
    """A server that is to take mails or messages does not answer, or not as it has to."""


class NoIndex(OperatorError):
    """The server of the vector index does not answer, or not as it has to."""


class NoAnswer(OperatorError):
    """The language model gave no answer that can be used."""


class OutOfReach(NoAnswer):
    """The server of the language model is not there, too slow or too busy."""


class NotSet(NoAnswer):
    """The key, the address, the name of the model, or what its server can do does not fit."""


class OverBudget(NoAnswer):
    """The round has used what it may; the model was not asked."""


class BadAnswer(NoAnswer):
    """The model answered something else than what was asked for."""
