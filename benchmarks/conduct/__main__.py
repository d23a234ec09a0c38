"""How the assistant conducts itself in whole conversations with made-up people: writes docs/conduct.md.

    python benchmarks/conduct [--url URL --model NAME [--personas N]] [--transcripts]

Without an address, only the embedded engine is measured, and the page keeps what it said of a model. ``--transcripts``
prints the conversations.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
REPOSITORY = HERE.parents[1]
sys.path[:0] = [str(HERE), str(REPOSITORY)]

import page
from figures import agreement, figures
from personas import Persona, personas
from talking import Talk, hold_all

from assistant.engines.embedded.engine import EmbeddedEngine
from assistant.engines.llm.connecting import Connection, connected
from assistant.engines.llm.usage import LedgerInMemory
from assistant.ports.engine import Engine
from assistant.stores.knowledge_files import load_knowledge

PATIENCE = 600.0
"""Seconds for a turn: a server without a graphics card takes its time."""
CONTEXT = 4_000


def with_model(url: str, model: str, embedded: EmbeddedEngine) -> Engine:
    """The engine over a server that speaks OpenAI's language; it needs no key."""
    connection = Connection(
        model=model,
        careful_model=model,
        base_url=url,
        key="none",
        seconds=PATIENCE,
        at_once=1,
        context=CONTEXT,
        embeddings=None,
    )
    knowledge = load_knowledge(REPOSITORY / "knowledge")
    return connected(connection, REPOSITORY / "prompts", LedgerInMemory(), embedded, knowledge)


def some_of(everybody: tuple[Persona, ...], number: int) -> tuple[Persona, ...]:
    """So many of them, spread evenly over the files."""
    step = max(1, len(everybody) // number)
    return everybody[::step][:number]


def show(talks: tuple[Talk, ...]) -> None:
    """Print what was said."""
    for talk in talks:
        print(f"\n# {talk.persona.name}, {talk.persona.manner}")
        for turn, said in talk.pairs:
            print(f"  {said}\n> {turn}")


def main() -> None:
    """Hold the conversations, print and write the page."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--url", help="a server that speaks OpenAI's language, such as http://127.0.0.1:8080/v1")
    parser.add_argument("--model", help="the name that the server knows")
    parser.add_argument("--personas", type=int, default=24, metavar="N", help="how many talk with the model")
    parser.add_argument("--transcripts", action="store_true", help="print the conversations")
    wanted = parser.parse_args()
    embedded = EmbeddedEngine.load(load_knowledge(REPOSITORY / "knowledge"))
    talks = hold_all(personas(), embedded)
    of_model = page.kept_section()
    if wanted.url and wanted.model:
        with_it = hold_all(some_of(personas(), wanted.personas), with_model(wanted.url, wanted.model, embedded))
        of_model = page.model_section(wanted.model, figures(with_it))
        talks_shown = (*talks, *with_it)
    else:
        talks_shown = talks
    if wanted.transcripts:
        show(talks_shown)
    print(page.write(talks, embedded.name, agreement(), of_model))


if __name__ == "__main__":
    main()
