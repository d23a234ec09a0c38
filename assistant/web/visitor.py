"""Who has signed in, and which pages are theirs."""

from __future__ import annotations

from dataclasses import dataclass

from assistant.bootstrap import Parts
from assistant.domain.access import Part, Viewer, person
from assistant.domain.access import parts as parts_of
from assistant.domain.organisation import Organisation, Person
from assistant.loop.sign_in import signed_in

ROOMS = ("/manager", "/team", "/leader", "/admin")
LOOKED = "/looked"
COMMITMENTS = "/commitments"
INSIGHT = "/insight"


@dataclass(frozen=True, slots=True)
class Link:
    """A way to a page, as the header shows it."""

    title: str
    path: str


@dataclass(frozen=True, slots=True)
class Visitor:
    """A person who has signed in; ``rooms`` are the parts of the app that are open to them, likeliest first."""

    person: Person
    rooms: tuple[str, ...]

    @property
    def viewer(self) -> Viewer:
        """The visitor as the loop knows them."""
        return person(self.person.email)

    @property
    def home(self) -> str:
        """Where to go after signing in."""
        return f"{self.rooms[0]}/" if self.rooms else "/"

    @property
    def links(self) -> tuple[Link, ...]:
        """The pages that are open to the visitor."""
        own = tuple(link for room in self.rooms for link in _LINKS[room])
        return (*own, Link("Who has looked", LOOKED)) if {"/manager", "/team"} & {*self.rooms} else own


_OF_PART = {"/leader": Part.LEADER, "/admin": Part.ADMIN, "/manager": Part.MANAGER, "/team": Part.MEMBER}
_LINKS = {
    "/manager": (Link("Reflect", "/manager/"), Link("Your report", "/manager/report"), Link("Taken on", COMMITMENTS)),
    "/team": (Link("Feedback", "/team/"),),
    "/leader": (Link("Ask", "/leader/"), Link("Brief", "/leader/brief"), Link("Overview", INSIGHT)),
    "/admin": (Link("Rounds", "/admin/"),),
}


def visitor(parts: Parts, session_secret: str | None) -> Visitor | None:
    """Who holds this session, or None where nobody does any more."""
    viewer = signed_in(parts.store, session_secret, parts.now(), parts.settings.lives) if session_secret else None
    return welcome(parts, viewer.email) if viewer is not None else None


def welcome(parts: Parts, email: str) -> Visitor:
    """The person with this e-mail as a visitor; raises Unknown."""
    with parts.store.work() as work:
        organisation = work.people.organisation()
    who = organisation.person(email)
    return Visitor(who, _rooms(organisation, who))


def _rooms(organisation: Organisation, who: Person) -> tuple[str, ...]:
    theirs = parts_of(person(who.email), organisation)
    return tuple(room for room, part in _OF_PART.items() if part in theirs)
