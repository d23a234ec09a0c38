"""Backups: words and keys in files of their own, made while the app runs, and put back whole or not at all."""
