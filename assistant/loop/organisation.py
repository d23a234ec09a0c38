"""Bringing in people."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from assistant.domain.errors import BadInput
from assistant.domain.organisation import Organisation, Person, cycle
from assistant.domain.rounds import Membership
from assistant.loop.announcing import SILENT, Announcer
from assistant.ports.store import Store, Work


@dataclass(frozen=True, slots=True)
class PeopleChanges:
    """What an import of people did, in counts."""

    added: int
    changed: int
    unchanged: int


def import_people(store: Store, people: Sequence[Person], announcer: Announcer = SILENT) -> PeopleChanges:
    """Add or change people in one transaction; open rounds ask the new reporting line, and invite whoever is new.

    Raises BadInput where, with those known already, a manager is missing or the reporting line has a cycle.
    """
    with store.work() as work:
        before = work.people.organisation()
        after = Organisation.of([*before.people.values(), *people])
        _check_line(after)
        work.people.save(people)
        ask_open_rounds_anew(work, announcer)
    added = sum(person.email not in before.people for person in people)
    unchanged = sum(before.people.get(person.email) == person for person in people)
    return PeopleChanges(added, len(people) - added - unchanged, unchanged)


def ask_open_rounds_anew(work: Work, announcer: Announcer = SILENT) -> None:
    """Have open rounds follow the reporting line as it stands."""
    organisation = work.people.organisation()
    for round_ in work.rounds.all():
        if round_.is_open:
            work.rounds.set_members(round_.key, memberships(round_.key, organisation))
            announcer.people_changed(work, round_)


def memberships(key: str, organisation: Organisation) -> tuple[Membership, ...]:
    """Who is asked about whom, from the reporting line as it stands."""
    return tuple(
        Membership(key, person.email, person.manager_email)
        for person in organisation.people.values()
        if person.manager_email
    )


def _check_line(organisation: Organisation) -> None:
    managers = {person.email: person.manager_email for person in organisation.people.values()}
    for email, manager in managers.items():
        if manager and manager not in managers:
            raise BadInput(f"The manager of {email}, {manager}, is not among the people.")
    if loop := cycle(managers):
        raise BadInput("The reporting line runs in a circle: " + " -> ".join([*loop, loop[0]]))
