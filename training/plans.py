"""Draw plans for rounds that are yet to be written: who speaks to which topic, and in which sense.

    python training/plans.py --seed 7 --rounds 6 > plan.txt
    python training/plans.py --check plan.txt training/rounds/mine.txt

A plan fixes what a writer alone would make too regular: how many people speak to a topic (from nobody to five), how
often a team is split, which signals there are, and which neighbouring behaviours meet. The words are the writer's;
see ``training/writing.md``. ``--check`` says where rounds depart from their plans.
"""

from __future__ import annotations

import argparse
import random
import re
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

import yaml
from rounds import Round, read

BEHAVIOURS = Path(__file__).resolve().parent.parent / "knowledge" / "behaviours.yaml"
LEVELS = {"high_trust": 30, "mixed": 28, "fear_driven": 28, "too_little_evidence": 14}
MANNERS = (
    "plain everyday English, typed at work",
    "matter-of-fact, concrete episodes",
    "polite, indirect",
    "blunt and short",
    "second-language English, simple and exact",
    "long stories with the point inside",
    "careful, formal",
    "warm and a little funny",
)
TRUST = {"owning_mistakes": "ownership", "honesty": "ownership", "standing_up": "ownership"} | dict.fromkeys(
    ("safe_mistakes", "bad_news", "listening", "asking_opinion", "answering_questions", "reachable"), "safety"
)
FEAR = {"owning_mistakes": "blame", "private_criticism": "blame", "giving_credit": "blame"} | dict.fromkeys(
    ("safe_mistakes", "bad_news", "respectful_tone", "trusting_people", "reachable", "acting_on_input"), "fear"
)


@dataclass(frozen=True, slots=True)
class Voice:
    """One respondent on one topic."""

    who: str
    stance: str
    signal: str | None = None


@dataclass(frozen=True, slots=True)
class Subject:
    """One topic: its behaviour, what the manager claims of it (None: nothing), and who speaks to it."""

    behaviour: str
    claim: str | None
    voices: tuple[Voice, ...]


@dataclass(frozen=True, slots=True)
class Plan:
    """What one round is to hold; ``remarks`` are signals of people that are no observation."""

    level: str
    invited: int
    respondents: int
    subjects: tuple[Subject, ...]
    remarks: tuple[Voice, ...]
    manner: str


