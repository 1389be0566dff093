"""What really stands in the database of a running school, asked in SQL beside the program."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Connection, Executable, create_engine, text

from tests.living import School


@contextmanager
def opened(school: School) -> Iterator[Connection]:
    """A connection of our own to the school's database; what it changes is committed at the end."""
    url = school.database_url or f"sqlite:///{school.folder / 'school.sqlite3'}"
    engine = create_engine(url, connect_args={} if school.database_url else {"timeout": 20})
    try:
        with engine.begin() as connection:
            yield connection
    finally:
        engine.dispose()


def rows(school: School, query: str | Executable, **values: Any) -> list[tuple[Any, ...]]:
    """The rows of a query, in SQL or as a statement over the models."""
    statement = text(query) if isinstance(query, str) else query
    with opened(school) as connection:
        return [tuple(row) for row in connection.execute(statement, values)]


def number(school: School, query: str | Executable, **values: Any) -> int:
    """The one number a query answers."""
    return int(rows(school, query, **values)[0][0])
