"""How long the first words of a turn take through the product, and sent straight to the server by the same client.

Both of a pair are the same request to the letter, and no two pairs have the same words in it. Both are the first on a
connection of their own. Right before each, the server is asked something else, which it answers with one token: so it
has done with what came before, and remembers as much for the one as for the other.
"""

from __future__ import annotations

import random
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from functools import partial
from pathlib import Path
from typing import Any

import made_up
import openai
from made_up import MANAGER, ROUND

from assistant.bootstrap import Parts
from assistant.domain.access import person
from assistant.domain.organisation import Person
from assistant.domain.words import ConversationKind
from assistant.engines.embedded.serious import tells_of_serious_matter
from assistant.loop.conversations import begin, reply, say
from assistant.loop.organisation import import_people
from assistant.loop.rounds import open_round
from assistant.settings import Settings
from assistant.stores.sql.store import SqlStore
from tests.fakes.fault_server import serving, streams

Request = dict[str, Any]


class Remembered(StrEnum):
    """What the server has read right before each request."""

    BEGINNING = "the beginning: the words are new, as in every turn"
    ALL = "that very request, so that nothing is left to read"
    NOTHING = "nothing, as it reads nothing"


@dataclass(frozen=True, slots=True)
class FirstWords:
    """Seconds to the first words: medians over pairs, and those of what the product adds to one, and of its ratio."""

    ours: float
    straight: float
    added: float
    ratio: float


def some_words(count: int) -> list[str]:
    """So many different things that team members say, without serious matters: those are sent to no model."""
    said = {talk.text(mark) for r in made_up.test_rounds() for talk in r.feedbacks for mark in talk.statements}
    ordinary = sorted(text for text in said if not tells_of_serious_matter(text))
    return random.Random(count).sample(ordinary, count)  # noqa: S311 - for drawing only


def measured(url: str, model: str, words: Sequence[str], remembered: Remembered) -> FirstWords:
    """Pairs of turns in which people write these words; the first pair warms both up and does not count."""
    straight, asking = (openai.OpenAI(base_url=url, api_key="none", max_retries=0) for _ in range(2))
    taken: list[tuple[float, float]] = []
    for number, (turn, sent) in enumerate(zip(turns(url, model, words), what_is_sent(words), strict=True)):
        request = {**sent, "model": model}
        ways = {"ours": turn, "straight": partial(directly, straight, request)}
        seconds: dict[str, float] = {}
        for way in [*ways] if number % 2 else [*ways][::-1]:  # each goes first as often as the other
            read_before(asking, request, remembered)
            seconds[way] = ways[way]()
        taken.append((seconds["ours"], seconds["straight"]))
    counted = taken[1:]
    return FirstWords(
        statistics.median(ours for ours, _ in counted),
        statistics.median(straight for _, straight in counted),
        statistics.median(ours - straight for ours, straight in counted),
        statistics.median(ours / straight for ours, straight in counted),
    )


def read_before(client: openai.OpenAI, request: Request, remembered: Remembered) -> None:
    """Have the server read, and wait until it has."""
    if remembered is Remembered.NOTHING:
        return
    others = [one for one in request["messages"] if one["role"] == "system"] + [{"role": "user", "content": "Ready?"}]
    messages = request["messages"] if remembered is Remembered.ALL else others
    client.chat.completions.create(model=request["model"], messages=messages, max_completion_tokens=1)


def turns(url: str, model: str, words: Sequence[str]) -> Iterator[Callable[[], float]]:
    """Turns of as many people as there are words.

    Each, when called, gives the seconds from what somebody wrote to the first words that they see; keeping it included.
    """
    with tempfile.TemporaryDirectory() as home:
        settings = Settings(home=Path(home), model=f"openai:{model}", OPENAI_BASE_URL=url, model_context=8_000)
        parts = Parts(settings)
        store = an_open_round(parts, len(words))
        for n, text in enumerate(words, 1):
            viewer = person(f"m{n}@acme.example")
            talk = begin(store, parts.engine, viewer, ROUND, ConversationKind.FEEDBACK, MANAGER, f"c{n}", now())

            def turn(viewer: Any = viewer, id_: str = talk.id, text: str = text) -> float:
                begun = time.perf_counter()
                pieces = reply(store, parts.engine, viewer, say(store, viewer, id_, 1, text))
                next(pieces)
                taken = time.perf_counter() - begun
                pieces.close()  # what follows the first words is not waited for
                return taken

            yield turn
        store.close()


def directly(client: openai.OpenAI, request: Request) -> float:
    """Seconds to the first words of a request, straight to the server; a mark or a space is no word yet."""
    begun = time.perf_counter()
    with client.chat.completions.create(**request) as stream:
        for chunk in stream:
            if chunk.choices and any(map(str.isalnum, chunk.choices[0].delta.content or "")):
                return time.perf_counter() - begun
    return sys.exit("The server gave no words.")


def what_is_sent(words: Sequence[str]) -> list[Request]:
    """The request that each turn makes, as it goes over the wire."""
    with serving(streams("When ", "was ", "that?")) as server:
        for turn in turns(server.url, "small", words):
            turn()
        return server.requests


def an_open_round(parts: Parts, people: int) -> SqlStore:
    """An open round of one team."""
    team = [Person(f"m{n}@acme.example", f"Member {n}", MANAGER) for n in range(1, people + 1)]
    import_people(parts.store, [Person(MANAGER, "Bo Boss", None), *team])
    open_round(parts.store, ROUND, now())
    assert isinstance(parts.store, SqlStore)  # noqa: S101 - which can be closed
    return parts.store


def now() -> datetime:
    """The time."""
    return datetime.now(UTC)
