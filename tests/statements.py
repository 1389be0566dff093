"""Counts the statements a block sends, and holds every statement to the rule of ``school_id``."""

import re
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache
from typing import Any, ClassVar

import sqlglot
from sqlalchemy import Engine, event
from sqlglot import exp

from school.core.database import metadata
from school.registry import load_models

INSERTS = re.compile(r"^\s*(?:WITH .*?)?INSERT INTO \"?(\w+)", re.IGNORECASE | re.DOTALL)
PLACES = re.compile(r"(?:%\(\w+\)s|\$\d+)(::(?:TIME(?:STAMP)? WITH(?:OUT)? TIME ZONE|DOUBLE PRECISION|\w+)(?:\[\])?)?")
"""What the driver of PostgreSQL fills in, with the type that SQLAlchemy writes beside it."""
NOT_COUNTED = ("BEGIN", "COMMIT", "ROLLBACK", "SAVEPOINT", "RELEASE", "PRAGMA")


class WithoutSchool(AssertionError):
    """A statement reads or changes a school's table without saying which school's."""


class Statements:
    """The statements sent by any thread while a block runs, BEGIN and COMMIT apart."""

    _running: ClassVar[list[list[str]]] = []
    _lock: ClassVar[threading.Lock] = threading.Lock()

    @classmethod
    def watch(cls, *engines: Engine) -> None:
        """Look at every statement of these engines from now on."""
        load_models()
        for engine in engines:
            event.listen(engine, "before_cursor_execute", cls._see)

    @classmethod
    def _see(cls, connection: Any, _cursor: Any, sql: str, *_rest: Any) -> None:
        if sql.lstrip().upper().startswith(NOT_COUNTED):
            return
        if "unguarded" not in connection.get_execution_options():
            complaint = complaint_about(sql, connection.dialect.name)
            if complaint:
                raise WithoutSchool(f"{complaint}\n{sql}")
        with cls._lock:
            for seen in cls._running:
                seen.append(sql)

    @contextmanager
    def counted(self) -> Iterator[list[str]]:
        """Collect what is sent inside the block."""
        seen: list[str] = []
        with self._lock:
            self._running.append(seen)
        try:
            yield seen
        finally:
            with self._lock:
                self._running.remove(seen)

    @staticmethod
    def tables_written_into(written: set[str]) -> Callable[..., None]:
        """A listener that notes the tables of INSERTs."""

        def listen(_connection: Any, _cursor: Any, sql: str, *_rest: Any) -> None:
            found = INSERTS.match(sql)
            if found:
                written.add(found[1])

        return listen


@cache
def school_tables() -> frozenset[str]:
    """Tables whose key begins with ``school_id``."""
    return frozenset(
        table.name
        for table in metadata.tables.values()
        if list(table.primary_key.columns) and next(iter(table.primary_key.columns)).name == "school_id"
    )


@cache
def complaint_about(sql: str, dialect: str) -> str | None:
    """What is wrong with a statement: the alias of a school's table without an equality (or IN) on its ``school_id``."""
    if not any(re.search(rf"\b{name}\b", sql) for name in school_tables()):
        return None
    text = PLACES.sub("1", sql) if dialect == "postgresql" else sql
    try:
        tree = sqlglot.parse_one(text, dialect="postgres" if dialect == "postgresql" else "sqlite")
    except sqlglot.errors.ParseError:
        return None if sql.lstrip().upper().startswith(("CREATE", "DROP", "ALTER", "COPY", "EXPLAIN")) else "unreadable"
    if isinstance(tree, exp.Create | exp.Drop | exp.Alter | exp.Command):
        return None
    held = {_alias_of(column) for column in _held_columns(tree)}
    for table in tree.find_all(exp.Table):
        if table.name not in school_tables() or isinstance(table.parent, exp.Schema | exp.Insert):
            continue
        if table.alias_or_name not in held and not (_is_alone(tree, table) and "" in held):
            return f"no equality on school_id for {table.alias_or_name} ({table.name})"
    return None


def _held_columns(tree: exp.Expression) -> Iterator[exp.Column]:
    for equality in tree.find_all(exp.EQ, exp.In):
        for side in (equality.this, equality.args.get("expression")):
            if isinstance(side, exp.Tuple):
                yield from (one for one in side.expressions if isinstance(one, exp.Column) and one.name == "school_id")
            if isinstance(side, exp.Column) and side.name == "school_id":
                yield side


def _alias_of(column: exp.Column) -> str:
    return str(column.table)


def _is_alone(tree: exp.Expression, table: exp.Table) -> bool:
    return (isinstance(tree, exp.Update | exp.Delete) and tree.this is table) or len(
        list(tree.find_all(exp.Table))
    ) == 1
