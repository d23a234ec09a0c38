"""The only reader of the environment."""

from assistant.settings.kinds import in_plain
from assistant.settings.settings import Settings

__all__ = ["Settings", "in_plain"]
