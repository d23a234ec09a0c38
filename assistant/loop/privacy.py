"""What holds for somebody's words, outside of a conversation."""

from __future__ import annotations

from assistant.domain.errors import Refused, Unknown
from assistant.domain.privacy import Handling, PrivacyStatement
from assistant.domain.rounds import Round
from assistant.domain.words import ConversationKind
from assistant.interview.privacy import statement
from assistant.loop.rounds import current_round
from assistant.ports.store import Store, Work


def statements_for(
    store: Store, handling: Handling, email: str, round_key: str | None = None
) -> tuple[PrivacyStatement, ...]:
    """What a person is told before they answer in a round: for each kind of conversation that is theirs to hold.

    Without a key it is the open round. Raises Unknown for a person or round that is not, Refused where the person is
    not asked in that round.
    """
    with store.work() as work:
        who = work.people.organisation().person(email)
        round_ = _round(work, round_key)
        members = work.rounds.members(round_.key)
    asked = {
        ConversationKind.FEEDBACK: any(m.member == who.email for m in members),
        ConversationKind.REFLECTION: any(m.manager == who.email for m in members),
    }
    if not any(asked.values()):
        raise Refused(f"{who.email} is not asked in round {round_.key}: nobody reports to them, and they to nobody.")
    return tuple(statement(kind, round_.floor, handling) for kind, is_asked in asked.items() if is_asked)


def _round(work: Work, key: str | None) -> Round:
    if key is not None:
        return work.rounds.get(key)
    open_now = current_round(work)
    if open_now is None:
        raise Unknown("No round is open. Name one with --round.")
    return open_now
