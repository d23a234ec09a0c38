"""Opening the index wherever it is kept."""

from __future__ import annotations

from pathlib import Path

from assistant.ports.index import Index
from assistant.stores.chroma.index import ChromaIndex
from assistant.stores.chroma.place import Place
from assistant.stores.chroma.server import ChromaServerIndex


def open_index(home: Path, url: str | None, token: str | None, fingerprint: str, *, rebuild: bool) -> Index:
    """The index of the model that ``fingerprint`` names: on the server at ``url``, without one in a folder of ``home``.

    Raises Busy and Broken as :meth:`ChromaIndex.open` does for a folder; a server is asked when it is first needed.
    """
    if url is None:
        return ChromaIndex.open(home, fingerprint, rebuild=rebuild)
    return ChromaServerIndex(Place.of(url, token), fingerprint, rebuild=rebuild)
