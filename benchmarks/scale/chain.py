"""A plain LangChain retrieval chain over Chroma: the words nearest to a question, put into one prompt as they are.

This is what a first assistant over feedback usually looks like, and what ours is held against. It shows a model, and
through its answer a leader, what team members said word for word.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from langchain_core.documents import Document
from langchain_core.language_models import BaseChatModel
from langchain_core.prompts import ChatPromptTemplate
from langchain_core.retrievers import BaseRetriever
from langchain_core.runnables import Runnable, RunnablePassthrough

BATCH = 5_000
PROMPT = ChatPromptTemplate.from_messages(
    [
        (
            "system",
            "You answer a leader's questions about the managers below them. Use nothing but what managers and team "
            "members said. If it is not in there, say so. Be brief.",
        ),
        ("human", "{said}\n\nQuestion: {question}"),
    ]
)

Vectors = Callable[[Sequence[str]], list[list[float]]]


@dataclass(frozen=True, slots=True)
class Said:
    """What somebody wrote, and the manager (an e-mail) whose round it belongs to."""

    text: str
    manager: str


class Nearest(BaseRetriever):
    """The ``most`` texts nearest to a question in a Chroma collection, of one manager's team where one is given."""

    collection: Any
    vectors: Vectors
    most: int
    manager: str | None = None

    def _get_relevant_documents(self, query: str, **_: Any) -> list[Document]:
        found = self.collection.query(
            query_embeddings=self.vectors([query]),
            n_results=self.most,
            where=None if self.manager is None else {"manager": self.manager},
        )
        return [Document(text) for text in found["documents"][0]]


def filled(folder: Path, said: Sequence[Said], vectors: Vectors) -> Any:
    """A Chroma collection of these texts, in a folder of its own."""
    from chromadb import PersistentClient
    from chromadb.config import Settings

    client = PersistentClient(str(folder), settings=Settings(anonymized_telemetry=False))
    collection = client.create_collection("said", configuration={"hnsw": {"space": "cosine"}})
    for part in range(math.ceil(len(said) / BATCH)):
        some = said[part * BATCH : (part + 1) * BATCH]
        collection.add(
            ids=[str(part * BATCH + n) for n in range(len(some))],
            embeddings=vectors([one.text for one in some]),
            documents=[one.text for one in some],
            metadatas=[{"manager": one.manager} for one in some],
        )
    return collection


def chain(nearest: Nearest, model: BaseChatModel) -> Runnable[str, Any]:
    """Question in, the model's answer out."""
    texts = nearest | (lambda documents: listed([one.page_content for one in documents]))
    return {"said": texts, "question": RunnablePassthrough()} | PROMPT | model


def listed(texts: Sequence[str]) -> str:
    """Texts as they stand in the prompt, a line each."""
    return "\n".join(f"- {text}" for text in texts)
