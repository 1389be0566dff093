"""A running school, on the database the suite is given, and a browser."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path

import psycopg
import pytest
from playwright.sync_api import Browser, sync_playwright

from tests import machines
from tests.browser import open_chromium
from tests.living import School

_numbers = count(1)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    if machines.find_chromium() is None:
        pytest.skip("Chromium not found")
    with sync_playwright() as playwright:
        opened = open_chromium(playwright)
        yield opened
        opened.close()


@pytest.fixture(scope="session")
def built(pytestconfig: pytest.Config, tmp_path_factory: pytest.TempPathFactory) -> Iterator[School]:
    """The demo school, built by one first start and stopped: each test runs a copy of it."""
    folder = tmp_path_factory.mktemp("built")
    if pytestconfig.getoption("--database") == "postgresql":
        if machines.find_postgres() is None:
            pytest.skip("PostgreSQL not found")
        with machines.running_postgres() as server, _database(server, "built", "template0") as url:
            yield _build(School(folder, url))
    else:
        yield _build(School(folder))


@pytest.fixture
def school(built: School, tmp_path: Path) -> Iterator[School]:
    """A school of this test alone: journeys change it, and some kill it."""
    with copied(built, tmp_path / "school") as copy:
        yield copy


@pytest.fixture(scope="module")
def shared_school(built: School, tmp_path_factory: pytest.TempPathFactory) -> Iterator[School]:
    """One school for all tests of a module: for those that only add to it."""
    with copied(built, tmp_path_factory.mktemp("shared") / "school") as copy:
        yield copy


@contextmanager
def copied(built: School, folder: Path) -> Iterator[School]:
    """A running copy of the school."""
    shutil.copytree(built.folder, folder)
    if built.database_url:
        with (
            _database(built.database_url, f"copy{next(_numbers)}", "built") as url,
            _running(School(folder, url)) as one,
        ):
            yield one
    else:
        with _running(School(folder)) as one:
            yield one


def _build(school: School) -> School:
    school.start()
    school.stop()
    return school


@contextmanager
def _running(school: School) -> Iterator[School]:
    school.start()
    try:
        yield school
    finally:
        school.stop()


@contextmanager
def _database(beside: str, name: str, template: str) -> Iterator[str]:
    """A database of this name on the same server, a copy of ``template``."""
    host = beside.rpartition("host=")[2]
    address = f"host={host} user=postgres dbname=postgres"
    with psycopg.connect(address, autocommit=True) as connection:
        connection.execute(f'CREATE DATABASE "{name}" TEMPLATE "{template}"')
    try:
        yield f"postgresql+psycopg://postgres@/{name}?host={host}"
    finally:
        with psycopg.connect(address, autocommit=True) as connection:
            connection.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
