"""What is said where somebody tells of harassment, violence, self-harm or a crime: the house's own words, always."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.domain.contacts import Contact

GO_ON = "Go on without it."
NOT_MEANT = "I did not mean it like that."

_STOP = (
    "I stop here for a moment. What you wrote may tell of harassment, violence, self-harm or a crime, and that is "
    "nothing to make advice of. I do not use it: it goes into no report and no summary, and nothing of it is read any "
    "further. It stays in your own conversation, where you alone can open it. Nobody has been told, so nobody will act "
    "on it unless you turn to somebody."
)
_STOP_REHEARSING = (
    "I stop here for a moment. What you wrote may tell of harassment, violence, self-harm or a crime, and that is "
    "nothing to rehearse. Nothing is made of it, and it is kept nowhere. Nobody has been told, so nobody will act on "
    "it unless you turn to somebody."
)
_IN_DANGER = "If you or somebody else is in danger now, please call the emergency services."
_TURN_TO = "Your organisation names these for you to turn to:"
_NOBODY_NAMED = (
    "Your organisation has named nobody here. You can turn to somebody you trust, to a works council or staff "
    "representative, to a doctor, to the police, or to a help line."
)
_DECIDE = (
    f"When you are ready, “{GO_ON.rstrip('.')}” takes us to the next question. If I took you wrong, choose "
    f"“{NOT_MEANT.rstrip('.')}”, and it counts as an ordinary answer again."
)
_BEGIN_ANEW = "If I took you wrong, begin the rehearsal anew and put it in other words."


def stop(contacts: Sequence[Contact]) -> str:
    """The assistant's whole turn: what it does not do with the message, where to turn, and how to go on."""
    return "\n\n".join([_STOP, _where_to_turn(contacts), _DECIDE])


def stop_rehearsing(contacts: Sequence[Contact]) -> str:
    """The same in a rehearsal, of which nothing is kept and which ends with it."""
    return "\n\n".join([_STOP_REHEARSING, _where_to_turn(contacts), _BEGIN_ANEW])


def _where_to_turn(contacts: Sequence[Contact]) -> str:
    if not contacts:
        return f"{_IN_DANGER} {_NOBODY_NAMED}"
    return "\n\n".join([_IN_DANGER, "\n".join([_TURN_TO, *map(_line, contacts)])])


def _line(contact: Contact) -> str:
    what = f" ({contact.what})" if contact.what else ""
    return f"– {contact.name}{what}: {', '.join(filter(None, (contact.phone, contact.email, contact.link)))}"
