"""First pages depend on the hour: tests that ask for ``noon`` live on one Tuesday."""

from collections.abc import Iterator

import pytest

from school.core import clock
from tests.school.home.rooms import NOON


@pytest.fixture
def noon() -> Iterator[None]:
    """The clock stands."""
    with clock.stopped_at(NOON):
        yield
