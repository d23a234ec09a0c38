"""The privacy statement in plain words: one for feedback, one for a reflection, from what the settings say.

Every sentence stands here, once. Whoever changes how words are handled changes the sentence with it, and whoever wrote
under an earlier one is then told before their next answer.
"""

from __future__ import annotations

from assistant.domain.privacy import Handling, Part, PrivacyStatement
from assistant.domain.words import ConversationKind


def statement(kind: ConversationKind, floor: int, handling: Handling) -> PrivacyStatement:
    """What holds for a conversation of this kind in a round with this floor."""
    short, who_sees = _OF_KIND[kind](floor)
    where = _where(handling)
    kept = _kept(handling)
    return PrivacyStatement(
        kind=kind,
        floor=floor,
        handling=handling,
        short=(*short, where[0], kept[0]),
        whole=(
            Part("Who sees what", who_sees),
            Part("Where your words are understood", where),
            Part("What is kept, and how long", kept),
            Part("What you can do", _YOU_CAN[kind]),
            Part("What it is never used for", _NEVER),
            Part("What nobody can promise", _LIMITS),
        ),
    )


def _feedback(floor: int) -> tuple[tuple[str, ...], tuple[str, ...]]:
    short = (
        "Your manager never reads this conversation, and neither does anybody above, but for lines that you choose to "
        "put your name to.",
        f"Your manager sees only what it adds up to with the answers of others, and only if at least {floor} of you "
        "answer.",
        "Before anything is sent, you see each line as it was understood, and what in it could give you away. You can "
        "change it or hold it back. Until the round closes you can take all of it back.",
    )
    whole = (
        "You alone can read this conversation in the app.",
        "Your manager gets a report on what the answers of the team add up to. It is put into words from what was "
        "meant and how many said so; your sentences are not in it, unless you put your name to them.",
        f"The report shows nothing that rests on feedback unless at least {floor} people have answered, and nothing "
        "that rests on one person alone.",
        f"Nobody is told who has answered; from {floor} answers on, how many.",
        "Leaders above see findings and figures under the same rule, never conversations.",
        "Admins see counts over a whole round.",
        "Who looked at a report or asked about your team is written down, and you can see it under “Who has looked”.",
    )
    return short, whole


def _reflection(floor: int) -> tuple[tuple[str, ...], tuple[str, ...]]:
    short = (
        "Your team does not read this conversation, and neither does anybody above.",
        f"It is laid beside what your team says, for your own report. Your team’s side shows once at least {floor} "
        "people have answered.",
        "Before anything is sent, you see each line as it was understood, and can hold it back.",
    )
    whole = (
        "You alone can read this conversation in the app.",
        "Your report quotes what you say you do, to you.",
        "Leaders above you see findings, figures and titles of suggestions from your report once the round is closed, "
        "and can ask questions about them. They do not see your words, unless you share your report with them.",
        "Whoever runs the installation can print your report.",
        "Each time somebody looks at your report or asks about it is written down. You see it under “Who has looked”, "
        "and so does your team.",
        "Admins see counts over a whole round.",
    )
    return short, whole


_OF_KIND = {ConversationKind.FEEDBACK: _feedback, ConversationKind.REFLECTION: _reflection}


def _where(handling: Handling) -> tuple[str, ...]:
    if handling.sends_to is None:
        return (
            "What you write stays on this installation; nothing of it is sent anywhere.",
            "It is read by a program that runs there, without a network.",
        )
    return (
        f"What you write is sent to a language model at {handling.sends_to}, to understand it and to answer you.",
        f"The model is {handling.model}. It is sent one conversation at a time, with first names of you and of whom it "
        "is about.",
        "What is done with it there is for whoever runs this installation to settle with that host.",
    )


def _kept(handling: Handling) -> tuple[str, ...]:
    days = "1 day" if handling.retention_days == 1 else f"{handling.retention_days} days"
    on_disk = (
        "What you write is kept encrypted, under a key of your own."
        if handling.is_encrypted
        else "What you write is not encrypted on the disk by this program."
    )
    return (
        f"Your conversation is deleted {days} after the round has closed. What it added up to with others stays.",
        on_disk,
        "This statement is kept with your conversation, so that it can be shown what you were told.",
    )


_YOU_CAN = {
    ConversationKind.FEEDBACK: (
        "Skip any question, stop at any time, and come back as long as the round is open.",
        "Change a line, correct how it was understood, put your name to it, or hold it back, before you send it.",
        "Take back what you sent until the round closes.",
        "Ask whoever runs the installation for everything that is kept of you, or to have it erased.",
    ),
    ConversationKind.REFLECTION: (
        "Skip any question, stop at any time, and come back as long as the round is open.",
        "Correct how a line was understood, before you send it and beside your report.",
        "Ask whoever runs the installation for everything that is kept of you, or to have it erased.",
    ),
}
_NEVER = (
    "Nobody is ranked or rated by it, and no decision about anybody is made by a program.",
    "Nothing is guessed about how you feel; only what you say about what was done counts.",
    "What tells of harassment, violence, self-harm or a crime is taken out of all of this as soon as it is noticed, "
    "and you are shown where you can turn.",
)
_LIMITS = (
    "Whoever runs the installation holds its keys, and could get at what is stored.",
    "Somebody who knows a small team well may guess who misses what. Leave out what only you could know.",
    "A program notices and understands not everything, and takes some things for what they are not.",
)
