"""Many conversations at once, in one process: prints a JSON object. Started by ``run.py`` with VALUE_LOOP_HOME set.

First they take their time, ten seconds on average before each answer, which is quicker than anybody writes. Then nobody
takes any, so that every answer is waited for by all the others. Each of their messages holds a word of their own, by
which anything lost or mixed up between people would show. Beside it stand what a bare HTTP echo of the same messages
takes, and the most memory that the process held before anybody spoke, and in all.
"""

from __future__ import annotations

import json
import random
import re
import statistics
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

from echo import echoed
from memory import peak

from assistant.bootstrap import Parts
from assistant.domain.access import person
from assistant.domain.conversation import Conversation
from assistant.domain.organisation import Person
from assistant.domain.words import ConversationKind, Speaker
from assistant.loop.conversations import answer, begin, say
from assistant.loop.organisation import import_people
from assistant.loop.rounds import open_round
from assistant.settings import Settings

ROUND = "crowd"
MANAGER = "boss@acme.example"
ALONE = 10
"""People who speak one after the other, for comparison."""

PAUSE = 10.0

SAID = (
    "She explained to {me} why the plan had changed, and she did it before anybody asked for it.",
    "Last week {me} was stuck with a machine, and she came down and stayed until it ran again.",
    "I miss that she tells {me} what she thinks of my work.",
    "She should keep the short talks on Monday with {me}.",
    "For {me} there was one course last year, and I had to ask for it twice.",
    "When {me} made a mistake, she asked what we learn from it.",
)


@dataclass(frozen=True, slots=True)
class Held:
    """One conversation that was held.

    ``seconds`` of each turn that came to its end, how many messages were ``taken`` in and how often the assistant
    ``spoke``, and the error that ended it all.
    """

    seconds: list[float]
    taken: int
    spoke: int
    error: str | None


def hold(parts: Parts, number: int, pause: float = 0.0) -> Held:
    """One person's whole conversation; each turn is timed from what was written to the whole answer.

    ``pause`` is how many seconds the person thinks before each answer, on average.
    """
    draw = random.Random(number)  # noqa: S311 - for drawing only
    viewer, seconds, taken, spoke = person(email(number)), list[float](), 0, 0
    try:
        asked = (ROUND, ConversationKind.FEEDBACK, MANAGER, f"talk{number}", parts.now())
        held = begin(parts.store, parts.engine, viewer, *asked)
        spoke += 1
        for turn, words in enumerate(SAID):
            time.sleep(draw.uniform(0, 2 * pause))
            started = time.perf_counter()
            say(parts.store, viewer, held.id, 2 * turn + 1, words.format(me=canary(number)))
            taken += 1
            list(answer(parts.store, parts.engine, viewer, held.id))
            seconds.append(time.perf_counter() - started)
            spoke += 1
    except Exception as error:  # noqa: BLE001 - whatever goes wrong is what is counted
        return Held(seconds, taken, spoke, type(error).__name__)
    return Held(seconds, taken, spoke, None)


def email(number: int) -> str:
    """Of the person with this number."""
    return f"m{number}@acme.example"


def canary(number: int) -> str:
    """A word that nobody else says."""
    return f"Canary{number:03}"


def faults(parts: Parts, number: int, held: Held) -> tuple[int, int]:
    """How many messages that were taken in are not there, or not answered, and how many words of others are there."""
    with parts.store.work() as work:
        own: tuple[Conversation, ...] = work.conversations.by_author(email(number), person(email(number)))
    messages = [message for one in own for message in one.messages]
    written = [m.content for m in messages if m.role is Speaker.USER]
    lost = sum(words.format(me=canary(number)) not in written for words in SAID[: held.taken])
    unanswered = held.spoke - sum(m.role is Speaker.ASSISTANT for m in messages)
    foreign = {word for m in messages for word in re.findall(r"[Cc]anary\d+", m.content)} - {canary(number)}
    return lost + max(0, unanswered), len(foreign)


def p95(seconds: list[float]) -> float:
    """The twentieth part of turns takes longer than this."""
    return statistics.quantiles(seconds, n=20)[-1]


def at_once(parts: Parts, numbers: range, pause: float) -> list[Held]:
    """Conversations of all these people side by side."""
    with ThreadPoolExecutor(len(numbers)) as crowd:
        return list(crowd.map(lambda number: hold(parts, number, pause), numbers))


def main() -> None:
    """Hold some conversations one by one, then so many at once as the first argument says, and print what came of it.

    With a second argument, ``calm``, nobody hurries. A third one is how many seconds they think before each answer.
    """
    people, hurries = int(sys.argv[1]), "calm" not in sys.argv[2:3]
    pause = float(sys.argv[3]) if sys.argv[3:] else PAUSE
    parts = Parts(Settings())
    alone, calm, rushed = range(ALONE), range(ALONE, ALONE + people), range(ALONE + people, ALONE + 2 * people)
    everybody = range(ALONE + 2 * people)
    import_people(
        parts.store, [Person(MANAGER, "Boss", None), *(Person(email(n), f"M{n}", MANAGER) for n in everybody)]
    )
    open_round(parts.store, ROUND, parts.now())
    parts.engine.vectors(["A sentence to warm up."])
    at_rest = peak()
    held = {
        "alone": [hold(parts, number) for number in alone],
        "calm": at_once(parts, calm, pause),
        "rushed": at_once(parts, rushed, 0.0) if hurries else [],
    }
    one_by_one = [one for some in held.values() for one in some]
    in_use = peak()
    found = [faults(parts, number, one) for number, one in zip(everybody, one_by_one, strict=hurries)]
    echoes = echoed([words.format(me=canary(number)) for number in alone for words in SAID])
    print(
        json.dumps(
            {
                **{how: p95([s for one in some for s in one.seconds]) for how, some in held.items() if some},
                "errors": sum(one.error is not None for one in one_by_one),
                "lost": sum(lost for lost, _ in found),
                "mixed": sum(mixed for _, mixed in found),
                "echo": p95(echoes),
                "at_rest": at_rest,
                "in_use": in_use,
            }
        )
    )


if __name__ == "__main__":
    main()
