"""Chat models without a server: LangChain's own plain one, and one that answers as a function of what it is sent."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from langchain_core.language_models import BaseChatModel, GenericFakeChatModel
from langchain_core.messages import AIMessage, BaseMessage
from langchain_core.outputs import ChatGeneration, ChatResult
from pydantic import Field

from assistant.domain.knowledge import Knowledge
from assistant.engines.embedded.engine import EmbeddedEngine
from assistant.engines.llm.engine import LlmEngine
from assistant.engines.llm.guard import Guard, Limits
from assistant.engines.llm.model import Chats, Model
from assistant.engines.llm.prompts import load_prompts
from assistant.engines.llm.usage import Account, LedgerInMemory
from assistant.ports.ledger import Ledger

PROMPTS = load_prompts(Path(__file__).parents[2] / "prompts")
HOST = "models.acme.example"
CONTEXT = 16_000


class Answering(BaseChatModel):
    """Answers by ``answer``, which gets the messages; ``seen`` holds what was sent, call by call."""

    answer: Callable[[Sequence[BaseMessage]], Any]
    seen: list[list[BaseMessage]] = Field(default_factory=list)
    asked_for: list[dict[str, Any]] = Field(default_factory=list)

    @property
    def _llm_type(self) -> str:
        return "answering"

    def _generate(
        self,
        messages: list[BaseMessage],
        stop: Any = None,  # noqa: ARG002 - LangChain gives it
        run_manager: Any = None,  # noqa: ARG002 - LangChain gives it
        **asked: Any,
    ) -> ChatResult:
        self.seen.append(messages)
        self.asked_for.append(asked)
        given = self.answer(messages)
        if isinstance(given, Exception):
            raise given
        message = given if isinstance(given, AIMessage) else AIMessage(_text(given))
        return ChatResult(generations=[ChatGeneration(message=message)])


def in_turn(*answers: Any) -> Callable[[Sequence[BaseMessage]], Any]:
    """One answer after the other, the last one from then on."""
    left = list(answers)
    return lambda _messages: left.pop(0) if len(left) > 1 else left[0]


def chatting(*turns: str) -> BaseChatModel:
    """LangChain's fake model, which streams each of these word by word."""
    return GenericFakeChatModel(messages=iter([AIMessage(turn) for turn in turns]))


def a_model(
    chat: BaseChatModel,
    careful: BaseChatModel | None = None,
    context: int = CONTEXT,
    ledger: Ledger | None = None,
    **limits: Any,
) -> Model:
    """The real model over a chat model that is none."""
    guard = Guard(Limits(**{"seconds": 5.0, "tries": 1, **limits}))
    return Model(
        Chats(chat, careful or chat, "small", "large"), PROMPTS, guard, Account(ledger or LedgerInMemory()), context
    )


def an_engine(
    answer: Callable[[Sequence[BaseMessage]], Any] | BaseChatModel,
    embedded: EmbeddedEngine,
    knowledge: Knowledge,
    ledger: Ledger | None = None,
) -> LlmEngine:
    """The real engine over a chat model that is none."""
    chat = answer if isinstance(answer, BaseChatModel) else Answering(answer=answer)
    return LlmEngine(a_model(chat, ledger=ledger), embedded, knowledge, HOST)


def part(messages: Sequence[BaseMessage], name: str) -> str:
    """What stands between the marks of one variable in what was sent."""
    found = re.search(rf"<{name}>\n(.*)\n</{name}>", "".join(str(m.content) for m in messages), re.DOTALL)
    return found[1] if found else ""


def lone(messages: Sequence[BaseMessage]) -> list[str]:
    """The statements that are to be matched with topics."""
    return [text for line in part(messages, "statements").splitlines() for text in json.loads(line).values()]


def _text(given: Any) -> str:
    return given if isinstance(given, str) else json.dumps(given, separators=(",", ":"))
