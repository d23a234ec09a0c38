"""The people of the example organisation as whom the demo can be looked at."""

from __future__ import annotations

from dataclasses import dataclass

from assistant.loop.example import Tour


@dataclass(frozen=True, slots=True)
class Guest:
    """One way into the demo: ``key`` names it in the form, ``path`` is where it leads."""

    key: str
    part: str
    email: str
    name: str
    look_at: str
    path: str


def guests(tour: Tour | None) -> tuple[Guest, ...]:
    """The guests of a tour; none where the app is not the demo."""
    if tour is None:
        return ()
    parts = (
        ("manager", "manager", tour.manager, "/manager/report"),
        ("team_member", "team member", tour.team_member, "/team/"),
        ("leader", "leader", tour.leader, "/leader/"),
    )
    return tuple(Guest(key, part, who.email, who.name, who.look_at, path) for key, part, who, path in parts)
