"""Reading one conversation with a model: what it marks is checked in code against what was really said."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterator, Mapping, Sequence

from assistant.domain.conversation import Conversation
from assistant.domain.knowledge import Behaviour
from assistant.domain.statements import Described, Reading, Span, Statement
from assistant.domain.words import CLAIM_STANCES, OBSERVATION_STANCES, ConversationKind, Signal, Speaker, Stance
from assistant.engines.llm.answers import Marked, Read, reading_answer
from assistant.engines.llm.asking import questions
from assistant.engines.llm.listing import as_line, listed
from assistant.engines.llm.model import Model
from assistant.engines.llm.quotes import LEAST_LETTERS, find_quote

PROMPT = "read-conversation"
SURE_ENOUGH = 0.4
SUREST = 10
"""How sure a model says it is of what is quite certain."""

UNSTATED_LANGUAGE = "mis"
"""BCP 47 for a language that was read and not told."""

_TAG = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8}){0,3}")
_ROOM_TO_ANSWER = 0.4
LONGEST_ANSWER, LEAST_ANSWER = 4, 300
"""Tokens of an answer at most: so many for each token of the conversation, and some.

It can quote no more than there is, and a small model that falls into repeating itself comes to an end.
"""


class LlmReader:
    """Marks statements by the model. ``likely`` names the behaviours of a text where the model names none we know."""

    def __init__(
        self, model: Model, behaviours: Mapping[str, Behaviour], likely: Callable[[str], tuple[str, ...]]
    ) -> None:
        self._model, self._behaviours, self._likely = model, behaviours, likely
        self._listed = listed(behaviours.values())
        self._answers = {
            ConversationKind.REFLECTION: reading_answer(_of(CLAIM_STANCES), behaviours),
            ConversationKind.FEEDBACK: reading_answer(_of(OBSERVATION_STANCES), behaviours),
        }

    def read(self, conversation: Conversation) -> Reading:
        """The statements of a conversation, from calls that hold nothing of any other. Raises NoAnswer."""
        if not any(content.strip() for _, content in conversation.said):
            return Reading(())
        answer = self._answers[conversation.kind]
        requests = self.requests(conversation)
        longest = (LONGEST_ANSWER * self._model.count(values["conversation"]) + LEAST_ANSWER for values in requests)
        answers = [self._model.ask(PROMPT, answer, most, **v) for v, most in zip(requests, longest, strict=True)]
        return self._checked(conversation, answers)

    def requests(self, conversation: Conversation) -> list[dict[str, str]]:
        """The values of the prompt for each call that reading takes; none where nobody has said anything."""
        if not any(content.strip() for _, content in conversation.said):
            return []
        fixed = {"behaviours": self._listed, "kind": conversation.kind.value}
        room = self._model.room(PROMPT, conversation="", **fixed)
        return [{"conversation": portion, **fixed} for portion in self._portions(conversation, room)]

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

    def _checked(self, conversation: Conversation, answers: Sequence[Read]) -> Reading:
        marked = [one for answer in answers for one in _with_signals(answer)][: _most(conversation)]
        unsure = sum(max(0, min(answer.unclear, len(conversation.messages))) for answer in answers)
        placed: list[tuple[Span, Marked, Signal | None]] = []
        for one, signal in marked:
            span = self._place(conversation, one, [taken for taken, _, _ in placed])
            if span is None:
                unsure += 1
            else:
                placed.append((span, one, signal))
        placed.sort(key=lambda one: (one[0].message, one[0].start))
        statements = tuple(self._statement(conversation, n, *one) for n, one in enumerate(placed, 1))
        is_feedback = conversation.kind is ConversationKind.FEEDBACK
        return Reading(statements, _signals(statements) if is_feedback else (), unsure, _language(answers))

    def _place(self, conversation: Conversation, one: Marked, taken: Sequence[Span]) -> Span | None:
        """Where a marked statement stands; None where it cannot be used."""
        stances = CLAIM_STANCES if conversation.kind is ConversationKind.REFLECTION else OBSERVATION_STANCES
        if one.stance not in stances or _share(one.sure) < SURE_ENOUGH:
            return None
        return find_quote(one.quote, conversation.said, taken)

    def _statement(
        self, conversation: Conversation, number: int, span: Span, one: Marked, signal: Signal | None
    ) -> Statement:
        text = conversation.messages[span.message].content[span.start : span.end]
        behaviour = one.behaviour if one.behaviour in self._behaviours else self._likely(text)[0]
        return Statement(
            id=f"{conversation.id}:{number}",
            conversation=conversation.id,
            author=conversation.author,
            about=conversation.about if conversation.kind is ConversationKind.REFLECTION else None,
            span=span,
            text=text,
            fundamental=self._behaviours[behaviour].fundamental,
            behaviour=behaviour,
            stance=Stance(one.stance),
            confidence=round(_share(one.sure), 3),
            signal=signal,
        )


def _with_signals(answer: Read) -> list[tuple[Marked, Signal | None]]:
    """Each marked statement with the first signal that is told of it."""
    told: dict[int, Signal] = {}
    for one in answer.signals:
        if one.signal in set(Signal):
            told.setdefault(one.statement, Signal(one.signal))
    return [(marked, told.get(number)) for number, marked in enumerate(answer.statements, 1)]


def _most(conversation: Conversation) -> int:
    """How many marks could have a place at all, as they share no words and each has a few letters."""
    return sum(len(content) for _, content in conversation.said) // LEAST_LETTERS


def _of(stances: frozenset[Stance]) -> list[str]:
    return [stance.value for stance in Stance if stance in stances]


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


def _share(sure: float) -> float:
    """0 to 1; a broken number below one is a share already, as some models give it whatever they are asked for."""
    if not math.isfinite(sure):
        return 0.0
    return sure if 0 < sure < 1 else min(1.0, max(0.0, sure / SUREST))
