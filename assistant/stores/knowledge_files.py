"""The knowledge base, read from its files and checked.

::

    knowledge/
      behaviours.yaml       fundamental -> behaviour -> does, doing, about, change, and a hint where one is needed
      examples.yaml         behaviour -> there and missing: what a team member might say
      fundamentals/*.md     one page a fundamental, with name, title and order on top
      practices/*.md        one card a practice, named after its id
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Annotated, Any, Literal, TypeVar

import yaml
from pydantic import BaseModel, ConfigDict, Discriminator, Field, StringConstraints, Tag, TypeAdapter, ValidationError

from assistant.domain.errors import BadInput, Broken
from assistant.domain.knowledge import Behaviour, FundamentalPage, Knowledge, Practice
from assistant.domain.words import Fundamental
from assistant.stores.pdf_text import pdf_text

_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]

_SECTIONS = {
    "What it is": "what",
    "When it fits": "fits",
    "When it does not fit": "does_not_fit",
    "First small step": "first_step",
    "Words to say": "words",
    "What the team would notice": "team_would_notice",
    "Traps": "traps",
}

Edge = TypeVar("Edge")


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class _Behaviour(_Strict):
    does: _Text
    doing: _Text
    about: _Text
    change: _Text
    hint: _Text | None = None


class _Examples(_Strict):
    there: tuple[_Text, ...] = ()
    missing: tuple[_Text, ...] = ()


class _Page(_Strict):
    name: Fundamental
    title: _Text
    order: int


class _Source(_Strict):
    author: _Text
    year: int
    title: _Text
    kind: _Text

    def __str__(self) -> str:
        return f"{self.author} ({self.year}), {self.title}"


class _Card(_Strict):
    id: Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$")]
    title: _Text
    fundamental: Fundamental
    behaviours: Annotated[tuple[str, ...], Field(min_length=1)]
    uses: Annotated[frozenset[Literal["gap", "strength", "unseen"]], Field(alias="for", min_length=1)]
    minutes: Annotated[int, Field(ge=1, le=600)]
    source: Annotated[
        Annotated[_Text, Tag("sentence")] | Annotated[_Source, Tag("details")],
        Discriminator(lambda source: "sentence" if isinstance(source, str) else "details"),
    ]


_BEHAVIOURS = TypeAdapter(dict[Fundamental, dict[str, _Behaviour]])
_EXAMPLES = TypeAdapter(dict[str, _Examples])
_PAGE = TypeAdapter(_Page)
_CARD = TypeAdapter(_Card)


def load_knowledge(folder: Path) -> Knowledge:
    """The whole knowledge base under ``folder``; raises Broken, naming every problem with its file and field."""
    reading = _Reading(folder)
    behaviours = reading.behaviours()
    practices = reading.practices(behaviours)
    fundamentals = reading.fundamentals()
    if reading.problems:
        raise Broken(f"The knowledge base in {folder} is not as it should be:\n" + "\n".join(reading.problems))
    return Knowledge(behaviours, practices, fundamentals)


def read_given(folder: Path, knowledge: Knowledge) -> dict[str, Practice]:
    """The cards of a folder that an organisation adds, by id; raises BadInput, naming every problem with its file."""
    reading = _Reading(folder)
    cards = reading.given(knowledge.behaviours)
    reading.problems += [f"- {id_}, id: is a card of Value Loop already" for id_ in cards if id_ in knowledge.practices]
    if reading.problems:
        raise BadInput(
            f"Nothing was added. The cards in {folder} are not as they should be:\n" + "\n".join(reading.problems)
        )
    return cards


def _with_headings(text: str) -> str:
    """Plain text with the lines that are headings of a card marked as such; what stands before the first is a title."""
    lines = [f"## {line.strip()}" if line.strip() in _SECTIONS else line for line in text.splitlines()]
    first = next((n for n, line in enumerate(lines) if line.startswith("## ")), 0)
    return "\n".join(lines[first:])


class _Reading:
    """One pass over the files; goes on after a problem, to find them all."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self.problems: list[str] = []

    def behaviours(self) -> dict[str, Behaviour]:
        """All behaviours, with examples where there are some."""
        named = self._yaml("behaviours.yaml", _BEHAVIOURS, {})
        examples = self._yaml("examples.yaml", _EXAMPLES, {})
        found: dict[str, Behaviour] = {}
        for fundamental, behaviours in named.items():
            for key, b in behaviours.items():
                if key in found:
                    self._problem("behaviours.yaml", key, f"is under {found[key].fundamental} and {fundamental}")
                said = examples.get(key, _Examples())
                found[key] = Behaviour(
                    key, fundamental, b.does, b.doing, b.about, said.there, said.missing, b.hint or "", b.change
                )
        for unknown in examples.keys() - found.keys():
            self._problem("examples.yaml", unknown, "is no behaviour of behaviours.yaml")
        return found

    def fundamentals(self) -> tuple[FundamentalPage, ...]:
        """The pages of the fundamentals, in their own order."""
        pages: dict[Fundamental, tuple[int, FundamentalPage]] = {}
        for name, page, body in self._markdown("fundamentals", _PAGE):
            if page.name in pages:
                self._problem(name, "name", f"there is another page of {page.name}")
            pages[page.name] = (page.order, FundamentalPage(page.name, page.title, body.strip()))
        for missing in set(Fundamental) - pages.keys():
            self._problem("fundamentals", None, f"there is no page of {missing}")
        return tuple(page for _, page in sorted(pages.values(), key=lambda both: both[0]))

    def practices(self, behaviours: Mapping[str, Behaviour]) -> dict[str, Practice]:
        """All cards by id."""
        return self._practices(self._markdown("practices", _CARD), behaviours)

    def given(self, behaviours: Mapping[str, Behaviour]) -> dict[str, Practice]:
        """The cards of a folder that somebody gives us, by id: Markdown, and PDF with its front matter beside it."""
        cards = [*self._markdown(".", _CARD)] if list(self._folder.glob("*.md")) else []
        cards += [card for path in sorted(self._folder.glob("*.pdf")) if (card := self._pdf(path)) is not None]
        if not cards and not self.problems:
            self.problems.append("- there are no cards (*.md, *.pdf) in this folder")
        return self._practices(cards, behaviours)

    def _practices(
        self, cards: Iterable[tuple[str, _Card, str]], behaviours: Mapping[str, Behaviour]
    ) -> dict[str, Practice]:
        found: dict[str, Practice] = {}
        for name, card, body in cards:
            if card.id != Path(name).stem:
                self._problem(name, "id", f"is {card.id}, which is not the name of the file")
            for behaviour in card.behaviours:
                if behaviour not in behaviours:
                    self._problem(name, "behaviours", f"{behaviour} is no behaviour of behaviours.yaml")
            sections = self._sections(name, body)
            if len(sections) == len(_SECTIONS):
                found[card.id] = _practice(card, sections)
        return found

    def _sections(self, name: str, body: str) -> dict[str, str]:
        before, *parts = re.split(r"^## +(.+?) *$", body, flags=re.MULTILINE)
        if before.strip():
            self._problem(name, None, "there is text before the first heading")
        sections: dict[str, str] = {}
        for heading, text in zip(parts[::2], parts[1::2], strict=True):
            if heading not in _SECTIONS:
                self._problem(name, heading, "is no heading of a card")
            elif _SECTIONS[heading] in sections:
                self._problem(name, heading, "is there twice")
            elif text.strip():
                sections[_SECTIONS[heading]] = text.strip()
        for heading, field in _SECTIONS.items():
            if field not in sections:
                self._problem(name, heading, "is missing or empty")
        return sections

    def _pdf(self, path: Path) -> tuple[str, _Card, str] | None:
        """A card whose text is a PDF and whose front matter lies beside it, as NAME.yaml."""
        front = self._text(path.with_suffix(".yaml").name)
        try:
            text = pdf_text(path)
        except ValueError as error:
            self._problem(path.name, None, str(error))
            return None
        read = None if front is None else self._checked(path.with_suffix(".yaml").name, front, _CARD)
        return None if read is None else (path.name, read, _with_headings(text))

    def _markdown(self, folder: str, kind: TypeAdapter[Edge]) -> Iterator[tuple[str, Edge, str]]:
        """Name, front matter and body of each Markdown file of a folder that could be read."""
        paths = sorted((self._folder / folder).glob("*.md"))
        if not paths:
            self._problem(folder, None, "there are no files (*.md) in this folder")
        for path in paths:
            name = (Path(folder) / path.name).as_posix()
            text = self._text(name)
            if text is None:
                continue
            opening, _, rest = text.partition("---\n")
            front, closing, body = rest.partition("\n---\n")
            if opening or not closing:
                self._problem(name, None, "does not begin with front matter between two lines of ---")
                continue
            read = self._checked(name, front, kind)
            if read is not None:
                yield name, read, body

    def _yaml(self, name: str, kind: TypeAdapter[Edge], otherwise: Edge) -> Edge:
        text = self._text(name)
        read = None if text is None else self._checked(name, text, kind)
        return otherwise if read is None else read

    def _text(self, name: str) -> str | None:
        try:
            return (self._folder / name).read_text(encoding="utf-8")
        except OSError as error:
            self._problem(name, None, f"cannot be read ({error.strerror})")
        except UnicodeDecodeError:
            self._problem(name, None, "is not UTF-8 text")
        return None

    def _checked(self, name: str, text: str, kind: TypeAdapter[Edge]) -> Edge | None:
        try:
            return kind.validate_python(yaml.load(text, Loader=_Loader))  # noqa: S506 - a safe loader, in C if there is one
        except yaml.YAMLError as error:
            self._problem(name, None, f"is not YAML: {' '.join(str(error).split())}")
        except ValidationError as error:
            for problem in error.errors(include_url=False, include_input=False):
                self._problem(name, ".".join(map(str, problem["loc"])), problem["msg"])
        return None

    def _problem(self, name: str, field: str | None, what: str) -> None:
        self.problems.append(f"- {name}, {field}: {what}" if field else f"- {name}: {what}")


def _practice(card: _Card, sections: dict[str, Any]) -> Practice:
    return Practice(
        id=card.id,
        title=card.title,
        fundamental=card.fundamental,
        behaviours=card.behaviours,
        uses=frozenset[str](card.uses),
        minutes=card.minutes,
        source=str(card.source),
        **sections,
    )
