"""A leader's questions, by a plain LangChain chain over what everybody said and by Value Loop over its findings."""

from __future__ import annotations

import json
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

from chain import PROMPT, Nearest, Said, chain, filled, listed
from company import NOW, ROUND, WHOLE, fill, manager
from langchain_core.messages import BaseMessage
from langsmith import tracing_context
from peers import Asked

from assistant.bootstrap import Parts
from assistant.domain.access import ANALYSIS, person
from assistant.domain.inquiry import Answer
from assistant.domain.usage import total
from assistant.engines.embedded.engine import EmbeddedEngine
from assistant.engines.llm.engine import LlmEngine
from assistant.engines.llm.tokens import A_MESSAGE, count_tokens
from assistant.engines.llm.usage import LedgerInMemory
from assistant.loop.analysis import analyse
from assistant.loop.questions import NEAREST, Understanding, ask
from assistant.loop.rounds import close_round
from assistant.settings import Settings
from tests.fakes.chats import HOST, Answering, a_model, part

TOP = "top@acme.example"
CLOSED = NOW + timedelta(days=20)
ROOM = 10_000_000
"""Tokens of context, so that no question is too long to be counted."""


@dataclass(frozen=True, slots=True)
class Question:
    """What a leader asks; ``manager`` is the e-mail of the one whom it is about, None where it is about all."""

    words: str
    manager: str | None = None


ABOUT_ALL = (
    "Which gaps are there in building trust?",
    "Where do people miss the reasons for changes?",
    "What do teams value that their managers never mention?",
    "How safe is it to speak up?",
    "Which blind spots come up in most teams?",
    "How far do managers and teams agree on creating clarity?",
    "Where does good work go unnoticed?",
    "Which practices were suggested for developing talent?",
)
ABOUT_ONE = (
    "What are the blind spots of {name}?",
    "What does {name}'s team miss?",
    "How much trust is there in {name}'s team?",
    "What is {name} good at without knowing it?",
)


def questions(managers: int) -> list[Question]:
    """The questions, those about one manager spread over all of them."""
    asked = [Question(words) for words in ABOUT_ALL]
    for number, words in enumerate(ABOUT_ONE):
        one = number * managers // len(ABOUT_ONE)
        asked.append(Question(words.format(name=f"Boss{one} Last"), manager(one)))
    return asked


def measure(managers: int) -> Asked:
    """Analyse the round of a company of so many managers, and put the same questions to both."""
    with tempfile.TemporaryDirectory(prefix="value-loop-scale-") as home:
        parts = Parts(Settings(home=Path(home) / "ours"))
        fill(parts, managers, WHOLE)
        analyse(parts.store, parts.engine, parts.knowledge, ROUND)
        said = list(_said(parts, managers))
        close_round(parts.store, ROUND, CLOSED)
        every = questions(managers)
        answers, ours = _by_value_loop(parts, every)
        collection = filled(Path(home) / "chain", said, parts.engine.vectors)
        own = EmbeddedEngine.load(parts.knowledge)  # the other one remembers the questions from having answered them
        retrievers = [
            Nearest(collection=collection, vectors=own.vectors, most=NEAREST, manager=q.manager) for q in every
        ]
        found = Asked(
            managers=managers,
            messages=len(said),
            chain=_middle([lambda r=r, q=q: r.invoke(q.words) for r, q in zip(retrievers, every, strict=True)]),
            bare=_middle([_bare_query(r, q) for r, q in zip(retrievers, every, strict=True)]),
            ours=ours,
            chain_tokens=_tokens_of_chain(retrievers, every),
            all_tokens=_tokens_with_all(said, every),
            ours_tokens=_tokens_of_questions(parts, every, answers),
        )
        parts.store.close()
    return found


def _said(parts: Parts, managers: int) -> Iterator[Said]:
    """All that was said in the round, as it was written."""
    with parts.store.work() as work:
        for n in range(managers):
            for held in work.conversations.about_manager(ROUND, manager(n), ANALYSIS):
                yield from (Said(content, manager(n)) for _, content in held.said)


def _bare_query(nearest: Nearest, question: Question) -> Callable[[], Any]:
    """The same question by Chroma's own client, its vector given."""
    vector = nearest.vectors([question.words])
    only = None if nearest.manager is None else {"manager": nearest.manager}
    return lambda: nearest.collection.query(query_embeddings=vector, n_results=nearest.most, where=only)


def _tokens_of_chain(retrievers: Sequence[Nearest], every: Sequence[Question]) -> float:
    """Tokens of the chain's prompt on average."""
    model = Answering(answer=lambda _: "I cannot say.")
    for nearest, question in zip(retrievers, every, strict=True):
        chain(nearest, model).invoke(question.words)
    return statistics.mean(map(_tokens, model.seen))


def _tokens_with_all(said: Sequence[Said], every: Sequence[Question]) -> float:
    """The same, were everything put into it that was said in the teams which a question is about."""
    counted = []
    for question in every:
        texts = [one.text for one in said if question.manager in {None, one.manager}]
        counted.append(_tokens(PROMPT.format_messages(said=listed(texts), question=question.words)))
    return statistics.mean(counted)


def _by_value_loop(parts: Parts, every: Sequence[Question]) -> tuple[list[Answer], float]:
    """The answers with the embedded engine, and milliseconds from question to answer, the middle."""
    answers: list[Answer] = []
    taken = _middle([lambda q=q: answers.append(_ask(parts, parts.engine, q)) for q in every])
    return answers, taken


def _tokens_of_questions(parts: Parts, every: Sequence[Question], answers: Sequence[Answer]) -> float:
    """Tokens that go to a model for a question on average, the form of its answer with them.

    The model understands what the embedded engine did.
    """
    queries = {one.question: one.query for one in answers if one.query is not None}
    ledger = LedgerInMemory()
    chat = Answering(answer=lambda sent: asdict(queries[part(sent, "question")]) | {"managers": []})
    engine = LlmEngine(a_model(chat, context=ROOM, ledger=ledger), parts.embedded, parts.knowledge, HOST)
    for one in every:
        _ask(parts, engine, one)
    used = total(ledger.used.values())
    if used.stand_ins:
        sys.exit(f"{used.stand_ins} of {len(every)} questions were not read by the model.")
    return used.tokens_in / len(every)


def _ask(parts: Parts, engine: Understanding, question: Question) -> Answer:
    behaviours = parts.knowledge.behaviours
    return ask(parts.store, engine, None, person(TOP), question.words, TOP, ROUND, CLOSED, behaviours)


def _tokens(messages: Sequence[BaseMessage]) -> int:
    """As the product counts what it sends."""
    return sum(count_tokens(str(one.content)) + A_MESSAGE for one in messages)


def _middle(questions_put: Sequence[Callable[[], Any]]) -> float:
    """The middle of how many milliseconds each takes."""
    taken = []
    for put in questions_put:
        started = time.perf_counter()
        put()
        taken.append(1_000 * (time.perf_counter() - started))
    return statistics.median(taken)


def main() -> None:
    """Measure one size and print it; nobody is told, whatever the environment says of tracing."""
    with tracing_context(enabled=False):
        print(json.dumps(asdict(measure(int(sys.argv[1])))))


if __name__ == "__main__":
    main()
