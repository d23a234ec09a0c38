"""HTML from templates; whatever people wrote is escaped on its way in."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
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
    environment.filters["minute"] = minute
    environment.filters["lasting"] = lasting
    return environment


def day(moment: date) -> str:
    """A day as people write it, such as 3 November 2026."""
    return f"{moment.day} {moment:%B %Y}"


def minute(moment: datetime) -> str:
    """A day and a time, such as 3 November 2026, 14:05 UTC."""
    return f"{day(moment)}, {moment.astimezone(UTC):%H:%M} UTC"


def lasting(time: timedelta) -> str:
    """How long something lasts, such as 24 hours or 90 minutes."""
    minutes = round(time.total_seconds() / 60)
    number, unit = (minutes // 60, "hour") if minutes and minutes % 60 == 0 else (minutes, "minute")
    return f"{number} {unit}{'' if number == 1 else 's'}"


def render(template: str, **values: Any) -> str:
    """The template ``templates/<template>.html`` with these values, without empty lines."""
    lines = _templates().get_template(f"{template}.html").render(values).splitlines()
    return "\n".join(line.strip() for line in lines if line.strip())
