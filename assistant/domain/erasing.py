"""Who was erased, as the keys tell that were destroyed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Set
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class OwnedKey:
    """A key by its id: whose words it locks, in which round (a key), or in what stays when a round's words go ("")."""

    id: str
    owner: str
    round_key: str


def erased(keys: Iterable[OwnedKey], destroyed: Set[str]) -> frozenset[str]:
    """The e-mails of owners who were erased since these were their keys, as far as keys alone can tell.

    When the words of a round have been kept long enough, everybody's key of that round goes. So somebody was erased
    where their key to what stays has gone, or their key of a round whose other keys are there.
    """
    whole: defaultdict[str, list[OwnedKey]] = defaultdict(list)
    for key in keys:
        whole[key.round_key].append(key)
    gone = set()
    for round_key, of_round in whole.items():
        if round_key == "" or any(key.id not in destroyed for key in of_round):
            gone |= {key.owner for key in of_round if key.id in destroyed}
    return frozenset(gone)
