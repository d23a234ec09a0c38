"""Measure what finds giveaways: on texts with personal data, on names in our own sentences, and on what people say.

    python benchmarks/redaction.py --data FOLDER --page

FOLDER holds ``synth_dataset_v2.json`` of the project presidio-research (MIT): 1,500 made-up texts with marked personal
data.
With ``--page`` the figures are written to docs/redaction.md.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import random
import re
import sys
import time
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from assistant.domain.giveaways import Giveaway, GiveawayKind
from assistant.domain.organisation import Organisation, Person
from assistant.loop.people_file import read_people
from assistant.redaction.spotter import RuleSpotter

PAGE = ROOT / "docs" / "redaction.md"
NAMES = ROOT / "benchmarks" / "redaction_names.txt"
WANTED = {
    "PERSON": {GiveawayKind.PERSON, GiveawayKind.COLLEAGUE},
    "EMAIL_ADDRESS": {GiveawayKind.EMAIL},
    "PHONE_NUMBER": {GiveawayKind.PHONE},
    "CREDIT_CARD": {GiveawayKind.IDENTIFIER},
    "IBAN_CODE": {GiveawayKind.IDENTIFIER},
    "IP_ADDRESS": {GiveawayKind.IDENTIFIER},
    "US_SSN": {GiveawayKind.IDENTIFIER},
    "DOMAIN_NAME": {GiveawayKind.LINK},
    "DATE_TIME": {GiveawayKind.WHEN},
    "GPE": {GiveawayKind.THING},
    "ORGANIZATION": {GiveawayKind.THING},
}
NOBODY = Organisation.of(())
SEED = 5
PER_FORM = 200
LINES = 1_000
Z = 1.959964


@dataclass(frozen=True, slots=True)
class Share:
    """So many of so many, with Wilson's 95 % interval."""

    hits: int
    of: int

    @property
    def value(self) -> float:
        """The share itself; 0 of nothing."""
        return self.hits / self.of if self.of else 0.0

    @property
    def interval(self) -> tuple[float, float]:
        """Where it may lie."""
        if not self.of:
            return 0.0, 1.0
        n, p, z2 = self.of, self.value, Z * Z
        half = Z / (1 + z2 / n) * ((p * (1 - p) / n + z2 / (4 * n * n)) ** 0.5)
        centre = (p + z2 / (2 * n)) / (1 + z2 / n)
        return max(0.0, centre - half), min(1.0, centre + half)

    def __str__(self) -> str:
        low, high = self.interval
        return f"{self.value:.3f} ({low:.3f}–{high:.3f}) of {self.of:,}"


def covered(text: str, start: int, end: int, marks: list[Giveaway]) -> bool:
    """Whether every letter and digit of a place lies within a mark."""
    places = [at for at in range(start, end) if text[at].isalnum()]
    return bool(places) and all(any(m.start <= at < m.end for m in marks) for at in places)


def on_texts(spotter: RuleSpotter, folder: Path) -> dict[str, dict[str, Any]]:
    """By kind of personal data: recall by marks of the right kind and by any, and precision of those marks."""
    texts = json.loads((folder / "synth_dataset_v2.json").read_text(encoding="utf-8"))
    found: dict[str, Counter[str]] = {kind: Counter() for kind in WANTED}
    for one in texts:
        text, gold = one["full_text"], one["spans"]
        marks = list(spotter.find(text, NOBODY))
        for kind, wanted in WANTED.items():
            right = [m for m in marks if m.kind in wanted]
            of_kind = [g for g in gold if g["entity_type"] == kind]
            found[kind]["gold"] += len(of_kind)
            found[kind]["hit"] += sum(covered(text, g["start_position"], g["end_position"], right) for g in of_kind)
            found[kind]["any"] += sum(covered(text, g["start_position"], g["end_position"], marks) for g in of_kind)
            found[kind]["marks"] += len(right)
            found[kind]["right"] += sum(_touches(m, of_kind) for m in right)
            found[kind]["personal"] += sum(_touches(m, gold) for m in right)
    return {
        kind: {
            "recall": Share(c["hit"], c["gold"]),
            "any": Share(c["any"], c["gold"]),
            "precision": Share(c["right"], c["marks"]),
            "personal": Share(c["personal"], c["marks"]),
        }
        for kind, c in found.items()
    }


