"""One application for a test process, a clean database for each test, signed-in clients, and what was not found."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from hypothesis import HealthCheck, settings
from sqlalchemy import event

from school.app import create_app
from school.core import migrating
from school.core.config import Settings
from school.core.database import db, read_engine, write_engine
from school.core.scope import hold_to
from tests import machines
from tests.browsing import SchoolClient
from tests.factories import Make
from tests.statements import Statements

settings.register_profile("suite", derandomize=True, deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("suite")
"""The same examples at each run: what is red today was made red today. `--hypothesis-profile default` looks further. Properties are
about results, not about how busy the machine is: time is measured by `make bench`."""

QUIET_SECRET = "a secret of the tests, long enough to be one"


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--database", choices=["sqlite", "postgresql"], default="sqlite", help="what the suite runs on")
    parser.addoption(
        "--after-sqlite",
        action="store_true",
        help="a run on SQLite came before: what no database can change is not run again",
    )
    parser.addoption("--require-all", action="store_true", help="a server that is not found is a failure")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    if config.getoption("--require-all"):
        missing = machines.missing()
        if missing:
            raise pytest.UsageError("not found on this machine: " + ", ".join(missing))
    if config.getoption("--after-sqlite"):
        again = [one for one in items if _knows_the_database(one)]
        config.hook.pytest_deselected(items=[one for one in items if one not in set(again)])
        items[:] = again

    for one in items:
        # Those of one module and one school stay in one process, or each process would start a school of its own.
        if "shared_school" in getattr(one, "fixturenames", ()):
            one.add_marker(pytest.mark.xdist_group(one.path.stem))
        # A browser on a busy machine may lose a step: it is driven once more, and the summary counts it as a rerun.
        if one.get_closest_marker("journey"):
            one.add_marker(pytest.mark.flaky(reruns=1))


def _knows_the_database(item: pytest.Item) -> bool:
    """Whether another database may make a difference: rules, parsers and pictures come out the same, so once is enough.

    Fixtures that choose the database read the options for it; a test that asks for fixtures by name might.
    """
    if item.get_closest_marker("journey") and not item.get_closest_marker("data_journey"):
        return False
    return not {"pytestconfig", "request"}.isdisjoint(getattr(item, "fixturenames", ()))


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    for name in machines.missing():
        terminalreporter.write_line(f"{name} not found on this machine: its tests did not run")


@pytest.fixture(scope="session")
def postgres() -> Iterator[str]:
    """A PostgreSQL server of this test process; the address of its empty database."""
    if machines.find_postgres() is None:
        pytest.skip("PostgreSQL not found")
    with machines.running_postgres() as address:
        yield address


@pytest.fixture(scope="session")
def settings(
    pytestconfig: pytest.Config, tmp_path_factory: pytest.TempPathFactory, request: pytest.FixtureRequest
) -> Settings:
    folder = tmp_path_factory.mktemp("data")
    if pytestconfig.getoption("--database") == "postgresql":
        url = request.getfixturevalue("postgres")
    else:
        url = f"sqlite:///{folder / 'school.sqlite3'}"
    return Settings(data_dir=folder, database_url=url, secret_key=QUIET_SECRET)


@pytest.fixture(scope="session")
def the_app(settings: Settings) -> Iterator[Flask]:
    """The application over a migrated, empty database."""
    migrating.upgrade(settings)
    app = create_app(settings)
    app.config.update(TESTING=True, WTF_CSRF_ENABLED=False)
    app.test_client_class = SchoolClient
    if settings.is_sqlite:
        path = _file(settings)
        shutil.copyfile(path, path.with_suffix(".template"))
    with app.app_context():
        Statements.watch(read_engine(), write_engine())
    yield app
    with app.app_context():
        read_engine().dispose()
        write_engine().dispose()


@pytest.fixture
def app(the_app: Flask, settings: Settings) -> Iterator[Flask]:
    """The application over an empty database of this test, inside an application context."""
    written: set[str] = set()
    hold_to(None)  # a request of the test before may have held this thread to its school
    with the_app.app_context():
        engine = write_engine()
        listener = Statements.tables_written_into(written)
        event.listen(engine, "before_cursor_execute", listener)
        the_app.extensions["limits"].storage.reset()
        try:
            yield the_app
        finally:
            event.remove(engine, "before_cursor_execute", listener)
            db.session.rollback()
            db.session.remove()
    with the_app.app_context():  # the one above has given its connections back
        if settings.is_sqlite:
            _restore(settings)
        else:
            machines.empty(engine, written)


def _file(settings: Settings) -> Path:
    return Path(settings.database_url.removeprefix("sqlite:///"))


def _restore(settings: Settings) -> None:
    read_engine().dispose()
    write_engine().dispose()
    path = _file(settings)
    for ending in ("-wal", "-shm"):
        path.with_name(path.name + ending).unlink(missing_ok=True)
    shutil.copyfile(path.with_suffix(".template"), path)


@pytest.fixture
def make(app: Flask) -> Make:
    """Factories: valid, related, Russian-named rows, committed."""
    return Make(app)


@pytest.fixture
def client(app: Flask) -> SchoolClient:
    """A browser nobody has signed in with."""
    made = app.test_client()
    assert isinstance(made, SchoolClient)
    return made


@pytest.fixture
def statements(app: Flask) -> Statements:
    """Counts the statements of a block: ``with statements.counted() as seen: …; assert len(seen) <= 10``."""
    return Statements()
