"""Why a place in a line could give somebody away, in plain words."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.domain.giveaways import Giveaway, GiveawayKind

WHY: dict[GiveawayKind, str] = {
    GiveawayKind.EMAIL: "an e-mail address",
    GiveawayKind.LINK: "a link, which may lead to whoever made the page",
    GiveawayKind.IDENTIFIER: "a number that belongs to one person or case",
    GiveawayKind.PHONE: "a telephone number",
    GiveawayKind.COLLEAGUE: "the name of somebody who works here",
    GiveawayKind.PERSON: "it may be a name, of somebody or of a place",
    GiveawayKind.WHEN: "a time at which perhaps few were there",
    GiveawayKind.ALONE: "perhaps only one person in the team can say this",
    GiveawayKind.THING: "the name of a place, a firm or a project, which perhaps few work with",
    GiveawayKind.RARE_WORD: "a word that hardly anybody else uses",
}


def segments(text: str, found: Sequence[Giveaway]) -> list[tuple[str, str]]:
    """The text in pieces, each with why it could give somebody away; empty where it could not."""
    pieces, rest = [], 0
    for one in found:
        pieces += [(text[rest : one.start], ""), (text[one.start : one.end], WHY[one.kind])]
        rest = one.end
    return [piece for piece in (*pieces, (text[rest:], "")) if piece[0]]
