"""There is one gate: no store gives out words without a viewer, and no command is forgotten."""

import inspect
import typing
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from enum import StrEnum
from typing import Any

import pytest
import typer

from assistant.cli.app import app
from assistant.domain.commitments import Commitment
from assistant.domain.conversation import Conversation, Message
from assistant.domain.corrections import Correction, Example
from assistant.domain.indexing import Task
from assistant.domain.interview import InterviewState
from assistant.domain.notices import Circumstances, NoticeCounts
from assistant.domain.report import Finding, Report
from assistant.domain.rounds import RoundStatus
from assistant.domain.statements import Reading, Statement
from assistant.ports.index import Index
from assistant.ports.store import Work

WORDS = {
    Conversation,
    Message,
    Commitment,
    Correction,
    Example,
    Task,
    InterviewState,
    Finding,
    Report,
    RoundStatus,
    Circumstances,
    NoticeCounts,
    Reading,
    Statement,
}


class Gives(StrEnum):
    """What a command gives to the operator, who is whoever can run it."""

    LOGGED = "reports, answers or somebody's own words; the reader log notes it"
    COUNTS = "counts, names of people and rounds, and what the reader log holds"
    APP = "the app, with a gate of its own"
    NOTHING = "nothing of a round"


COMMANDS = {
    "serve": Gives.APP,
    "demo": Gives.APP,
    "people import": Gives.COUNTS,
    "round open": Gives.COUNTS,
    "round close": Gives.COUNTS,
    "round status": Gives.COUNTS,
    "round plan": Gives.NOTHING,
    "round plans": Gives.COUNTS,
    "round unplan": Gives.NOTHING,
    "conversations import": Gives.COUNTS,
    "analyse": Gives.COUNTS,
    "corrections": Gives.COUNTS,
    "report": Gives.LOGGED,
    "talk": Gives.LOGGED,
    "knowledge add": Gives.NOTHING,
    "knowledge list": Gives.NOTHING,
    "knowledge remove": Gives.NOTHING,
    "commitments list": Gives.LOGGED,
    "commitments take": Gives.COUNTS,
    "commitments note": Gives.COUNTS,
    "commitments close": Gives.COUNTS,
    "ask": Gives.LOGGED,
    "brief": Gives.LOGGED,
    "insight": Gives.LOGGED,
    "log": Gives.COUNTS,
    "log verify": Gives.COUNTS,
    "privacy": Gives.NOTHING,
    "sessions": Gives.COUNTS,
    "withdraw": Gives.COUNTS,
    "tick": Gives.COUNTS,
    "backup": Gives.COUNTS,
    "restore": Gives.COUNTS,
    "move": Gives.COUNTS,
    "mail status": Gives.COUNTS,
    "mail retry": Gives.COUNTS,
    "worker": Gives.NOTHING,
    "jobs status": Gives.COUNTS,
    "jobs retry": Gives.COUNTS,
    "keys move": Gives.COUNTS,
    "keys rotate": Gives.COUNTS,
    "keys abandon": Gives.COUNTS,
    "usage": Gives.COUNTS,
    "link": Gives.COUNTS,
    "export": Gives.LOGGED,
    "erase": Gives.COUNTS,
    "doctor": Gives.COUNTS,
    "eval": Gives.NOTHING,
    "index rebuild": Gives.COUNTS,
}


def parts_of_the_store() -> list[type]:
    """Every port that a transaction gives, and the index."""
    given = [
        typing.get_type_hints(part.fget)["return"] for _, part in inspect.getmembers(Work) if hasattr(part, "fget")
    ]
    return [*given, Index]


def holds_words(kind: Any) -> bool:
    """Whether a type is one of words, or holds one."""
    if kind in WORDS:
        return True
    if is_dataclass(kind) and isinstance(kind, type):
        return any(holds_words(hint) for hint in typing.get_type_hints(kind).values())
    return any(holds_words(inside) for inside in typing.get_args(kind))


def methods() -> Iterator[tuple[str, Any]]:
    """Every method of the store and the index by name."""
    for port in parts_of_the_store():
        for name, method in inspect.getmembers(port, inspect.isfunction):
            if not name.startswith("_"):
                yield f"{port.__name__}.{name}", method


def test_every_part_of_the_store_is_looked_at() -> None:
    """The walk finds the ports that hold words, and their methods."""
    found = {name for name, _ in methods()}
    assert {"Conversations.get", "Reports.below", "Statements.of", "IndexQueue.waiting", "Rounds.status"} <= found


@pytest.mark.parametrize(("name", "method"), list(methods()), ids=[name for name, _ in methods()])
def test_nothing_gives_out_words_without_a_viewer(name, method) -> None:
    """Whatever returns words, reports or counts of a round is told who looks."""
    hints = typing.get_type_hints(method)
    if holds_words(hints["return"]):
        assert "viewer" in hints, f"{name} gives out {hints['return']} to anybody"


def test_a_type_that_holds_words_inside_is_seen() -> None:
    """The walk looks into tuples, unions and the fields of values."""
    assert holds_words(tuple[Report, ...])
    assert holds_words(Report | None)
    assert {field.name for field in fields(Conversation)} >= {"messages"}
    assert not holds_words(tuple[str, ...])


def commands(of: Any, before: str = "") -> Iterator[tuple[str, Any]]:
    """Every command by the words that call it."""
    for name, command in of.commands.items():
        if hasattr(command, "commands"):
            if command.invoke_without_command:
                yield f"{before}{name}", command
            yield from commands(command, f"{before}{name} ")
        else:
            yield f"{before}{name}", command


def test_every_command_is_in_the_table() -> None:
    """A new command needs a decision about what it gives to whom."""
    assert {name for name, _ in commands(typer.main.get_command(app))} == set(COMMANDS)


def test_commands_that_are_logged_say_so() -> None:
    """Whoever reads the help of a command knows before that it leaves a trace; no other command claims to."""
    telling = {name for name, command in commands(typer.main.get_command(app)) if "reader log notes it" in command.help}
    assert telling == {name for name, gives in COMMANDS.items() if gives is Gives.LOGGED}
