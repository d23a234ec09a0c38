"""What is kept: SQL and vectors."""
