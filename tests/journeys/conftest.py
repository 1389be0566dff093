"""A running school, on the database the suite is given, and a browser."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright

from tests import machines
from tests.browser import open_chromium
from tests.living import School


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    if machines.find_chromium() is None:
        pytest.skip("Chromium not found")
    with sync_playwright() as playwright:
        opened = open_chromium(playwright)
        yield opened
        opened.close()


@pytest.fixture
def school(pytestconfig: pytest.Config, tmp_path: Path) -> Iterator[School]:
    """A school of this test alone: journeys change it, and some kill it."""
    if pytestconfig.getoption("--database") == "postgresql":
        if machines.find_postgres() is None:
            pytest.skip("PostgreSQL not found")
        with machines.running_postgres() as url:
            yield from _run(School(tmp_path, url))
    else:
        yield from _run(School(tmp_path))


def _run(school: School) -> Iterator[School]:
    school.start()
    try:
        yield school
    finally:
        school.stop()
