"""The weights in the repository are those that its corpus makes."""

import hashlib
import json
import sys
from pathlib import Path
from types import ModuleType

ROOT = Path(__file__).resolve().parents[2]
WEIGHTS = ROOT / "assistant" / "engines" / "embedded" / "weights"


def test_the_weights_were_made_from_this_corpus_and_these_behaviours(monkeypatch) -> None:
    """Whoever changes a sentence or a behaviour trains anew, or the card tells the wrong story."""
    monkeypatch.setattr(sys, "path", [str(ROOT / "training"), *sys.path])
    from corpus import behaviours, digest

    card = json.loads((WEIGHTS / "model.json").read_text())
    assert card["corpus_sha256"] == digest()
    assert card["behaviours"] == list(behaviours(ROOT / "knowledge" / "behaviours.yaml"))


def test_the_card_describes_the_weights_beside_it() -> None:
    """The digest in the card is that of the file, and the file is small enough to live in a repository."""
    card = json.loads((WEIGHTS / "model.json").read_text())
    weights = (WEIGHTS / "model.onnx").read_bytes()
    assert card["sha256"] == hashlib.sha256(weights).hexdigest()
    assert len(weights) < 30_000_000


def test_the_page_of_figures_is_about_these_weights(comparison_page: ModuleType) -> None:
    """Whoever makes other weights measures them; the page is what the figures make, word for word."""
    figures = json.loads((ROOT / "benchmarks" / "comparison" / "figures.json").read_text())
    card = json.loads((WEIGHTS / "model.json").read_text())
    assert figures["engine"] == f"embedded:{card['version']}-{card['sha256'][:8]}"
    assert (ROOT / "docs" / "comparison.md").read_text() == comparison_page.write(figures)
