"""What stands around a language model costs: time to the first word of a turn, and tokens of an analysis.

    python benchmarks/language_model.py [--url URL --model NAME] [--pairs N] [--page]

Without an address, the first words come from a small server that streams at once, so that nothing but the product is
measured. ``--page`` writes docs/model-overhead.md.
"""

from __future__ import annotations

import argparse
import json
import random
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

REPOSITORY = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(REPOSITORY))

import made_up
import openai
from made_up import MANAGER, ROUND

from assistant.bootstrap import Parts
from assistant.domain.access import person
from assistant.domain.conversation import Conversation, ConversationState, Message
from assistant.domain.organisation import Person
from assistant.domain.usage import total
from assistant.domain.words import ConversationKind, Speaker
from assistant.engines.embedded.engine import EmbeddedEngine
from assistant.engines.llm.answers import Read
from assistant.engines.llm.engine import LlmEngine
from assistant.engines.llm.listing import listed
from assistant.engines.llm.model import form
from assistant.engines.llm.reader import PROMPTS as READING
from assistant.engines.llm.tokens import count_tokens
from assistant.engines.llm.usage import LedgerInMemory
from assistant.loop.analysis import analyse
from assistant.loop.conversations import answer, begin, import_conversations, say
from assistant.loop.organisation import import_people
from assistant.loop.rounds import open_round
from assistant.settings import Settings
from assistant.stores.sql.store import SqlStore
from tests.fakes.chats import HOST, PROMPTS, Answering, a_model
from tests.fakes.fault_server import serving, streams
from tests.fakes.well_behaved import well_behaved

PAGE = REPOSITORY / "docs" / "model-overhead.md"
TEAMS = (4, 8, 16, 32)
EACH = 5
PATIENCE = 600.0
MOST_RATIO = 1.15
MOST_SHARE = 0.40
PRAISE = "She gives me credit for my ideas in front of the directors, and last week she did so again."
QUESTION = "Thank you, that helps. What else did your manager bring, or fail to bring, to your work in these months?"
ORDER = (
    "You are given all conversations of a round about one manager: what the manager says of the value they bring, and "
    "what each team member says of it. Read them all, and answer the question at the end from nothing but them, as "
    "JSON."
)
ANSWER = 60
"""Tokens of an answer of the baseline, which is kind to it."""


@dataclass(frozen=True, slots=True)
class Tokens:
    """Tokens of one manager's analysis, and of the baseline."""

    respondents: int
    statements: int
    ours: int
    baseline: int

    @property
    def share(self) -> float:
        """Ours in the baseline."""
        return self.ours / self.baseline


def tokens_of(respondents: int) -> Tokens:
    """An analysis with a model that answers as it should, and the same by asking everything of everything."""
    with tempfile.TemporaryDirectory() as home:
        parts = Parts(Settings(home=Path(home)))
        conversations = a_team(respondents)
        store = a_store(parts, respondents)
        import_conversations(store, conversations)
        embedded, ledger = EmbeddedEngine.load(parts.knowledge), LedgerInMemory()
        model = a_model(Answering(answer=well_behaved(embedded)), ledger=ledger, seconds=PATIENCE)
        engine = LlmEngine(model, embedded, parts.knowledge, HOST)
        (report,) = analyse(store, engine, parts.knowledge, ROUND)
        store.close()
    questions = [
        *(f"What does the team say of this claim: {claim.text}" for claim in report.claims),
        "Which strengths, gaps and blind spots are there?",
        "How safe does the team feel?",
        "Sum it up for the manager.",
        *(f"Why should the manager try this, and how: {made.title}" for made in report.suggestions),
    ]
    return Tokens(
        respondents, respondents * EACH, total(ledger.used.values()).tokens, baseline(conversations, questions)
    )


