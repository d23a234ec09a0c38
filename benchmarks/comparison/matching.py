"""Matching on public data: arguments with key points (ArgKP-2021), perspectives with claims (Perspectrum).

    python benchmarks/comparison/matching.py --data FOLDER [--weights training/work/model.pt] [--out FILE.json]

``--data`` is a folder that holds ``argkp2021`` and ``perspectrum`` as they are published; ``--weights`` are those that
fine-tuning starts from (the base encoder without). Every choice was made on dev or on topics of train that were held
out. The encoder that comes with Value Loop has seen neither, and what is fine-tuned here is thrown away. Besides what
``training/requirements.txt`` lists, it needs wordllama and snowballstemmer.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import asdict
from functools import lru_cache, partial
from pathlib import Path

HERE = Path(__file__).resolve().parent
REPOSITORY = HERE.parent.parent
sys.path[:0] = [str(HERE), str(REPOSITORY / "training"), str(REPOSITORY)]

import numpy as np
from matching_cross import Careful, fine_tune_cross
from matching_data import PARTS, Debate, Numbers, load_argkp, load_perspectrum, mean_average_precision
from matching_encoder import Matcher, Settings, fine_tune
from matching_lexical import bm25, embed, lexical, relative, smoothed, tfidf
from matching_perspectrum import retrieval, stance
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GroupKFold
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

from assistant.engines.embedded.model import LanguageModel

SEED = 7
TOGETHER = 3
"""So many encoders are fine-tuned, from seeds that follow each other; the first is shown alone, too."""

FOLDS = 3
FUSION = 0.01
"""Inverse strength of regularisation of the fusion."""

NEIGHBOURS = 20.0
"""How sharply arguments alike count where a sign is averaged over them."""

Encode = Callable[[Sequence[str]], Numbers]
Parts = dict[str, list[Debate]]
Scores = dict[str, list[Numbers]]


def argkp(
    parts: Parts, encoders: dict[str, Encode], start: Matcher, settings: Settings, careful: Careful
) -> dict[str, dict[str, dict[str, float]]]:
    """Strict and relaxed mean average precision of each system on test and dev."""
    draw = np.random.default_rng(SEED)
    words = _each(parts, _of_words)
    alone, together = _fine_tuned(parts, start, settings)
    measured = {part: parts[part] for part in ("test", "dev")}
    crossed = _each(measured, fine_tune_cross(parts["train"], careful, SEED).score)
    best = _fused(parts, _joined(words, together))
    systems: dict[str, Scores] = {
        "random": _each(parts, lambda d: draw.random(d.labels.shape)),
        "BM25": _each(parts, lambda d: bm25(d.arguments, d.key_points)),
        "TF-IDF, stemmed": _each(parts, lambda d: tfidf(d.arguments, d.key_points)),
        "wordllama, cosine": _each(parts, lambda d: _cosines(embed, d)),
        "wordllama and lexical features, trained fusion": _fused(parts, words),
        **{f"{name}, cosine": _each(parts, partial(_cosines, encode)) for name, encode in encoders.items()},
        "encoder fine-tuned, cosine": _first(alone),
        "encoder fine-tuned and lexical features, trained fusion": _fused(parts, _joined(words, alone)),
        f"{TOGETHER} encoders fine-tuned, mean cosine": _first(together),
        f"{TOGETHER} encoders fine-tuned and lexical features, trained fusion": best,
        "cross-encoder fine-tuned": crossed,
        "the last two, sum in standard deviations": {part: _summed(best[part], crossed[part]) for part in measured},
    }
    return {
        name: {part: mean_average_precision(some, scores[part]) for part, some in measured.items()}
        for name, scores in systems.items()
    }


def _each(parts: Parts, score: Callable[[Debate], Numbers]) -> Scores:
    return {part: [score(debate) for debate in debates] for part, debates in parts.items()}


def _cosines(encode: Encode, debate: Debate) -> Numbers:
    return np.asarray(encode(debate.arguments) @ encode(debate.key_points).T)


def _of_words(debate: Debate) -> Numbers:
    """Features of words and word vectors, (arguments, key points, features)."""
    return np.concatenate([lexical(debate), _of_vectors(embed, debate)], axis=-1)


def _of_vectors(encode: Encode, debate: Debate) -> Numbers:
    """The cosine, what the arguments most alike say, and both in relation to the debate; the cosine comes first."""
    said = encode(debate.arguments)
    near = said @ encode(debate.key_points).T
    around = [smoothed(sign, said @ said.T, NEIGHBOURS) for sign in (near, tfidf(debate.arguments, debate.key_points))]
    return np.concatenate([relative(sign) for sign in (near, *around)], axis=-1)


def _fine_tuned(parts: Parts, start: Matcher, settings: Settings) -> tuple[Scores, Scores]:
    """Features of one fine-tuned encoder, and of several together.

    Those of a topic of train are of encoders that did not learn from it.
    """
    train = parts["train"]
    alone: Scores = {"train": [np.empty(0)] * len(train)}
    together: Scores = {"train": [np.empty(0)] * len(train)}

    def learned(debates: Sequence[Debate]) -> tuple[Encode, Encode]:
        made = [fine_tune(start, debates, settings, SEED + n).encode for n in range(TOGETHER)]
        return made[0], lambda texts: np.concatenate([encode(texts) for encode in made], axis=1) / TOGETHER**0.5

    topics = [debate.topic for debate in train]
    for known, held_out in GroupKFold(FOLDS).split(topics, groups=topics):
        one, several = learned([train[n] for n in known])
        for n in held_out:
            alone["train"][n] = _of_vectors(one, train[n])
            together["train"][n] = _of_vectors(several, train[n])
    one, several = learned(train)
    for part in ("dev", "test"):
        alone[part] = [_of_vectors(one, debate) for debate in parts[part]]
        together[part] = [_of_vectors(several, debate) for debate in parts[part]]
    return alone, together


def _summed(*systems: list[Numbers]) -> list[Numbers]:
    """The sum of the scores of several systems, each divided by its standard deviation over all pairs."""
    scaled = [[score / np.concatenate([s.ravel() for s in scores]).std() for score in scores] for scores in systems]
    return [np.sum(scores, axis=0) for scores in zip(*scaled, strict=True)]


def _first(signs: Scores) -> Scores:
    """The first feature alone."""
    return {part: [sign[..., 0] for sign in some] for part, some in signs.items()}


def _joined(words: Scores, near: Scores) -> Scores:
    """The features of both."""
    return {part: [np.concatenate(s, -1) for s in zip(words[part], near[part], strict=True)] for part in near}


def _fused(parts: Parts, signs: Scores) -> Scores:
    """Logistic regression on the labelled pairs of train: log-odds of a match."""
    told = [~np.isnan(debate.labels) for debate in parts["train"]]
    model = make_pipeline(StandardScaler(), LogisticRegression(C=FUSION, max_iter=2000)).fit(
        np.concatenate([sign[known] for sign, known in zip(signs["train"], told, strict=True)]),
        np.concatenate([debate.labels[known] for debate, known in zip(parts["train"], told, strict=True)]),
    )
    return {
        part: [model.decision_function(sign.reshape(-1, sign.shape[-1])).reshape(sign.shape[:2]) for sign in some]
        for part, some in signs.items()
    }


def _shipped() -> Encode:
    """Vectors of the encoder that comes with Value Loop, in the space of topics."""
    model = LanguageModel.load()

    @lru_cache(None)
    def one(text: str) -> Numbers:
        return np.asarray(model.see([text]).vectors[0], dtype=np.float64)

    return lambda texts: np.stack([one(text) for text in texts])


def _table(title: str, figures: dict[str, dict[str, float]]) -> str:
    """Figures of systems as lines of text."""
    heads = list(next(iter(figures.values())))
    lines = [f"{title:<58}" + "".join(f"{head:>15}" for head in heads)]
    lines += [f"{name:<58}" + "".join(f"{row[head]:>15.3f}" for head in heads) for name, row in figures.items()]
    return "\n".join(lines)


def _flat(figures: dict[str, dict[str, dict[str, float]]]) -> dict[str, dict[str, float]]:
    return {
        name: {f"{part} {how}": value for part in ("test", "dev") for how, value in row[part].items()}
        for name, row in figures.items()
    }


def main() -> None:
    """Measure, print tables, write JSON."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True, help="the folder that holds argkp2021 and perspectrum")
    parser.add_argument("--weights", type=Path, help="what fine-tuning starts from (the base encoder without)")
    parser.add_argument("--out", type=Path, help="where the figures go as JSON")
    args = parser.parse_args()
    began = time.monotonic()
    settings, careful, shipped = Settings(), Careful(), _shipped()
    base = Matcher(None, settings.frozen)
    start = Matcher(args.weights, settings.frozen) if args.weights else base
    debates = {part: load_argkp(args.data / "argkp2021", part) for part in PARTS}
    claims = load_perspectrum(args.data / "perspectrum")
    encoders = {"MiniLM-L6 as it comes": base.encode, "shipped encoder": shipped}
    figures = {
        "argkp": argkp(debates, encoders, start, settings, careful),
        "perspectrum": {"stance": stance(claims, encoders), "retrieval": retrieval(claims["test"], encoders)},
        "settings": asdict(settings) | {"folds": FOLDS, "fusion": FUSION, "neighbours": NEIGHBOURS},
        "cross": asdict(careful),
        "start": args.weights.name if args.weights else "base",
        "seed": SEED,
        "seconds": round(time.monotonic() - began),
    }
    print(_table("ArgKP-2021, mean average precision", _flat(figures["argkp"])))
    print("\n" + _table("Perspectrum, for or against", _flat(figures["perspectrum"]["stance"])))
    print("\n" + _table("Perspectrum, perspectives of a claim (test)", figures["perspectrum"]["retrieval"]))
    print(f"\n{figures['seconds']} seconds")
    if args.out:
        args.out.parent.mkdir(parents=True, exist_ok=True)
        args.out.write_text(json.dumps(figures, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