def _touches(mark: Giveaway, gold: list[dict[str, Any]]) -> bool:
    return any(mark.start < g["end_position"] and g["start_position"] < mark.end for g in gold)


def people() -> Organisation:
    """The example's people and a list of names from many places, in one organisation."""
    parsed = read_people((ROOT / "assistant/example/people.csv").read_bytes(), NOBODY, skip_bad=False)
    more = [n.strip() for n in NAMES.read_text(encoding="utf-8").splitlines() if n.strip()]
    others = [Person(f"p{n}@acme.example", name, None) for n, name in enumerate(more)]
    return Organisation.of([*parsed.records, *others])


_SAID = re.compile(r"\{t\d+ (valued|missing|harmful)[^:}]*: ([^}]+)\}")
_PRONOUN = re.compile(r"\b(she|he|him|my manager)\b", re.IGNORECASE)


def own_lines() -> list[str]:
    """What team members say in the annotated rounds; the tagger of names has seen none of it."""
    rounds = sorted((ROOT / "training/rounds").glob("*.txt"))
    return [said[2] for path in rounds for said in _SAID.finditer(path.read_text(encoding="utf-8"))]


FORMS = {
    "whole name": lambda name: name,
    "first name": lambda name: name.split()[0],
    "last name": lambda name: name.split()[-1],
    "first name, small letters": lambda name: name.split()[0].lower(),
    "first name’s": lambda name: f"{name.split()[0]}’s",
    "first name's, small letters": lambda name: f"{name.split()[0].lower()}'s",
}


def on_people(spotter: RuleSpotter, lines: list[str], with_list: bool) -> dict[str, Share]:
    """By form: names of the list put where a pronoun stood in our own sentences, and found."""
    organisation = people()
    names = [p.name for p in organisation.people.values()]
    chance = random.Random(SEED)  # noqa: S311 - nothing secret is drawn
    usable = [line for line in lines if _PRONOUN.search(line)]
    known = organisation if with_list else NOBODY
    shares = {}
    for form, write in FORMS.items():
        hits = 0
        for _ in range(PER_FORM):
            line, name = chance.choice(usable), write(chance.choice(names))
            before, _, after = _PRONOUN.split(line, maxsplit=1)
            text = before + name + after
            marks = [m for m in spotter.find(text, known) if m.kind in WANTED["PERSON"]]
            bare = re.sub("['’]s$", "", name)
            hits += covered(text, len(before), len(before) + len(bare), marks)
        shares[form] = Share(hits, PER_FORM)
    return shares


WORDS_NOT_NAMES = """
You may go home early on Fridays.
In may we had no rota.
She will tell us why.
Will she ever ask?
Mark my words, it gets late.
He marks the board each morning.
She took it with grace.
There is hope now.
I hope she asks us.
A bill came and she paid it.
The long days wear us out.
Young people get the worst shifts.
She is frank with us.
Rob nobody of their break, he says.
We sue nobody.
The page was out of date.
He sings carols at work.
The rose bed is ours to plan.
Dawn shifts go to the same two.
It was a joy to work there.
She has faith in us.
The art room got new tables.
He drew it on the wall.
Max speed is posted now.
"""
NAMES_NOT_WORDS = """
I asked May about the rota.
Then Will told us why.
She shouted at Mark again.
We all like Grace here.
When Hope left, nobody came.
He gave Bill the late shift.
It was Rob who said so.
She blamed Sue for it.
With Dawn away we waited.
He never thanks Joy.
She moved Max to nights.
They let Art go home.
I told Faith about it.
He praised Rose in public.
She trusts Page with keys.
"""
ALSO_WORDS = "May Will Mark Grace Hope Bill Rob Sue Dawn Joy Max Art Faith Rose Page"


