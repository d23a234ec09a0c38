"""Our encoder: as it comes, and fine-tuned to match arguments with key points."""

from __future__ import annotations

import copy
import random
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from matching_data import Debate, Numbers
from network import Network, load_base, tokenise
from torch import nn
from torch.nn import functional as F  # noqa: N812 - the library's own custom


@dataclass(frozen=True, slots=True)
class Settings:
    """How the encoder is fine-tuned; chosen on dev and on topics of train that were held out."""

    passes: int = 2
    rate: float = 2e-4
    frozen: int = 2
    debates: int = 4
    arguments: int = 16
    scale: float = 10.0
    temperature: float = 0.07
    alike: float = 0.5


class Matcher:
    """The branch of the network that tells topics apart: texts in, vectors of unit length out.

    The output of the lowest layers, which stay as they come, is computed once for each text.
    """

    def __init__(self, weights: Path | None, frozen: int) -> None:
        encoder, self._tokenizer = load_base()
        state = torch.load(weights) if weights else {}
        self.network = Network(encoder, len(state["behaviour.bias"]) if state else 1)
        if state:
            self.network.load_state_dict(state)
        self._frozen = frozen
        self._lowest: dict[str, torch.Tensor] = {}

    def copy(self) -> Matcher:
        """One to train further, with the same lowest layers."""
        made = copy.copy(self)
        made.network = copy.deepcopy(self.network)
        return made

    def prepare(self, texts: Sequence[str]) -> None:
        """Run the lowest layers over texts that are not known yet."""
        new = sorted(set(texts) - self._lowest.keys(), key=len)
        self.network.eval()
        with torch.no_grad(), torch.autocast("cpu", dtype=torch.bfloat16):
            for at in range(0, len(new), 64):
                ids, mask = tokenise(self._tokenizer, new[at : at + 64])
                hidden = self.network.lower(ids, mask, self._frozen).to(torch.bfloat16)
                for text, row, length in zip(new[at : at + 64], hidden, mask.sum(1).tolist(), strict=True):
                    self._lowest[text] = row[:length].clone()

    def trained(self) -> list[nn.Parameter]:
        """What fine-tuning changes."""
        layers = self.network.encoder.encoder.layer[self._frozen :]
        return [*layers.parameters(), *self.network.space.parameters()]

    def vectors(self, texts: Sequence[str]) -> torch.Tensor:
        """Vectors of prepared texts, (texts, 384), computed in parts of like length."""
        order = sorted(range(len(texts)), key=lambda n: len(self._lowest[texts[n]]))
        parts = []
        for at in range(0, len(order), 32):
            rows = [self._lowest[texts[n]].float() for n in order[at : at + 32]]
            hidden = nn.utils.rnn.pad_sequence(rows, batch_first=True)
            mask = torch.tensor([[1] * len(r) + [0] * (hidden.shape[1] - len(r)) for r in rows])
            with torch.autocast("cpu", dtype=torch.bfloat16):
                parts.append(self._upper(hidden, mask))
        return torch.cat(parts)[torch.tensor(np.argsort(order))]

    def _upper(self, hidden: torch.Tensor, mask: torch.Tensor) -> torch.Tensor:
        wide = (1.0 - mask[:, None, None, :].to(hidden.dtype)) * -1e9
        for layer in self.network.encoder.encoder.layer[self._frozen :]:
            out = layer(hidden, wide)
            hidden = out[0] if isinstance(out, tuple) else out
        weight = mask.unsqueeze(-1).to(hidden.dtype)
        mean = F.normalize((hidden * weight).sum(1) / weight.sum(1), dim=-1)
        return F.normalize(self.network.space(mean).float(), dim=-1)

    def encode(self, texts: Sequence[str]) -> Numbers:
        """Vectors without dropout or gradients, (texts, 384)."""
        self.prepare(texts)
        self.network.eval()
        with torch.no_grad():
            return self.vectors(texts).double().numpy()


