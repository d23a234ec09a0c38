"""Holding a conversation, turn by turn: what was written is kept before it is answered."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime

from assistant.domain.access import Viewer
from assistant.domain.authorship import Author
from assistant.domain.contacts import Contact
from assistant.domain.conversation import (
    LONGEST_MESSAGE,
    Conversation,
    ConversationState,
    Message,
    clean,
    fingerprint,
)
from assistant.domain.errors import BadInput, Refused
from assistant.domain.interview import Heard, InterviewState, Move, Setting, Wish
from assistant.domain.privacy import PrivacyStatement, Told
from assistant.domain.rating import check_rating
from assistant.domain.rounds import Round
from assistant.domain.statements import Reading
from assistant.domain.words import ConversationKind, Speaker
from assistant.interview.policy import advance, carried_over, opening, paused
from assistant.interview.serious import stop
from assistant.loop.adjusting import in_use
from assistant.loop.serious import last_set_apart, look_through, looked_through, taken_as_ordinary
from assistant.loop.standing import Standing, setting_of, standing_of, turns_of
from assistant.ports.engine import Engine
from assistant.ports.interviewer import Interviewer, SeriousMatter, Turned, gathered
from assistant.ports.store import Store, Work

HOUSE = Author("house")
"""Who words what is the house's own, whichever engine is at work."""


def begin(
    store: Store,
    engine: Engine,
    viewer: Viewer,
    round_key: str,
    kind: ConversationKind,
    about: str | None,
    new_id: str,
    now: datetime,
) -> Conversation:
    """The viewer's draft of this kind about this person, begun with the first question where there is none yet.

    ``about`` is a direct report or None for a reflection; for a feedback it is the viewer's manager. Raises Refused
    where the round is closed, the reporting line does not fit, or the conversation has been sent already.
    """
    with store.work() as work:
        if (earlier := _begun(work, viewer, round_key, kind, about)) is not None:
            return earlier
        round_ = work.rounds.get(round_key)
        # nobody is told when somebody answered
        begun = now if kind is ConversationKind.REFLECTION else round_.opened_at
        draft = Conversation(new_id, round_key, kind, viewer.email, about, (), False, ConversationState.DRAFT, begun)
        setting = setting_of(work, round_, draft)
    asked, state = opening(kind, carried_over(setting))
    words, by = gathered(engine.of_round(round_key).word(asked, setting, ()))
    first = Message(Speaker.ASSISTANT, words, str(by))
    with store.work() as work:
        if (earlier := _begun(work, viewer, round_key, kind, about)) is not None:
            return earlier
        work.conversations.add(draft, f"draft:{round_key}:{kind}:{viewer.email}:{about}:{new_id}")
        work.conversations.append(new_id, 0, first, viewer)
        work.conversations.set_state(new_id, state, viewer)
        return work.conversations.get(new_id, viewer)


def turn_of(conversation: str) -> str:
    """What a transaction is about that touches nothing but one draft (see ``Store.work``)."""
    return f"turn/{conversation}"


def say(
    store: Store,
    viewer: Viewer,
    conversation: str,
    position: int,
    text: str,
    told: PrivacyStatement | None = None,
) -> Standing:
    """Keep what the viewer wrote at ``position``, before anybody answers it, with what they had been ``told`` before.

    Gives where the conversation stands with it, for :func:`reply`. Raises BadInput where it is empty or too long,
    Refused where the place is taken (another tab, a double click), the round is closed or the conversation is sent.
    """
    words = clean(text)
    if not words:
        raise BadInput("There is nothing in this message yet.")
    if len(words) > LONGEST_MESSAGE:
        raise BadInput(f"A message has at most {LONGEST_MESSAGE:,} characters; this one has {len(words):,}.")
    with store.work(turn_of(conversation)) as work:
        before = standing_of(work, conversation, viewer)
        before.round.require_open()
        held = before.held
        if position != len(held.messages) or not held.messages or held.messages[-1].role is Speaker.USER:
            raise Refused("This conversation has gone on in another window. Reload the page to see it as it is now.")
        message = Message(Speaker.USER, words)
        work.conversations.append(conversation, position, message, viewer)
        if told is not None:
            work.privacy.tell(conversation, Told(position, told), viewer)
    return before.gone_on(message)


