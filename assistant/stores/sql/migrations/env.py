"""Alembic runs this file; the connection, inside its transaction, is given by ``assistant.stores.sql.migrating``."""

from __future__ import annotations

from alembic import context

from assistant.stores.sql.tables import metadata

context.configure(connection=context.config.attributes["connection"], target_metadata=metadata)
with context.begin_transaction():
    context.run_migrations()
