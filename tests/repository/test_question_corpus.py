"""The questions that the reader of questions learned from."""

import json
import re
import sys
from pathlib import Path
from types import ModuleType

import numpy as np
import pytest

from assistant.domain.inquiry import Change, Comparison, Measure, Order, Query
from assistant.domain.words import GAPS, FindingKind, Fundamental
from assistant.engines.embedded.question_reader import LEARNED, PARTS


@pytest.fixture
def asked_before(repository: Path, monkeypatch) -> ModuleType:
    """``training/asked_before.py``, which makes examples of the questions of the benchmark."""
    monkeypatch.setattr(sys, "path", [str(repository / "training"), *sys.path])
    import asked_before

    return asked_before


@pytest.mark.usefixtures("asked_before")
def test_the_reader_learned_from_these_questions() -> None:
    """Whoever changes one, or adds one to those that rules are built from, trains anew."""
    from questions import digest

    with np.load(LEARNED) as kept:
        assert json.loads(str(kept["card"]))["corpus"] == digest()


def test_the_counts_of_each_file_are_those_of_the_card(repository, asked_before) -> None:
    """A line of the table for each file, and one for the questions of the benchmark."""
    card = (repository / "training" / "README.md").read_text(encoding="utf-8")
    told = {name: int(n.replace(",", "")) for name, n in re.findall(r"^\| `(\S+\.jsonl)` \| ([\d,]+) \|", card, re.M)}
    files = (repository / "training" / "questions").glob("*.jsonl")
    counts = {file.name: len(file.read_text(encoding="utf-8").splitlines()) for file in files}
    assert told == {**counts, "benchmarks/questions/development.jsonl": len(asked_before.asked_before())}


def test_no_question_of_the_benchmark_is_learned_with_a_name(asked_before) -> None:
    """Neither of a manager nor of a team, though a team's name stays where it is a word for something else."""
    texts = [text for text, _ in asked_before.asked_before()]
    names = [manager.name for manager in asked_before.managers()]
    assert not [text for text in texts if any(name in text for name in names)]
    assert "How is the team doing?" in texts
    assert "Which claims went unnoticed?" in texts


@pytest.mark.parametrize(
    ("query", "told"),
    [
        (Query(Measure.CLIMATE), {"aim": "climate"}),
        (Query(Measure.FINDINGS, kinds=tuple(FindingKind)), {"aim": "overview"}),
        (Query(Measure.FINDINGS, kinds=tuple(k for k in FindingKind if k in GAPS)), {"aim": "gaps"}),
        (Query(Measure.FINDINGS, behaviours=("listening",), why=True), {"behaviour": "listening", "why": "yes"}),
        (Query(Measure.FINDINGS, order=Order.SPREAD), {"aim": "on_topic", "order": "spread"}),
        (
            Query(Measure.FINDINGS, comparison=Comparison.ROUNDS, change=Change.WORSE),
            {"comparison": "rounds", "change": "worse"},
        ),
    ],
)
def test_a_query_tells_the_parts_of_its_question(asked_before, query, told) -> None:
    """What it says nothing of is none."""
    nothing = dict.fromkeys(PARTS, "none") | {"aim": "on_topic"}
    assert asked_before.values(query) == nothing | told


def test_what_the_reader_cannot_tell_is_not_learned(asked_before) -> None:
    """Two fundamentals at once, and how a climate changed, which a query does not say."""
    both = asked_before.values(Query(Measure.ALIGNMENT, fundamentals=tuple(Fundamental)[:2]))
    changed = asked_before.values(Query(Measure.CLIMATE, comparison=Comparison.ROUNDS))
    assert set(PARTS) - set(both) == {"fundamental"}
    assert set(PARTS) - set(changed) == {"change"}
