"""From the reports below a leader to what all of them show together; see :mod:`assistant.domain.insight`."""
