"""People and the reporting line."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from assistant.domain.errors import Unknown
from assistant.domain.words import Role


@dataclass(frozen=True, slots=True)
class Person:
    """One line of people.csv; ``email`` is lower case and the person's key."""

    email: str
    name: str
    manager_email: str | None
    team: str = ""
    role: Role = Role.NONE
    locale: str | None = None

    @property
    def first_name(self) -> str:
        """The name by which the assistant speaks to or of somebody."""
        return self.name.split()[0] if self.name.split() else self.email


@dataclass(frozen=True)
class Organisation:
    """Everybody, by e-mail, and who reports to whom. The reporting line is free of cycles."""

    people: dict[str, Person]
    _reports: dict[str, tuple[str, ...]] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        below: dict[str, list[str]] = defaultdict(list)
        for person in self.people.values():
            if person.manager_email:
                below[person.manager_email].append(person.email)
        object.__setattr__(self, "_reports", {email: tuple(sorted(emails)) for email, emails in below.items()})

    @classmethod
    def of(cls, people: Iterable[Person]) -> Organisation:
        """Build from people in any order."""
        return cls({person.email: person for person in people})

    def person(self, email: str) -> Person:
        """The person with this e-mail; raises :class:`Unknown`."""
        try:
            return self.people[email.strip().lower()]
        except KeyError:
            raise Unknown(f"Nobody has the e-mail {email.strip().lower()}.") from None

    def direct_reports(self, email: str) -> tuple[Person, ...]:
        """Who reports to this person, by e-mail."""
        return tuple(self.people[e] for e in self._reports.get(email, ()))

    def downline(self, email: str) -> tuple[Person, ...]:
        """Everyone below this person, nearest level first."""
        found: list[Person] = []
        level = [email]
        while level:
            level = [below for above in level for below in self._reports.get(above, ())]
            found += [self.people[email] for email in level]
        return tuple(found)

    def managers_below(self, email: str) -> tuple[str, ...]:
        """The e-mails of everyone below this person to whom somebody reports, in their order."""
        found: list[str] = []
        level = [email]
        while level:
            level = [below for above in level for below in self._reports.get(above, ()) if below in self._reports]
            found += level
        return tuple(sorted(found))

    def managers(self) -> tuple[Person, ...]:
        """Everybody with at least one direct report, by e-mail."""
        return tuple(self.people[e] for e in sorted(self._reports) if e in self.people)

    def is_manager(self, email: str) -> bool:
        """Whether anybody reports to this person."""
        return bool(self._reports.get(email))

    def line_above(self, email: str) -> Iterator[str]:
        """The e-mails of this person's manager, their manager, and so on to the top."""
        above = self.people[email].manager_email if email in self.people else None
        while above:
            yield above
            above = self.people[above].manager_email if above in self.people else None


def cycles(managers: dict[str, str | None]) -> tuple[tuple[str, ...], ...]:
    """Every circle in a reporting line (e-mail -> manager's e-mail), each in order; nobody is in two of them."""
    safe: set[str] = set()
    found: list[tuple[str, ...]] = []
    for start in managers:
        path: dict[str, None] = {}
        here: str | None = start
        while here is not None and here not in safe and here not in path:
            path[here] = None
            here = managers.get(here)
        if here is not None and here in path:
            walked = tuple(path)
            found.append(walked[walked.index(here) :])
        safe.update(path)
    return tuple(found)


def cycle(managers: dict[str, str | None]) -> tuple[str, ...]:
    """The first circle in a reporting line, in order; empty where there is none."""
    return next(iter(cycles(managers)), ())
