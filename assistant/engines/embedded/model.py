"""The trained model: a small sentence encoder with its heads, run by onnxruntime."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from assistant.domain.errors import Broken
from assistant.domain.words import Alignment

if TYPE_CHECKING:
    import onnxruntime
    from tokenizers import Tokenizer

WEIGHTS = Path(__file__).resolve().parent / "weights"
REMEMBERED = 4_096
THRESHOLDS = (
    "near_typical",
    "near_spread",
    "behaviour_typical",
    "behaviour_spread",
    "same_topic",
    "pull",
    "agreement",
    "claim_sure",
    "claim_unsure",
    "observation_sure",
    "observation_unsure",
    "touches_fundamental",
)
LONGEST = 64

HEADS = (
    "behaviours",
    "claim_kinds",
    "observation_kinds",
    "claim_stances",
    "observation_stances",
    "signals",
)
OUTPUTS = ("vectors", *HEADS, "signs")
SIGNS = ("trust", "fear")

INNER = ("/layer.3/output/LayerNorm/LayerNormalization_output_0", "/Flatten_output_0")
"""What the network knows on its way, by the names in its graph: its words two layers before the end of the branch that
tells what a sentence is about, and how the sentence is said."""

_ONE_BYTE = 128
"""A length from here on takes a second byte."""

Matrix = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Sentences:
    """What the model sees in n sentences: a row each; all but ``vectors`` are probabilities.

    Shapes: vectors (n, 384) of unit length; behaviours (n, behaviours); kinds and stances per side (n, classes);
    signals (n, 5), the first for none; signs (n, 2), of trust, and of fear or blame, which do not exclude each other.
    """

    vectors: Matrix
    behaviours: Matrix
    claim_kinds: Matrix
    observation_kinds: Matrix
    claim_stances: Matrix
    observation_stances: Matrix
    signals: Matrix
    signs: Matrix


@dataclass(frozen=True, slots=True)
class Insight:
    """What the model knows of one sentence, on its way as well as at the end.

    ``vector`` (384) of unit length; ``words`` (words, 384) two layers earlier; ``manner`` (384), how it is said;
    ``logits`` (98) of all heads in their order.
    """

    vector: Matrix
    words: Matrix
    manner: Matrix
    logits: Matrix


@dataclass(frozen=True)
class Labels:
    """The names of the model's classes, and what was learned about using their probabilities on held-out teams."""

    behaviours: tuple[str, ...]
    kinds: tuple[str, ...]
    claim_stances: tuple[str, ...]
    observation_stances: tuple[str, ...]
    signals: tuple[str, ...]
    temperatures: dict[str, float]
    thresholds: dict[str, float]
    looks: dict[str, dict[str, float]]
    shares: dict[str, tuple[float, float, float]]
    usual: dict[str, dict[Alignment, float]]
    described: dict[str, tuple[float, float]]
    signed: dict[str, tuple[float, float]]


