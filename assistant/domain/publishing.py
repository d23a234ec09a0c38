"""What has been seen of a manager's report stays seen: when a report may take the place of one that somebody read.

Two versions of a report, read one after the other, tell what the people between them said. So for each version that
anybody has seen it is kept on whose answers it rested, and a new one is shown only where the versions together still
set nobody apart from fewer than the floor's number of people (docs/anonymity.md).
"""

from __future__ import annotations

import hashlib
import hmac
import json
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from assistant.domain.roll_up import Tally

Contributions = Mapping[str, str]
"""By respondent what they contributed, both as digests that nobody without the round's key can make; before the second
stands how much of it they signed (see :func:`marked`)."""


class Signed(StrEnum):
    """How much of what somebody contributed is said under their name."""

    NOTHING = "nothing"
    PART = "part"
    ALL = "all"


def marked(what: str, signed: Signed) -> str:
    """The digest of a contribution with how much of it is signed; as it is where nothing is."""
    return what if signed is Signed.NOTHING else f"{signed}:{what}"


@dataclass(frozen=True, slots=True)
class Version:
    """A report as it was made at one time; where ``suppressed``, nothing of it rests on its contributions."""

    round_key: str
    manager: str
    suppressed: bool
    contributions: Contributions
    tally: Tally


def sealed(key: bytes, *parts: object) -> str:
    """A digest of some plain values (HMAC-SHA-256, hex): equal for equal values, and meaningless without the key."""
    return hmac.new(key, json.dumps(parts, ensure_ascii=True).encode(), hashlib.sha256).hexdigest()


def cohorts(versions: Sequence[Contributions]) -> tuple[frozenset[str], ...]:
    """The respondents of all versions, grouped by what the versions together tell of them.

    Together are those who are in the same versions, and whose answers changed between the same ones. Whoever reads all
    versions cannot tell the people of one group from each other.
    """
    groups: dict[tuple[int | None, ...], set[str]] = defaultdict(set)
    for who in dict.fromkeys(who for version in versions for who in version):
        groups[_course([version.get(who) for version in versions])].add(who)
    return tuple(frozenset(group) for group in groups.values())


def may_replace(seen: Sequence[Contributions], new: Contributions, floor: int) -> bool:
    """Whether a version may be shown after those that were ``seen``, none of them suppressed.

    It may where every group of :func:`cohorts` has at least ``floor`` people: then whoever was added, removed or
    changed between any of the versions is one of at least as many. Whoever signed something in one of the versions is
    known, and hides nobody; whoever signed everything in all of them has nothing to hide. A version whose respondents
    are not known stays.
    """
    versions = [*seen, new]
    return all(seen) and all(_hides(group, versions, floor) for group in cohorts(versions))


def _hides(group: frozenset[str], versions: Sequence[Contributions], floor: int) -> bool:
    """Whether there are enough people in a group who signed nothing, or nobody who has anything to hide."""
    signed = [{_signed(version[who]) for version in versions if who in version} for who in group]
    return sum(one == {Signed.NOTHING} for one in signed) >= floor or all(one == {Signed.ALL} for one in signed)


def _signed(contributed: str) -> Signed:
    mark, marks, _ = contributed.partition(":")
    return Signed(mark) if marks else Signed.NOTHING


def _course(contributed: Sequence[str | None]) -> tuple[int | None, ...]:
    """One respondent's way through the versions: None where absent, else the number of what they said, in order."""
    numbers = {what: n for n, what in enumerate(dict.fromkeys(w for w in contributed if w is not None))}
    return tuple(None if what is None else numbers[what] for what in contributed)
