"""Comparing the two sides: alignment, findings, climate. Pure rules over statements."""
