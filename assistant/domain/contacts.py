"""Whom an organisation names for people to turn to with what does not belong into feedback."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Contact:
    """A person or place: ``what`` says in a few words what it is; of phone, email and link at least one is given."""

    name: str
    what: str = ""
    phone: str = ""
    email: str = ""
    link: str = ""
