"""Every difference between what is annotated and what the engine finds, for whoever counts errors by kind.

    python benchmarks/comparison/differences.py FOLDER

``FOLDER`` holds scenario files. Each annotated statement comes with its words, then what was read alone and what the
topic made of it; the counts at the end are those of ``errors.md``.
"""

from __future__ import annotations

import sys
from collections import Counter, defaultdict
from pathlib import Path

REPOSITORY = Path(__file__).resolve().parent.parent.parent
sys.path[:0] = [str(REPOSITORY / "training"), str(REPOSITORY)]

from calibrate import reader_of
from rounds import Round, from_scenario
from scoring import Compared, found, gold_statements, gold_topics, run

from assistant.domain.statements import Statement, Topic
from assistant.domain.words import Stance
from assistant.engines.embedded.model import LanguageModel


def differences(round_: Round, compared: Compared) -> Counter[str]:
    """Print what differs in one round; the counts of it."""
    print(f"\n=== {round_.name}: climate {round_.climate}, found {compared.result.climate.level.value}")
    counts: Counter[str] = Counter({"climates": round_.climate != compared.result.climate.level.value})
    topic_of = {id_: topic for topic in compared.topics for id_ in topic.statements}
    place: dict[str, Statement] = {}
    for want in gold_statements(round_):
        said = found(want, compared.statements)
        if said is None:
            print(f"MISSED   {_line(want)}")
            counts["missed"] += 1
            continue
        place[want.id] = said
        counts["found"] += 1
        counts += _compared(want, said, topic_of[said.id])
    for said in compared.statements:
        if said not in place.values():
            print(f"NOT ANNOTATED   {_line(said)}")
            counts["read without being annotated"] += 1
    return counts + _topics(round_, place, topic_of)


def _compared(want: Statement, said: Statement, topic: Topic) -> Counter[str]:
    """What was read of one annotated statement, alone and beside the others of its topic."""
    is_turned = said.id in topic.turned
    stance = _turned(said.stance) if is_turned else said.stance
    wrong = {
        "stances, read alone": said.stance is not want.stance,
        "stances, in the report": _sides(want.stance, stance) if is_turned else stance is not want.stance,
        "fundamentals, read alone": said.fundamental is not want.fundamental,
        "fundamentals, in the report": topic.fundamental is not want.fundamental,
    }
    if any(wrong.values()):
        alone = f"{said.stance.value} {said.fundamental.value}"
        print(f"WRONG   {_line(want)}\n        alone {alone}; in the report {stance.value} {topic.fundamental.value}")
        print(f"        read as: {said.text}")
    return Counter({name: 1 for name, is_so in wrong.items() if is_so})


def _turned(stance: Stance) -> Stance:
    return Stance.MISSING if stance is Stance.VALUED else Stance.VALUED


def _sides(want: Stance, told: Stance) -> bool:
    """Whether a stance that the topic turned is on the wrong side: it no longer tells a need from harm."""
    return (want is Stance.VALUED) != (told is Stance.VALUED)


def _topics(round_: Round, place: dict[str, Statement], topic_of: dict[str, Topic]) -> Counter[str]:
    """Which annotated topics lie in several groups, and which groups hold several of them."""
    counts: Counter[str] = Counter()
    held: dict[str, set[str]] = defaultdict(set)
    for topic in gold_topics(gold_statements(round_)):
        groups = {topic_of[place[id_].id].id for id_ in topic.statements if id_ in place}
        counts["topics"] += 1
        counts["topics split"] += len(groups) > 1
        for group in groups:
            held[group].add(topic.id)
        if len(groups) > 1:
            print(f"SPLIT   {topic.id}: {_in_groups(topic, place, topic_of)}")
    for group, topics in held.items():
        if len(topics) > 1:
            print(f"MERGED   {group}: {', '.join(sorted(topics))}")
            counts["groups that merge topics"] += 1
    return counts


def _in_groups(topic: Topic, place: dict[str, Statement], topic_of: dict[str, Topic]) -> str:
    texts: dict[str, list[str]] = defaultdict(list)
    for id_ in topic.statements:
        if id_ in place:
            texts[topic_of[place[id_].id].id].append(place[id_].text)
    return " || ".join(f"{group}: {' / '.join(said)}" for group, said in texts.items())


def _line(statement: Statement) -> str:
    return f"{statement.author} | {statement.stance.value} | {statement.fundamental.value} | {statement.text}"


def main() -> None:
    """Compare every scenario of a folder, print what differs, and the counts over all of them."""
    model = LanguageModel.load()
    reader = reader_of(model, model.labels)
    counts: Counter[str] = Counter()
    for path in sorted(Path(sys.argv[1]).glob("*.json")):
        round_ = from_scenario(path)
        counts += differences(round_, run(round_, reader))
    print(f"\n{dict(counts)}")


if __name__ == "__main__":
    main()
