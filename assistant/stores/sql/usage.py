"""What calls to a language model used, in SQL: sums by day, added to in the database itself."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date

from sqlalchemy import Connection, func, select

from assistant.domain.usage import CallKind, CallPurpose, Sums, Used
from assistant.stores.sql.dialects import insert_into
from assistant.stores.sql.tables import usage as table

_NO_ROUND = ""
_KEY = ("day", "round_key", "purpose", "prompt", "model")
_COUNTED = ("calls", "tokens_in", "tokens_cached", "tokens_out", "stand_ins", "kept_back")


class SqlUsage:
    """See :class:`assistant.ports.usage.Usage`."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, day: date, kind: CallKind, used: Used) -> None:
        """Add to the sums of a day, in one statement, so that nothing is lost between two processes."""
        new = insert_into(self._connection, table).values(
            day=day.isoformat(),
            round_key=kind.round_key or _NO_ROUND,
            purpose=kind.purpose.value,
            prompt=kind.prompt,
            model=kind.model,
            **asdict(used),
        )
        more = {name: table.c[name] + new.excluded[name] for name in _COUNTED}
        self._connection.execute(new.on_conflict_do_update(index_elements=_KEY, set_=more))

    def sums(self, round_key: str | None = None) -> Sums:
        """The sums over all days, of one round or of everything, in order of kind."""
        c = table.c
        kinds = (c.round_key, c.purpose, c.prompt, c.model)
        summed = select(*kinds, *(func.sum(c[name]) for name in _COUNTED)).group_by(*kinds).order_by(*kinds)
        if round_key is not None:
            summed = summed.where(c.round_key == round_key)
        return {
            CallKind(key or None, CallPurpose(purpose), prompt, model): Used(*(int(n) for n in counted))
            for key, purpose, prompt, model, *counted in self._connection.execute(summed)
        }
