"""The source of truth: SQLite under the home folder, through SQLAlchemy Core."""
