"""Who may see what: pure rules over the viewer, the reporting line and the round. Nothing is allowed by default.

Every way out (page, chat, command, export, index, prompt) asks here first.

=====================  ==================================================================
viewer                 may see
=====================  ==================================================================
a person               their own conversations, and nobody else's; may say how their own words were meant,
                       and take their feedback back while the round is open
a manager              their own report, once the round is closed, and may share it with the leaders above them; the
                       roll-up they are part of; what they have taken on, which nobody else sees
a leader               reports' findings of managers in their downline, and the roll-ups over all teams below them or
                       below anybody in their downline, once the round is closed; the whole report of a manager in
                       their downline who shares it, without what was said under names or taken on
an admin               rounds, people, coarse counts; no words, no reports
the operator           reports and answers, and on a manager's behalf what they have taken on, through the command
                       line, each written to the reader log;
                       coarse counts of rounds, counts of corrections; the whole reader log, of which people see what
                       is about them
the analysis           sent conversations and what is to be searched, to read them, what commitments are about, and the
                       report that a new one would take the place of; it shows nothing to anybody
=====================  ==================================================================
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from assistant.domain.conversation import Conversation, ConversationState
from assistant.domain.errors import Refused
from assistant.domain.organisation import Organisation
from assistant.domain.rounds import Round
from assistant.domain.words import ConversationKind, Role


class Part(StrEnum):
    """A part that a person has in the loop, with pages of its own."""

    LEADER = "leader"
    ADMIN = "admin"
    MANAGER = "manager"
    MEMBER = "member"


class Standing(StrEnum):
    """In what capacity somebody looks."""

    PERSON = "person"
    OPERATOR = "operator"
    ANALYSIS = "analysis"


@dataclass(frozen=True, slots=True)
class Viewer:
    """Who looks. ``email`` is empty for the operator and the analysis."""

    standing: Standing
    email: str = ""

    def __str__(self) -> str:
        return self.email or self.standing.value


OPERATOR = Viewer(Standing.OPERATOR)
ANALYSIS = Viewer(Standing.ANALYSIS)


def person(email: str) -> Viewer:
    """The viewer for a person who has signed in."""
    return Viewer(Standing.PERSON, email)


def may_read_conversation(viewer: Viewer, conversation: Conversation) -> bool:
    """Whether the viewer may see the words of a conversation."""
    if viewer.standing is Standing.ANALYSIS:
        return conversation.state is ConversationState.SENT
    return viewer.standing is Standing.PERSON and viewer.email == conversation.author


def may_correct(viewer: Viewer, conversation: Conversation, round_: Round) -> bool:
    """Whether the viewer may say how the words of a conversation were meant: the author alone.

    Feedback only while its round is open: once there are reports, nobody can be asked to turn what they said.
    """
    is_own = viewer.standing is Standing.PERSON and viewer.email == conversation.author
    return is_own and (round_.is_open or conversation.kind is ConversationKind.REFLECTION)


def may_withdraw(viewer: Viewer, conversation: Conversation, round_: Round) -> bool:
    """Whether the viewer may take a feedback back: its author, or the operator for them, while its round is open."""
    is_own = viewer.standing is Standing.PERSON and viewer.email == conversation.author
    is_feedback = conversation.kind is ConversationKind.FEEDBACK
    return is_feedback and round_.is_open and (is_own or viewer.standing is Standing.OPERATOR)


def may_adjust(viewer: Viewer) -> bool:
    """Whether the viewer may see counts of corrections, and say whether they are used."""
    return viewer.standing is Standing.OPERATOR


def may_read_report(viewer: Viewer, manager: str, round_: Round) -> bool:
    """Whether the viewer may see a manager's report of a round."""
    is_own = viewer.standing is Standing.PERSON and viewer.email == manager
    return (is_own and not round_.is_open) or viewer.standing in {Standing.OPERATOR, Standing.ANALYSIS}


def may_share_report(viewer: Viewer, manager: str, round_: Round) -> bool:
    """Whether the viewer may open a manager's report of a closed round to those above: the manager alone."""
    return viewer.standing is Standing.PERSON and viewer.email == manager and not round_.is_open


