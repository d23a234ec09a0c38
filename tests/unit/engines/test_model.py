"""The trained model: loading, shapes, and what it does not depend on."""

import json
import shutil
from pathlib import Path

import numpy as np
import pytest

from assistant.domain.errors import Broken
from assistant.engines.embedded.model import WEIGHTS, LanguageModel

TEXTS = [
    "She explains why plans change.",
    "He shouts at people in front of everybody when something goes wrong on the night shift.",
    "We wait for weeks.",
    "Thanks",
    "",
]


@pytest.fixture(scope="module")
def model() -> LanguageModel:
    return LanguageModel.load()


@pytest.fixture
def weights(tmp_path: Path) -> Path:
    """A copy of the weights that may be damaged."""
    return Path(shutil.copytree(WEIGHTS, tmp_path / "weights"))


def test_it_says_which_weights_it_runs(model):
    """The version goes into every report, and changes with the weights."""
    card = json.loads((WEIGHTS / "model.json").read_text())
    assert model.version == f"{card['version']}-{card['sha256'][:8]}"


@pytest.mark.parametrize("place", [0, 1_000, -1])
def test_weights_with_one_flipped_bit_are_refused(weights, place):
    """They would still load, and read something else."""
    damaged = bytearray((weights / "model.onnx").read_bytes())
    damaged[place] ^= 1
    (weights / "model.onnx").write_bytes(damaged)
    with pytest.raises(Broken, match="damaged"):
        LanguageModel.load(weights)


@pytest.mark.parametrize("name", ["model.onnx", "model.json", "tokenizer.json"])
def test_a_missing_file_is_named_with_what_to_do(weights, name):
    """The operator is told to install again."""
    (weights / name).unlink()
    with pytest.raises(Broken, match="Install Value Loop again"):
        LanguageModel.load(weights)


@pytest.mark.parametrize("name", ["model.onnx", "model.json", "tokenizer.json"])
def test_a_file_that_was_cut_off_is_refused(weights, name):
    """As after a disk that was full."""
    whole = (weights / name).read_bytes()
    (weights / name).write_bytes(whole[: len(whole) // 2])
    with pytest.raises(Broken):
        LanguageModel.load(weights)


def test_a_card_without_what_is_needed_is_refused(weights):
    """Weights of another program in the same place are no weights."""
    (weights / "model.json").write_text("{}")
    with pytest.raises(Broken):
        LanguageModel.load(weights)


@pytest.mark.parametrize("count", [0, 1, 40])
def test_there_is_a_row_for_every_text(model, count):
    """Also for none at all."""
    seen = model.see([f"{TEXTS[n % 5]} {n}" for n in range(count)])
    labels = model.labels
    assert seen.vectors.shape[0] == count
    assert seen.behaviours.shape == (count, len(labels.behaviours))
    assert seen.claim_kinds.shape == seen.observation_kinds.shape == (count, len(labels.kinds))
    assert seen.claim_stances.shape == (count, len(labels.claim_stances))
    assert seen.observation_stances.shape == (count, len(labels.observation_stances))
    assert seen.signals.shape == (count, len(labels.signals))


def test_vectors_have_length_1_and_heads_give_probabilities(model):
    """Also for an empty text."""
    seen = model.see(TEXTS)
    assert np.allclose(np.linalg.norm(seen.vectors, axis=1), 1, atol=1e-4)
    for head in (seen.behaviours, seen.claim_kinds, seen.observation_stances, seen.signals):
        assert np.allclose(head.sum(axis=1), 1, atol=1e-4)
        assert (head >= 0).all()


def test_rows_are_in_the_order_of_the_texts(model):
    """A text comes back where it was."""
    order = [3, 0, 4, 2, 1]
    straight, shuffled = model.see(TEXTS), model.see([TEXTS[i] for i in order])
    assert np.allclose(shuffled.vectors, straight.vectors[order], atol=1e-5)
    assert np.allclose(shuffled.behaviours, straight.behaviours[order], atol=1e-5)


def test_a_text_is_seen_the_same_alone_and_among_others(model):
    """What is read in one person's sentence does not depend on who else spoke: two fresh models agree to the bit."""
    among = LanguageModel.load().see(TEXTS)
    for row, text in enumerate(TEXTS):
        alone = model.see([text])
        assert np.array_equal(alone.vectors[0], among.vectors[row])
        assert np.array_equal(alone.behaviours[0], among.behaviours[row])


def test_a_text_of_any_length_is_seen(model):
    """What goes beyond the longest sentence is left out and does not fail."""
    assert model.see(["word " * 20_000]).vectors.shape == (1, 384)
