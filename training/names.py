"""Train the tagger of people's names: one command, a fixed seed, about a quarter of an hour on two cores.

    python training/names.py

It looks at a word and three more on each side: their pieces, shapes, and how common they are. Names are faker's, in all
its locales; sentences are our own corpus and own templates. Of the names a tenth and of the templates a tenth are
kept for choosing from which probability on a word is marked, so that nothing is chosen by what is measured elsewhere.
"""

from __future__ import annotations

import argparse
import gzip
import json
import random
import re
from collections import Counter
from pathlib import Path

import numpy as np
import torch
from name_sentences import PERSON, ROOT, TEMPLATES, Names, Sentence, corpus_lines, filled, spoken
from torch import nn

from assistant.redaction.tokens import BUCKETS, FEATURES, Token, features, pieces, shape, tokens

WIDTH, HIDDEN, AROUND = 24, 64, 3
SEED, PASSES, BATCH = 7, 4, 512
FROM_TEMPLATES, FROM_CORPUS = 36_000, 24_000
LEAST_RECALL = 0.98
MOST_IN_VAIN = 0.04
OUT = ROOT / "assistant" / "redaction" / "weights"


class Tagger(nn.Module):
    """Scores (batch, 3) for the middle word of a window."""

    def __init__(self) -> None:
        super().__init__()
        self.pieces = nn.EmbeddingBag(BUCKETS, WIDTH, mode="mean")
        self.hidden = nn.Linear((2 * AROUND + 1) * (WIDTH + FEATURES), HIDDEN)
        self.out = nn.Linear(HIDDEN, 3)

    def forward(self, bags: torch.Tensor, starts: torch.Tensor, shapes: torch.Tensor) -> torch.Tensor:
        """``bags`` are places of pieces, ``starts`` where each word's begin, ``shapes`` (words, FEATURES)."""
        words = torch.cat([self.pieces(bags, starts), shapes], 1)
        window = words.view(-1, (2 * AROUND + 1) * (WIDTH + FEATURES))
        return self.out(torch.relu(self.hidden(nn.functional.dropout(window, 0.1, self.training))))


class Sentences:
    """Words of many sentences with what the tagger looks at, each computed once."""

    def __init__(self, sentences: list[Sentence], ranks: dict[str, int]) -> None:
        self.bags: list[np.ndarray] = [np.zeros(0, np.int64)]
        shapes: list[list[float]] = [[0.0] * FEATURES]
        labels, windows, sentence, small = [], [], [], []
        known: dict[str, np.ndarray] = {}
        for number, (words, given) in enumerate(sentences):
            said = [Token(w, 0, 0) for w in words]
            first = len(self.bags)
            for at, token in enumerate(said):
                if token.text not in known:
                    known[token.text] = np.array(pieces(token.text), np.int64)
                self.bags.append(known[token.text])
                shapes.append(features(said, at, ranks))
            for at in range(len(said)):
                around = range(at - AROUND, at + AROUND + 1)
                windows.append([first + n if 0 <= n < len(said) else 0 for n in around])
            labels += given
            small += [shape(token.text) == "lower" for token in said]
            sentence += [number] * len(said)
        self.shapes = torch.tensor(np.array(shapes, np.float32))
        self.labels = torch.tensor(labels)
        self.windows = np.array(windows)
        self.is_small, self.sentence = np.array(small), np.array(sentence)

    def batch(self, chosen: np.ndarray) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor]:
        """What the network takes for these windows."""
        words = self.windows[chosen].reshape(-1)
        bags = [self.bags[n] for n in words]
        starts = np.cumsum([0, *(len(b) for b in bags[:-1])])
        return torch.tensor(np.concatenate(bags)), torch.tensor(starts), self.shapes[words]


def common_words() -> list[str]:
    """Words by how common they are: the encoder's own, in its order, then those that two lines of the corpus hold."""
    vocabulary = json.loads((ROOT / "assistant/engines/embedded/weights/tokenizer.json").read_text())["model"]["vocab"]
    ordered = sorted(vocabulary, key=vocabulary.__getitem__)
    words = [w for w in ordered if re.fullmatch(r"[a-z]{2,}|[ai]", w)]
    seen: Counter[str] = Counter()
    for path in sorted((ROOT / "training/corpus").glob("*.txt")):
        for line in path.read_text().splitlines():
            seen.update({t.text for t in tokens(line) if re.fullmatch("[a-z]{3,}", t.text)})
    return words + sorted(w for w, count in seen.items() if count >= 2 and w not in vocabulary)