def baseline(conversations: tuple[Conversation, ...], questions: list[str]) -> int:
    """Tokens of one prompt a question, each with all raw conversations."""
    raw = "\n".join(
        json.dumps({m.role.value: m.content}, ensure_ascii=False) for c in conversations for m in c.messages
    )
    fixed = count_tokens(ORDER) + count_tokens(raw)
    return sum(fixed + count_tokens(question) + ANSWER for question in questions)


def a_team(respondents: int) -> tuple[Conversation, ...]:
    """One reflection with as many claims as there are people, and each person's five statements, one a turn."""
    draw = random.Random(respondents)  # noqa: S311 - for drawing only
    rounds = made_up.test_rounds()
    claims = [talk.text(mark) for r in rounds for talk in r.reflections for mark in talk.statements]
    seen = [talk.text(mark) for r in rounds for talk in r.feedbacks for mark in talk.statements]
    feedbacks = [(f"m{n}@acme.example", MANAGER, draw.sample(seen, EACH)) for n in range(1, respondents + 1)]
    return tuple(held(*one) for one in [(MANAGER, None, draw.sample(claims, respondents)), *feedbacks])


def held(author: str, about: str | None, texts: list[str]) -> Conversation:
    """What somebody said, a statement a turn, each after a question."""
    kind = ConversationKind.FEEDBACK if about else ConversationKind.REFLECTION
    turns = [m for text in texts for m in (Message(Speaker.ASSISTANT, QUESTION), Message(Speaker.USER, text))]
    return Conversation(author, ROUND, kind, author, about, tuple(turns), False, ConversationState.SENT, now())


def a_store(parts: Parts, respondents: int) -> SqlStore:
    """An open round of one team."""
    team = [Person(f"m{n}@acme.example", f"Member {n}", MANAGER) for n in range(1, respondents + 1)]
    import_people(parts.store, [Person(MANAGER, "Bo Boss", None), *team])
    open_round(parts.store, ROUND, now())
    assert isinstance(parts.store, SqlStore)  # noqa: S101 - which can be closed
    return parts.store


def now() -> datetime:
    """The time."""
    return datetime.now(UTC)


def first_words(url: str, model: str, sent: list[dict[str, Any]], pairs: int) -> tuple[float, float, float]:
    """Seconds to the first words through the product, and sent straight, and the ratio: medians of paired runs.

    Both of a pair are the same request to the letter; whichever goes second finds the server remembering it.
    """
    ours, straight = [], []
    client = openai.OpenAI(base_url=url, api_key="none", max_retries=0)
    for number, turn in enumerate(turns(url, model, pairs + 1)):
        if number % 2:  # each goes first as often as the other
            mine, bare = turn(), directly(client, model, sent[number])
        else:
            bare, mine = directly(client, model, sent[number]), turn()
        if number:  # the first pair warms both up
            ours.append(mine)
            straight.append(bare)
    ratios = [a / b for a, b in zip(ours, straight, strict=True)]
    return statistics.median(ours), statistics.median(straight), statistics.median(ratios)


def turns(url: str, model: str, count: int) -> Iterator[Any]:
    """Turns of as many people; each, when called, gives the seconds from what was written to the first words."""
    with tempfile.TemporaryDirectory() as home:
        settings = Settings(home=Path(home), model=f"openai:{model}", OPENAI_BASE_URL=url, model_context=8_000)
        parts = Parts(settings)
        store = a_store(parts, count)
        for n in range(1, count + 1):
            viewer = person(f"m{n}@acme.example")
            talk = begin(store, parts.engine, viewer, ROUND, ConversationKind.FEEDBACK, MANAGER, f"c{n}", now())
            say(store, viewer, talk.id, len(talk.messages), PRAISE)

            def turn(viewer: Any = viewer, id_: str = talk.id) -> float:
                begun = time.perf_counter()
                pieces = answer(store, parts.engine, viewer, id_)
                next(pieces)
                taken = time.perf_counter() - begun
                pieces.close()  # what follows the first words is not waited for
                return taken

            yield turn
        store.close()


