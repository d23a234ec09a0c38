"""Turn the examples of questions into vectors and keep them beside the weights.

    python training/question_vectors.py

To be run after a change of ``assistant/engines/embedded/question_examples.yaml`` or of the weights.
"""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from assistant.engines.embedded.model import LanguageModel
from assistant.engines.embedded.question_examples import VECTORS, examples, fingerprint


def main() -> None:
    """Write the vectors in half precision, with what they were made of."""
    model = LanguageModel.load()
    vectors = model.see([text for _, text in examples()]).vectors.astype(np.float16)
    np.savez_compressed(VECTORS, vectors=vectors, fingerprint=np.array(fingerprint(model.version)))
    sys.stdout.write(f"{len(vectors)} vectors in {VECTORS}\n")


if __name__ == "__main__":
    main()