@dataclass
class Drawing:
    """Draws plans; every behaviour comes up as often as any other."""

    rng: random.Random
    behaviours: dict[str, dict[str, str]]
    _bag: list[str] = field(default_factory=list)

    def plan(self) -> Plan:
        """One plan."""
        pick = self.rng.choices
        people = pick(range(4, 10), (10, 24, 30, 18, 10, 8))[0]
        members = [f"m{n}" for n in range(1, people + 1)]
        level = pick(list(LEVELS), list(LEVELS.values()))[0]
        room = {m: pick(range(1, 6), (5, 18, 37, 28, 12))[0] for m in members}
        subjects = [self._subject(name, level, members, room) for name in self._names()]
        subjects, remarks = self._signals(level, members, subjects)
        invited = people + self.rng.choice((0, 0, 1, 1, 2, 3))
        return Plan(level, invited, people, tuple(subjects), tuple(remarks), self.rng.choice(MANNERS))

    def _names(self) -> list[str]:
        wanted = self.rng.choices(range(5, 11), (2, 6, 20, 30, 26, 16))[0]
        names: list[str] = []
        while len(names) < wanted:
            if not self._bag:
                self._bag = [name for group in self.behaviours.values() for name in group]
                self.rng.shuffle(self._bag)
            name = self._bag.pop()
            twins = [twin for twin in self._neighbours(name) if twin not in names]
            names += [name] if name not in names else []
            if twins and self.rng.random() < 0.45:
                names.append(self.rng.choice(twins))
        return names[:wanted]

    def _neighbours(self, name: str) -> list[str]:
        """Behaviours that are easily mistaken for this one: either names the other in its description."""
        about = {b: entry["about"] for group in self.behaviours.values() for b, entry in group.items()}

        def names(one: str, other: str) -> bool:
            return re.search(rf"\b{other}\b", about[one]) is not None

        return [b for b in about if b != name and (names(b, name) or names(name, b))]

    def _subject(self, name: str, level: str, members: Sequence[str], room: dict[str, int]) -> Subject:
        pick, chance = self.rng.choices, self.rng.random
        claim = pick(("does", "admits", "intends", None), (46, 13, 8, 33))[0]
        counts, weights = (range(6), (16, 11, 24, 27, 15, 7)) if claim else (range(1, 6), (14, 36, 30, 15, 5))
        count = min(pick(counts, weights)[0], len(members))
        speaking = sorted(members, key=lambda m: (room[m] <= 0, chance()))[:count]
        praise = {"does": 0.62, None: 0.52}.get(claim, 0.35) + {"fear_driven": -0.22, "high_trust": 0.27}.get(level, 0)
        liked = [chance() < praise] * count
        if count > 1 and chance() < 0.17:
            liked = [n >= (count + self.rng.randint(0, 1)) // 2 for n in range(count)]
        elif count > 3 and chance() < 0.4:
            liked = [not liked[0], *liked[1:]]
        self.rng.shuffle(liked)
        for m in speaking:
            room[m] -= 1
        stances = ["valued" if one else self.rng.choice(("missing", "harmful")) for one in liked]
        return Subject(name, claim, tuple(Voice(m, s) for m, s in zip(speaking, stances, strict=True)))

    def _signals(
        self, level: str, members: Sequence[str], subjects: list[Subject]
    ) -> tuple[list[Subject], list[Voice]]:
        many = max(2, round(len(members) * self.rng.choice((0.4, 0.5, 0.6))))
        wanted = {
            "high_trust": (many, int(many > 2 and self.rng.random() < 0.25)),
            "fear_driven": (int(many > 2 and self.rng.random() < 0.35), many),
            "mixed": (2 + (len(members) > 6), 2 + (len(members) > 6)),
            "too_little_evidence": (self.rng.randint(0, 1), self.rng.choice((0, 0, 1))),
        }[level]
        remarks: list[Voice] = []
        for table, praising, count in ((TRUST, True, wanted[0]), (FEAR, False, wanted[1])):
            telling: set[str] = set()
            for n, subject in enumerate(subjects):
                if subject.behaviour in table:
                    subjects[n] = self._told(subject, table[subject.behaviour], praising, telling, count)
            rest = [m for m in members if m not in telling]
            self.rng.shuffle(rest)
            kinds = sorted(set(table.values()))
            remarks += [Voice(m, "-", self.rng.choice(kinds)) for m in rest[: count - len(telling)]]
        return subjects, remarks

    def _told(self, subject: Subject, signal: str, praising: bool, telling: set[str], count: int) -> Subject:
        voices = []
        for voice in subject.voices:
            fits = (voice.stance == "valued") is praising and voice.signal is None
            if fits and voice.who not in telling and len(telling) < count:
                telling.add(voice.who)
                voice = replace(voice, signal=signal)
            voices.append(voice)
        return replace(subject, voices=tuple(voices))


def lines(number: int, plan: Plan) -> Iterator[str]:
    """A plan as text."""
    yield f"ROUND {number}   climate: {plan.level}   invited: {plan.invited}   respondents: {plan.respondents}"
    for n, subject in enumerate(plan.subjects, 1):
        voices = ", ".join(" ".join(filter(None, (v.who, v.stance, v.signal))) for v in subject.voices)
        claim = subject.claim or "(none)"
        yield f"  t{n} {subject.behaviour} | claim: {claim} | {voices or '(nobody speaks to it)'}"
    yield from (f"  remark that is only a signal: {v.who} {v.signal}" for v in plan.remarks)
    yield f"  manner: {plan.manner}"


def departures(plan: str, written: Round) -> Iterator[str]:
    """Where a round says something else than its plan, a line each."""
    wanted: Counter[tuple[str | None, ...]] = Counter()
    for topic, behaviour, claim, voices in re.findall(r"^  (t\d+) (\w+) \| claim: (\S+) \| (.*)$", plan, re.MULTILINE):
        if topic not in written.topics or written.topics[topic].behaviour != behaviour:
            yield f"topic {topic} should be {behaviour}"
        if not claim.startswith("("):
            wanted[topic, "manager", claim] += 1
        for who, stance, *signal in (voice.split() for voice in voices.split(", ") if not voice.startswith("(")):
            wanted[topic, who, stance, *signal] += 1
    told = Counter(
        (mark.topic, talk.author, mark.stance, *([mark.signal] if mark.signal else []))
        for talk in written.talks
        for mark in talk.statements
    )
    yield from (f"missing: {' '.join(map(str, key))}" for key in wanted - told)
    yield from (f"not in the plan: {' '.join(map(str, key))}" for key in told - wanted if key[1] != "manager")


def check(plan: Path, written: Path) -> int:
    """Print departures; exit status 1 where there is one."""
    known = yaml.safe_load(BEHAVIOURS.read_text(encoding="utf-8"))
    fundamentals = {name: fundamental for fundamental, group in known.items() for name in group}
    plans = re.split(r"\n(?=ROUND )", plan.read_text(encoding="utf-8").strip())
    found = [
        f"{round_.name}: {what}"
        for one, round_ in zip(plans, read(written, fundamentals), strict=True)
        for what in departures(one, round_)
    ]
    print("\n".join(found) or "as planned")
    return int(bool(found))


def main() -> int:
    """Draw, or check."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--rounds", type=int, default=6)
    parser.add_argument("--check", type=Path, nargs=2, metavar=("PLAN", "ROUNDS"))
    args = parser.parse_args()
    if args.check:
        return check(*args.check)
    known = yaml.safe_load(BEHAVIOURS.read_text(encoding="utf-8"))
    drawing = Drawing(random.Random(args.seed), known)  # noqa: S311 - for drawing only
    for number in range(1, args.rounds + 1):
        print("\n".join(lines(number, drawing.plan())), end="\n\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