def answer(
    store: Store, engine: Engine, viewer: Viewer, conversation: str, contacts: Sequence[Contact] = ()
) -> Iterator[str]:
    """The :func:`reply` to a conversation as it is kept.

    So a call after a crash or from a second tab goes on where the conversation stands.
    """
    with store.work(turn_of(conversation)) as work:
        standing = standing_of(work, conversation, viewer)
    yield from reply(store, engine, viewer, standing, contacts)


def reply(
    store: Store, engine: Engine, viewer: Viewer, standing: Standing, contacts: Sequence[Contact] = ()
) -> Iterator[str]:
    """The assistant's answer to the last message, piece by piece; it is kept once it is whole.

    A message that tells of a serious matter is set apart and answered in the house's own words, with the ``contacts``
    of the organisation. Signs tell first, and then no engine is given it; whoever is to word the next turn looks, too.
    Nothing is said where the last word is the assistant's already. Raises Refused where the conversation has gone on
    in another window meanwhile.
    """
    if not standing.waits_for_an_answer:
        return
    engine = engine.of_round(standing.round.key)
    state, held = standing.state, looked_through(engine, standing.held)
    setting = replace(standing.setting, turn=turns_of(held))
    held, heard = _heard(engine, held, state, setting)
    turn, after = advance(held.kind, state, heard, setting.turn, carried_over(setting))
    setting = replace(setting, may_stop=not any(message.vouched for message in held.messages))
    pieces: list[str] = []
    try:
        said = _stopped(contacts) if turn.move is Move.PAUSE else engine.word(turn, setting, held.history)
        by = yield from _kept_in(pieces, said)
    except SeriousMatter:
        held, after = last_set_apart(held), paused(state)
        by = yield from _kept_in(pieces, _stopped(contacts))
    words = Message(Speaker.ASSISTANT, "".join(pieces), str(by))
    with store.work(turn_of(held.id)) as work:
        work.conversations.judge(held, viewer)
        work.conversations.append(held.id, len(held.messages), words, viewer)
        work.conversations.set_state(held.id, after, viewer)


def _kept_in(pieces: list[str], words: Turned) -> Turned:
    """The same words, which are also put into ``pieces``."""
    while True:
        try:
            piece = next(words)
        except StopIteration as end:
            by: Author = end.value
            return by
        pieces.append(piece)
        yield piece


def _heard(
    engine: Interviewer, held: Conversation, state: InterviewState, setting: Setting
) -> tuple[Conversation, Heard]:
    """What the last message holds; where it ends a pause as a false alarm, what the one holds that was set apart."""
    if held.messages[-1].set_apart:
        return held, Heard(serious=True)
    heard = engine.hear(held.messages[-1].content, setting)
    if not (state.paused and heard.wish is Wish.NOT_MEANT):
        return held, heard
    held, ordinary = taken_as_ordinary(held)
    return held, engine.hear(ordinary.content, setting)


def _stopped(contacts: Sequence[Contact]) -> Turned:
    yield stop(contacts)
    return HOUSE


def preview(store: Store, engine: Engine, viewer: Viewer, conversation: str) -> Reading:
    """What the assistant has understood in the viewer's own conversation, to decide what may be shared.

    It is read once for as long as nothing is added, so that the lines people decide about are those that count.
    """
    engine = in_use(store, engine)
    with store.work() as work:
        held = work.conversations.get(conversation, viewer)
    held = look_through(store, engine, held, viewer)
    with store.work() as work:
        known = work.statements.of(conversation, engine.reads_as, viewer)
    if known is not None:
        return known
    reading = engine.of_round(held.round_key).read(held.usable)
    with store.work() as work:
        now = work.conversations.get(conversation, viewer)
        if now.messages == held.messages and work.statements.of(conversation, engine.reads_as, viewer) is None:
            work.statements.save(conversation, engine.reads_as, reading)
        return work.statements.of(conversation, engine.reads_as, viewer) or reading