def may_read_shared_report(viewer: Viewer, manager: str, organisation: Organisation, round_: Round) -> bool:
    """Whether the viewer may see a report of a closed round that its manager shares: leaders above them."""
    who = organisation.people.get(viewer.email)
    is_leader = viewer.standing is Standing.PERSON and who is not None and who.role is Role.LEADER
    return is_leader and not round_.is_open and viewer.email in organisation.line_above(manager)


def may_keep_commitments(viewer: Viewer, manager: str) -> bool:
    """Whether the viewer may see and change what a manager has taken on: the manager, or the operator for them."""
    is_own = viewer.standing is Standing.PERSON and viewer.email == manager
    return is_own or viewer.standing is Standing.OPERATOR


def may_read_roll_up(viewer: Viewer, leader: str, organisation: Organisation, round_: Round) -> bool:
    """Whether the viewer may see what the teams below ``leader`` say together; nobody may while the round is open.

    The leader may, and so may leaders above, and the managers who report to them and whose teams are part of it.
    """
    if round_.is_open or viewer.standing is Standing.ANALYSIS:
        return False
    if viewer.standing is Standing.OPERATOR:
        return True
    who, above = organisation.people.get(viewer.email), organisation.people.get(leader)
    if who is None or above is None:
        return False
    if who.email in {above.email, *organisation.line_above(above.email)} and who.role is Role.LEADER:
        return True
    return who.manager_email == above.email and organisation.is_manager(who.email)


def may_fill_index(viewer: Viewer) -> bool:
    """Whether the viewer may take texts to turn them into vectors."""
    return viewer.standing is Standing.ANALYSIS


def managers_in_view(viewer: Viewer, organisation: Organisation, round_: Round, acting_for: str) -> tuple[str, ...]:
    """The managers whose findings may answer a question asked for the leader ``acting_for``.

    The operator may ask for any leader; a person only for themselves, and only of closed rounds. Raises
    :class:`Refused` with the reason where nothing may be shown at all.
    """
    return managers_in_rounds(viewer, organisation, (round_,), acting_for)


def managers_in_rounds(
    viewer: Viewer, organisation: Organisation, rounds: Iterable[Round], acting_for: str
) -> tuple[str, ...]:
    """The managers whose findings may be shown in each of several rounds; raises as :func:`managers_in_view` does."""
    leader = organisation.person(acting_for)
    if viewer.standing is Standing.ANALYSIS or (viewer.standing is Standing.PERSON and viewer.email != leader.email):
        raise Refused("Questions can be asked only over one's own downline.")
    if leader.role is Role.ADMIN:
        raise Refused("An admin runs rounds and sees counts; findings are for leaders.")
    if leader.role is not Role.LEADER:
        raise Refused("Questions over a downline are for people with the role leader.")
    still_open = next((round_.key for round_ in rounds if round_.is_open), None)
    if viewer.standing is Standing.PERSON and still_open is not None:
        raise Refused(f"Round {still_open} is still open. Its findings can be asked about once it is closed.")
    return organisation.managers_below(leader.email)


def may_read_log(viewer: Viewer) -> bool:
    """Whether the viewer may see the whole reader log; what is about oneself, ``reading_log.open_to`` says."""
    return viewer.standing is Standing.OPERATOR


def parts(viewer: Viewer, organisation: Organisation) -> frozenset[Part]:
    """The parts that a person has in the loop as it stands now; nobody else has any."""
    who = organisation.people.get(viewer.email)
    if viewer.standing is not Standing.PERSON or who is None:
        return frozenset()
    has = {
        Part.LEADER: who.role is Role.LEADER,
        Part.ADMIN: who.role is Role.ADMIN,
        Part.MANAGER: organisation.is_manager(who.email),
        Part.MEMBER: who.manager_email is not None,
    }
    return frozenset(part for part, is_theirs in has.items() if is_theirs)


def may_run_rounds(viewer: Viewer, organisation: Organisation) -> bool:
    """Whether the viewer may open, close and count rounds."""
    return viewer.standing is Standing.OPERATOR or Part.ADMIN in parts(viewer, organisation)
