"""What all teams below a leader say together: made when somebody first looks, and the same ever after."""

from __future__ import annotations

from datetime import datetime

from assistant.comparison.roll_up import roll_ups
from assistant.domain.access import Viewer, may_read_roll_up
from assistant.domain.errors import Refused, Unknown
from assistant.domain.organisation import Organisation
from assistant.domain.reading_log import Looked
from assistant.domain.roll_up import RollUp
from assistant.domain.rounds import Round
from assistant.loop.reader_log import look, refusals_noted
from assistant.loop.rounds import latest_closed
from assistant.ports.store import Store, Work


def read_roll_up(store: Store, viewer: Viewer, leader: str, round_key: str | None, now: datetime) -> RollUp:
    """The roll-up of a leader (an e-mail) for a closed round, the latest without a key; it is noted in the reader log.

    Raises Unknown where there is no such person or round, or there are no reports to make it from yet, and Refused
    where the viewer may not see it.
    """
    with store.work() as work:
        round_ = work.rounds.get(round_key) if round_key else latest_closed(work)
        email = work.people.among([leader.strip().lower()]).person(leader).email
    with refusals_noted(store, viewer, Looked.ROLL_UP, round_.key, (email,), now), store.work() as work:
        organisation = work.people.organisation()
        if not may_read_roll_up(viewer, email, organisation, round_):
            raise Refused(_why_not(email, round_))
        found = _as_it_stays(work, round_, organisation, email)
        work.reader_log.note(look(work, viewer, Looked.ROLL_UP, round_.key, (email,), now))
        return found


def _why_not(leader: str, round_: Round) -> str:
    if round_.is_open:
        return f"Round {round_.key} is still open. What teams say together is shown once it is closed."
    return (
        f"What the teams below {leader} say together is for {leader}, for leaders above, and for the managers who "
        "report to them."
    )


def _as_it_stays(work: Work, round_: Round, organisation: Organisation, leader: str) -> RollUp:
    """The roll-up as it was first shown; all of a round are made together, so that none can be held against another."""
    if (kept := work.publications.roll_up(round_.key, leader)) is not None:
        return kept
    line = _line(work, round_)
    if leader not in line.values():
        raise Unknown(f"In round {round_.key} nobody below {leader} led a team.")
    made = {version.manager: version for version in work.publications.current(round_.key)}
    if missing := [manager for manager in line if manager in organisation.people and manager not in made]:
        raise Unknown(f"{len(missing)} of the reports of round {round_.key} are not made yet. Analyse the round first.")
    teams = {m: v.tally for m, v in made.items() if not v.suppressed or not work.publications.seen(round_.key, m)}
    together = {one.leader: one for one in roll_ups(round_.key, line, teams, round_.floor)}
    work.publications.release(round_.key, teams)
    work.publications.keep_roll_ups(together.values())
    return together[leader]


def _line(work: Work, round_: Round) -> dict[str, str | None]:
    """The managers of the round, and whom each of them reported to when it was held."""
    members = work.rounds.members(round_.key)
    above = {membership.member: membership.manager for membership in members}
    return {manager: above.get(manager) for manager in sorted({membership.manager for membership in members})}
