"""The network that reads questions, as it is trained: a layer over the model's words, and a small network behind it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import torch
from numpy.typing import NDArray
from torch import nn
from torch.nn import functional as F  # noqa: N812 - the library's own custom

from assistant.engines.embedded.model import Matrix
from assistant.engines.embedded.question_layer import HEADS, LOOKS, QUIET

SIZE = 384
HIDDEN = 256
TURNS = 7
AT_ONCE = 64
TOGETHER = 10
"""Batches whose questions are sorted by length together."""

PACE = {"layer": 3e-4, "rest": 2e-3}
DECAY = {"layer": 0.01, "rest": 0.05}
RISE, LEAST_PACE = 0.1, 0.02
POOLED_LOUD = 0.5
SPOKEN_LOUD = 5.0
LEFT_OUT = {"pooled": 0.1, "features": 0.1, "hidden": 0.3, "words": 0.2}
"""How much of each is left out at random while learning."""

SOFTENED = 0.05
"""How much of each label is spread over all values of its part."""


@dataclass(frozen=True)
class Given:
    """What is known of n questions: ``halfway`` words (w, 384) of each, ``scaled`` (n, f), ``spoken`` (n, v)."""

    halfway: Sequence[torch.Tensor]
    scaled: torch.Tensor
    spoken: torch.Tensor

    def of(self, some: NDArray[np.int64]) -> Given:
        """The same of some questions."""
        return Given([self.halfway[n] for n in some], self.scaled[some], self.spoken[some])

    def padded(self, some: NDArray[np.int64]) -> tuple[torch.Tensor, torch.Tensor]:
        """The words of some questions (k, longest, 384), and where there are any (k, longest)."""
        rows = [self.halfway[n] for n in some]
        words = nn.utils.rnn.pad_sequence(rows, batch_first=True)
        lengths = torch.tensor([len(row) for row in rows])
        return words, torch.arange(words.shape[1])[None, :] < lengths[:, None]


class LayerOverWords(nn.Module):
    """:class:`assistant.engines.embedded.question_layer.Layer`, with the names it has there."""

    def __init__(self, begun: nn.Module) -> None:
        """Begins as a layer of the base encoder."""
        super().__init__()
        heads, middle = begun.attention, begun.intermediate
        asked = (heads.self.query, heads.self.key, heads.self.value)
        norms = (heads.output.LayerNorm, begun.output.LayerNorm)
        self.attend = _learned(torch.cat([one.weight.T for one in asked], 1))
        self.attend_by = _learned(torch.cat([one.bias for one in asked]))
        self.join, self.join_by = _learned(heads.output.dense.weight.T), _learned(heads.output.dense.bias)
        self.widen, self.widen_by = _learned(middle.dense.weight.T), _learned(middle.dense.bias)
        self.narrow, self.narrow_by = _learned(begun.output.dense.weight.T), _learned(begun.output.dense.bias)
        self.gain = _learned(torch.stack([norm.weight for norm in norms]))
        self.shift = _learned(torch.stack([norm.bias for norm in norms]))
        self.look = _learned(torch.randn(SIZE, LOOKS) * SIZE**-0.5)
        self.pooled_gain = _learned(torch.full((3 * SIZE,), POOLED_LOUD))
        self.pooled_shift = _learned(torch.zeros(3 * SIZE))

    def forward(self, words: torch.Tensor, there: torch.Tensor) -> torch.Tensor:
        """Questions pooled (k, 3 * 384) from padded words (k, longest, 384)."""
        shape = (*words.shape[:2], 3, HEADS, SIZE // HEADS)
        query, key, value = (words @ self.attend + self.attend_by).view(shape).permute(2, 0, 3, 1, 4)
        taken = F.scaled_dot_product_attention(query, key, value, attn_mask=there[:, None, None, :])
        joined = taken.transpose(1, 2).flatten(2) @ self.join + self.join_by
        seen = F.layer_norm(words + joined, (SIZE,), self.gain[0], self.shift[0], QUIET)
        wide = F.gelu(seen @ self.widen + self.widen_by, approximate="tanh")
        seen = F.layer_norm(seen + wide @ self.narrow + self.narrow_by, (SIZE,), self.gain[1], self.shift[1], QUIET)
        absent = ~there[:, :, None]
        mean = seen.masked_fill(absent, 0).sum(1) / there.sum(1, keepdim=True)
        share = (seen @ self.look).masked_fill(absent, -1e4).softmax(1)
        looked = (seen.unflatten(-1, (LOOKS, -1)) * share[..., None]).sum(1).flatten(1)
        views = torch.cat([mean, seen.masked_fill(absent, -1e4).amax(1), looked], 1)
        return F.layer_norm(views, (3 * SIZE,), self.pooled_gain, self.pooled_shift, QUIET)


class Reading(nn.Module):
    """:class:`assistant.engines.embedded.question_reader.Learned`, with the names it has there."""

    def __init__(self, begun: nn.Module, given: Given, outcomes: int) -> None:
        super().__init__()
        self.layer = LayerOverWords(begun)
        wide = 3 * SIZE + given.scaled.shape[1]
        self.hidden = _learned(torch.empty(wide, HIDDEN).uniform_(-(wide**-0.5), wide**-0.5))
        self.threshold = _learned(torch.zeros(HIDDEN))
        self.out = _learned(torch.empty(HIDDEN, outcomes).uniform_(-(HIDDEN**-0.5), HIDDEN**-0.5))
        self.spoken = _learned(torch.zeros(given.spoken.shape[1], outcomes))
        self.share = _learned(torch.zeros(outcomes))

    def forward(self, given: Given, some: NDArray[np.int64]) -> torch.Tensor:
        """The outcomes (k, o) of some questions."""
        pooled = self._thinned(self.layer(*given.padded(some)), "pooled")
        known = torch.cat([pooled, self._thinned(given.scaled[some], "features")], 1)
        hidden = self._thinned(F.relu(known @ self.hidden + self.threshold), "hidden")
        return hidden @ self.out + SPOKEN_LOUD * self._thinned(given.spoken[some], "words") @ self.spoken + self.share

    def _thinned(self, values: torch.Tensor, what: str) -> torch.Tensor:
        return F.dropout(values, LEFT_OUT[what], self.training)


def learn(begun: nn.Module, given: Given, right: NDArray[np.int64], places: Mapping[str, slice], seed: int) -> Reading:
    """Fit the network to questions by AdamW; ``right`` (n, parts) are their values, -100 where nobody told one."""
    torch.manual_seed(seed)
    draw, wanted = np.random.default_rng(seed), torch.tensor(right)
    reading = Reading(begun, given, max(place.stop for place in places.values()))
    of = {"layer": list(reading.layer.parameters())}
    of["rest"] = [one for name, one in reading.named_parameters() if not name.startswith("layer.")]
    optimiser = torch.optim.AdamW([{"params": of[name], "weight_decay": DECAY[name]} for name in PACE])
    steps = [some for _ in range(TURNS) for some in _batches(given, draw)]
    reading.train()
    for step, some in enumerate(steps):
        for group, pace in zip(optimiser.param_groups, PACE.values(), strict=True):
            group["lr"] = pace * _heat(step / len(steps))
        outcomes = reading(given, some)
        lost = [
            F.cross_entropy(outcomes[:, place], wanted[some, n], label_smoothing=SOFTENED)
            for n, place in enumerate(places.values())
            if (right[some, n] >= 0).any()
        ]
        optimiser.zero_grad()
        torch.stack(lost).sum().backward()
        nn.utils.clip_grad_norm_(reading.parameters(), 1.0)
        optimiser.step()
    return reading.eval()


def foretold(reading: Reading, given: Given) -> Matrix:
    """The outcomes of all questions, (n, o)."""
    parts = np.array_split(np.arange(len(given.halfway)), max(1, len(given.halfway) // 256))
    with torch.no_grad():
        return np.asarray(torch.cat([reading(given, some) for some in parts]).numpy())


def _learned(begun: torch.Tensor) -> nn.Parameter:
    return nn.Parameter(begun.detach().clone().contiguous())


def _batches(given: Given, draw: np.random.Generator) -> list[NDArray[np.int64]]:
    """All questions in batches of like lengths, in an order of chance."""
    order = draw.permutation(len(given.halfway))
    made = []
    for start in range(0, len(order), AT_ONCE * TOGETHER):
        some = sorted(order[start : start + AT_ONCE * TOGETHER], key=lambda n: len(given.halfway[n]))
        made += [np.array(some[at : at + AT_ONCE]) for at in range(0, len(some), AT_ONCE)]
    return [made[n] for n in draw.permutation(len(made))]


def _heat(done: float) -> float:
    """The share of the full pace when this share of the learning is done."""
    return min(1.0, done / RISE) * max(LEAST_PACE, 1 - done)
