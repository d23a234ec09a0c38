"""Whether what is released tells who stands behind it: guessing the authors of findings by everybody's way of writing.

    python benchmarks/author_guessing [--scenarios FOLDER ...] [--model] [--page]

The attacker holds, of each respondent of a team, all they wrote apart from what a finding rests on, and names the one
whose writing is nearest to the finding as reports word it. It counts as right where that person is one of those behind
it (who miss something where it tells of a gap, who value it where of a strength); chance is their share of the team.
To see that the attack works at all, it is also made on one line of each finding, as a tool would release it that shows
comments word for word.

Writing is compared by character n-grams (2 to 4, TF-IDF), as is usual for attributing authors (Stamatatos 2009, "A
Survey of Modern Authorship Attribution Methods"), by the sentence vectors of the embedded engine, and by both.
``--scenarios`` takes more folders of scenario files; ``--model`` asks the language model of the settings as well, and
sends it what people wrote in them; ``--page`` writes ``docs/author-guessing.md``. Exits with 1 where reports tell more
than chance. Needs what the product needs, and no network without ``--model``.
"""

from __future__ import annotations

import argparse
import os
import platform
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

HERE = Path(__file__).resolve().parent
REPOSITORY = HERE.parent.parent
sys.path[:0] = [str(REPOSITORY / "training"), str(REPOSITORY)]

from guessing import Attack, Guess, Outcome, attacks, by_model, outcome
from released import Both, Wording, of_corpus, of_scenarios

from assistant.engines.embedded.engine import EmbeddedEngine
from assistant.loop.scenario_files import read_folder
from assistant.settings import Settings
from assistant.stores.knowledge_files import load_knowledge

PAGE = REPOSITORY / "docs" / "author-guessing.md"
OWN = REPOSITORY / "benchmarks" / "comparison" / "scenarios"

Row = tuple[str, str, str, Outcome]
"""Which teams, which attack, on what, and how it went."""

HEAD = """| teams | attack | on | texts | right | chance | above chance | 95 % interval |
| --- | --- | --- | ---: | ---: | ---: | ---: | ---: |"""


def rows(teams: str, given: Both, made: dict[str, Attack]) -> Iterator[Row]:
    """Every attack on what reports release, and on the same word for word."""
    kinds: dict[str, Sequence[Guess]] = {"reports": given.reports, "word for word": given.word_for_word}
    for attack, guess in made.items():
        for kind, guesses in kinds.items():
            yield teams, attack, kind, outcome(guesses, guess)


def table(measured: Sequence[Row]) -> str:
    """The figures as Markdown."""
    lines = [
        f"| {teams} | {attack} | {kind} | {o.texts} | {o.right:.2f} | {o.chance:.2f} | {o.above:+.2f} | "
        f"{o.interval[0]:+.2f} to {o.interval[1]:+.2f} |"
        for teams, attack, kind, o in measured
    ]
    return "\n".join([HEAD, *lines])


def page(measured: Sequence[Row], engine: str) -> str:
    """The page of docs."""
    machine = f"{os.cpu_count()} cores, {platform.system()} {platform.machine()}, Python {platform.python_version()}"
    text = (HERE / "page.md").read_text(encoding="utf-8")
    return text.format(engine=engine, machine=machine, table=table(measured))


def main() -> None:
    """Measure, print, and write the page where asked to."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--scenarios", nargs="*", type=Path, default=[], metavar="FOLDER")
    parser.add_argument("--model", action="store_true")
    parser.add_argument("--page", action="store_true")
    args = parser.parse_args()
    settings = Settings()
    knowledge = load_knowledge(settings.knowledge)
    engine = EmbeddedEngine.load(knowledge)
    wording = Wording(engine, knowledge)
    made = attacks(engine) | ({"language model": by_model(settings)} if args.model else {})
    scenarios = [s for folder in (OWN, *args.scenarios) for s in read_folder(folder)]
    measured = [
        *rows("corpus teams", of_corpus(sorted((REPOSITORY / "training" / "corpus").glob("*.txt")), wording), made),
        *rows("whole rounds", of_scenarios(scenarios, wording), made),
    ]
    print(table(measured))
    if args.page:
        PAGE.write_text(page(measured, engine.name), encoding="utf-8")
    sys.exit(any(outcome_.tells for _, _, kind, outcome_ in measured if kind == "reports"))


if __name__ == "__main__":
    main()
