"""Rehearsing the talk with the team. Nothing of a rehearsal is kept, and nobody but its manager sees any of it."""

from __future__ import annotations

from collections.abc import Generator, Sequence
from datetime import datetime

from assistant.coaching.role_play import ENCOURAGEMENT, MOST_ANSWERS, answers, next_question, opening
from assistant.coaching.talk import guide
from assistant.domain.access import Viewer
from assistant.domain.contacts import Contact
from assistant.domain.conversation import Message
from assistant.domain.errors import Refused
from assistant.domain.knowledge import Knowledge
from assistant.domain.role_play import RolePlay
from assistant.domain.talk import Guide
from assistant.domain.words import Speaker
from assistant.interview.serious import stop_rehearsing
from assistant.loop.commitments import read_commitments
from assistant.loop.reports import read_report
from assistant.ports.engine import Engine
from assistant.ports.interviewer import SeriousMatter
from assistant.ports.sceptic import Sceptic
from assistant.ports.store import Store

Replied = Generator[str, None, bool]
"""Words, piece by piece, and whether the rehearsal goes on after them."""


def begin_rehearsal(
    store: Store, engine: Engine, knowledge: Knowledge, viewer: Viewer, round_key: str, now: datetime
) -> tuple[Message, ...]:
    """The rehearsal of the viewer's own talk as it begins. Raises Refused and Unknown as :func:`reply` does."""
    _sceptic(engine, round_key)
    return opening(_own_guide(store, knowledge, viewer, round_key, now))


def reply(
    store: Store,
    engine: Engine,
    knowledge: Knowledge,
    viewer: Viewer,
    round_key: str,
    messages: tuple[Message, ...],
    now: datetime,
    contacts: Sequence[Contact] = (),
) -> Replied:
    """What the team member says to the last of ``messages``, piece by piece, or the house at the end.

    Messages are those that :func:`assistant.coaching.role_play.answered` gives. Where one of the manager's tells of a
    serious matter, no engine is given it, and the rehearsal ends in the house's own words with the ``contacts``.
    Raises Refused where no model serves or there is no guide, Unknown where the viewer has no report of this round.
    """
    sceptic = _sceptic(engine, round_key)
    told = _own_guide(store, knowledge, viewer, round_key, now)
    if any(engine.is_serious(message.content) for message in messages if message.role is Speaker.USER):
        yield stop_rehearsing(contacts)
        return False
    if answers(messages) >= MOST_ANSWERS:
        yield ENCOURAGEMENT
        return False
    play = RolePlay(told, messages, next_question(told, messages), _team_names(store, viewer, round_key))
    try:
        yield from sceptic.reply(play)
    except SeriousMatter:
        yield stop_rehearsing(contacts)
        return False
    return True


def _sceptic(engine: Engine, round_key: str) -> Sceptic:
    sceptic = engine.of_round(round_key).sceptic
    if sceptic is None:
        raise Refused("No language model is connected, so nobody plays the team. The guide has the likely questions.")
    return sceptic


def _own_guide(store: Store, knowledge: Knowledge, viewer: Viewer, round_key: str, now: datetime) -> Guide:
    """The guide to the talk on the viewer's own report; there is none for anybody else's."""
    report = read_report(store, viewer, viewer.email, round_key, now)
    steps = [one.step for one in read_commitments(store, viewer, viewer.email, now) if one.is_open and one.step]
    told = guide(report, knowledge.behaviours, steps)
    if told is None:
        raise Refused(f"{report.reason} So there is no talk about it to rehearse.")
    return told


def _team_names(store: Store, viewer: Viewer, round_key: str) -> frozenset[str]:
    with store.work() as work:
        team = [one.member for one in work.rounds.members(round_key) if one.manager == viewer.email]
        people = work.people.among(team).people
    return frozenset(word.lower() for person in people.values() for word in person.name.split())
