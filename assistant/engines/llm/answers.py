"""What a model is asked to answer, as types. The schema that is sent is strict, reading is lenient.

An answer with one word from outside a closed set is not thrown away: the step that asked leaves that part out.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field, create_model

from assistant.domain.inquiry import Measure
from assistant.domain.words import FindingKind, Fundamental, Signal


class Answer(BaseModel):
    """Base of all: every field is asked for, and nothing besides."""

    model_config = ConfigDict(json_schema_extra={"additionalProperties": False})


class Marked(Answer):
    """One statement as the model marked it; ``sure`` is 0 to 10."""

    quote: str
    stance: str
    behaviour: str
    sure: Annotated[float, Field(json_schema_extra={"type": "integer", "enum": [*range(11)]})]


class Signalled(Answer):
    """What a statement (its number in the answer, from 1) tells of how safe the team feels."""

    statement: int
    signal: str


class Read(Answer):
    """What a model marked in one conversation."""

    statements: list[Marked]
    signals: list[Signalled]
    language: str
    unclear: int


def one_of(names: Iterable[str]) -> Any:
    """Text that a schema holds to these names, and that is read whatever it is."""
    return Annotated[str, Field(json_schema_extra={"enum": [*names]})]


def some_of(names: Iterable[str]) -> Any:
    """A list of texts that a schema holds to these names, where there are any."""
    known = [*names]
    item: Any = one_of(known) if known else str
    return list[item]


def reading_answer(stances: Iterable[str], behaviours: Iterable[str]) -> type[Read]:
    """:class:`Read` with a schema that knows the stances of one side and the behaviours of the knowledge base."""
    marked = create_model(
        "Marked",
        __base__=Marked,
        stance=(one_of(stances), ...),
        behaviour=(one_of(behaviours), ...),
    )
    signalled = create_model("Signalled", __base__=Signalled, signal=(one_of(Signal), ...))
    return create_model(
        "Read",
        __base__=Read,
        statements=(list[marked], ...),  # type: ignore[valid-type]
        signals=(list[signalled], ...),  # type: ignore[valid-type]
    )


class Match(Answer):
    """One statement and the topic it is about."""

    statement: str
    topic: str


class Matched(Answer):
    """What a model says which topics statements are about."""

    matches: list[Match]


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
    """A leader's question as a query; ``managers`` are the ids that the prompt gave them."""

    measure: str
    managers: list[str]
    fundamentals: list[str]
    kinds: list[str]
    behaviours: list[str]


class Tried(Answer):
    """The answer to a trial call."""

    ready: Annotated[str, Field(json_schema_extra={"enum": ["yes"]})]


def matching_answer(statements: Iterable[str], topics: Iterable[str]) -> type[Matched]:
    """:class:`Matched` with a schema that knows the ids."""
    match = create_model("Match", __base__=Match, statement=(one_of(statements), ...), topic=(one_of(topics), ...))
    return create_model("Matched", __base__=Matched, matches=(list[match], ...))  # type: ignore[valid-type]


def reporting_answer(texts: Sequence[str], findings: Sequence[str]) -> type[Reported]:
    """:class:`Reported` with a schema that knows the findings, and which texts (ids) are wanted."""
    text = create_model("Text", __base__=Text, id=(one_of(texts) if texts else str, ...))
    sentence = create_model("Sentence", __base__=Sentence, findings=(some_of(findings), ...))
    return create_model(
        "Reported",
        __base__=Reported,
        texts=(list[text], ...),  # type: ignore[valid-type]
        summary=(list[sentence], ...),  # type: ignore[valid-type]
    )


def query_answer(managers: Sequence[str], behaviours: Iterable[str]) -> type[Understood]:
    """:class:`Understood` with a schema that knows the closed sets, the managers among them."""
    return create_model(
        "Understood",
        __base__=Understood,
        measure=(one_of(Measure), ...),
        managers=(some_of(managers), ...),
        fundamentals=(some_of(Fundamental), ...),
        kinds=(some_of(FindingKind), ...),
        behaviours=(some_of(behaviours), ...),
    )
