"""What the network gets wrong in a batch, head by head; ``want`` are labels as ``train.targets`` gives them."""

from __future__ import annotations

from functools import cache

import torch
from examples import known
from network import HEADS, KINDS
from torch.nn import functional as F  # noqa: N812 - the library's own custom

WEIGHTS = {name: 1.0 if name in ("behaviour", "observation_stance") else 0.5 for name in HEADS}
UNKNOWN_KIND = len(KINDS)


def contrast(vectors: torch.Tensor, want: dict[str, torch.Tensor], temperature: float) -> torch.Tensor:
    """Supervised contrastive loss (Khosla and others 2020) over topics.

    Topics on the same behaviour in different teams are neither drawn together nor pushed apart: nobody compares them.
    """
    topic, team, behaviour = want["topic"], want["team"], want["behaviour"]
    same = (topic[:, None] == topic[None, :]).float()
    same.fill_diagonal_(0)
    left_out = (team[:, None] != team[None, :]) & (behaviour[:, None] == behaviour[None, :])
    left_out.fill_diagonal_(True)
    logits = (vectors @ vectors.T / temperature).masked_fill(left_out, -1e9)
    log_p = logits - torch.logsumexp(logits, dim=1, keepdim=True)
    has = same.sum(1) > 0
    return -((log_p * same).sum(1)[has] / same.sum(1)[has]).mean()


def kind_loss(logits: torch.Tensor, want: torch.Tensor) -> torch.Tensor:
    """Cross entropy over kinds; a clause that is neither for no stated reason only has to be no statement."""
    told = want != UNKNOWN_KIND
    log_p = F.log_softmax(logits, dim=1)
    untold = -torch.logsumexp(log_p[:, 1:], dim=1)
    exact = -log_p.gather(1, want.clamp(max=UNKNOWN_KIND - 1)[:, None]).squeeze(1)
    return torch.where(told, exact, untold).mean()


def unsigned(logits: torch.Tensor, want: dict[str, torch.Tensor]) -> torch.Tensor:
    """Log-probabilities that nothing a person says is a sign of trust, and of fear or blame, (people, 2)."""
    theirs = want["person"] >= 0
    nothing = torch.zeros_like(want["signs"])
    return nothing.index_add(0, want["person"][theirs], F.logsigmoid(-logits[theirs]))


def sign_loss(logits: torch.Tensor, want: dict[str, torch.Tensor]) -> torch.Tensor:
    """Cross entropy over people: one sign among all that a person says is enough (a noisy or; Pearl 1988)."""
    none = unsigned(logits, want).clamp(max=-1e-6)
    some = torch.log(-torch.expm1(none))
    return -torch.where(want["signs"] > 0, some, none).mean()


@cache
def areas() -> torch.Tensor:
    """The number of each behaviour's fundamental, (behaviours,)."""
    order = list(dict.fromkeys(known().values()))
    return torch.tensor([order.index(fundamental) for fundamental in known().values()])


def by_area(behaviours: torch.Tensor) -> torch.Tensor:
    """Log-probabilities of the fundamentals, (n, 4), from logits of behaviours: what is probable of any of its own."""
    log_p = F.log_softmax(behaviours, dim=1)
    return torch.stack([log_p[:, areas() == n].logsumexp(1) for n in range(4)], 1)


def loss_of(out: tuple[torch.Tensor, ...], want: dict[str, torch.Tensor]) -> torch.Tensor:
    """The sum of what each head and the space of topics got wrong."""
    vectors, *heads, signed = out
    loss = contrast(vectors, want, 0.07)
    if len(want["signs"]):
        loss = loss + sign_loss(signed, want)
    for name, logits in zip(HEADS, heads, strict=True):
        asked = want[name] != -100
        if not asked.any():
            continue
        said, truth = logits[asked], want[name][asked]
        if name.endswith("_kind"):
            lost = kind_loss(said, truth)
        else:
            lost = F.cross_entropy(said, truth, label_smoothing=0.1 if name == "behaviour" else 0.05)
        if name == "behaviour":  # a neighbour within the fundamental is the lesser mistake
            lost = lost + 0.5 * F.nll_loss(by_area(said), areas()[truth])
        if name == "observation_stance":  # that praise is not taken for a complaint matters most
            valued = said[:, 0] - said[:, 1:].logsumexp(1)
            lost = lost + 0.5 * F.binary_cross_entropy_with_logits(valued, (truth == 0).float())
        loss = loss + WEIGHTS[name] * lost
    return loss
