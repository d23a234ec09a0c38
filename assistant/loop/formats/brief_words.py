"""How a leader's brief is headed."""

from __future__ import annotations

from assistant.domain.brief import Brief, BriefPart, Topic
from assistant.inquiry.wording import listed, teams

TOPICS = {
    Topic.CHANGED: "What changed",
    Topic.GROWING: "Where gaps are growing",
    Topic.IMPROVING: "What is improving",
    Topic.SUPPORT: "Where support can be offered",
}


def made_of(brief: Brief) -> str:
    """Of how many teams it was made, and of how many nothing is said, and why."""
    said = [f"{teams(len(brief.managers))} can be shown"]
    if brief.below:
        said.append(f"{teams(brief.below)} {'is' if brief.below == 1 else 'are'} below the anonymity floor")
    if brief.without:
        said.append(f"{teams(brief.without)} {'has' if brief.without == 1 else 'have'} no report")
    return f"{listed(said)}."


def has_more(part: BriefPart) -> bool:
    """Whether a part rests on more findings than are laid out."""
    return len({id_ for sentence in part.sentences for id_ in sentence.rests_on}) > len(part.findings)
