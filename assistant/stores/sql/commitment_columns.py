"""The columns of the table of commitments, typed."""

from __future__ import annotations

from sqlalchemy import Column, Named, TypedColumns


class CommitmentColumns(TypedColumns):
    """What managers have taken on: ``body`` is sealed JSON without words, ``words`` is what they wrote, sealed apart.

    ``number`` is the order in which they were taken on; ``words`` is empty once they have been deleted.
    """

    number: Named[int] = Column(primary_key=True)
    id: Named[str] = Column(unique=True)
    manager: Named[str] = Column(index=True)
    body: Named[str]
    words: Named[str]
