"""A real Chroma server in a process of its own; where it cannot be started, the test that needs it fails."""

from __future__ import annotations

import socket
import subprocess
import sys
import time
from pathlib import Path

import httpx

START_SECONDS = 60.0
_COMMAND = Path(sys.executable).with_name("chroma")


class ChromaServer:
    """``chroma run`` on a folder and a free port; it can be ended and started again under the same address."""

    def __init__(self, folder: Path) -> None:
        with socket.socket() as held:
            held.bind(("127.0.0.1", 0))
            self.port: int = held.getsockname()[1]
        self.folder = folder
        self.url = f"http://127.0.0.1:{self.port}"
        self.start()

    def start(self) -> None:
        """Start it, and wait until it answers."""
        port = str(self.port)
        self._process = subprocess.Popen(
            [str(_COMMAND), "run", "--path", str(self.folder), "--host", "127.0.0.1", "--port", port],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        until = time.monotonic() + START_SECONDS
        while not self._answers():
            if self._process.poll() is not None or time.monotonic() > until:
                raise AssertionError("chroma run has not come up. Is chromadb installed?")
            time.sleep(0.02)

    def end(self) -> None:
        """End it, as it is ended by whoever runs it."""
        self._process.terminate()
        self._process.wait(timeout=30)

    def vacuum(self) -> None:
        """Have Chroma tidy up the files of a server that has ended."""
        command = [str(_COMMAND), "vacuum", "--path", str(self.folder), "--force"]
        subprocess.run(command, check=True, capture_output=True, timeout=60)

    def _answers(self) -> bool:
        try:
            return httpx.get(f"{self.url}/api/v2/heartbeat").is_success
        except httpx.TransportError:
            return False
