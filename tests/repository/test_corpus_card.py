"""The card of the training corpus."""

import re
from collections import Counter

import pytest


@pytest.fixture(scope="module")
def corpus(repository, corpus_script) -> dict:
    """The teams of each file."""
    known = corpus_script.behaviours(repository / "knowledge" / "behaviours.yaml")
    files = sorted((repository / "training" / "corpus").glob("*.txt"))
    return {path.name: corpus_script.read(path, known) for path in files}


@pytest.fixture(scope="module")
def card(repository) -> str:
    """The text of training/README.md."""
    return (repository / "training" / "README.md").read_text(encoding="utf-8")


def test_the_counts_of_each_file_are_those_of_the_corpus(corpus, card) -> None:
    """Teams, topics, statements and lines that are neither, a file and over all."""
    counts = {name: _counts(teams) for name, teams in corpus.items()}
    counts["all"] = tuple(map(sum, zip(*counts.values(), strict=True)))
    found = re.findall(r"^\| (\w\.txt|all) \| (\d+) \| (\d+) \| (\d+) \| (\d+) \|$", card, re.MULTILINE)
    assert {name: tuple(map(int, numbers)) for name, *numbers in found} == counts


def test_the_counts_of_each_label_are_those_of_the_corpus(corpus, card, corpus_script) -> None:
    """Stances in the table, climate signals in the sentence below it."""
    said = [s for teams in corpus.values() for team in teams for topic in team.topics for s in topic.statements]
    stances = Counter(s.stance for s in said)
    signals = Counter(s.climate for s in said if s.climate)
    assert {k: int(n) for k, n in re.findall(r"^\| ([a-z]+) \| (\d+) \|$", card, re.MULTILINE)} == stances
    assert ", ".join(f"{name} {signals[name]}" for name in corpus_script.CLIMATE_SIGNALS) in card


def test_the_example_of_the_format_can_be_read(repository, card, corpus_script, tmp_path) -> None:
    """The lines shown are taken by the same reader as the corpus."""
    example = tmp_path / "example.txt"
    example.write_text(re.search(r"```text\n(== .*?)```", card, re.DOTALL)[1], encoding="utf-8")
    known = corpus_script.behaviours(repository / "knowledge" / "behaviours.yaml")
    (team,) = corpus_script.read(example, known)
    assert _counts([team]) == (1, 1, 3, 1)


def _counts(teams: list) -> tuple[int, ...]:
    topics = [topic for team in teams for topic in team.topics]
    return (
        len(teams),
        len(topics),
        sum(len(topic.statements) for topic in topics),
        sum(len(team.neither) for team in teams),
    )
