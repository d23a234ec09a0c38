"""Errors of a page's handlers, as words to whoever clicked."""

from __future__ import annotations

import functools
import html
from collections.abc import Callable, Iterator
from types import TracebackType
from typing import Any, ParamSpec

import gradio as gr

from assistant.domain.errors import OperatorError, UserError
from assistant.web.fault import write_down

P = ParamSpec("P")

OUR_FAULT = "Something went wrong on our side. Nothing you wrote is lost."


class Spoken:
    """Turns an error that leaves its ``with`` block into a notice; ours are logged by kind and place, without words."""

    def __enter__(self) -> Spoken:
        """Begin."""
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, _: TracebackType | None) -> bool:
        """Say what went wrong; True where it has been said."""
        if not isinstance(error, Exception):
            return False
        if isinstance(error, (UserError, OperatorError)):
            gr.Warning(html.escape(str(error)), title="One moment")
        else:
            write_down("handler_failed", error)
            gr.Warning(OUR_FAULT, title="Sorry")
        return True


def spoken(handler: Callable[P, Iterator[Any]]) -> Callable[P, Iterator[Any]]:
    """A handler whose errors are spoken, and which then leaves the page as it is."""

    @functools.wraps(handler)
    def guarded(*args: P.args, **kwargs: P.kwargs) -> Iterator[Any]:
        with Spoken():
            yield from handler(*args, **kwargs)
            return
        yield gr.skip()

    return guarded
