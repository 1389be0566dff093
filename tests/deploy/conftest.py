"""One city for the tests of its shape."""

import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests import machines
from tests.deploy.city import City


@pytest.fixture(scope="module")
def city(pytestconfig: pytest.Config) -> Iterator[City]:
    """A running city; it lives on PostgreSQL, so it belongs to the suite's run there."""
    missing = [one for one in ("PostgreSQL", "Redis", "MinIO") if one in machines.missing()]
    if missing or pytestconfig.getoption("--database") != "postgresql":
        pytest.skip(f"{', '.join(missing)} not found" if missing else "shown in the run on PostgreSQL")
    folder = Path(tempfile.mkdtemp(prefix="school-city-"))
    folder.chmod(0o755)
    made = City(folder)
    try:
        yield made.start()
    finally:
        made.stop()
        shutil.rmtree(folder, ignore_errors=True)
