"""The page docs/conduct.md: figures put into the prose of page.md."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from figures import Figures, figures
from talking import Talk

TEMPLATE = Path(__file__).with_name("page.md")
PAGE = Path(__file__).resolve().parents[2] / "docs" / "conduct.md"
MODEL_HEADING = "## With a language model"
NO_MODEL = "Not measured yet: `python benchmarks/conduct --url URL --model NAME` does."

Row = tuple[str, str, Callable[[Figures], str], Callable[[Figures], bool]]


def _rows(reflections: float) -> list[Row]:
    return [
        (
            "turns with exactly one open question, of those that ask",
            "at least 95 %",
            lambda f: f"{f.one_open_share:.0%} ({f.one_open} of {f.asking})",
            lambda f: f.one_open_share >= 0.95,
        ),
        (
            "sentences that reflect, for each question",
            f"at least {reflections}",
            lambda f: f"{f.reflections_per_question:.2f} ({f.reflections} to {f.questions})",
            lambda f: f.reflections_per_question >= reflections,
        ),
        (
            "turns with advice that nobody asked for",
            "at most 2 %",
            lambda f: f"{f.advising_share:.0%} ({f.advising} of {f.turns})",
            lambda f: f.advising_share <= 0.02,
        ),
        (
            "the assistant's share of all words",
            "at most 45 %",
            lambda f: f"{f.word_share:.0%}",
            lambda f: f.word_share <= 0.45,
        ),
        ("questions that were put before", "0", lambda f: str(f.repeats), lambda f: f.repeats == 0),
        ("leading questions", "0", lambda f: str(f.leading), lambda f: f.leading == 0),
    ]


COVERAGE: Row = (
    "what a whole answer holds, said within twelve turns by the cooperative",
    "at least 90 %",
    lambda f: f"{f.coverage:.0%} ({f.covered} of {f.wanted})",
    lambda f: f.coverage >= 0.9,
)


def write(talks: Sequence[Talk], engine: str, agreed: dict[str, tuple[int, int]], of_model: str) -> str:
    """Write the page and give its text."""
    seen = [talk for talk in talks if not talk.persona.unseen]
    unseen = [talk for talk in talks if talk.persona.unseen]
    english = [talk for talk in talks if talk.persona.manner != "other language"]
    text = TEMPLATE.read_text(encoding="utf-8").format(
        engine=engine,
        seen=len(seen),
        unseen=len(unseen),
        table=_table((("looked at", seen), ("not looked at", unseen)), 1.0),
        english=f"{figures(english).reflections_per_question:.2f}",
        manners=_by_manner(talks),
        agreement=_agreement(agreed),
        model=of_model.rstrip(),
    )
    PAGE.write_text(text, encoding="utf-8")
    return text


def kept_section() -> str:
    """What the page says of a model already."""
    text = PAGE.read_text(encoding="utf-8") if PAGE.exists() else ""
    _, heading, section = text.partition(f"{MODEL_HEADING}\n\n")
    return section if heading else f"{NO_MODEL}\n"


def model_section(model: str, of: Figures) -> str:
    """What is said of a model that was measured."""
    rows = [(name, aim, say(of), _verdict(kept(of))) for name, aim, say, kept in _rows(1.5)]
    lines = ["| | aim | figure | |", "| --- | --- | ---: | --- |"]
    lines += [f"| {name} | {aim} | {value} | {verdict} |" for name, aim, value, verdict in rows]
    return _MODEL.format(model=model, talks=of.talks, table="\n".join(lines))


def _table(columns: Sequence[tuple[str, Sequence[Talk]]], reflections: float) -> str:
    counted = [figures(talks) for _, talks in columns]
    helpful = [figures([talk for talk in talks if talk.persona.manner == "cooperative"]) for _, talks in columns]
    names = " | ".join(f"people {name}" for name, _ in columns)
    lines = [f"| | aim | {names} |", f"| --- | --- |{' ---: |' * len(columns)}"]
    for (name, aim, say, kept), over in [*((row, counted) for row in _rows(reflections)), (COVERAGE, helpful)]:
        cells = (say(of) if kept(of) else f"**{say(of)}**" for of in over)
        lines.append(f"| {name} | {aim} | {' | '.join(cells)} |")
    return "\n".join(lines)


def _by_manner(talks: Sequence[Talk]) -> str:
    manners = sorted({talk.persona.manner for talk in talks})
    lines = [
        "| manner | people | words an answer | reflections a question | share of words |",
        "| --- | ---: | ---: | ---: | ---: |",
    ]
    for manner in manners:
        own = [talk for talk in talks if talk.persona.manner == manner]
        of = figures(own)
        said = (of.words - of.own_words) / sum(len(talk.lines) for talk in own)
        lines.append(
            f"| {manner} | {of.talks} | {said:.0f} | {of.reflections_per_question:.2f} | {of.word_share:.0%} |"
        )
    return "\n".join(lines)


def _agreement(agreed: dict[str, tuple[int, int]]) -> str:
    lines = ["| label | agreed |", "| --- | ---: |"]
    return "\n".join([*lines, *(f"| {name} | {right} of {of} |" for name, (right, of) in agreed.items())])


def _verdict(kept: bool) -> str:
    return "kept" if kept else "**not kept**"


_MODEL = """Measured with `{model}`, {talks} conversations. Where a model is as small as SmolLM2 (135 million
parameters, which can coach nobody), **this says nothing about how well a model talks**. It shows that the rules hold
with whatever comes (`assistant/engines/llm/conduct.py`): what breaks one is left out, and the question that was
decided on is put in its place. A capable model has not been measured.

{table}
"""
