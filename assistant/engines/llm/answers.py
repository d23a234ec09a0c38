"""What a model is asked to answer, as types. The schema that is sent is strict, reading is lenient.

An answer with one word from outside a closed set is not thrown away: the step that asked leaves that part out.

Most servers bill a schema as input, so it goes out with each call in as few tokens as will do. It lists no ids: the
prompt does, and the behaviours alone would be 258 tokens more for each conversation. What is said of a quotation or a
statement is one short line, ``missing timely_decisions 8``, and not a field a word. The price is that a grammar no
longer holds a small model to ids that there are. The step that asked sees it in code; where statements would be lost by
it, it asks once more.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field

from assistant.domain.inquiry import Change, Comparison, Measure, Order
from assistant.domain.words import FindingKind, Fundamental


class Answer(BaseModel):
    """Base of all: every field is asked for, and nothing besides."""

    model_config = ConfigDict(json_schema_extra={"additionalProperties": False})


def among(names: Iterable[str]) -> Any:
    """Of a text: that the schema holds it to these names. It is read whatever it is."""
    return Field(json_schema_extra={"enum": [*names]})


class Marked(Answer):
    """One statement as the model marked it: ``mark`` is its stance, its behaviour, 0 to 10, and a signal or nothing."""

    quote: str
    mark: str


class Read(Answer):
    """What a model marked in one conversation."""

    statements: list[Marked]
    language: str
    unclear: int


class Matched(Answer):
    """Which topics statements are about: lines of a statement's number and a topic."""

    matches: list[str]


class Worded(Answer):
    """Something in words."""

    text: str


class Text(Answer):
    """The words of a finding or suggestion (id)."""

    id: str
    text: str


class Sentence(Answer):
    """One sentence and the findings (ids) it rests on."""

    text: str
    findings: list[str]


class Reported(Answer):
    """The texts of a report; the summary sentence by sentence, empty where it was not asked for."""

    texts: list[Text]
    summary: list[Sentence]


class Understood(Answer):
    """A leader's question as a query; ``managers`` are the ids that the prompt gave them, ``rounds`` keys."""

    measure: Annotated[str, among(Measure)]
    managers: list[str]
    with_below: bool
    fundamentals: list[Annotated[str, among(Fundamental)]]
    kinds: list[Annotated[str, among(FindingKind)]]
    behaviours: list[str]
    rounds: list[str]
    comparison: Annotated[str, among(Comparison)]
    change: Annotated[str, among(Change)]
    order: Annotated[str, among(Order)]
    why: bool


class Tried(Answer):
    """The answer to a trial call."""

    ready: Annotated[str, among(["yes"])]
