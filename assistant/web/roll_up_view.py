"""A roll-up as HTML."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from assistant.domain.access import Viewer
from assistant.domain.errors import Refused, Unknown
from assistant.domain.knowledge import Behaviour
from assistant.domain.words import Fundamental
from assistant.loop.formats.roll_up_json import rows
from assistant.loop.roll_ups import read_roll_up
from assistant.ports.store import Store
from assistant.web.rendering import render


def roll_up_view(
    store: Store,
    viewer: Viewer,
    leader: str | None,
    round_key: str,
    now: datetime,
    behaviours: Mapping[str, Behaviour],
    title: str,
) -> str:
    """What the teams below a leader say together; nothing where there is none that the viewer may see."""
    try:
        roll_up = read_roll_up(store, viewer, leader or "", round_key, now)
    except (Unknown, Refused):
        return ""
    with store.work() as work:
        name = "you" if roll_up.leader == viewer.email else work.people.organisation().person(roll_up.leader).name
    return render(
        "roll_up",
        roll_up=roll_up,
        rows=rows(roll_up),
        leader=name,
        title=title,
        behaviours=behaviours,
        titles={fundamental.value: fundamental.title for fundamental in Fundamental},
    )
