"""Runs migrations on either database; both packages share one MetaData."""

from alembic import context
from sqlalchemy import create_engine, event, pool

from content_library.database import Id, Moment
from school.core.database import metadata
from school.core.migrating import compare_type
from school.registry import load_models

load_models()

ONE_AT_A_TIME = 7_306_115
"""The advisory lock of migrations, any number that nothing else takes."""


def render_item(kind, thing, _context):
    """Write our own types by their short names."""
    return f"{type(thing).__name__}()" if kind == "type" and isinstance(thing, Id | Moment) else False


def run() -> None:
    """Each migration in a transaction of its own; on SQLite foreign keys are off inside and checked after."""
    url = context.config.get_main_option("sqlalchemy.url")
    engine = create_engine(url, poolclass=pool.NullPool)
    is_sqlite = engine.dialect.name == "sqlite"
    if is_sqlite:

        @event.listens_for(engine, "connect")
        def without_foreign_keys(connection, _entry) -> None:
            connection.isolation_level = None
            connection.execute("PRAGMA journal_mode=WAL")
            connection.execute("PRAGMA foreign_keys=OFF")

        @event.listens_for(engine, "begin")
        def begin(connection) -> None:
            connection.exec_driver_sql("BEGIN IMMEDIATE")

    with engine.connect() as connection:
        if not is_sqlite:
            connection.exec_driver_sql("SET statement_timeout = '15min'")
            # Machines that are upgraded at once wait for each other; the lock goes with the connection.
            connection.exec_driver_sql(f"SELECT pg_advisory_lock({ONE_AT_A_TIME})")
            connection.exec_driver_sql("SET lock_timeout = '10s'")
            connection.commit()
        context.configure(
            connection=connection,
            target_metadata=metadata,
            render_as_batch=is_sqlite,
            compare_type=compare_type,
            render_item=render_item,
            transaction_per_migration=True,
        )
        with context.begin_transaction():
            context.run_migrations()
        if is_sqlite:
            broken = connection.exec_driver_sql("PRAGMA foreign_key_check").all()
            if broken:
                raise RuntimeError(f"a migration broke foreign keys: {broken[:5]}")


run()
