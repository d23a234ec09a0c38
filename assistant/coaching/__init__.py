"""From findings to practices and suggestions."""
