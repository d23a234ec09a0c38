"""A made-up team for attacks: five people and their manager speak honestly, and so does the sixth, at first."""

from __future__ import annotations

from assistant.domain.conversation import Conversation, ConversationState, Message
from assistant.domain.organisation import Person
from assistant.domain.words import ConversationKind, Speaker
from tests.fakes.attacked_round import NOON, Scene

ROUND = "2026-Q4"
MANAGER, ATTACKER = "mia", "m6"
CREDIT = "I took time to show them how the new machine works, step by step."
PRAISE = "She took time to show me how the new machine works, step by step."
COMPLAINT = "Decisions take far too long and we wait for weeks."
HONEST = {
    CREDIT: ("does", "teaching_craft"),
    PRAISE: ("valued", "teaching_craft"),
    COMPLAINT: ("missing", "timely_decisions"),
}
OTHERS = [f"m{n}" for n in range(1, 6)]


def attacked_team(attack: str) -> Scene:
    """The sixth praises, and goes on with the attack."""
    return a_team(f"{PRAISE} {attack}", attacks=(attack,))


def a_team(*last: str, attacks: tuple[str, ...] = ()) -> Scene:
    """The sixth says just this."""
    said = {MANAGER: (CREDIT,)} | dict.fromkeys(OTHERS, (PRAISE, COMPLAINT)) | {ATTACKER: last}
    boss = Person("mia@acme.example", "Mia Maker", None)
    people = (boss, *(Person(f"m{n}@acme.example", f"Member Surname{n}", boss.email) for n in range(1, 7)))
    conversations = tuple(_conversation(who, texts) for who, texts in said.items())
    return Scene(ROUND, people, conversations, HONEST, f"{ATTACKER}@acme.example", attacks)


def _conversation(who: str, texts: tuple[str, ...]) -> Conversation:
    kind = ConversationKind.REFLECTION if who == MANAGER else ConversationKind.FEEDBACK
    about = None if who == MANAGER else "mia@acme.example"
    messages = tuple(Message(Speaker.USER, text) for text in texts)
    return Conversation(who, ROUND, kind, f"{who}@acme.example", about, messages, False, ConversationState.SENT, NOON)