def on_words(spotter: RuleSpotter) -> tuple[Share, Share]:
    """Words that are names as well: lines in which one is taken for a name, and names on a list that are found."""
    listed = Organisation.of(Person(f"{name}@acme.example", f"{name} Tester", None) for name in ALSO_WORDS.split())
    words, names = WORDS_NOT_NAMES.strip().splitlines(), NAMES_NOT_WORDS.strip().splitlines()

    def named(line: str) -> bool:
        return any(m.kind in WANTED["PERSON"] for m in spotter.find(line, listed))

    return Share(sum(map(named, words)), len(words)), Share(sum(map(named, names)), len(names))


def on_lines(spotter: RuleSpotter, lines: list[str]) -> tuple[dict[str, Share], float]:
    """How many of our own lines get a mark, by kind and at all; and milliseconds a line."""
    marked: Counter[str] = Counter()
    started = time.perf_counter()
    for line in lines:
        kinds = {m.kind.value for m in spotter.find(line, NOBODY)}
        marked.update(kinds)
        marked["any"] += bool(kinds)
    took = (time.perf_counter() - started) / len(lines) * 1000
    return {kind: Share(marked[kind], len(lines)) for kind in (*[k.value for k in GiveawayKind], "any")}, took


def main() -> None:
    """Measure, print, and write the page if asked."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--page", action="store_true")
    args = parser.parse_args()
    spotter = RuleSpotter()
    lines = own_lines()
    sections = [
        _texts_table(on_texts(spotter, args.data)),
        _people_table(on_people(spotter, lines, True), on_people(spotter, lines, False)),
        _words_lines(*on_words(spotter)),
        _lines_table(*on_lines(spotter, random.Random(SEED).sample(lines, LINES))),  # noqa: S311
    ]
    machine = f"{platform.system()}, {os.cpu_count()} cores, Python {platform.python_version()}"
    command = "python benchmarks/redaction.py --data FOLDER --page"
    figures = "\n\n".join([*sections, f"Measured on {machine}, by `{command}`."]) + "\n"
    print(figures)
    if args.page:
        before, _, _ = PAGE.read_text(encoding="utf-8").partition("<!-- figures -->")
        PAGE.write_text(f"{before}<!-- figures -->\n\n{figures}", encoding="utf-8")


def _texts_table(found: dict[str, dict[str, Any]]) -> str:
    rows = [
        f"| {kind} | {f['recall']} | {f['any'].value:.3f} | {f['precision'].value:.3f} | {f['personal'].value:.3f} |"
        for kind, f in found.items()
    ]
    head = "| kind | recall | marked at all | precision | touches anything personal |"
    return "### 1,500 made-up texts\n\n" + "\n".join([head, "| --- | --- | ---: | ---: | ---: |", *rows])


def _people_table(listed: dict[str, Share], unlisted: dict[str, Share]) -> str:
    rows = [f"| {form} | {listed[form]} | {unlisted[form]} |" for form in listed]
    head = "| form | with the people list | the tagger alone |\n| --- | --- | --- |"
    return "### Names in our own sentences\n\n" + "\n".join([head, *rows])


def _words_lines(words: Share, names: Share) -> str:
    return (
        "### Words that are names as well\n\n"
        "Lines with may, will, grace or mark as words, while people of these names are on the list: marked as a name "
        f"{words}.\nLines in which such a person is named: found {names}."
    )


def _lines_table(found: dict[str, Share], took: float) -> str:
    rows = [f"| {kind} | {share} |" for kind, share in found.items()]
    return (
        "### What team members say in the annotated rounds\n\n"
        + "\n".join(["| kind | lines with such a mark |", "| --- | --- |", *rows])
        + f"\n\nFinding them takes {took:.1f} ms a line."
    )


if __name__ == "__main__":
    main()