def fine_tune(start: Matcher, debates: Sequence[Debate], settings: Settings, seed: int) -> Matcher:
    """A copy of the encoder that has learned from the labelled pairs of these debates.

    Each text of a step is encoded once; the loss of a step is the mean over its debates.
    """
    torch.manual_seed(seed)
    rng = random.Random(seed)  # noqa: S311 - for shuffling only
    matcher = start.copy()
    matcher.prepare([text for debate in debates for text in (*debate.arguments, *debate.key_points)])
    sure = nn.Parameter(torch.tensor([settings.scale, -settings.scale / 2]))
    trained = matcher.trained()
    rates = [settings.rate, 0.1]
    optimiser = torch.optim.AdamW(
        [{"params": trained, "lr": rates[0]}, {"params": [sure], "lr": rates[1], "weight_decay": 0.0}],
        weight_decay=0.01,
    )
    batches = [batch for _ in range(settings.passes) for batch in _batches(debates, settings, rng)]
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimiser, rates, total_steps=len(batches) + 1, pct_start=0.1)
    matcher.network.train()
    for batch in batches:
        texts = [text for debate in batch for text in (*debate.arguments, *debate.key_points)]
        sizes = [size for debate in batch for size in debate.labels.shape]
        parts = matcher.vectors(texts).split(sizes)
        losses = [
            _loss(said, points, torch.tensor(debate.labels), sure, settings)
            for said, points, debate in zip(parts[::2], parts[1::2], batch, strict=True)
        ]
        optimiser.zero_grad()
        torch.stack(losses).mean().backward()
        nn.utils.clip_grad_norm_(trained, 1.0)
        optimiser.step()
        schedule.step()
    return matcher


def _batches(debates: Sequence[Debate], settings: Settings, rng: random.Random) -> list[list[Debate]]:
    """All arguments that are labelled once, a few of a debate together, several debates a batch."""
    parts = []
    for debate in debates:
        labelled = np.flatnonzero((~np.isnan(debate.labels)).any(1)).tolist()
        rng.shuffle(labelled)
        count = max(1, round(len(labelled) / settings.arguments))
        for n in range(count):
            rows = labelled[n::count]
            some = [debate.arguments[row] for row in rows]
            parts.append(Debate(debate.topic, some, debate.key_points, debate.labels[rows]))
    rng.shuffle(parts)
    return [parts[at : at + settings.debates] for at in range(0, len(parts), settings.debates)]


def _loss(
    said: torch.Tensor, points: torch.Tensor, labels: torch.Tensor, sure: torch.Tensor, settings: Settings
) -> torch.Tensor:
    """What a debate's vectors, (arguments, 384) and (key points, 384), get wrong; undecided pairs are left out.

    Three parts: is each pair a match (logistic, with a learned scale and bias of the cosine); which of the key points
    (softmax with several right ones); and, at the weight ``alike``, arguments that share a key point against the others
    (supervised contrastive loss, Khosla and others 2020).
    """
    near = said @ points.T
    told = ~torch.isnan(labels)
    match = torch.nan_to_num(labels).to(near.dtype)
    loss = F.binary_cross_entropy_with_logits((sure[0] * near + sure[1])[told], match[told])
    logits = (near / settings.temperature).masked_fill(~told, -1e9)
    some = match.sum(1) > 0
    if some.any():
        right = logits[some].masked_fill(match[some] == 0, -1e9)
        loss = loss + (logits[some].logsumexp(1) - right.logsumexp(1)).mean()
    same = (match @ match.T > 0).to(near.dtype).fill_diagonal_(0)
    paired = same.sum(1) > 0
    if paired.any():
        itself = torch.eye(len(said), dtype=torch.bool)
        log_p = (said @ said.T / settings.temperature).masked_fill(itself, -1e9).log_softmax(1)
        loss = loss - settings.alike * ((log_p * same).sum(1)[paired] / same.sum(1)[paired]).mean()
    return loss
