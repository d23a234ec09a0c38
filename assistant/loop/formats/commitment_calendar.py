"""The days on which a manager looks back at what they have taken on, as a calendar file (RFC 5545)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from assistant.domain.commitments import Commitment

if TYPE_CHECKING:
    from icalendar import Event

TITLE = "Look back at one small step"


def as_calendar(commitments: Iterable[Commitment], now: datetime) -> bytes:
    """One entry a commitment that is open, all day, with a reminder in the morning.

    Calendars are often seen by others. So an entry is private, and its title does not tell what was taken on; that
    stands in its description.
    """
    from icalendar import Calendar

    calendar = Calendar()
    calendar.add("prodid", "-//Value Loop//Commitments//EN")
    calendar.add("version", "2.0")
    for one in commitments:
        if one.is_open:
            calendar.add_component(_entry(one, now))
    return bytes(calendar.to_ical())


def _entry(one: Commitment, now: datetime) -> Event:
    from icalendar import Alarm, Event

    entry = Event()
    entry.add("uid", f"{one.id}@value-loop")
    entry.add("dtstamp", now.astimezone(UTC))
    entry.add("dtstart", one.due)
    entry.add("dtend", one.due + timedelta(days=1))
    entry.add("summary", TITLE)
    entry.add("description", one.step)
    entry.add("class", "PRIVATE")
    entry.add("transp", "TRANSPARENT")
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", TITLE)
    alarm.add("trigger", timedelta(hours=9))
    entry.add_component(alarm)
    return entry
