"""Handing over mails and messages to the servers that deliver them."""
