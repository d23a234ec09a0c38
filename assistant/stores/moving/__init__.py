"""Moving an installation to another database: table by table, checked, and resumable at any point."""
