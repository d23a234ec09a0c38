"""What the parts of the guide to the talk with the team are called."""

from __future__ import annotations

from assistant.domain.talk import Guide

TITLE = "Talking it over with your team"
WHY = (
    "Answers change little by themselves; more comes of them where they are talked over. Twenty minutes are enough. "
    "All of this can be said aloud: it rests on what enough people said, and quotes nobody."
)
REHEARSE = "What they may ask, and words that hold"
PLAYED_BELOW = "Below, the assistant plays a sceptical team member, so that you can try this out."
BY_YOURSELF = (
    "This script and these questions are what there is to rehearse with: say them aloud by yourself, or to somebody "
    "you trust. Where a language model is connected, the assistant plays a sceptical team member."
)


def parts(guide: Guide) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Headings with the sentences under them, in the order of the talk."""
    return (
        ("How to begin", (guide.opening,)),
        ("What we heard", guide.heard),
        ("What I will do", guide.will_do),
        ("What I ask of you", guide.ask),
        ("What to leave alone", guide.never),
    )
