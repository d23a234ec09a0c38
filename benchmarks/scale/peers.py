"""What others do in the place of parts of Value Loop, measured beside it: the figures, and their tables."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

BARE = "the bare encoder, cosine"
"""The floor of matching: all that ours does beyond words begins with it."""


@dataclass(frozen=True, slots=True)
class Asked:
    """Questions of a leader over so many managers: milliseconds, the middle, and tokens a question on average.

    ``bare`` is Chroma's own query for the nearest of all ``messages``, ``chain`` the retrieval of a LangChain chain,
    ``ours`` the whole answer with the embedded engine. ``chain_tokens`` go to a model with the nearest messages,
    ``all_tokens`` would with all of them; ``ours_tokens`` go out with the language-model engine.
    """

    managers: int
    messages: int
    bare: float
    chain: float
    ours: float
    chain_tokens: float
    all_tokens: float
    ours_tokens: float


@dataclass(frozen=True, slots=True)
class Matched:
    """How well a system tells which observations belong to a claim, and its milliseconds a team, the middle.

    ``auc`` and ``average_precision`` are over the pairs of all teams together, ``by_claim`` is the mean of the average
    precision of each claim's own list.
    """

    system: str
    auc: float
    average_precision: float
    by_claim: float
    milliseconds: float


def asked_table(found: Sequence[Asked]) -> str:
    """Rows of the questions."""
    lines = [
        "| managers | messages | bare Chroma query | the chain's retrieval | our answer | tokens: the chain "
        "| the chain with all | ours |",
        "| ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |",
    ]
    lines += [
        f"| {one.managers:,} | {one.messages:,} | {one.bare:.1f} ms | {_against(one.chain, one.bare)} "
        f"| {_against(one.ours, one.bare)} | {one.chain_tokens:,.0f} | {one.all_tokens:,.0f} "
        f"| {one.ours_tokens:,.0f} |"
        for one in found
    ]
    return "\n".join(lines)


def matched_table(found: Sequence[Matched]) -> str:
    """Rows of the systems, the time of each against that of the bare encoder."""
    least = next(one.milliseconds for one in found if one.system == BARE)
    lines = ["| | AUC | average precision | of each claim | a team |", "| --- | ---: | ---: | ---: | ---: |"]
    lines += [
        f"| {one.system} | {one.auc:.3f} | {one.average_precision:.3f} | {one.by_claim:.3f} "
        f"| {_against(one.milliseconds, least)} |"
        for one in found
    ]
    return "\n".join(lines)


def _against(milliseconds: float, floor: float) -> str:
    return f"{milliseconds:.1f} ms ({milliseconds / floor:.2g} times)"
