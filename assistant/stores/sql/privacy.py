"""What people were told, in SQL: each statement once, and for each conversation when it was told."""

from __future__ import annotations

from sqlalchemy import Connection, insert, select

from assistant.domain.access import Viewer
from assistant.domain.privacy import PrivacyStatement, Told
from assistant.stores.sql.conversations import SqlConversations
from assistant.stores.sql.dialects import insert_into
from assistant.stores.sql.tables import privacy_statement as statements
from assistant.stores.sql.tables import told as table
from assistant.stores.sql.values import from_json, to_json


class SqlPrivacy:
    """See :class:`assistant.ports.privacy.Privacy`."""

    def __init__(self, connection: Connection, conversations: SqlConversations) -> None:
        self._connection = connection
        self._conversations = conversations

    def tell(self, conversation: str, told: Told, viewer: Viewer) -> None:
        """Keep that the viewer was told this; nothing is done where it is what they were told last."""
        if self.last_told(conversation, viewer) == told.statement:
            return
        fingerprint = told.statement.fingerprint
        new = insert_into(self._connection, statements).values(fingerprint=fingerprint, body=to_json(told.statement))
        self._connection.execute(new.on_conflict_do_nothing())
        self._connection.execute(
            insert(table).values(conversation=conversation, position=told.position, statement=fingerprint)
        )

    def told(self, conversation: str, viewer: Viewer) -> tuple[Told, ...]:
        """All that the author was told, in order; nothing for an imported one. Raises Unknown."""
        self._conversations.without_words(conversation, viewer)
        rows = self._connection.execute(
            select(table.c.position, statements.c.body)
            .join(statements, statements.c.fingerprint == table.c.statement)
            .where(table.c.conversation == conversation)
            .order_by(table.c.position)
        )
        return tuple(Told(position, from_json(PrivacyStatement, body)) for position, body in rows)

    def last_told(self, conversation: str, viewer: Viewer) -> PrivacyStatement | None:
        """What the author was told last. Raises Unknown."""
        told = self.told(conversation, viewer)
        return told[-1].statement if told else None
