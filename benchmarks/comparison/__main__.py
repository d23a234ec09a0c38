"""How good the comparison of both sides is, stage by stage, and what it costs: writes docs/comparison.md.

    python benchmarks/comparison --scenarios FOLDER --data FOLDER [--train] [--curve] [--json FILE]

``--train`` makes the weights anew from the corpus first, with the fixed seed; ``--curve`` trains on parts of it as
well, for the learning curve; ``--scenarios`` takes folders of scenario files; ``--data`` the folder with ArgKP-2021
and Perspectrum. ``--curve`` needs what training leaves in ``training/work``. Figures of an earlier run
that are not made anew are kept, with the engine that they are of. Needs what ``training/requirements.txt`` lists;
``script/setup-training`` makes an environment with it.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import subprocess
import sys
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
REPOSITORY = HERE.parent.parent
sys.path[:0] = [str(REPOSITORY / "training"), str(REPOSITORY)]

import cost
import page
import stages
from examples import load_rounds
from rounds import Round, from_scenario

TRAINING = REPOSITORY / "training"
SHARES = {"a twentieth": 0.05, "an eighth": 0.125}


def learning_curve(work: Path) -> dict[str, dict[str, float]]:
    """Figures on the test writers' clauses after training on parts of the teams; the whole is what was trained last."""
    curve = {}
    for words, share in SHARES.items():
        out = work / f"share-{share:.3f}"
        _python(TRAINING / "train.py", "--share", str(share), "--out", str(out))
        curve[words] = json.loads((out / "figures.json").read_text(encoding="utf-8"))
    curve["all"] = json.loads((work / "figures.json").read_text(encoding="utf-8"))
    return curve


def _python(script: Path, *args: str) -> None:
    subprocess.run([sys.executable, str(script), *args], check=True)


def _said(*command: str) -> str:
    return subprocess.run(command, check=True, capture_output=True, text=True, cwd=REPOSITORY).stdout.strip()


def _scenarios(folder: Path) -> list[Round]:
    return [from_scenario(path) for path in sorted(folder.glob("*.json"))]


def _machine() -> str:
    return f"{os.cpu_count()} cores, {platform.system()} {platform.machine()}, Python {platform.python_version()}"


def main() -> None:
    """Measure, print JSON, write the page."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--scenarios", type=Path, nargs="*", default=[], help="folders of scenario files")
    parser.add_argument("--data", type=Path, help="the folder that holds argkp2021 and perspectrum")
    parser.add_argument("--train", action="store_true", help="make the weights anew first (about three hours)")
    parser.add_argument("--curve", action="store_true", help="train on parts of the corpus too (a sixth as long)")
    parser.add_argument("--json", type=Path, default=HERE / "figures.json", help="where the figures go")
    args = parser.parse_args()
    if args.curve and not (args.train or (TRAINING / "work" / "figures.json").exists()):
        parser.error("--curve ends with the whole corpus, which nothing was trained on here: add --train.")
    if args.train:
        subprocess.run([str(REPOSITORY / "script" / "train")], check=True)
    old: dict[str, Any] = json.loads(args.json.read_text(encoding="utf-8")) if args.json.exists() else {}
    own = load_rounds()
    names = {
        "dev": "own rounds, dev",
        "test": "own rounds, test",
        "later": "written later",
        "plain": "as they are",
        "asides": "full of asides",
        "last": "more asides",
        "after": "written after",
    }
    sets = {name: own[part] for part, name in names.items()}
    sets["own scenarios"] = _scenarios(HERE / "scenarios")
    for folder in args.scenarios:
        name = "other scenarios" if len(args.scenarios) == 1 else f"other scenarios, {folder.parent.name}/{folder.name}"
        sets[name] = _scenarios(folder)
    figures = {
        **old,
        "commit": _said("git", "rev-parse", "--short", "HEAD"),
        "machine": _machine(),
        **stages.measure(sets, own["test"]),
        "cost": cost.measure(own["test"]),
    }
    if args.curve:
        figures["curve"] = {"engine": figures["engine"], "parts": learning_curve(TRAINING / "work")}
    if args.data:
        matching = TRAINING / "work" / "matching.json"
        _python(HERE / "matching.py", "--data", str(args.data), "--out", str(matching))
        figures["public"] = {"engine": figures["engine"], **json.loads(matching.read_text(encoding="utf-8"))}
    args.json.parent.mkdir(parents=True, exist_ok=True)
    args.json.write_text(json.dumps(figures, indent=1) + "\n", encoding="utf-8")
    text = page.write(figures)
    (REPOSITORY / "docs" / "comparison.md").write_text(text, encoding="utf-8")
    print(text)


if __name__ == "__main__":
    main()
