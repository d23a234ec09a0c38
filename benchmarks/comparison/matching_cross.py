"""A cross-encoder that reads an argument and a key point together, fine-tuned to tell whether they match."""

from __future__ import annotations

import math
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import torch
from matching_data import Debate, Numbers
from network import load_base, through
from torch import nn
from torch.nn import functional as F  # noqa: N812 - the library's own custom

TOGETHER = 64
"""Pairs that are read at once where nothing is learned."""


@dataclass(frozen=True, slots=True)
class Careful:
    """How the cross-encoder is fine-tuned; its head learns ``steeper`` times as fast as the rest."""

    passes: int = 3
    rate: float = 1e-4
    steeper: float = 10.0
    arguments: int = 8
    longest: int = 96
    dropout: float = 0.1


class CrossEncoder:
    """The base encoder over both texts at once, mean pooled, with one number for a pair."""

    def __init__(self, settings: Careful) -> None:
        self.encoder, self._tokenizer = load_base()
        self._tokenizer.enable_truncation(settings.longest)
        self.head = nn.Linear(self.encoder.config.hidden_size, 1)
        self._dropout = nn.Dropout(settings.dropout)

    def train(self, learning: bool) -> None:
        """Whether dropout is on."""
        for part in (self.encoder, self._dropout):
            part.train(learning)

    def matches(self, pairs: Sequence[tuple[str, str]]) -> torch.Tensor:
        """Log-odds that each key point matches its argument, (pairs,)."""
        read = self._tokenizer.encode_batch(list(pairs))
        ids, mask, sides = (torch.tensor([getattr(e, n) for e in read]) for n in ("ids", "attention_mask", "type_ids"))
        with torch.autocast("cpu", dtype=torch.bfloat16):
            begun = self.encoder.embeddings(input_ids=ids, token_type_ids=sides)
            hidden = through(self.encoder.encoder.layer, begun, mask).float()
        weight = mask.unsqueeze(-1).float()
        mean = (hidden * weight).sum(1) / weight.sum(1)
        return torch.as_tensor(self.head(self._dropout(mean)).squeeze(-1))

    def score(self, debate: Debate) -> Numbers:
        """Log-odds of each pair of a debate, (arguments, key points)."""
        places = list(np.ndindex(*debate.labels.shape))
        places.sort(key=lambda place: len(debate.arguments[place[0]]))
        made = np.zeros(debate.labels.shape)
        self.train(False)
        with torch.no_grad():
            for at in range(0, len(places), TOGETHER):
                some = places[at : at + TOGETHER]
                found = self.matches([(debate.key_points[k], debate.arguments[a]) for a, k in some])
                for place, value in zip(some, found.tolist(), strict=True):
                    made[place] = value
        return made


def fine_tune_cross(debates: Sequence[Debate], settings: Careful, seed: int) -> CrossEncoder:
    """A cross-encoder that has learned from the labelled pairs of these debates."""
    torch.manual_seed(seed)
    rng = random.Random(seed)  # noqa: S311 - for shuffling only
    made = CrossEncoder(settings)
    made.train(True)
    rates = [settings.rate, settings.rate * settings.steeper]
    body, head = list(made.encoder.parameters()), list(made.head.parameters())
    optimiser = torch.optim.AdamW([{"params": body}, {"params": head}], lr=settings.rate, weight_decay=0.01)
    batches = [batch for _ in range(settings.passes) for batch in _batches(debates, settings, rng)]
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimiser, rates, total_steps=len(batches) + 1, pct_start=0.1)
    for batch in batches:
        labels = [labels for _, labels in batch]
        found = made.matches([pair for pairs, _ in batch for pair in pairs]).split([len(one) for one in labels])
        optimiser.zero_grad()
        _loss(found, labels).backward()
        nn.utils.clip_grad_norm_([*body, *head], 1.0)
        optimiser.step()
        schedule.step()
    return made


Labelled = tuple[list[tuple[str, str]], torch.Tensor]
"""The labelled pairs of one argument, and their labels."""


def _batches(debates: Sequence[Debate], settings: Careful, rng: random.Random) -> list[list[Labelled]]:
    """All arguments that are labelled, a few a batch, each with all its key points."""
    some = [one for debate in debates for one in _labelled(debate)]
    rng.shuffle(some)
    count = math.ceil(len(some) / settings.arguments)
    return [some[n::count] for n in range(count)]


def _labelled(debate: Debate) -> Iterator[Labelled]:
    for argument, row in zip(debate.arguments, debate.labels, strict=True):
        known = np.flatnonzero(~np.isnan(row))
        if len(known):
            pairs = [(debate.key_points[k], argument) for k in known]
            yield pairs, torch.tensor(row[known], dtype=torch.float32)


def _loss(found: Sequence[torch.Tensor], labels: Sequence[torch.Tensor]) -> torch.Tensor:
    """What is got wrong: is each pair a match (logistic), and which of an argument's key points is (softmax)."""
    loss = F.binary_cross_entropy_with_logits(torch.cat(list(found)), torch.cat(list(labels)))
    chosen = [
        odds.logsumexp(0) - odds[right > 0].logsumexp(0)
        for odds, right in zip(found, labels, strict=True)
        if right.any() and len(right) > 1
    ]
    return loss + torch.stack(chosen).sum() / len(found) if chosen else loss
