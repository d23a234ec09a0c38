"""Connecting to a server that speaks OpenAI's chat protocol, and making the engine over it."""

from __future__ import annotations

import logging
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from pydantic import SecretStr

from assistant.domain.knowledge import Knowledge
from assistant.engines.llm.embeddings import Embedder
from assistant.engines.llm.engine import LlmEngine
from assistant.engines.llm.guard import Guard, Limits
from assistant.engines.llm.model import Chats, Model
from assistant.engines.llm.prompts import load_prompts
from assistant.engines.llm.usage import Account
from assistant.ports.engine import Engine
from assistant.ports.ledger import Ledger

if TYPE_CHECKING:
    from httpx2 import AsyncClient
    from langchain_core.language_models import BaseChatModel

IDLE = 50.0
"""Seconds that a connection stays open after a call.

People take about as long to write, and a new connection costs them a good part of the wait for first words. What stands
between drops idle ones after a minute or more, some of it without a word.
"""
NO_KEY = "none"
"""Sent where no key is set: a server of one's own may need none, and the client insists on one."""


@dataclass(frozen=True, slots=True)
class Connection:
    """Where models are, and what a call may take; model names are the server's own.

    ``embeddings`` is the model that makes vectors; None leaves them to the embedded engine.
    """

    model: str
    careful_model: str
    base_url: str
    key: str | None = field(repr=False)
    seconds: float
    at_once: int
    context: int
    embeddings: str | None = None

    @property
    def host(self) -> str:
        """Host and port of the server, for people to read."""
        parts = urlsplit(self.base_url)
        return f"{parts.hostname}:{parts.port}" if parts.port else str(parts.hostname)


def model_at(connection: Connection, prompts: Path, ledger: Ledger) -> Model:
    """The model behind a connection. Nothing is sent yet. Raises Broken where the prompts cannot be used."""
    client = _client()
    fast = _chat(connection, connection.model, client)
    is_one = connection.careful_model == connection.model
    careful = fast if is_one else _chat(connection, connection.careful_model, client)
    chats = Chats(fast, careful, connection.model, connection.careful_model)
    guard = Guard(Limits(connection.seconds, connection.at_once))
    return Model(chats, load_prompts(prompts), guard, Account(ledger), connection.context)


def connected(
    connection: Connection, prompts: Path, ledger: Ledger, embedded: Engine, knowledge: Knowledge
) -> LlmEngine:
    """The engine over :func:`model_at`; ``embedded`` stands in."""
    embedder = embedder_at(connection, connection.embeddings, ledger) if connection.embeddings else None
    return LlmEngine(model_at(connection, prompts, ledger), embedded, knowledge, connection.host, embedder)


def embedder_at(connection: Connection, name: str, ledger: Ledger) -> Embedder:
    """The embeddings endpoint behind a connection. Nothing is sent yet."""
    from langchain_openai import OpenAIEmbeddings

    client = OpenAIEmbeddings(
        model=name,
        base_url=connection.base_url,
        api_key=SecretStr(connection.key or NO_KEY),
        timeout=connection.seconds,
        max_retries=0,
        check_embedding_ctx_length=False,  # else it cuts texts into tokens, for which it would load a file from the net
    )
    return Embedder(client, name, Guard(Limits(connection.seconds, connection.at_once)), ledger)


def _client() -> AsyncClient:
    """What both models' calls go out by; how many go out at once is limited by the guard alone."""
    import httpx2
    import openai

    return openai.DefaultAsyncHttpxClient(limits=httpx2.Limits(keepalive_expiry=IDLE))


def _chat(connection: Connection, name: str, client: AsyncClient) -> BaseChatModel:
    """One chat model. Trying again and the total time are ours, not the client's."""
    from langchain.chat_models import init_chat_model

    chat: BaseChatModel = init_chat_model(
        name,
        model_provider="openai",
        base_url=connection.base_url,
        api_key=connection.key or NO_KEY,
        timeout=connection.seconds,
        max_retries=0,
        http_async_client=client,
        stream_usage=True,
        use_responses_api=False,
    )
    logging.getLogger("openai").setLevel(logging.WARNING)  # at its most talkative it writes down what is sent
    return chat
