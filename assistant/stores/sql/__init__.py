"""The source of truth: SQLite under the home folder or a PostgreSQL database, through SQLAlchemy Core."""
