"""Jobs that wait on a PostgreSQL server until a worker does them, with Procrastinate."""
