"""What stands around a language model costs: time to the first word of a turn, and tokens of an analysis.

    python benchmarks/language_model.py [--url URL --model NAME] [--pairs N] [--page]

Without an address, the first words come from a small server that streams at once, so that nothing but the product is
measured. ``--page`` writes docs/model-overhead.md.
"""

from __future__ import annotations

import argparse
import json
import random
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

REPOSITORY = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(REPOSITORY))

import made_up
from first_words import FirstWords, Remembered, an_open_round, measured, now, some_words
from made_up import MANAGER, ROUND

from assistant.bootstrap import Parts
from assistant.domain.conversation import Conversation, ConversationState, Message
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
from assistant.loop.conversations import import_conversations
from assistant.settings import Settings
from tests.fakes.chats import HOST, PROMPTS, Answering, a_model
from tests.fakes.fault_server import serving, streams
from tests.fakes.well_behaved import well_behaved

PAGE = REPOSITORY / "docs" / "model-overhead.md"
TEAMS = (4, 8, 16, 32)
EACH = 5
PATIENCE = 600.0
MOST_RATIO = 1.15
MOST_SHARE = 0.40
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
        store = an_open_round(parts, respondents)
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


def what_is_measured(url: str | None, model: str, pairs: int) -> dict[Remembered, FirstWords]:
    """First words at a server that may remember what it has read, or at one of our own that reads nothing."""
    words = some_words(pairs + 1)
    if url:
        return {kind: measured(url, model, words, kind) for kind in (Remembered.BEGINNING, Remembered.ALL)}
    with serving(streams("When ", "was ", "that?")) as server:
        return {Remembered.NOTHING: measured(server.url, model, words, Remembered.NOTHING)}


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--url", help="a server of OpenAI's protocol")
    parser.add_argument("--model", default="small", help="the model's name there")
    parser.add_argument("--pairs", type=int, default=15)
    parser.add_argument("--page", action="store_true", help="write docs/model-overhead.md")
    wanted = parser.parse_args()
    first = what_is_measured(wanted.url, wanted.model, wanted.pairs)
    rows = [tokens_of(respondents) for respondents in TEAMS]
    text = as_page(wanted.model if wanted.url else None, wanted.pairs, first, rows)
    print(text)
    if wanted.page:
        PAGE.write_text(text, encoding="utf-8")


def fixed_tokens() -> tuple[int, int]:
    """Tokens of the prompt that reads feedback before a word of anybody's, and of the form of its answer."""
    known = Parts(Settings()).knowledge.behaviours
    prompt = PROMPTS[READING[ConversationKind.FEEDBACK]].filled(behaviours=listed(known.values()), conversation="")
    return count_tokens(prompt.system), count_tokens(json.dumps(form(Read), separators=(",", ":")))


def as_page(model: str | None, pairs: int, first: dict[Remembered, FirstWords], rows: list[Tokens]) -> str:
    """Both tables, with what they mean."""
    where = f"`{model}` on a server of this machine" if model else "a server that streams at once"
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
        f"The aim is a ratio of at most {MOST_RATIO}, on words that are new to the server.",
        "",
        "| what the server has read right before | through the product | sent straight | added | ratio |",
        "| --- | ---: | ---: | ---: | ---: |",
        *(
            f"| {kind} | {f.ours * 1000:.1f} ms | {f.straight * 1000:.1f} ms | {f.added * 1000:.1f} ms "
            f"| {f.ratio:.2f} |"
            for kind, f in first.items()
        ),
        "",
        "What is added begins with keeping on the disk what somebody wrote, as that comes before any answer.",
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
