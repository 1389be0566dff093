"""A library with two subjects and a few topics, in an empty database of its own."""

import uuid
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import Engine, create_engine, event
from sqlalchemy.orm import Session

from content_library.database import metadata
from content_library.models import Subject, Topic

MORNING = datetime(2026, 9, 1, 6, 0, tzinfo=UTC)
AUTHOR = uuid.UUID("01990000-0000-7000-8000-000000000001")


@pytest.fixture(scope="session")
def library_engine(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    """Empty tables, made from the models, on the database that the suite runs on."""
    if request.config.getoption("--database", default="sqlite") == "postgresql":
        engine = _on_postgres(request.getfixturevalue("postgres"))
    else:
        engine = _on_sqlite(tmp_path_factory.mktemp("library") / "library.sqlite")
    # All tables that are known, the school's too when its tests run beside: what points to a file keeps it alive.
    metadata.create_all(engine)
    yield engine
    engine.dispose()


def _on_sqlite(path: Path) -> Engine:
    engine = create_engine(f"sqlite:///{path}")

    @event.listens_for(engine, "connect")
    def _strict(connection, _record):  # type: ignore[no-untyped-def]
        connection.execute("PRAGMA foreign_keys = ON")
        # Python's own idea of transactions knows no savepoints: begin in words instead.
        connection.isolation_level = None

    @event.listens_for(engine, "begin")
    def _begin(connection):  # type: ignore[no-untyped-def]
        connection.exec_driver_sql("BEGIN")

    return engine


def _on_postgres(url: str) -> Engine:
    """A schema of its own: the school's tests have migrated the usual one."""
    engine = create_engine(url, connect_args={"options": "-c search_path=library_alone"})
    with engine.begin() as connection:
        connection.exec_driver_sql("CREATE SCHEMA library_alone")
    return engine


@pytest.fixture
def session(library_engine: Engine) -> Iterator[Session]:
    with library_engine.connect() as connection:
        outer = connection.begin()
        with Session(connection, join_transaction_mode="create_savepoint") as session:
            session.add_all(
                [
                    Subject(
                        id=1,
                        code="maths",
                        name_ru="Математика",
                        name_en="Maths",
                        short_ru="Матем.",
                        tint=0,
                        sort=1,
                    ),
                    Subject(
                        id=2,
                        code="physics",
                        name_ru="Физика",
                        name_en="Physics",
                        short_ru="Физ.",
                        tint=1,
                        sort=2,
                    ),
                ]
            )
            session.flush()
            session.add_all(
                [
                    Topic(id=10, subject_id=1, code="5.1", title="Обыкновенные дроби", year_level=5),
                    Topic(id=11, subject_id=1, code="6.1", title="Отрицательные числа", year_level=6),
                    Topic(id=20, subject_id=2, code="7.1", title="Равномерное движение", year_level=7),
                ]
            )
            session.flush()
            session.add(Topic(id=12, subject_id=1, parent_id=10, code="5.1.1", title="Сложение дробей", year_level=5))
            session.flush()
            if connection.dialect.name == "postgresql":  # numbers given by hand are unknown to the sequence
                connection.exec_driver_sql("SELECT setval('topic_id_seq', 1000)")
            yield session
        outer.rollback()
