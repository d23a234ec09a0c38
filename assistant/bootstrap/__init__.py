"""The only place where real parts are chosen."""

from assistant.bootstrap.parts import Parts

__all__ = ["Parts"]
