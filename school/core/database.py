"""The database: two engines over one SQLite file or PostgreSQL database, the base of the school's tables, and their keys.

Safe requests (GET, HEAD) read through an engine that cannot write: autocommit, so that no BEGIN and ROLLBACK travel, and
read-only by the database's own word. Everything else uses the writing engine; on SQLite its transactions begin IMMEDIATE,
so two writers wait for each other at their start instead of failing at their end.
"""

import sqlite3
import uuid
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from flask import Flask, g, has_request_context, request
from flask_sqlalchemy import SQLAlchemy
from flask_sqlalchemy.session import Session as FlaskSession
from sqlalchemy import Connection, Engine, Executable, ForeignKeyConstraint, event
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.orm import (
    DeclarativeBase,
    Mapped,
    ORMExecuteState,
    Session,
    mapped_column,
    registry,
    with_loader_criteria,
)
from sqlalchemy.pool import ConnectionPoolEntry

from content_library.database import Id, Moment, metadata
from content_library.ids import uuid7 as new_id
from school.core.compiled import know_statements
from school.core.config import Settings
from school.core.reading import NamingCursor, PreparedStatements, Rows
from school.core.scope import current_scope

__all__ = [
    "Base",
    "Id",
    "Moment",
    "SchoolOwned",
    "belongs_to",
    "db",
    "metadata",
    "new_id",
    "of_school",
    "read",
    "read_engine",
    "write_engine",
]

SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})
SQLITE_BUSY_MS = 15_000
PLANS = "-c plan_cache_mode=force_generic_plan -c jit=off -c random_page_cost=1.1 -c TimeZone=UTC"
"""Our statements look rows up by keys, and are the same objects each time: a connection plans each once and never compiles one.
Planning a join of six tables anew for each value costs more than running it. The data is on SSD or in memory, so an index is
nearly as near as the next page; and moments come in UTC, so that nothing has to be reckoned to make them so."""
CONNECT_SECONDS = 5
"""How long a request waits for a PostgreSQL that does not answer before the person is told."""


class Base(DeclarativeBase):
    """Base of the school's tables; shares its MetaData with the library's."""

    registry = registry(metadata=metadata, type_annotation_map={uuid.UUID: Id, datetime: Moment})


class SchoolOwned:
    """A row that belongs to one school: its key is ``(school_id, id)``, so no row can point into another school."""

    school_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False, sort_order=-2)
    id: Mapped[uuid.UUID] = mapped_column(Id, primary_key=True, default=new_id, sort_order=-1)


def of_school() -> ForeignKeyConstraint:
    """For tables at the root of a school's data; the others inherit the school from what they belong to."""
    return ForeignKeyConstraint(["school_id"], ["school.id"])


def belongs_to(table: str, column: str) -> ForeignKeyConstraint:
    """A foreign key inside one school: ``(school_id, column)`` to ``table(school_id, id)``."""
    return ForeignKeyConstraint(["school_id", column], [f"{table}.school_id", f"{table}.id"])


class _ChoosingSession(FlaskSession):
    """A session that reads by the read-only engine while a safe request is served."""

    def get_bind(self, mapper: Any = None, clause: Any = None, bind: Any = None, **kwargs: Any) -> Engine | Connection:
        if bind is not None:
            return bind  # type: ignore[no-any-return]
        return _reader() if _is_safe() else write_engine()


def _is_safe() -> bool:
    return has_request_context() and request.method in SAFE_METHODS


db = SQLAlchemy(model_class=Base, disable_autonaming=True, session_options={"class_": _ChoosingSession})


_PREPARED = PreparedStatements()


def read(statement: Executable, values: Mapping[str, Any] | None = None) -> Rows:
    """All rows of a Core statement, as plain tuples, on the connection and in the transaction of this request.

    Straight to the connection: the session would first look for objects in the statement, and hand the rows over one by one.
    """
    if not _is_safe():
        return _PREPARED.ask(db.session.connection(), statement, values or {}, once=True)
    return _PREPARED.ask(_reader(), statement, values or {})


def _reader() -> Connection:
    """The connection of this safe request. Most pages ask it alone and never need a session, which joins it when they do."""
    connection: Connection | None = g.get("reads_by")
    if connection is None or connection.closed:
        connection = g.reads_by = read_engine().connect()
    return connection


def _give_back(_error: BaseException | None) -> None:
    connection = g.pop("reads_by", None)
    if connection is not None:
        connection.close()


def read_engine() -> Engine:
    """The engine that cannot write."""
    return db.engines["read"]


def write_engine() -> Engine:
    """The engine of unsafe requests, jobs and commands."""
    return db.engine


def init_app(app: Flask, settings: Settings) -> None:
    """Give the application its two engines."""
    pool: dict[str, Any] = {"pool_size": settings.pool_size, "max_overflow": 4, "pool_pre_ping": False}
    read: dict[str, Any] = {"url": settings.database_url, "isolation_level": "AUTOCOMMIT", **pool}
    if settings.is_sqlite:
        settings.data_dir.mkdir(parents=True, exist_ok=True)
    else:
        pool["pool_recycle"] = read["pool_recycle"] = 1800
        driver = {"connect_timeout": CONNECT_SECONDS, "prepare_threshold": 0, "cursor_factory": NamingCursor}
        pool["connect_args"] = {**driver, "application_name": "school", "options": PLANS}
        read["connect_args"] = {
            **driver,
            "application_name": "school-read",
            "options": f"{PLANS} -c default_transaction_read_only=on",
        }
    app.config["SQLALCHEMY_DATABASE_URI"] = settings.database_url
    app.config["SQLALCHEMY_ENGINE_OPTIONS"] = pool
    app.config["SQLALCHEMY_BINDS"] = {"read": read}
    app.teardown_appcontext(_give_back)  # they run last first: after the session has let go of it
    db.init_app(app)
    with app.app_context():
        know_statements(write_engine())
        know_statements(read_engine())
        if settings.is_sqlite:
            _prepare_sqlite(write_engine(), read_only=False)
            _prepare_sqlite(read_engine(), read_only=True)


def _prepare_sqlite(engine: Engine, *, read_only: bool) -> None:
    @event.listens_for(engine, "connect")
    def set_pragmas(connection: DBAPIConnection, _entry: ConnectionPoolEntry) -> None:
        assert isinstance(connection, sqlite3.Connection)  # noqa: S101 - narrows the type for mypy
        connection.isolation_level = None
        for pragma in (
            "journal_mode=WAL",
            "synchronous=FULL",
            "foreign_keys=ON",
            f"busy_timeout={SQLITE_BUSY_MS}",
        ):
            connection.execute(f"PRAGMA {pragma}")
        if read_only:
            connection.execute("PRAGMA query_only=ON")

    if not read_only:

        @event.listens_for(engine, "begin")
        def begin_immediate(connection: Connection) -> None:
            if connection.get_execution_options().get("isolation_level") != "AUTOCOMMIT":
                connection.exec_driver_sql("BEGIN IMMEDIATE")


@event.listens_for(Session, "do_orm_execute")
def _keep_to_scope(state: ORMExecuteState) -> None:
    """Add the scope's schools to every ORM read, in case its author forgot them. Core statements are held to it by a test."""
    schools = current_scope()
    # A Core statement must stay the very object it is: a copy would have its cache key made anew at each execution.
    if (
        schools is None
        or not state.is_orm_statement
        or not state.is_select
        or state.is_column_load
        or state.is_relationship_load
    ):
        return
    state.statement = state.statement.options(
        with_loader_criteria(SchoolOwned, lambda cls: cls.school_id.in_(schools), include_aliases=True)
    )
