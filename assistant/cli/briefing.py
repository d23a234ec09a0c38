"""``value-loop brief``."""

from __future__ import annotations

import typer

from assistant.cli.options import AsJson, RoundKey
from assistant.cli.output import as_json
from assistant.cli.questions import Leader
from assistant.cli.running import parts
from assistant.domain.access import OPERATOR
from assistant.domain.brief import Brief


def brief(key: RoundKey, as_: Leader, json: AsJson = False) -> None:
    """Print a leader's brief over a round: what changed, where gaps grow, what improves, where support can be offered.

    The reader log notes it.
    """
    from assistant.loop.brief import read_brief
    from assistant.loop.formats import brief_json
    from assistant.loop.rounds import close_overdue

    running = parts()
    close_overdue(running.store, running.now())
    made = read_brief(running.store, OPERATOR, as_, key, running.now(), running.knowledge.behaviours)
    typer.echo(as_json(brief_json.as_json(made)) if json else _in_words(made))


def _in_words(made: Brief) -> str:
    from assistant.loop.formats.brief_words import TOPICS, made_of

    parts = [f"{TOPICS[part.topic]}\n" + "\n".join(f"  {one.text}" for one in part.sentences) for part in made.parts]
    against = f", held against round {made.before}" if made.before else ""
    head = f"Round {made.round_key}{against}. {made_of(made)}"
    return "\n\n".join([head, *([made.refused] if made.refused else []), *parts])