def send(
    store: Store,
    engine: Engine,
    viewer: Viewer,
    conversation: str,
    held_back: tuple[str, ...] | None = None,
    rating: int | None = None,
) -> None:
    """Send a draft as it is; ``rating`` is how well the preview captures what its author meant, from 1 to 4.

    Exactly the statements in ``held_back`` (ids of the preview) are never used or shown; where it is None, those that
    were held back one by one.

    Raises BadInput where nothing has been said yet or the rating is none, Refused where the round is closed or it has
    been sent, or where the preview was of another engine, whose ids may tell of other lines.
    """
    check_rating(rating)
    engine = in_use(store, engine)
    with store.work() as work:
        shown = len(work.conversations.get(conversation, viewer).messages)
        if held_back and work.statements.of(conversation, engine.reads_as, viewer) is None:
            raise Refused("How lines are understood has changed meanwhile. Choose “Go on talking” and look once more.")
    reading = preview(store, engine, viewer, conversation)
    unknown = set(held_back or ()) - {statement.id for statement in reading.statements}
    if unknown:
        raise BadInput("What is to be held back is not part of this conversation.")
    with store.work() as work:
        held = work.conversations.get(conversation, viewer)
        work.rounds.get(held.round_key).require_open()
        if len(held.messages) != shown:
            raise Refused("This conversation has gone on in another window. Reload the page to see it as it is now.")
        if all(message.role is Speaker.ASSISTANT for message in held.messages):
            raise BadInput("There is nothing in this conversation yet, so there is nothing to send.")
        work.conversations.send(conversation, viewer, rating)
        if held_back is not None:
            work.statements.hold_back(conversation, held_back, viewer)


def import_conversations(store: Store, conversations: tuple[Conversation, ...]) -> tuple[int, int]:
    """Keep conversations in one transaction; how many were new, and how many were there already.

    Their round, authors and the reporting line have been checked by ``conversations_file``.
    """
    new = 0
    with store.work() as work:
        for key in {c.round_key for c in conversations}:
            work.rounds.get(key).require_open()
        for c in conversations:
            new += work.conversations.add(c, fingerprint(c.round_key, c.kind, c.author, c.about, c.messages))
    return new, len(conversations) - new


def _begun(
    work: Work, viewer: Viewer, round_key: str, kind: ConversationKind, about: str | None
) -> Conversation | None:
    """The viewer's draft of this kind about this person; None where one may be begun, else raises Refused."""
    round_ = work.rounds.get(round_key)
    for earlier in work.conversations.mine(round_key, kind, viewer):
        if earlier.about == about:
            if earlier.state is ConversationState.SENT and kind is ConversationKind.FEEDBACK:
                raise Refused("Your feedback of this round has been sent already.")
            if earlier.state is ConversationState.DRAFT:
                return earlier
    round_.require_open()
    _check_line(work, round_, kind, viewer.email, about)
    return None


def _check_line(work: Work, round_: Round, kind: ConversationKind, author: str, about: str | None) -> None:
    line = {(m.member, m.manager) for m in work.rounds.members(round_.key)}
    if kind is ConversationKind.FEEDBACK:
        if about is None or (author, about) not in line:
            raise Refused("Feedback is about one's own manager of this round.")
    elif about is None:
        if not any(manager == author for _, manager in line):
            raise Refused("A reflection is for people with direct reports in this round.")
    elif (about, author) not in line:
        raise Refused("A reflection is about a direct report of this round, or the team as a whole.")
