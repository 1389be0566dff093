"""A small application on each database: the tables of the core and of schools, nothing else."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask

from school.core.database import db, write_engine
from tests.machines import find_postgres
from tests.postgres import PostgresServer, postgres_server
from tests.school.core.small_app import TABLES, make_tables, small_app


@pytest.fixture(scope="session")
def core_postgres() -> Iterator[PostgresServer]:
    programs = find_postgres()
    if programs is None:
        pytest.skip("PostgreSQL was not found")
    with postgres_server(programs) as server:
        server.make_database("core")
        yield server


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'school.sqlite3'}"
    server: PostgresServer = request.getfixturevalue("core_postgres")
    return server.url("core")


@pytest.fixture
def bare_app(database_url: str, tmp_path: Path) -> Iterator[Flask]:
    """The application without a pushed context: for tests with threads and workers of their own."""
    app = small_app(database_url, tmp_path)
    make_tables(app)
    yield app
    with app.app_context():
        with write_engine().begin() as connection:
            for table in TABLES:
                connection.execute(table.delete())
        for engine in db.engines.values():
            engine.dispose()


@pytest.fixture
def app(bare_app: Flask) -> Iterator[Flask]:
    with bare_app.app_context():
        yield bare_app
