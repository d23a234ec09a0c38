"""What holds for all tests, and what more than one folder of them needs."""

from collections.abc import Iterator

import pytest
from hypothesis import settings

from tests.fakes.postgres_server import PostgresServer

settings.register_profile("steady", deadline=None)  # a busy machine is no broken rule
settings.load_profile("steady")


@pytest.fixture(scope="session")
def server() -> Iterator[PostgresServer]:
    """A real PostgreSQL server, started where a test asks for it."""
    with PostgresServer.running() as running:
        yield running