def made(names: Names, templates: list[str], lines: list[str], from_templates: int, from_corpus: int) -> list[Sentence]:
    """So many sentences of each kind."""
    chance = names.chance
    sentences = [filled(chance.choice(templates), names) for _ in range(from_templates)]
    return sentences + [spoken(chance.choice(lines), names) for _ in range(from_corpus)]


def train(data: Sentences) -> Tagger:
    """The tagger after all passes; a missed name weighs more than a word marked in vain."""
    torch.manual_seed(SEED)
    model = Tagger()
    adam = torch.optim.Adam(model.parameters(), lr=3e-3)
    order = np.random.default_rng(SEED)
    steps = PASSES * (len(data.labels) // BATCH + 1)
    schedule = torch.optim.lr_scheduler.OneCycleLR(adam, 6e-3, total_steps=steps)
    weights = torch.tensor([1.0, 2.0, 1.0])
    for turn in range(PASSES):
        total = 0.0
        shuffled = order.permutation(len(data.labels))
        for start in range(0, len(shuffled), BATCH):
            chosen = shuffled[start : start + BATCH]
            loss = nn.functional.cross_entropy(model(*data.batch(chosen)), data.labels[chosen], weights)
            adam.zero_grad()
            loss.backward()
            adam.step()
            schedule.step()
            total += loss.item()
        print(f"pass {turn + 1}: loss {total / (len(shuffled) / BATCH):.4f}", flush=True)
    return model.eval()


def thresholds(model: Tagger, data: Sentences) -> tuple[float, float]:
    """From which probability on a word is marked: written large, and in small letters.

    Large is the highest at which the wanted share of the names kept apart is marked. Small is the lowest at which no
    more than the wanted share of the sentences kept apart has a word marked in vain: nearly all words are small.
    """
    with torch.no_grad():
        every = np.arange(len(data.labels))
        found = torch.cat([model(*data.batch(every[n : n + 4096])).softmax(1) for n in range(0, len(every), 4096)])
    person, is_small = found[:, PERSON].numpy(), data.is_small
    names = np.sort(person[(data.labels.numpy() == PERSON) & ~is_small])
    large = float(names[int(len(names) * (1 - LEAST_RECALL))])
    in_vain = (data.labels.numpy() != PERSON) & is_small
    worst = np.zeros(data.sentence.max() + 1)
    np.maximum.at(worst, data.sentence[in_vain], person[in_vain])
    small = float(np.sort(worst)[-int(len(worst) * MOST_IN_VAIN) - 1])
    print(
        f"kept apart: {len(names)} words of names written large; marked from {large:.4f} on, small from {small:.4f} on"
    )
    return large, small


def write(model: Tagger, chosen: tuple[float, float], words: list[str], folder: Path) -> None:
    """The weights, the embedding in whole numbers of one byte a place, and the words by how common they are."""
    table = model.pieces.weight.detach().numpy()
    scale = np.abs(table).max(1, keepdims=True) / 127 + 1e-12
    folder.mkdir(parents=True, exist_ok=True)
    np.savez_compressed(
        folder / "names.npz",
        pieces=np.round(table / scale).astype(np.int8),
        scale=scale[:, 0].astype(np.float16),
        hidden=model.hidden.weight.detach().numpy().astype(np.float16),
        hidden_bias=model.hidden.bias.detach().numpy(),
        out=model.out.weight.detach().numpy(),
        out_bias=model.out.bias.detach().numpy(),
        threshold_large=np.float32(chosen[0]),
        threshold_small=np.float32(chosen[1]),
    )
    (folder / "words.txt.gz").write_bytes(gzip.compress("\n".join(words).encode(), mtime=0))


def main() -> None:
    """Train, choose, write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=Path, default=OUT)
    parser.add_argument("--share", type=float, default=1.0, help="of the sentences, to try something out")
    args = parser.parse_args()
    words = common_words()
    ranks = {word: rank for rank, word in enumerate(words)}
    lines = corpus_lines(ROOT / "training/corpus")
    chance = random.Random(SEED)  # noqa: S311 - nothing secret is drawn
    templates = [t.replace("\\n", "\n") for t in TEMPLATES]
    chance.shuffle(templates)
    chance.shuffle(lines)
    print(f"{len(words)} words, {len(lines)} lines of the corpus, {len(templates)} templates")
    kept = len(templates) // 10, len(lines) // 10
    learn = made(
        Names(SEED),
        templates[kept[0] :],
        lines[kept[1] :],
        int(FROM_TEMPLATES * args.share),
        int(FROM_CORPUS * args.share),
    )
    apart = made(Names(SEED + 1), templates[: kept[0]], lines[: kept[1]], 1500, 1500)
    model = train(Sentences(learn, ranks))
    write(model, thresholds(model, Sentences(apart, ranks)), words, args.out)


if __name__ == "__main__":
    main()
