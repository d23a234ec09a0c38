"""Where a Chroma server is reached."""

from __future__ import annotations

from dataclasses import dataclass, field
from urllib.parse import urlsplit

DATABASE = "value_loop"


@dataclass(frozen=True, slots=True)
class Place:
    """A database on a server. ``headers`` go with each call; the token is named as Chroma's own service names it."""

    host: str
    port: int
    is_tls: bool
    database: str
    headers: dict[str, str] = field(repr=False)

    @classmethod
    def of(cls, url: str, token: str | None) -> Place:
        """The place that an address names, as ``http://host:8000/database``; without a database, ours."""
        parts = urlsplit(url)
        is_tls = parts.scheme == "https"
        return cls(
            host=parts.hostname or "",
            port=parts.port or (443 if is_tls else 80),
            is_tls=is_tls,
            database=parts.path.strip("/") or DATABASE,
            headers={"X-Chroma-Token": token} if token else {},
        )

    def __str__(self) -> str:
        host = f"[{self.host}]" if ":" in self.host else self.host
        return f"{'https' if self.is_tls else 'http'}://{host}:{self.port}/{self.database}"
