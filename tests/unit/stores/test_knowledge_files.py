"""The knowledge base: read whole, and every mistake in it named with its file and field."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from assistant.domain.errors import Broken
from assistant.domain.knowledge import Behaviour, Knowledge, Practice
from assistant.domain.words import Fundamental
from assistant.stores.knowledge_files import load_knowledge

OWN = Path(__file__).resolve().parents[3] / "knowledge"

CARD = """---
id: say-why
title: "Say why"
fundamental: creating_clarity
behaviours: [giving_reasons]
for: [gap, unseen]
minutes: 10
source:
  author: "A. Writer"
  year: 1976
  title: "On Reasons"
  kind: article
---

## What it is

You say why.

## When it fits

Often.

## When it does not fit

In a fire.

## First small step

Say it once.

## Words to say

Because it matters.

## What the team would notice

They know.

## Traps

Saying too much.

Or too little.
"""

BEHAVIOURS = """
creating_clarity:
  giving_reasons: {does: gives reasons, doing: giving reasons, about: Why things are done., change: how, hint: the why}
"""

EXAMPLES = """
giving_reasons:
  there: ["She always says why."]
  missing: ["Nobody knows why.", "We just get told."]
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A small knowledge base without a mistake."""
    (tmp_path / "behaviours.yaml").write_text(BEHAVIOURS)
    (tmp_path / "examples.yaml").write_text(EXAMPLES)
    (tmp_path / "practices").mkdir()
    (tmp_path / "practices" / "say-why.md").write_text(CARD)
    (tmp_path / "fundamentals").mkdir()
    for order, name in enumerate(reversed(Fundamental)):
        page = f"---\nname: {name}\ntitle: {name.title}\norder: {order}\n---\n\nAbout it.\n"
        (tmp_path / "fundamentals" / f"{name}.md").write_text(page)
    return tmp_path


@pytest.fixture(scope="module")
def own() -> Knowledge:
    """The knowledge base of the project."""
    return load_knowledge(OWN)


def problems(folder: Path) -> list[str]:
    with pytest.raises(Broken) as told:
        load_knowledge(folder)
    heading, *found = str(told.value).split("\n")
    assert str(folder) in heading
    return found


def test_everything_in_the_files_comes_back_as_values(folder: Path) -> None:
    """A card with all its parts, a behaviour with its examples, and the pages in their own order."""
    knowledge = load_knowledge(folder)
    assert knowledge.practices == {
        "say-why": Practice(
            id="say-why",
            title="Say why",
            fundamental=Fundamental.CREATING_CLARITY,
            behaviours=("giving_reasons",),
            uses=frozenset({"gap", "unseen"}),
            minutes=10,
            source="A. Writer (1976), On Reasons",
            what="You say why.",
            fits="Often.",
            does_not_fit="In a fire.",
            first_step="Say it once.",
            words="Because it matters.",
            team_would_notice="They know.",
            traps="Saying too much.\n\nOr too little.",
        )
    }
    assert knowledge.behaviours == {
        "giving_reasons": Behaviour(
            "giving_reasons",
            Fundamental.CREATING_CLARITY,
            "gives reasons",
            "giving reasons",
            "Why things are done.",
            ("She always says why.",),
            ("Nobody knows why.", "We just get told."),
            "the why",
            "how",
        )
    }
    assert [page.name for page in knowledge.fundamentals] == list(reversed(Fundamental))
    assert {page.body for page in knowledge.fundamentals} == {"About it."}


def test_a_source_may_be_a_plain_sentence(folder: Path) -> None:
    """Practice wisdom has no author and year."""
    before, _, after = CARD.partition("source:\n")
    _, _, after = after.partition("kind: article\n")
    (folder / "practices" / "say-why.md").write_text(f"{before}source: practice wisdom\n{after}")
    assert load_knowledge(folder).practices["say-why"].source == "practice wisdom"


@pytest.mark.parametrize(
    ("old", "new", "problem"),
    [
        ('title: "Say why"\n', "", "title: Field required"),
        ('title: "Say why"', "title: ' '", "title: String should have at least 1 character"),
        ("id: say-why", "id: say-how", "id: is say-how, which is not the name of the file"),
        ("creating_clarity", "clarity", "fundamental: Input should be 'developing_talent'"),
        ("[giving_reasons]", "[giving_raisins]", "behaviours: giving_raisins is no behaviour"),
        ("[giving_reasons]", "[]", "behaviours: Tuple should have at least 1 item"),
        ("[gap, unseen]", "[gap, whatever]", "for.1: Input should be 'gap', 'strength' or 'unseen'"),
        ("minutes: 10", "minutes: 0", "minutes: Input should be greater than or equal to 1"),
        ("minutes: 10", "minutes: 10\ncolour: red", "colour: Extra inputs are not permitted"),
        ("year: 1976", "year: long ago", "source.details.year: Input should be a valid integer"),
        ("source:\n", "source: []\nwas:\n", "source.details: Input should be a valid dictionary"),
        ("minutes: 10", "minutes: [", ": is not YAML: "),
        ("## Traps", "## Pitfalls", "Pitfalls: is no heading of a card"),
        ("## Traps", "## Pitfalls", "Traps: is missing or empty"),
        ("Because it matters.", "", "Words to say: is missing or empty"),
        ("## Traps", "## Words to say", "Words to say: is there twice"),
        ("## What it is", "Hello\n\n## What it is", ": there is text before the first heading"),
        ("---\nid", "id", ": does not begin with front matter"),
    ],
)
def test_a_mistake_in_a_card_is_named_with_its_file_and_field(folder: Path, old: str, new: str, problem: str) -> None:
    """Whoever wrote the card can find the place."""
    assert old in CARD
    (folder / "practices" / "say-why.md").write_text(CARD.replace(old, new, 1))
    separator = "" if problem.startswith(":") else ", "
    assert any(found.startswith(f"- practices/say-why.md{separator}{problem}") for found in problems(folder))


TWICE = BEHAVIOURS + BEHAVIOURS.replace("creating_clarity", "building_trust")
TRUST = "fundamentals/building_trust.md"


@pytest.mark.parametrize(
    ("name", "text", "problem"),
    [
        ("behaviours.yaml", "clarity: {}", "behaviours.yaml, clarity.[key]: Input should be 'developing_talent'"),
        ("behaviours.yaml", "creating_clarity: {x: {does: y}}", "behaviours.yaml, creating_clarity.x.doing: Field"),
        ("behaviours.yaml", TWICE, "behaviours.yaml, giving_reasons: is under creating_clarity and building_trust"),
        ("behaviours.yaml", "", "behaviours.yaml: Input should be a valid dictionary"),
        ("examples.yaml", "other: {there: [x]}", "examples.yaml, other: is no behaviour of behaviours.yaml"),
        ("examples.yaml", "giving_reasons: {there: x}", "examples.yaml, giving_reasons.there: Input should be a"),
        (TRUST, "---\nname: trust\n---\n", f"{TRUST}, order: Field required"),
        (TRUST, "---\nname: trust\n---\n", "fundamentals: there is no page of building_trust"),
    ],
)
def test_a_mistake_in_another_file_is_named_too(folder: Path, name: str, text: str, problem: str) -> None:
    """Behaviours, examples and pages are checked like the cards."""
    (folder / name).write_text(text)
    assert any(found.startswith(f"- {problem}") for found in problems(folder))


def test_all_mistakes_are_named_at_once(folder: Path) -> None:
    """One run tells everything there is to mend, also what cannot be read at all."""
    (folder / "practices" / "say-why.md").write_text(CARD.replace("minutes: 10\n", ""))
    (folder / "practices" / "broken.md").write_bytes(b"\xff\xfe")
    (folder / "examples.yaml").unlink()
    assert problems(folder) == [
        "- examples.yaml: cannot be read (No such file or directory)",
        "- practices/broken.md: is not UTF-8 text",
        "- practices/say-why.md, minutes: Field required",
    ]


def test_a_folder_that_is_not_there_is_named(tmp_path: Path) -> None:
    """A wrong setting is told by the files that are not found."""
    assert "- behaviours.yaml: cannot be read (No such file or directory)" in problems(tmp_path / "nowhere")


def test_the_projects_own_knowledge_has_examples_and_pages_for_everything(own: Knowledge) -> None:
    """Each behaviour is shown both there and missing, and the four fundamentals have a page each."""
    lacking = [b.id for b in own.behaviours.values() if not b.there or not b.missing]
    assert lacking == []
    assert [page.name for page in own.fundamentals] == list(Fundamental)


def test_each_behaviour_has_a_card_for_a_gap(own: Knowledge) -> None:
    """Whatever a team misses, there is something a manager can do about it."""
    covered = {behaviour for card in own.practices.values() if "gap" in card.uses for behaviour in card.behaviours}
    assert sorted(own.behaviours.keys() - covered) == []


LEANING = re.compile(
    r"\b(better|worse|more|less|fewer|improv\w*|enough|finally|good|bad|well|lack\w*|still|clear\w*|fair\w*|right|wrong)\b"
)


def test_each_behaviour_has_a_question_of_its_own_that_leads_nobody(own: Knowledge) -> None:
    """No two ask the same, and none tells by its words whether something was missing, or is hoped for.

    Where a behaviour is named after something good or bad, as bad news, the question may name the thing itself.
    """
    questions = {behaviour.id: behaviour.change_question for behaviour in own.behaviours.values()}
    assert len(set(questions.values())) == len(own.behaviours)
    things = {"bad_news", "strengths", "recognition"}
    leaning = {id_: LEANING.findall(q) for id_, q in questions.items() if id_ not in things and LEANING.search(q)}
    assert leaning == {}
    assert all(q.startswith("Have you noticed any change in ") and q.count("?") == 1 for q in questions.values())


PLAIN_ENGLISH = 60.0


def reading_ease(text: str) -> float:
    """Flesch's reading ease, 0 to about 100; from 60 on a text is plain English.

    Syllables are counted by vowels. Source: Flesch 1948, "A new readability yardstick", Journal of Applied Psychology.
    """
    words = re.findall(r"[A-Za-z\u2019']+", text)
    sentences = len(re.findall(r"[.!?]+(?:\s|$)", text))
    syllables = sum(max(1, len(re.findall(r"[aeiouy]+", word.lower().removesuffix("e")))) for word in words)
    return 206.835 - 1.015 * len(words) / sentences - 84.6 * syllables / len(words)


def test_every_card_is_in_plain_english_and_begins_with_a_small_step(own: Knowledge) -> None:
    """Nobody has to read a sentence twice, and a first step takes a quarter of an hour at most."""
    texts = {
        card.id: " ".join((card.what, card.fits, card.does_not_fit, card.first_step, card.words, card.traps))
        for card in own.practices.values()
    }
    assert {id_: ease for id_, text in texts.items() if (ease := reading_ease(text)) < PLAIN_ENGLISH} == {}
    assert {card.id for card in own.practices.values() if card.minutes > 15} == set()
    assert reading_ease("Organisational accountability necessitates institutionalised transparency.") < 0
