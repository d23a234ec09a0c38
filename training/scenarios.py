"""Write annotated rounds as scenario files: JSON with people, conversations and what a careful reader finds.

    python training/scenarios.py --to benchmarks/comparison/scenarios FILE ...

A scenario goes through the ``value-loop`` command alone (people import, conversations import, analyse, report), so that
any engine can be measured on it. All names and addresses are made up.
"""

from __future__ import annotations

import argparse
import json
import unicodedata
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from examples import known
from rounds import Round, Talk, read

QUESTIONS = {
    "manager": "What value are you bringing to each team member?",
    "member": "What value did your manager bring to your team?",
}
GO_ON = "Thank you. What else comes to mind?"


def scenario(round_: Round) -> dict[str, Any]:
    """One round as a scenario."""
    house = f"{round_.name}.example"
    spoken = {talk.about for talk in round_.reflections if talk.about}
    addresses = {talk.author: f"{talk.author}@{house}" for talk in round_.feedbacks}
    about = {name: f"{_local_part(name)}@{house}" for name in sorted(spoken)}
    manager = f"manager@{house}"
    people = [(manager, "The manager", None), *((a, f"Member {who[1:]}", manager) for who, a in addresses.items())]
    people += [(address, name, manager) for name, address in about.items()]
    conversations = [
        {
            "kind": "reflection" if talk.author == "manager" else "feedback",
            "author": manager if talk.author == "manager" else addresses[talk.author],
            "about": about.get(talk.about or "") if talk.author == "manager" else manager,
            "messages": list(_messages(talk)),
        }
        for talk in round_.talks
    ]
    return {
        "id": round_.name,
        "language": round_.language,
        "people": [
            {"email": email, "name": name, "manager_email": boss or "", "team": round_.name}
            for email, name, boss in people
        ],
        "conversations": conversations,
        "gold": {
            "topics": [
                {"id": name, "fundamental": subject.fundamental, "gist": subject.gist}
                for name, subject in round_.topics.items()
            ],
            "claims": list(_marked(round_, round_.reflections)),
            "observations": list(_marked(round_, round_.feedbacks)),
            "climate": round_.climate,
        },
    }


def _local_part(name: str) -> str:
    """A first name as the first part of an address: plain letters and digits."""
    plain = unicodedata.normalize("NFKD", name).lower()
    return "".join(c for c in plain if c.isascii() and c.isalnum())


def _messages(talk: Talk) -> Iterator[Mapping[str, str]]:
    question = QUESTIONS["manager" if talk.author == "manager" else "member"]
    for content in talk.messages:
        yield {"role": "assistant", "content": question}
        yield {"role": "user", "content": content}
        question = GO_ON


def _marked(round_: Round, talks: tuple[Talk, ...]) -> Iterator[dict[str, Any]]:
    for number, talk in enumerate(talks):
        for mark in talk.statements:
            yield {
                "conversation": number,
                "message": mark.message * 2 + 1,
                "quote": talk.text(mark),
                "fundamental": round_.topics[mark.topic or ""].fundamental,
                "stance": mark.stance,
                "topic": mark.topic,
            }


def main() -> None:
    """Write one file a round."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("files", type=Path, nargs="+")
    parser.add_argument("--to", type=Path, required=True)
    args = parser.parse_args()
    args.to.mkdir(parents=True, exist_ok=True)
    for round_ in (r for path in args.files for r in read(path, known())):
        text = json.dumps(scenario(round_), ensure_ascii=False, indent=1)
        (args.to / f"{round_.name}.json").write_text(text + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