def directly(client: openai.OpenAI, model: str, sent: dict[str, Any]) -> float:
    """Seconds to the first words of the same request, straight to the server by the same client."""
    begun = time.perf_counter()
    with client.chat.completions.create(**{**sent, "model": model}) as stream:
        for chunk in stream:
            if chunk.choices and chunk.choices[0].delta.content:
                return time.perf_counter() - begun
    return sys.exit("The server gave no words.")


@contextmanager
def the_server(url: str | None) -> Iterator[str]:
    """The address to measure at: the one given, or a server of our own that streams at once."""
    if url:
        yield url
    else:
        with serving(streams("When ", "was ", "that?")) as server:
            yield server.url


def what_is_sent(count: int) -> list[dict[str, Any]]:
    """The request that each turn makes, as it goes over the wire."""
    with serving(streams("When ", "was ", "that?")) as server:
        for turn in turns(server.url, "small", count):
            turn()
        return server.requests


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--url", help="a server of OpenAI's protocol")
    parser.add_argument("--model", default="small", help="the model's name there")
    parser.add_argument("--pairs", type=int, default=15)
    parser.add_argument("--page", action="store_true", help="write docs/model-overhead.md")
    wanted = parser.parse_args()
    sent = what_is_sent(wanted.pairs + 1)
    with the_server(wanted.url) as url:
        ours, straight, ratio = first_words(url, wanted.model, sent, wanted.pairs)
    rows = [tokens_of(respondents) for respondents in TEAMS]
    text = as_page(wanted.model if wanted.url else None, wanted.pairs, (ours, straight, ratio), rows)
    print(text)
    if wanted.page:
        PAGE.write_text(text, encoding="utf-8")


def fixed_tokens() -> tuple[int, int]:
    """Tokens of the prompt that reads feedback before a word of anybody's, and of the form of its answer."""
    known = Parts(Settings()).knowledge.behaviours
    prompt = PROMPTS[READING[ConversationKind.FEEDBACK]].filled(behaviours=listed(known.values()), conversation="")
    return count_tokens(prompt.system), count_tokens(json.dumps(form(Read), separators=(",", ":")))


def as_page(model: str | None, pairs: int, first: tuple[float, float, float], rows: list[Tokens]) -> str:
    """Both tables, with what they mean."""
    where = f"`{model}` on a server of this machine" if model else "a server that streams at once"
    ours, straight, ratio = first
    fixed, of_form = fixed_tokens()
    lines = [
        "# What stands around a language model costs",
        "",
        "Written by `python benchmarks/language_model.py --page`.",
        "[benchmarks/README.md](../benchmarks/README.md) says how it is measured.",
        "",
        "## The first words of a turn",
        "",
        f"Against {where}, the middle of {pairs} pairs.",
        "",
        "| through the product | sent straight | ratio | aim |",
        "| ---: | ---: | ---: | ---: |",
        f"| {ours * 1000:.1f} ms | {straight * 1000:.1f} ms | {ratio:.2f} | at most {MOST_RATIO} |",
        "",
        "## Tokens of one manager's analysis",
        "",
        f"Five statements a person. The aim is at most {MOST_SHARE:.0%} at eight respondents.",
        f"Of the tokens of each reading, {fixed:,} are the prompt itself and {of_form:,} the form of its answer (the",
        "JSON schema), the same in every call: servers that remember beginnings charge less for them. The table counts",
        "both in full. The baseline's answers are free text, which has no form.",
        "",
        "| respondents | statements | tokens | a statement | baseline | share of the baseline |",
        "| ---: | ---: | ---: | ---: | ---: | ---: |",
        *(
            f"| {r.respondents} | {r.statements} | {r.ours:,} | {r.ours / r.statements:,.0f} | {r.baseline:,} "
            f"| {r.share:.1%} |"
            for r in rows
        ),
    ]
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    main()
