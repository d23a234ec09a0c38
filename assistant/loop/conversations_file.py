"""conversations.jsonl: conversations that were held elsewhere, or before.

A message is kept character by character as the file has it, so that offsets into it hold in the file, too. Only a
message with control characters in it (line breaks and tabs aside) is cleaned; its offsets count the cleaned text.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from assistant.domain.conversation import Conversation, Message, clean
from assistant.domain.errors import Problem
from assistant.domain.rounds import Round
from assistant.domain.words import ConversationKind, Speaker
from assistant.loop.incoming import Line, Parsed, lines_of, refuse_or_keep
from assistant.ports.store import Store

LARGEST_FILE = 200_000_000
LONGEST_IMPORTED_MESSAGE = 100_000
MOST_MESSAGES = 1_000
SAVE_AS = "UTF-8"

_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff]")
_WORDS_FOR = {
    "missing": "this is missing",
    "string_type": "this has to be text",
    "string_unicode": "this holds half a character (a broken \\u escape)",
    "bool_type": "this has to be true or false",
    "list_type": "this has to be a list",
    "model_type": "this has to be an object in curly brackets",
    "model_attributes_type": "this has to be an object in curly brackets",
    "too_short": "a conversation has at least one message",
    "too_long": f"a conversation has at most {MOST_MESSAGES:,} messages",
    "string_too_long": f"a message has at most {LONGEST_IMPORTED_MESSAGE:,} characters; split it into several",
}
_MAY_STAND = {"kind": "reflection or feedback", "role": "assistant or user"}


@dataclass(frozen=True, slots=True)
class RoundLine:
    """A round and who reports to whom in it (member's e-mail -> manager's e-mail)."""

    round: Round
    manager_of: dict[str, str]
    managers: frozenset[str]


@dataclass(frozen=True, slots=True)
class RoundFacts:
    """What a file is checked against: people's e-mails, and rounds by key."""

    people: frozenset[str]
    rounds: dict[str, RoundLine]


class _MessageIn(BaseModel):
    model_config = ConfigDict(strict=True)

    role: Speaker = Field(strict=False)
    content: str = Field(max_length=LONGEST_IMPORTED_MESSAGE)


class _ConversationIn(BaseModel):
    model_config = ConfigDict(strict=True)

    round: str
    kind: ConversationKind = Field(strict=False)
    author: str
    about: str | None
    messages: list[_MessageIn] = Field(min_length=1, max_length=MOST_MESSAGES)
    named: bool = False


def round_facts(store: Store) -> RoundFacts:
    """The facts that a file of conversations is checked against, as of now."""
    with store.work() as work:
        rounds = {}
        for round_ in work.rounds.all():
            manager_of = {m.member: m.manager for m in work.rounds.members(round_.key)}
            rounds[round_.key] = RoundLine(round_, manager_of, frozenset(manager_of.values()))
        return RoundFacts(frozenset(work.people.organisation().people), rounds)


def read_conversations(
    data: bytes, facts: RoundFacts, new_id: Callable[[], str], skip_bad: bool
) -> Parsed[Conversation]:
    """The conversations of a file, each checked against its round.

    Raises BadInput with every problem; with ``skip_bad``, conversations with a problem are left out and their problems
    are returned. A problem names its line and the place in it (such as ``messages[2].content``), never what was said.
    """
    records: list[Conversation] = []
    problems: list[Problem] = []
    for line in lines_of(data, LARGEST_FILE, SAVE_AS):
        read = _read_line(line)
        if isinstance(read, list):
            problems += read
        elif wrong := [Problem(line.number, *what) for what in _wrong(read, facts)]:
            problems += wrong
        else:
            records.append(_conversation(read, new_id()))
    return refuse_or_keep(tuple(records), problems, skip_bad)


def _read_line(line: Line) -> _ConversationIn | list[Problem]:
    if line.bad_at is not None:
        what = f"a letter here is not UTF-8; save the file as {SAVE_AS}"
        return [Problem(line.number, str(line.bad_at + 1), what)]
    try:
        value: Any = json.loads(line.text)
        return _ConversationIn.model_validate(value)
    except json.JSONDecodeError as error:
        return [Problem(line.number, str(error.pos + 1), "this is not JSON; each line holds one whole conversation")]
    except RecursionError:
        return [Problem(line.number, None, "this is not a conversation: it is nested too deeply")]
    except ValidationError as error:
        found = error.errors(include_input=False, include_url=False, include_context=False)
        return [Problem(line.number, _path(wrong["loc"]), _in_words(wrong["type"], wrong["loc"])) for wrong in found]
    except ValueError:
        return [Problem(line.number, None, "this holds a number that is too long")]


def _path(location: tuple[int | str, ...]) -> str | None:
    path = "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in location)
    return path.removeprefix(".") or None


def _in_words(kind: str, location: tuple[int | str, ...]) -> str:
    if kind == "enum":
        return f"this has to be {_MAY_STAND[str(location[-1])]}"
    return _WORDS_FOR.get(kind, "this is not as it should be")


def _wrong(read: _ConversationIn, facts: RoundFacts) -> Iterator[tuple[str, str]]:
    """Column and words for each thing that does not fit the round or holds nothing."""
    if read.named and read.kind is ConversationKind.REFLECTION:
        yield "named", "only feedback can be named"
    for i, message in enumerate(read.messages):
        if not _as_kept(message.content).strip():
            yield f"messages[{i}].content", "this is empty"
    if all(message.role is not Speaker.USER for message in read.messages):
        yield "messages", "nobody but the assistant says anything in this conversation"
    line = facts.rounds.get(read.round)
    if line is None:
        yield "round", "there is no such round; open it first (value-loop round open KEY)"
    elif not line.round.is_open:
        yield "round", "this round is closed; conversations are imported only while a round is open"
    if _email(read.author) not in facts.people:
        yield "author", "nobody has this e-mail; import people first"
    elif line is not None:
        yield from _wrong_pair(read, line)


def _wrong_pair(read: _ConversationIn, line: RoundLine) -> Iterator[tuple[str, str]]:
    author = _email(read.author)
    about = None if read.about is None else _email(read.about)
    if read.kind is ConversationKind.FEEDBACK:
        if about is None or line.manager_of.get(author) != about:
            yield "about", "feedback is about the author's manager in this round, and this is somebody else"
    elif about is not None:
        if line.manager_of.get(about) != author:
            yield "about", "a reflection is about a direct report in this round, or null for the team as a whole"
    elif author not in line.managers:
        yield "author", "a reflection is for people with direct reports in this round"


def _email(value: str) -> str:
    return value.strip().lower()


def _conversation(read: _ConversationIn, new_id: str) -> Conversation:
    return Conversation(
        id=new_id,
        round_key=read.round,
        kind=read.kind,
        author=_email(read.author),
        about=None if read.about is None else _email(read.about),
        messages=tuple(Message(m.role, _as_kept(m.content)) for m in read.messages),
        named=read.named,
    )


def _as_kept(content: str) -> str:
    return clean(content) if _CONTROL.search(content) else content
