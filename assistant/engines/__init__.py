"""Engines: everything that understands or writes language."""
