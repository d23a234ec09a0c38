"""HTML from templates; whatever people wrote is escaped on its way in."""

from __future__ import annotations

from datetime import datetime
from functools import cache
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined


@cache
def _templates() -> Environment:
    environment = Environment(
        loader=PackageLoader("assistant.web"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["day"] = day
    return environment


def day(moment: datetime) -> str:
    """A day as people write it, such as 3 November 2026."""
    return f"{moment.day} {moment:%B %Y}"


def render(template: str, **values: Any) -> str:
    """The template ``templates/<template>.html`` with these values, without empty lines."""
    lines = _templates().get_template(f"{template}.html").render(values).splitlines()
    return "\n".join(line.strip() for line in lines if line.strip())
