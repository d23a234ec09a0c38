"""The figures as a page of the docs."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

ERRORS = Path(__file__).resolve().parent / "errors.md"
MEASURES = {
    "claim_recall": "claims found",
    "claim_precision": "claims that are claims",
    "fundamental_accuracy": "fundamental of the claims found",
    "alignment_macro_f1": "alignment, macro F1",
    "finding_f1": "findings, F1",
    "blind_spot_recall": "blind spots found",
    "blind_spot_precision": "blind spots that are some",
    "climate_accuracy": "climate level",
}
ABOUT = {
    "own rounds, dev": "Temperatures, thresholds and the pair model are fitted on them: read this column as a fit.",
    "own rounds, test": "Two other writers, most of it along drawn plans.",
    "written later": "Four writers without a plan, measured with earlier weights, too.",
    "as they are": "Three writers who were asked for teams as they are, neither hard nor easy to read; measured with "
    "earlier weights, too.",
    "full of asides": "As hard as we could ask for: half of what the manager says is no claim and stands among the claims, "
    "and people tell of the same thing by an episode, a habit, or what they do because of it. Measured with earlier "
    "weights, too.",
    "more asides": "Three more writers who were asked for the same; measured with the weights before these, too.",
    "written after": "Three writers who listened to teams as a consultant does, once these weights were there and nothing "
    "was left to choose. As scenario files (`training/scenarios.py`), through the `value-loop` command, they get the same "
    "figures.",
    "own scenarios": "Scenario files, written when the first network was there; nobody who wrote rounds has read them.",
    "other scenarios": "Twelve teams annotated elsewhere, which nobody who wrote rounds or scenarios has read; the last "
    "thirty writers were told which kinds of error were made on them most, in general words. One speaks French and is "
    "left unread.",
}
HEAD_NAMES = {
    "behaviours": "behaviour",
    "claim_kinds": "claim or not",
    "observation_kinds": "observation or not",
    "claim_stances": "stance of a claim",
    "observation_stances": "stance of an observation",
    "signals": "climate signal",
}


def write(figures: Mapping[str, Any]) -> str:
    """The whole page."""
    parts = [
        "# How good the comparison is",
        "Written by `python benchmarks/comparison` (what it takes and how long stands in "
        "[benchmarks/README.md](../benchmarks/README.md)); every figure is of one run of it, those on "
        "public data of one of `matching.py`, and of the engine named here unless a part names another.",
        f"Engine `{figures['engine']}`, commit {figures['commit']}, {figures['machine']}.",
        "The embedded engine reads English without any key or network. Here is how far that goes, so that you know what "
        "to check. What each measure is stands in [scenarios.md](scenarios.md#the-figures), how sure a figure in a report is "
        "in [how-sure.md](how-sure.md).",
        _whole(figures),
        _readers(figures["readers"], figures["climates"]),
        _stages(figures),
        _lost(figures["lost"]),
        _pairs(figures["pairs"]),
        _reliability(figures["reliability"]),
        _curve(figures),
        *_public(figures),
        _cost(figures["cost"]),
        ERRORS.read_text(encoding="utf-8").strip(),
    ]
    return "\n\n".join(part for part in parts if part) + "\n"


def table(head: Iterable[str], rows: Iterable[Iterable[object]]) -> str:
    """A Markdown table; the first column is words, the others are numbers."""
    head = list(head)
    lines = ["| " + " | ".join(head) + " |", "| --- |" + " ---: |" * (len(head) - 1)]
    lines += ["| " + " | ".join(str(cell) for cell in row) + " |" for row in rows]
    return "\n".join(lines)


def _whole(figures: Mapping[str, Any]) -> str:
    sets = list(figures["whole"])
    rows = [
        [words, *(f"{figures['whole'][s][name]:.2f} ({_span(figures['intervals'][s][name])})" for s in sets)]
        for name, words in MEASURES.items()
    ]
    what = [
        [
            f"*{name}*. {ABOUT.get(name, '')}",
            *(counted[of] for of in ("rounds", "respondents", "claims", "observations")),
        ]
        for name, counted in figures["counts"].items()
    ]
    return (
        "## All together\n\nFrom the words to the findings, as a report has them, against what was annotated; in brackets "
        "a 90 % interval over rounds. What is found is recall, what *is* some precision; a finding counts as found where "
        f"its kind and its fundamental are right.\n\n{table(['', *sets], rows)}\n\n"
        "The network learned from writers who are in none of the columns. While the rules were designed, the figures of all "
        "but *more asides* and *written after* were looked at, and in a few places they had a say: how sure a claim must "
        "be, the two numbers of the climate, how what one person says is added up around a claim, and how much it counts "
        "that a view is rare. So take those columns for a little better than on teams that nobody has measured.\n\n"
        f"{table(['', 'rounds', 'respondents', 'claims', 'observations'], what)}"
    )


def _span(interval: Iterable[float]) -> str:
    return " to ".join(f"{value:.2f}" for value in interval)


def _readers(readers: Mapping[str, Any], climates: Mapping[str, Mapping[str, float]]) -> str:
    rows = [[words, *(f"{figures[name]:.2f}" for figures in readers.values())] for name, words in MEASURES.items()]
    agreed = dict.fromkeys(words for of_set in climates.values() for words in of_set)
    alike = [
        [words, *(f"{of_set[words]:.2f}" if words in of_set else "–" for of_set in climates.values())]
        for words in agreed
    ]
    return (
        "## Against a second reader\n\nTwelve of the test writers' rounds, and twelve of those written later, were given to "
        "a second reader without any mark. "
        "Both columns are measured against what its writer marked, so the first one is how far two careful readers agree, "
        f"and the second how far the engine still has to go.\n\n{table(['', *readers], rows)}\n\n"
        "The climate level of a second reader above is what the rule makes of the events that they marked. Asked for the level "
        "itself, careful people differ on nothing more than on this. Of every round by the writers below, a reader who saw "
        "only what the team says told what climate that is; writers had counted the events that they marked. The engine has "
        "learned signs of trust and fear from readers of other rounds, and its numbers follow both on dev. In so many "
        f"rounds two of the three say the same:\n\n{table(['climate', *climates], alike)}"
    )


def _stages(figures: Mapping[str, Any]) -> str:
    rows = [[name, f"{value:.3f}"] for name, value in figures["stages"].items()]
    head = "## Each stage by itself\n\nOn the test writers' rounds, with the stages before it given."
    return f"{head}\n\n{table(['stage', ''], rows)}"


def _lost(lost: Mapping[str, Any]) -> str:
    rows = [
        [
            name,
            *(
                f"{figures[k]:.2f}"
                for k in ("alignment_macro_f1", "finding_f1", "blind_spot_recall", "blind_spot_precision")
            ),
        ]
        for name, figures in lost.items()
    ]
    return (
        "## Where findings are lost\n\nThe test writers' rounds again; what is given comes from the annotation.\n\n"
        + table(["given", "alignment", "findings", "blind spots found", "blind spots that are some"], rows)
    )


def _pairs(pairs: Mapping[str, Any]) -> str:
    sets = [[name, f["auc"], f["average precision"]] for name, f in pairs["sets"].items()]
    without = [[name, f["auc"], f["average precision"]] for name, f in pairs["without"].items()]
    return (
        "## Same topic or not\n\nPairs of statements within one team.\n\n"
        f"{table(['', 'AUC', 'average precision'], sets)}\n\nOn the test writers' rounds, with some of what the pair model "
        f"knows held still:\n\n{table(['', 'AUC', 'average precision'], without)}"
    )


def _reliability(reliability: Mapping[str, Any]) -> str:
    rows = []
    for head, figures in reliability.items():
        bins = ", ".join(f"{sure:.2f} → {right:.2f}" for n, sure, right in figures["bins"] if n >= 20)
        rows.append([HEAD_NAMES[head], f"{figures['error']:.3f}", bins])
    return (
        "## Whether probabilities mean what they say\n\nExpected calibration error on the test writers' rounds, and for "
        "each bin of at least 20 clauses: how sure the engine was, and how often it was right.\n\n"
        + table(["", "error", "sure → right"], rows)
    )


def _measured_with(part: Mapping[str, Any], figures: Mapping[str, Any]) -> str:
    """Names the engine of figures that are older than the rest."""
    return "" if part["engine"] == figures["engine"] else f" Measured with `{part['engine']}`."


def _curve(figures: Mapping[str, Any]) -> str:
    if "curve" not in figures:
        return ""
    names = {
        "fundamental": "fundamental",
        "behaviour": "behaviour",
        "observation_stance": "stance of an observation",
        "valued": "valued or not, macro F1",
        "climate_f1": "climate signal, macro F1",
        "topic_ap": "same topic by the vectors alone, average precision",
    }
    parts = figures["curve"]["parts"]
    rows = [[words, *(f"{one[name]:.2f}" for one in parts.values())] for name, words in names.items()]
    return (
        "## What more corpus brings\n\nTrained from scratch on parts of the teams, measured on the test writers' clauses "
        f"before rounding to int8.{_measured_with(figures['curve'], figures)}\n\n"
        + table(["part of the corpus", *parts], rows)
    )


def _public(figures: Mapping[str, Any]) -> Iterable[str]:
    if "public" not in figures:
        return ()
    public = figures["public"]
    return (
        f"## On public data\n\n{_arguments(public['argkp'], _measured_with(public, figures))}",
        _perspectives(public["perspectrum"]),
    )


def _arguments(argkp: Mapping[str, Any], measured_with: str) -> str:
    rows = [
        [name, *(f"{found[part][how]:.3f}" for part in ("test", "dev") for how in ("strict", "relaxed"))]
        for name, found in argkp.items()
    ]
    return (
        "ArgKP-2021 (key points of debates, CDLA-Sharing-1.0), mean average precision by the official measure. The "
        "fine-tuned encoder is the base encoder, fine-tuned on its training part for this table only: by dev that is better "
        "than to start from the weights that come with Value Loop, which have never seen it and have learned how teams "
        f"speak. Three of them are fine-tuned from other seeds. The cross-encoder is the same base over an argument and a key "
        f"point at once. In the last row both count alike: nothing was chosen in joining them.{measured_with}\n\n"
        + table(["", "test strict", "test relaxed", "dev strict", "dev relaxed"], rows)
    )


def _perspectives(perspectrum: Mapping[str, Any]) -> str:
    stances = [
        [name, *(f"{found[part][how]:.3f}" for part in ("test", "dev") for how in ("accuracy", "macro_f1"))]
        for name, found in perspectrum["stance"].items()
    ]
    ranked = [[name, *(f"{value:.3f}" for value in found.values())] for name, found in perspectrum["retrieval"].items()]
    measures = next(iter(perspectrum["retrieval"].values()))
    return (
        "Perspectrum (perspectives on claims of debates, CC BY-SA 4.0, for measuring only), for or against the claim, by a "
        "regression on vectors that are not fine-tuned. The shipped encoder has learned to tell a team's topics apart; on "
        "debates it is worse than the one it comes from:\n\n"
        + table(["", "test accuracy", "test macro F1", "dev accuracy", "dev macro F1"], stances)
        + "\n\nand which perspectives belong to a claim, of all those of the test part:\n\n"
        + table(["", *measures], ranked)
    )


def _cost(cost: Mapping[str, float]) -> str:
    rows = [[name, value] for name, value in cost.items()]
    return (
        "## What it costs\n\nReading and comparing the test writers' rounds, without the database. Go by the ratio: the "
        "milliseconds are those of a machine that may have been busy with other things. Start-up, memory and "
        f"whole commands are in [benchmarks.md](benchmarks.md).\n\n{table(['', ''], rows)}"
    )
