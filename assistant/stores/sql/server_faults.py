"""What PostgreSQL complains of, in words for whoever runs the installation."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import psycopg
from sqlalchemy.engine import ExceptionContext
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as NoConnectionFree

from assistant.domain.errors import Broken, OperatorError
from assistant.stores.sql.faults import busy

SETTING = "VALUE_LOOP_DATABASE_URL"
"""The setting that holds the address of the server, unless it is said to be another one."""

_BUSY = {"55P03", "57014", "40001", "40P01"}
_NO_ROOM = {"53100", "53200"}
_TOO_MANY = {"53300"}
_NO_ACCESS = {"42501", "25006"}
_GOING_DOWN = {"57P01", "57P02", "57P03"}
_DAMAGED = {"XX001", "XX002"}
_REFUSED = {
    "password authentication failed": "does not accept the user or the password",
    "no password supplied": "wants a password",
    "no pg_hba.conf entry": "does not let this machine or user in",
    "does not exist": "has no such database or user",
    "remaining connection slots": "has no connection left",
}
"""What a server says before there is a connection; no code comes with it."""


@contextmanager
def in_words_of_server(place: str, setting: str = SETTING) -> Iterator[None]:
    """Turn errors of the server at ``place`` into Busy or Broken; a mistake of ours surfaces as itself.

    ``setting`` is the one that holds its address.
    """
    try:
        yield
    except NoConnectionFree:
        raise busy() from None
    except DBAPIError as error:
        fault = _fault(error.orig, place, setting, error.connection_invalidated)
        if fault is None:
            raise
        raise fault from None
    except psycopg.Error as error:
        fault = _fault(error, place, setting)
        if fault is None:
            raise
        raise fault from None


def without_details(context: ExceptionContext) -> DBAPIError | None:
    """The error without the values of rows, which PostgreSQL puts into the second line of its message."""
    error, original = context.sqlalchemy_exception, context.original_exception
    if not isinstance(error, DBAPIError) or getattr(original, "sqlstate", None) is None:
        return None
    original.args = (str(original).partition("\n")[0],)
    return type(error)(
        error.statement, error.params, original, error.hide_parameters, error.connection_invalidated, error.code
    )


def _fault(error: BaseException | None, place: str, setting: str, is_cut_off: bool = False) -> OperatorError | None:
    code = getattr(error, "sqlstate", None)
    if code in _BUSY:
        return busy()
    if code in _NO_ROOM:
        return Broken(f"There is no room left for {place}. Make some room on its server and try again.")
    if code in _TOO_MANY:
        return no_way_in(place, "has no connection left", setting)
    if code in _NO_ACCESS:
        return Broken(
            f"The user may not change {place}. It has to own the tables, or be allowed to make some, on a server that "
            "takes writes."
        )
    if code in _DAMAGED:
        return Broken(f"{place[0].upper()}{place[1:]} is damaged. Put it back from your backup.")
    if is_cut_off or code in _GOING_DOWN or _is_about_the_connection(error, code):
        return no_way_in(place, _reason(str(error)), setting)
    return None


def _is_about_the_connection(error: BaseException | None, code: str | None) -> bool:
    """Whether no connection could be made, for which there is no code as a rule, or the one there was is lost."""
    if code is None:
        return isinstance(error, psycopg.OperationalError)
    return code.startswith(("08", "28", "3D"))


def _reason(said: str) -> str:
    return next((why for sign, why in _REFUSED.items() if sign in said), "does not answer")


def no_way_in(place: str, why: str = "does not answer", setting: str = SETTING) -> Broken:
    """What to say where no connection can be made, or the one there was is lost."""
    return Broken(f"The server of {place} {why}. See that it runs, and check {setting}.")