class LanguageModel:
    """Sentences in, probabilities and vectors out. Safe to call from several threads."""

    def __init__(
        self, session: onnxruntime.InferenceSession, tokenizer: Tokenizer, labels: Labels, version: str
    ) -> None:
        self._session, self._tokenizer, self.labels, self.version = session, tokenizer, labels, version
        self._row = lru_cache(REMEMBERED)(self._run)

    @classmethod
    def load(cls, folder: Path = WEIGHTS) -> LanguageModel:
        """Load the weights of the package; raises Broken where a file is missing or damaged."""
        import onnxruntime
        from tokenizers import Tokenizer

        try:
            card: dict[str, Any] = json.loads((folder / "model.json").read_text(encoding="utf-8"))
            weights = (folder / "model.onnx").read_bytes()
            vocabulary = (folder / "tokenizer.json").read_text(encoding="utf-8")
            json.loads(vocabulary)  # the tokenizer has only a bare Exception for a file that was cut off
            labels, version = _labels(card), f"{card['version']}-{card['sha256'][:8]}"
        except (OSError, ValueError, KeyError) as error:
            raise Broken(
                f"The embedded engine's weights in {folder} cannot be read. Install Value Loop again."
            ) from error
        if hashlib.sha256(weights).hexdigest() != card["sha256"]:
            raise Broken(f"The embedded engine's weights in {folder} are damaged. Install Value Loop again.")
        tokenizer = Tokenizer.from_str(vocabulary)
        tokenizer.enable_truncation(LONGEST)
        options = onnxruntime.SessionOptions()
        options.log_severity_level = 3
        options.intra_op_num_threads = 2
        session = onnxruntime.InferenceSession(
            weights + _also_given_out(INNER), options, providers=["CPUExecutionProvider"]
        )
        return cls(session, tokenizer, labels, version)

    def see(self, texts: Sequence[str]) -> Sentences:
        """Run the model over any number of texts.

        Each text is seen alone: int8 arithmetic takes its scale from all that is computed together, and what is read in
        one person's sentence must not depend on who else spoke. What was seen last is remembered.
        """
        rows = [self._row(text) for text in texts] or [self._row("")]
        columns = [np.concatenate(column) for column in zip(*rows, strict=True)]
        vectors, *logits, signs = columns if texts else [column[:0] for column in columns]
        heads = [
            _probabilities(logit, self.labels.temperatures.get(name, 1.0))
            for name, logit in zip(HEADS, logits, strict=True)
        ]
        return Sentences(*[vectors, *heads, 1 / (1 + np.exp(-signs))])

    def look_into(self, text: str) -> Insight:
        """Run the model over one text, and tell more of what it knows than it concludes."""
        vector, *logits, words, manner = (out[0] for out in self._put(text, ("vectors", *HEADS, *INNER)))
        return Insight(vector, words, manner, np.concatenate(logits))

    def _run(self, text: str) -> tuple[Matrix, ...]:
        return self._put(text, OUTPUTS)

    def _put(self, text: str, wanted: Sequence[str]) -> tuple[Matrix, ...]:
        encoded = self._tokenizer.encode(text)
        ids = np.array([encoded.ids], dtype=np.int64)
        given = {"ids": ids, "mask": np.ones_like(ids)}
        return tuple(np.asarray(out, dtype=np.float32) for out in self._session.run(list(wanted), given))


def _also_given_out(names: Sequence[str]) -> bytes:
    """What makes a network that is appended to it give out these inner values as well; it computes as before.

    Messages of Protocol Buffers that follow each other are read as one, their lists joined. This one is a model (ONNX's
    ``ModelProto``) whose graph (field 7) has nothing but outputs (12), each with nothing but a name (1).
    """
    return _field(7, b"".join(_field(12, _field(1, name.encode())) for name in names))


def _field(number: int, content: bytes) -> bytes:
    """A field of a message that is shorter than 16,384 bytes, as its tag, its length and its content."""
    length = len(content)
    size = bytes([length]) if length < _ONE_BYTE else bytes([length % _ONE_BYTE | _ONE_BYTE, length // _ONE_BYTE])
    return bytes([number << 3 | 2]) + size + content


def _labels(card: dict[str, Any]) -> Labels:
    return Labels(
        behaviours=tuple(card["behaviours"]),
        kinds=tuple(card["kinds"]),
        claim_stances=tuple(card["claim_stances"]),
        observation_stances=tuple(card["observation_stances"]),
        signals=tuple(card["signals"]),
        temperatures=card["temperatures"],
        thresholds={name: float(card["thresholds"][name]) for name in THRESHOLDS},
        looks={look: dict(card["looks"][look]) for look in ("first", "second")},
        shares={said: tuple(card["shares"][said]) for said in ("does", "gap", "none")},
        usual={
            said: {Alignment(view): share for view, share in card["usual"][said].items()} for said in ("does", "gap")
        },
        described={signal: tuple(card["described"][signal]) for signal in card["signals"][1:]},
        signed={sign: tuple(card["signed"][sign]) for sign in SIGNS},
    )


def _probabilities(logits: Matrix, temperature: float) -> Matrix:
    scaled = logits / temperature
    shifted = np.exp(scaled - scaled.max(axis=1, keepdims=True, initial=-np.inf))
    return np.asarray(shifted / shifted.sum(axis=1, keepdims=True), dtype=np.float32)
