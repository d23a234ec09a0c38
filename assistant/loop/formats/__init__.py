"""Reports and answers written for others: JSON for programs, Markdown and a standalone page for people."""
