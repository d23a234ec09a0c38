"""What a Dockerfile says, as far as ours says it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Step:
    """One instruction, such as RUN, with the rest of its lines as one."""

    word: str
    rest: str


def stages(path: Path) -> list[list[Step]]:
    """The steps of each stage, in order, FROM first."""
    lines = [line for line in path.read_text().splitlines() if not line.startswith("#")]
    whole = re.sub(r"\s*\\\n\s*", " ", "\n".join(lines))
    found: list[list[Step]] = []
    for line in filter(None, whole.splitlines()):
        step = Step(*line.strip().split(maxsplit=1))
        if step.word == "FROM":
            found.append([])
        found[-1].append(step)
    return found


def variables(stage: list[Step]) -> dict[str, str]:
    """What a stage sets in the environment."""
    return dict(pair.split("=", 1) for step in stage if step.word == "ENV" for pair in step.rest.split())
