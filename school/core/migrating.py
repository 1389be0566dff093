"""Bring a database to the newest shape, and tell whether it is there."""

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any

from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine

from content_library.database import Id, Moment, metadata
from school.core.config import Settings

STORED_AS = {Id: {"BLOB", "UUID"}, Moment: {"DATETIME", "TIMESTAMP"}}
FOLDER = Path(__file__).parents[2] / "migrations"


def compare_type(_context: Any, _inspected: Any, _column: Any, stored: Any, wanted: Any) -> bool | None:
    """Alembic's hook: our own types look different in each database; say which stored type is the right one."""
    right = STORED_AS.get(type(wanted))
    return None if right is None else type(stored).__name__.upper() not in right


def alembic_config(url: str) -> Config:
    """Alembic's view of this project, without an ini file."""
    config = Config()
    config.set_main_option("script_location", str(FOLDER))
    config.set_main_option("sqlalchemy.url", url.replace("%", "%%"))
    config.set_main_option("file_template", "%%(rev)s_%%(slug)s")
    return config


@cache
def newest() -> str | None:
    """The last migration in the folder."""
    return ScriptDirectory(str(FOLDER)).get_current_head()


def is_current(connection: Connection) -> bool:
    """Whether the database has every migration."""
    return MigrationContext.configure(connection).get_current_revision() == newest()


def is_missing(settings: Settings) -> bool:
    """Whether the embedded database file is not there yet."""
    path = Path(settings.database_url.removeprefix("sqlite:///"))
    return not path.exists() or path.stat().st_size == 0


def differences(engine: Engine) -> list[str]:
    """What the models say that the migrated database does not, one line each."""
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": compare_type})
        return [str(one) for one in compare_metadata(context, metadata)]


def upgrade(settings: Settings, to: str = "head") -> None:
    """Apply what is missing; two processes that start at once wait for each other."""
    with _one_at_a_time(settings.data_dir):
        command.upgrade(alembic_config(settings.database_url), to)


def write_next(settings: Settings, name: str) -> None:
    """Compare the models with the migrated database and write the next numbered migration."""
    number = f"{int(newest() or 0) + 1:04d}"
    command.revision(alembic_config(settings.database_url), message=name, autogenerate=True, rev_id=number)


def downgrade(settings: Settings, to: str) -> None:
    """Go back to ``to`` (``base`` for an empty database)."""
    with _one_at_a_time(settings.data_dir):
        command.downgrade(alembic_config(settings.database_url), to)


@contextmanager
def _one_at_a_time(folder: Path) -> Iterator[None]:
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / ".migrating").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
