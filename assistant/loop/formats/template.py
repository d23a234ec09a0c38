"""Files made of templates that lie beside this one."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from jinja2 import Environment

_HERE = Path(__file__).parent


def filled(template: str, /, **values: Any) -> str:
    """The template with these values; whatever people wrote is escaped."""
    return _templates().get_template(template).render(values)


@cache
def beside(name: str) -> str:
    """A file beside the templates, as it is."""
    return (_HERE / name).read_text(encoding="utf-8")


@cache
def _templates() -> Environment:
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    return Environment(
        loader=FileSystemLoader(_HERE),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
