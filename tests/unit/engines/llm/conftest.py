"""What the tests of the language-model engine stand on."""

from pathlib import Path

import pytest

from assistant.domain.knowledge import Knowledge
from assistant.engines.embedded.engine import EmbeddedEngine
from assistant.stores.knowledge_files import load_knowledge


@pytest.fixture(scope="session")
def knowledge() -> Knowledge:
    return load_knowledge(Path(__file__).parents[4] / "knowledge")


@pytest.fixture(scope="session")
def embedded(knowledge: Knowledge) -> EmbeddedEngine:
    return EmbeddedEngine.load(knowledge)
