"""Logs as events with keys, on stderr. Of a library's complaint the place is told, as its words may be people's."""

from __future__ import annotations

import logging
import sys

import structlog

from assistant.telemetry.log_form import LogForm


def set_up(form: LogForm) -> None:
    """Have all that is logged from now on written in this form."""
    is_json = form is LogForm.JSON
    structlog.configure(
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.JSONRenderer() if is_json else structlog.dev.ConsoleRenderer(colors=False),
        ],
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),  # what is printed on stdout is for programs
    )
    logging.basicConfig(handlers=[_WithoutWords(logging.WARNING)], force=True)


class _WithoutWords(logging.Handler):
    """Writes down which library complains and where, and not what it says: that may quote what somebody wrote."""

    def emit(self, record: logging.LogRecord) -> None:
        """One complaint."""
        error = record.exc_info[0] if record.exc_info else None
        at = f"{record.filename}:{record.lineno}"
        kind = {"error": error.__name__} if error else {}
        structlog.get_logger().warning("library_complains", library=record.name, at=at, **kind)
