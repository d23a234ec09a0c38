"""Guided conversations: which question comes next."""
