"""How things are put to a model in few tokens: behaviours by their ids, and values as lines of JSON."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping

from assistant.domain.knowledge import Behaviour
from assistant.domain.words import Fundamental


def as_line(values: Mapping[str, str]) -> str:
    """One line of JSON, in which no words can begin another line."""
    return json.dumps(values, ensure_ascii=False, separators=(",", ":"))


def listed(behaviours: Iterable[Behaviour]) -> str:
    """One line a fundamental with its behaviours in the order given: ids, and a hint where an id does not tell.

    Spaces alone keep ids apart: a comma after each would be a fifth of what every reading begins with.
    """
    by_fundamental: dict[Fundamental, list[str]] = {}
    for behaviour in behaviours:
        by_fundamental.setdefault(behaviour.fundamental, []).append(_named(behaviour))
    return "\n".join(f"{fundamental.value}: {' '.join(names)}" for fundamental, names in by_fundamental.items())


def _named(behaviour: Behaviour) -> str:
    return f"{behaviour.id} ({behaviour.hint})" if behaviour.hint else behaviour.id


def as_id(name: str) -> str:
    """The id that a model means by a name it gives: as :func:`listed`, with its hint or in words, or the id itself."""
    return name.partition("(")[0].strip().lower().replace(" ", "_").replace("-", "_")
