"""The parts that a command runs on."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from assistant.domain.errors import BadInput

if TYPE_CHECKING:
    from assistant.bootstrap import Parts


def parts(**changed: Any) -> Parts:
    """The parts under the environment's settings, some ``changed``. Raises BadInput for a bad setting."""
    from pydantic import ValidationError

    from assistant.bootstrap import Parts
    from assistant.settings import Settings

    try:
        settings = Settings(**changed)
    except ValidationError as error:
        wrong = "; ".join(_said(one["loc"], one["msg"]) for one in error.errors())
        raise BadInput(f"A setting is not as it should be. {wrong}") from None
    made = Parts(settings)
    made.set_up_logs()
    return made


def _said(loc: tuple[int | str, ...], what: str) -> str:
    """What is wrong, and in which setting, where it is a single one."""
    return f"{_name(str(loc[0]))}: {what}" if loc else what


def _name(place: str) -> str:
    """What a setting is called in the environment."""
    return place if place.isupper() else f"VALUE_LOOP_{place.upper()}"
