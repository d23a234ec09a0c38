"""Vectors made by the server of the model, in place of the embedded ones."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import TYPE_CHECKING

from assistant.domain.errors import BadAnswer
from assistant.domain.usage import CallKind, CallPurpose, Used
from assistant.engines.llm.guard import Guard
from assistant.engines.llm.tokens import count_tokens
from assistant.ports.ledger import Ledger

if TYPE_CHECKING:
    from langchain_core.embeddings import Embeddings

NO_PROMPT = "embeddings"
"""Stands in the book of calls where others have their prompt. Vectors belong to no round, and to no round's budget."""
_AT_ONCE = 64


class Embedder:
    """Implements :class:`assistant.ports.encoder.Encoder` over an embeddings endpoint. Raises NoAnswer."""

    def __init__(self, client: Embeddings, name: str, guard: Guard, ledger: Ledger) -> None:
        self._client, self._name, self._guard, self._ledger = client, name, guard, ledger
        self._kind = CallKind(None, CallPurpose.VECTORS, NO_PROMPT, name)

    @property
    def fingerprint(self) -> str:
        """``openai:`` and the name of the model."""
        return f"openai:{self._name}"

    def vectors(self, texts: Sequence[str]) -> list[list[float]]:
        """Unit vectors of as many numbers as the model has; some texts a call."""
        found: list[list[float]] = []
        for start in range(0, len(texts), _AT_ONCE):
            found += self._some(list(texts[start : start + _AT_ONCE]))
        return found

    def alike(self, text: str, others: Sequence[str]) -> list[float]:
        """Cosine of a text and each of the others."""
        first, *rest = self.vectors([text, *others])
        return [sum(a * b for a, b in zip(first, one, strict=True)) for one in rest]

    def _some(self, texts: list[str]) -> list[list[float]]:
        use = Used(calls=1, tokens_in=sum(map(count_tokens, texts)))
        try:
            with self._ledger.holding(self._kind, use):
                rows = self._guard.result(lambda: self._client.aembed_documents(texts))
        finally:
            self._ledger.note(self._kind, use)
        if len(rows) != len(texts) or len({len(row) for row in rows}) != 1:
            raise BadAnswer("The server did not give one vector for each text.")
        return [_unit(row) for row in rows]


def _unit(row: Sequence[float]) -> list[float]:
    length = math.hypot(*row)
    if not 0 < length < math.inf:
        raise BadAnswer("The server gave a vector without a direction.")
    return [number / length for number in row]
