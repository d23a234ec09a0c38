"""Reading one conversation with a model: what it marks is checked in code against what was really said."""

from __future__ import annotations

import re
from collections.abc import Container, Iterator, Mapping, Sequence
from dataclasses import replace

from assistant.domain.conversation import Conversation
from assistant.domain.knowledge import Behaviour
from assistant.domain.statements import Described, Reading, Span, Statement
from assistant.domain.words import ConversationKind, Signal, Speaker
from assistant.engines.llm.answers import Marked, Read
from assistant.engines.llm.asking import questions
from assistant.engines.llm.listing import as_line, listed
from assistant.engines.llm.marks import Mark, is_serious, mark_of
from assistant.engines.llm.model import Model
from assistant.engines.llm.quotes import LEAST_LETTERS, find_quote

PROMPTS = {ConversationKind.REFLECTION: "read-reflection", ConversationKind.FEEDBACK: "read-feedback"}
SURE_ENOUGH = 0.4

UNSTATED_LANGUAGE = "mis"
"""BCP 47 for a language that was read and not told."""

_TAG = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8}){0,3}")
_ROOM_TO_ANSWER = 0.4
LONGEST_ANSWER, LEAST_ANSWER = 4, 300
"""Tokens of an answer at most: so many for each token of the conversation, and some.

It can quote no more than there is, and a small model that falls into repeating itself comes to an end.
"""

_MOST_TOLD = 20
"""How many marks a model is told are wrong: a flood of them is not answered by another."""


class LlmReader:
    """Marks statements by the model."""

    def __init__(self, model: Model, behaviours: Mapping[str, Behaviour]) -> None:
        self._model, self._behaviours = model, behaviours
        self._listed = listed(behaviours.values())

    def read(self, conversation: Conversation) -> Reading:
        """The statements of a conversation, from calls that hold nothing of any other. Raises NoAnswer."""
        if not any(content.strip() for _, content in conversation.said):
            return Reading(())
        requests = self.requests(conversation)
        longest = (LONGEST_ANSWER * self._model.count(values["conversation"]) + LEAST_ANSWER for values in requests)
        answers = [
            self._model.ask(
                PROMPTS[conversation.kind], Read, most, lambda read: self._wrong(read, conversation.kind), **values
            )
            for values, most in zip(requests, longest, strict=True)
        ]
        return self._checked(conversation, answers)

    def requests(self, conversation: Conversation) -> list[dict[str, str]]:
        """The values of the prompt for each call that reading takes; none where nobody has said anything."""
        if not any(content.strip() for _, content in conversation.said):
            return []
        room = self._model.room(PROMPTS[conversation.kind], Read, conversation="", behaviours=self._listed)
        portions = self._portions(conversation, room)
        return [{"conversation": portion, "behaviours": self._listed} for portion in portions]

    def _portions(self, conversation: Conversation, room: int) -> Iterator[str]:
        """The conversation as data, in as few parts as leave room for an answer."""
        most = int(room * (1 - _ROOM_TO_ANSWER))
        part: list[str] = []
        size = 0
        for exchange in _exchanges(conversation):
            tokens = self._model.count(exchange)
            if part and size + tokens > most:
                yield "\n".join(part)
                part, size = [], 0
            part.append(exchange)
            size += tokens
        yield "\n".join(part)

    def _wrong(self, answer: Read, kind: ConversationKind) -> str | None:
        """Which statements have a mark that tells nothing; None where all tell something."""
        unknown = [
            str(number)
            for number, one in enumerate(answer.statements, 1)
            if not is_serious(one.mark) and mark_of(one.mark, kind, self._behaviours) is None
        ]
        if not unknown:
            return None
        told = ", ".join(unknown[:_MOST_TOLD])
        return f"The mark of these statements is not a stance of a {kind}, an id of the list and 0 to 10: {told}."

    def _checked(self, conversation: Conversation, answers: Sequence[Read]) -> Reading:
        marked = [one for answer in answers for one in answer.statements][: _most(conversation)]
        conversation = _without(conversation, self._serious(conversation, marked))
        unsure = sum(max(0, min(answer.unclear, len(conversation.messages))) for answer in answers)
        placed: list[tuple[Span, Mark]] = []
        for one in marked:
            found = self._place(conversation, one, [taken for taken, _ in placed])
            if found is None:
                unsure += 1
            else:
                placed.append(found)
        placed.sort(key=lambda one: (one[0].message, one[0].start))
        statements = tuple(self._statement(conversation, n, *one) for n, one in enumerate(placed, 1))
        is_feedback = conversation.kind is ConversationKind.FEEDBACK
        return Reading(statements, _signals(statements) if is_feedback else (), unsure, _language(answers))

    def _serious(self, conversation: Conversation, marked: Sequence[Marked]) -> set[int]:
        """Messages (places) that tell of a serious matter, as the model takes them and their author does not deny."""
        quoted = (find_quote(one.quote, conversation.said, ()) for one in marked if is_serious(one.mark))
        return {span.message for span in quoted if span and not conversation.messages[span.message].vouched}

    def _place(self, conversation: Conversation, one: Marked, taken: Sequence[Span]) -> tuple[Span, Mark] | None:
        """Where a marked statement stands, and its mark; None where it cannot be used."""
        mark = mark_of(one.mark, conversation.kind, self._behaviours)
        if mark is None or mark.confidence < SURE_ENOUGH:
            return None
        span = find_quote(one.quote, conversation.said, taken)
        return None if span is None else (span, mark)

    def _statement(self, conversation: Conversation, number: int, span: Span, mark: Mark) -> Statement:
        return Statement(
            id=f"{conversation.id}:{number}",
            conversation=conversation.id,
            author=conversation.author,
            about=conversation.about if conversation.kind is ConversationKind.REFLECTION else None,
            span=span,
            text=conversation.messages[span.message].content[span.start : span.end],
            fundamental=self._behaviours[mark.behaviour].fundamental,
            behaviour=mark.behaviour,
            stance=mark.stance,
            confidence=round(mark.confidence, 3),
            signal=mark.signal,
        )


def _without(conversation: Conversation, apart: Container[int]) -> Conversation:
    """The conversation with these messages (places) set apart, so that nothing in them is read."""
    messages = (replace(m, set_apart=True) if n in apart else m for n, m in enumerate(conversation.messages))
    return replace(conversation, messages=tuple(messages))


def _most(conversation: Conversation) -> int:
    """How many marks could have a place at all, as they share no words and each has a few letters."""
    return sum(len(content) for _, content in conversation.said) // LEAST_LETTERS


def _exchanges(conversation: Conversation) -> Iterator[str]:
    """Each message of the author with what was asked before it, as one line of JSON."""
    asked = ""
    for message in conversation.messages:
        if message.role is Speaker.ASSISTANT:
            asked = " ".join(questions(message.content)) or message.content
        elif message.content.strip():
            yield as_line({"asked": asked, "said": message.content})
            asked = ""


def _signals(statements: Sequence[Statement]) -> tuple[Described, ...]:
    """How probable it is that at least one of the statements describes an event of each kind."""
    none: dict[Signal, float] = {}
    for statement in statements:
        if statement.signal is not None:
            none[statement.signal] = none.get(statement.signal, 1.0) * (1 - statement.confidence)
    return tuple(Described(signal, round(1 - none[signal], 3)) for signal in Signal if signal in none)


def _language(answers: Sequence[Read]) -> str:
    told = answers[0].language.strip()
    return told if _TAG.fullmatch(told) and told != "und" else UNSTATED_LANGUAGE
