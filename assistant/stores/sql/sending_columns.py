"""The columns of the tables of what is sent, and of rounds that open by themselves, typed."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Column, ForeignKey, Named, TypedColumns

from assistant.stores.sql.schema import UtcTime


class NoticeColumns(TypedColumns):
    """What is to be sent, and what became of it; ``person`` is empty where it goes to a channel."""

    id: Named[str] = Column(primary_key=True)
    kind: Named[str]
    channel: Named[str]
    round_key: Named[str] = Column(ForeignKey("round.key"))
    person: Named[str] = Column(index=True)
    number: Named[int]
    due_at: Named[datetime] = Column(UtcTime)
    state: Named[str]
    attempts: Named[int]
    tries: Named[int]
    sent_at: Named[datetime | None] = Column(UtcTime)
    problem: Named[str]


class NoRemindersColumns(TypedColumns):
    """Who wants no reminders."""

    email: Named[str] = Column(primary_key=True)


class HandoverColumns(TypedColumns):
    """Which letter was handed over last: one row, on a server."""

    number: Named[int] = Column(primary_key=True, autoincrement=False)
    mark: Named[str]


class PlannedRoundColumns(TypedColumns):
    """Rounds that open by themselves; ``every`` says how often such a round comes again."""

    key: Named[str] = Column(primary_key=True)
    floor: Named[int]
    opens_at: Named[datetime] = Column(UtcTime)
    closes_at: Named[datetime | None] = Column(UtcTime)
    every: Named[str | None]
