"""What authors decide about single lines of their own before they send them: their words, their name, or not at all."""

from __future__ import annotations

from enum import StrEnum

from assistant.domain.access import Viewer, may_correct
from assistant.domain.conversation import LONGEST_MESSAGE, Conversation, ConversationState, clean
from assistant.domain.corrections import digest_of, words_at
from assistant.domain.errors import BadInput, Refused
from assistant.domain.rewording import Edit
from assistant.domain.statements import Reading, Span
from assistant.domain.words import ConversationKind
from assistant.loop.adjusting import in_use
from assistant.loop.conversations import preview
from assistant.ports.engine import Engine
from assistant.ports.store import Store, Work

GONE_ON = "This line has been changed in another window. Reload the page to see it as it is now."


class Sharing(StrEnum):
    """How a line is shared: together with those of others, under its author's name, or not at all."""

    ANONYMOUS = "anonymous"
    NAMED = "named"
    HELD_BACK = "held_back"


def reword(
    store: Store, engine: Engine, viewer: Viewer, conversation: str, span: Span, digest: str, text: str
) -> Reading:
    """Put the viewer's new words in the place of those at ``span`` of their own draft; what is then understood in it.

    The old words go for good. ``digest`` is of the words that the viewer saw there. Raises BadInput where the new ones
    are none or too many, Refused where the words have changed meanwhile, the draft is sent or the round is closed,
    Unknown where the viewer may not see the conversation.
    """
    words = clean(text)
    if not words:
        raise BadInput("There is nothing left of this line. To take it out, hold it back.")
    with store.work() as work:
        held = _draft(work, viewer, conversation)
        before = words_at(held, span)
        if not before or digest_of(before) != digest:
            raise Refused(GONE_ON)
        _check_length(held, span, words)
        edit = Edit(span, words)
        work.conversations.reword(conversation, edit, viewer)
        work.corrections.follow(conversation, edit)
    return preview(store, engine, viewer, conversation)


def share(store: Store, engine: Engine, viewer: Viewer, conversation: str, span: Span, how: Sharing) -> Reading:
    """Keep how the line at ``span`` of the viewer's own draft is to be shared; what is understood in it as it then is.

    Raises Refused where there is no such line any more, the draft is sent or the round is closed, or where a name is to
    be put to a reflection, which has one; Unknown where the viewer may not see the conversation.
    """
    engine = in_use(store, engine)
    with store.work() as work:
        held = _draft(work, viewer, conversation)
        reading = work.statements.of(conversation, engine.reads_as, viewer)
        if reading is None or span not in {statement.span for statement in reading.statements}:
            raise Refused(GONE_ON)
        if how is Sharing.NAMED and held.kind is ConversationKind.REFLECTION:
            raise Refused("A reflection is under your name anyway.")
        work.statements.keep_back(conversation, span, how is Sharing.HELD_BACK, viewer)
        work.statements.put_name(conversation, span, how is Sharing.NAMED, viewer)
        return work.statements.of(conversation, engine.reads_as, viewer) or reading


def put_name(store: Store, viewer: Viewer, conversation: str, named: bool) -> None:
    """Keep whether all of the viewer's draft is said under their name; raises as :func:`share` does."""
    with store.work() as work:
        held = _draft(work, viewer, conversation)
        if held.kind is ConversationKind.REFLECTION:
            raise Refused("A reflection is under your name anyway.")
        work.conversations.put_name(conversation, named, viewer)


def _draft(work: Work, viewer: Viewer, conversation: str) -> Conversation:
    held = work.conversations.get(conversation, viewer)
    round_ = work.rounds.get(held.round_key)
    round_.require_open()
    if not may_correct(viewer, held, round_):
        raise Refused("Only whoever said something can say what becomes of it.")
    if held.state is ConversationState.SENT:
        raise Refused("This has been sent already. Reload the page to see it.")
    return held


def _check_length(held: Conversation, span: Span, words: str) -> None:
    length = len(held.messages[span.message].content) - (span.end - span.start) + len(words)
    if length > LONGEST_MESSAGE:
        raise BadInput(
            f"A message has at most {LONGEST_MESSAGE:,} characters; with this line it would have {length:,}."
        )
