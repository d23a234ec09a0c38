"""How teams lean, counted in annotated rounds: with the manager's claim or against it, and how far they agree."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import numpy as np
from rounds import Round
from scoring import gold_statements, gold_topics

from assistant.comparison.alignment import voices
from assistant.domain.words import Alignment
from assistant.engines.embedded.leaning import CLAIMED, kind_of_claim

RAREST = 0.001
"""The least share of teams that lean a way: that none did among those that were counted does not rule it out."""


def leaning(rounds: Sequence[Round]) -> tuple[dict[str, tuple[float, float, float]], float]:
    """How teams lean in annotated rounds: shares by what was claimed, and agreement; see ``leaning.py`` of the engine.

    Maximum likelihood by the EM algorithm (Dempster, Laird and Rubin 1977) over topics that two or more people speak
    to.
    """
    counts: list[tuple[str, int, int]] = []
    for r in rounds:
        said = {s.id: s for s in gold_statements(r)}
        for members in ([said[id_] for id_ in topic.statements] for topic in gold_topics(said.values())):
            heard = voices(members)
            if len(heard.speaking) > 1:
                stance = kind_of_claim(s.stance for s in members if s.is_claim)
                counts.append((stance, len(heard.valuing), len(heard.lacking)))
    shares, agreement = dict.fromkeys(CLAIMED, (0.4, 0.4, 0.2)), 0.9
    for _ in range(200):
        going = np.array([agreement, 1 - agreement, 0.5])
        weights = [np.array(shares[c]) * going**v * (1 - going) ** m for c, v, m in counts]
        belongs = np.array([w / w.sum() for w in weights])
        agreed = sum(b[0] * v + b[1] * m for b, (_, v, m) in zip(belongs, counts, strict=True))
        agreement = float(agreed / sum((b[0] + b[1]) * (v + m) for b, (_, v, m) in zip(belongs, counts, strict=True)))
        for name in CLAIMED:
            mean = belongs[[c == name for c, _, _ in counts]].mean(axis=0)
            shares[name] = (float(mean[0]), float(mean[1]), float(mean[2]))
    return {name: tuple(round(max(s, RAREST), 3) for s in share) for name, share in shares.items()}, agreement


def usual(rounds: Sequence[Round]) -> dict[str, dict[Alignment, float]]:
    """The share of each view that the teams of annotated rounds have of what is claimed, by the kind of claim."""
    held: dict[str, Counter[Alignment]] = {"does": Counter(), "gap": Counter()}
    for said in map(gold_statements, rounds):
        by_id = {s.id: s for s in said}
        for members in ([by_id[id_] for id_ in topic.statements] for topic in gold_topics(said)):
            if stances := [s.stance for s in members if s.is_claim]:
                held[kind_of_claim(stances)][voices(members).view] += 1
    return {kind: {view: round(count[view] / count.total(), 3) for view in Alignment} for kind, count in held.items()}
