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
    statements = card[: card.index("| file of rounds |")]
    found = re.findall(r"^\| (\w+\.txt|all) \| (\d+) \| (\d+) \| (\d+) \| (\d+) \|$", statements, re.MULTILINE)
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


def test_the_counts_of_the_rounds_are_those_of_the_files(repository, card, rounds_script) -> None:
    """Rounds, topics, respondents and statements, a file."""
    known = rounds_script.behaviours(repository / "knowledge" / "behaviours.yaml")
    counts = {}
    for path in sorted((repository / "training" / "rounds").glob("*.txt")):
        rounds = rounds_script.read(path, known)
        said = sum(len(talk.statements) for r in rounds for talk in r.talks)
        counts[path.name] = (
            len(rounds),
            sum(len(r.topics) for r in rounds),
            sum(len(r.feedbacks) for r in rounds),
            said,
        )
    table = card[card.index("| file of rounds |") :]
    found = re.findall(r"^\| (\w+\.txt) \| (\d+) \| (\d+) \| (\d+) \| (\d+) \|$", table, re.MULTILINE)
    assert {name: tuple(map(int, numbers)) for name, *numbers in found} == counts


def test_the_example_round_can_be_read(repository, card, rounds_script, tmp_path) -> None:
    """Marks become places in the plain words, and what is outside of them belongs to nobody."""
    example = tmp_path / "example.txt"
    example.write_text(re.search(r"```text\n(=== .*?)```", card, re.DOTALL)[1], encoding="utf-8")
    known = rounds_script.behaviours(repository / "knowledge" / "behaviours.yaml")
    (round_,) = rounds_script.read(example, known)
    claim, observation = (talk.statements[0] for talk in round_.talks)
    assert round_.reflections[0].text(claim) == "If the plan changes I tell them what is behind it"
    assert round_.reflections[0].messages[0].startswith("Well. If the plan")
    assert (observation.topic, observation.stance, observation.signal) == ("t1", "missing", "fear")


@pytest.mark.parametrize(
    ("line", "problem"),
    [
        ("U: {t9 valued: x}", "unknown topic t9"),
        ("U: {t1 does: x}", "none of"),
        ("U: {t1 valued joy: x}", "labels not understood"),
        ("U: {t1 valued x", "a mark that cannot be read"),
        ("Hello", "no heading, topic or message"),
    ],
)
def test_a_line_of_a_round_that_is_wrong_is_named(repository, rounds_script, tmp_path, line, problem) -> None:
    """With its file and number."""
    path = tmp_path / "wrong.txt"
    path.write_text(f"=== a | b | c\n# topics\nt1 | listening | x\n# feedback m1\n{line}\n", encoding="utf-8")
    known = rounds_script.behaviours(repository / "knowledge" / "behaviours.yaml")
    with pytest.raises(rounds_script.RoundProblem, match=rf"wrong\.txt:5: .*{problem}"):
        rounds_script.read(path, known)


def _counts(teams: list) -> tuple[int, ...]:
    topics = [topic for team in teams for topic in team.topics]
    return (
        len(teams),
        len(topics),
        sum(len(topic.statements) for topic in topics),
        sum(len(team.neither) for team in teams),
    )
