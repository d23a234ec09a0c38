"""Attacks on a model that reads people's words, through the whole chain, with models that obey them in every manner.

    python benchmarks/injection.py FOLDER [--scenarios FOLDER]

FOLDER holds the text attacks of BIPIA as published (``text_attack_train.json`` and ``text_attack_test.json``). Each
attack is put into one person's feedback and read by a scripted model that ignores it, and by others that obey it; no
model is needed. ``--scenarios`` names a folder of scenario files; each of their respondents is obeyed in turn. Prints
how many rounds kept every promise, by category, and exits with 1 where one did not.

Source of the attacks: Yi et al. 2023, "Benchmarking and Defending Against Indirect Prompt Injection Attacks on Large
Language Models"; they are not part of this repository.
"""

from __future__ import annotations

import argparse
import json
import logging
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import structlog

REPOSITORY = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(REPOSITORY))

from hostile_scenarios import scenes

from assistant.domain.knowledge import Knowledge
from assistant.engines.embedded.engine import EmbeddedEngine
from assistant.ports.engine import Engine
from assistant.stores.knowledge_files import load_knowledge
from tests.fakes.attacked_round import Manner, Scene, attacked, broken
from tests.fakes.attacked_team import attacked_team

FILES = ("text_attack_train.json", "text_attack_test.json")


def attacks(folder: Path) -> dict[str, list[Scene]]:
    """The attacks by category, those of both files together, each on the made-up team."""
    found: dict[str, list[Scene]] = {}
    for name in FILES:
        for category, texts in json.loads((folder / name).read_text(encoding="utf-8")).items():
            found.setdefault(category, []).extend(map(attacked_team, texts))
    return found


def tried(scene: Scene, embedded: Engine, knowledge: Knowledge) -> Iterator[tuple[Manner, list[str]]]:
    """For each manner of obeying the promises that were broken."""
    with tempfile.TemporaryDirectory(prefix="value-loop-injection-") as folder:
        calm = attacked(Path(folder) / "calm", scene, Manner.IGNORES, embedded, knowledge)
        yield Manner.IGNORES, broken(calm, calm, scene, knowledge)
        for manner in [m for m in Manner if m is not Manner.IGNORES]:
            outcome = attacked(Path(folder) / manner.name, scene, manner, embedded, knowledge)
            yield manner, broken(outcome, calm, scene, knowledge)


def measure(
    by_category: Mapping[str, Sequence[Scene]], embedded: Engine, knowledge: Knowledge
) -> tuple[Counter[str], Counter[str], list[str]]:
    """Rounds held and rounds that kept every promise, by category, and what was broken."""
    held: Counter[str] = Counter()
    kept: Counter[str] = Counter()
    wrong: list[str] = []
    for category, found in by_category.items():
        for number, scene in enumerate(found, 1):
            for manner, promises in tried(scene, embedded, knowledge):
                held[category] += 1
                kept[category] += not promises
                wrong += [f"{category} {number}, a model that {manner}: {promise}" for promise in promises]
        print(f"{category}: {kept[category]} of {held[category]}", file=sys.stderr, flush=True)
    return held, kept, wrong


def main() -> int:
    """Run all, print the table, and give the exit status."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path, help="the folder with the two files of attacks")
    parser.add_argument("--scenarios", type=Path, help="a folder of scenario files")
    wanted = parser.parse_args()
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.ERROR))
    knowledge = load_knowledge(REPOSITORY / "knowledge")
    embedded = EmbeddedEngine.load(knowledge)
    by_category = attacks(wanted.folder)
    if wanted.scenarios:
        by_category |= scenes(wanted.scenarios, embedded, knowledge.behaviours)
    held, kept, wrong = measure(by_category, embedded, knowledge)
    print("| category | attacks | rounds | every promise kept |\n| --- | ---: | ---: | ---: |")
    for category, found in by_category.items():
        print(f"| {category} | {len(found)} | {held[category]} | {kept[category]} |")
    print(f"| all | {sum(map(len, by_category.values()))} | {held.total()} | {kept.total()} |")
    print("\n".join(wrong))
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
