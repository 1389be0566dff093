"""Statements that a page asks each time, ready to be asked: their SQL, how values go in and how columns come out.

SQLAlchemy prepares each execution anew: a context, a result with its keys, a row class. That is worth having for one statement, and
is a sixth of a page that is opened at ten past eight by a whole city. What is kept here is made by SQLAlchemy's own compiler and types,
once for a statement, and gives plain tuples.
"""

from collections.abc import Callable, Mapping, Sequence
from contextlib import closing
from copy import copy
from typing import Any, cast
from weakref import WeakSet

import psycopg
from sqlalchemy import CompoundSelect, Connection, Executable, Insert, Select
from sqlalchemy.engine.interfaces import Dialect
from sqlalchemy.exc import DBAPIError
from sqlalchemy.sql.compiler import SQLCompiler

MOST = 1000
"""Statements kept; the features have some four hundred."""
PREPARABLE = (Select, CompoundSelect, Insert)

Rows = Sequence[tuple[Any, ...]]
_Change = Callable[[Any], Any]


class NamingCursor(psycopg.Cursor[Any]):
    """Names the columns of a result and nothing more: SQLAlchemy asks at each statement and uses no sizes and precisions."""

    @property
    def description(self) -> list[Any] | None:
        """Seven things a column by the database API, of which the first two are known."""
        found = self.pgresult
        if found is None or not found.nfields:
            return None
        return [((found.fname(n) or b"").decode(), found.ftype(n), *_UNKNOWN) for n in range(found.nfields)]


class _RawCursor(psycopg.RawCursor[Any], NamingCursor):
    """The same for statements whose places are ``$1``, as PostgreSQL itself has them."""


_UNKNOWN = (None,) * 5


def _numbered(dialect: Dialect) -> Dialect:
    """The dialect as it is, but for places, which it writes as ``$1``."""
    other = copy(dialect)
    other.paramstyle, other.positional = "numeric_dollar", True
    other.identifier_preparer = other.preparer(other)
    return other


class _Text:
    """The SQL of a statement for lists of certain lengths, and what becomes of each value on its way into it."""

    def __init__(self, compiled: SQLCompiler, values: Mapping[str, Any], changes: Mapping[str, _Change | None]) -> None:
        state = compiled.construct_expanded_state(dict(values))
        came_from = {one: (name, n) for name, many in state.parameter_expansion.items() for n, one in enumerate(many)}
        self.sql = state.statement
        self.by_place = state.positiontup is not None
        self.sent: Any = self.sql
        """What the driver is given: on PostgreSQL bytes, which it neither searches for places nor encodes and hashes anew."""
        self._fill: list[tuple[str, str, int, _Change | None]] = []
        for name in state.positiontup if state.positiontup is not None else state.parameters:
            source, n = came_from.get(name, (name, -1))
            self._fill.append((name, source, n, changes[source]))

    def filled(self, values: Mapping[str, Any]) -> Any:
        """The values as the driver takes them: by name on PostgreSQL, by place on SQLite."""
        if self.by_place:
            return tuple([_one(values, source, n, change) for _name, source, n, change in self._fill])
        return {name: _one(values, source, n, change) for name, source, n, change in self._fill}


def _one(values: Mapping[str, Any], source: str, n: int, change: _Change | None) -> Any:
    value = values[source] if n < 0 else values[source][n]
    return value if change is None else change(value)


class _Prepared:
    """A statement in one database's language."""

    def __init__(self, statement: Select[Any] | CompoundSelect[Any] | Insert, dialect: Dialect) -> None:
        self._kept = statement  # so that no other statement can take its place in memory
        self._dialect = dialect
        self._raw = dialect.driver == "psycopg"
        compiled = statement.compile(dialect=_numbered(dialect) if self._raw else dialect)
        assert isinstance(compiled, SQLCompiler)  # noqa: S101 - statements with columns have this compiler
        self._compiled = compiled
        self._into = {
            name: bind.type.dialect_impl(dialect).bind_processor(dialect) for bind, name in compiled.bind_names.items()
        }
        needed = self._needed = {name for bind, name in compiled.bind_names.items() if bind.required}
        self._own = {name: value for name, value in compiled.params.items() if name not in needed}
        self._lists = tuple(name for bind, name in compiled.bind_names.items() if bind.expanding)
        self._texts: dict[tuple[int, ...], _Text] = {}
        self._out_of: list[tuple[int, _Change]] | None = None

    def ask(self, connection: Connection, values: Mapping[str, Any]) -> Rows:
        """All rows, straight from the driver."""
        with closing(self._run(connection, values)) as cursor:
            if self._out_of is None:
                self._out_of = self._changes_of(cursor.description)
            rows: Rows = cursor.fetchall()
        return _changed(rows, self._out_of) if self._out_of else rows

    def tell(self, connection: Connection, values: Mapping[str, Any]) -> None:
        """Write one row."""
        self._run(connection, values).close()

    def _run(self, connection: Connection, values: Mapping[str, Any]) -> Any:
        if not self._needed <= values.keys():
            connection.execute(self._kept, values)  # names what is missing
        given = {**self._own, **values} if self._own else values
        lengths = tuple([len(given[name]) for name in self._lists])
        text = self._texts.get(lengths)
        if text is None:
            if len(self._texts) >= MOST:
                self._texts.clear()
            text = self._texts[lengths] = _Text(self._compiled, given, self._into)
            if self._raw:
                text.sent = text.sql.encode()
        filled = text.filled(given)
        driver: Any = connection.connection
        cursor: Any = _RawCursor(driver.driver_connection) if self._raw else driver.cursor()
        try:
            # Whoever watches the statements of an engine sees these too.
            for watch in connection.dispatch.before_cursor_execute:
                watch(connection, cursor, text.sql, filled, None, False)
            cursor.execute(text.sent, filled)
        except BaseException:
            cursor.close()
            raise
        return cursor

    def _changes_of(self, description: Sequence[Any]) -> list[tuple[int, _Change]]:
        """What the columns' types do to a value of this database; on PostgreSQL mostly nothing."""
        found: list[tuple[int, _Change]] = []
        for place, (column, told) in enumerate(zip(self._kept.exported_columns, description, strict=True)):
            change = column.type.dialect_impl(self._dialect).result_processor(self._dialect, told[1])
            if change is not None:
                found.append((place, change))
        return found


def _changed(rows: Rows, changes: Sequence[tuple[int, _Change]]) -> Rows:
    made = []
    for row in rows:
        cells = list(row)
        for place, change in changes:
            cells[place] = change(cells[place])
        made.append(tuple(cells))
    return made


class PreparedStatements:
    """The statements met more than once, found by themselves: those built at the top of a module are the same object each time."""

    def __init__(self) -> None:
        self._ready: dict[tuple[int, str], _Prepared] = {}
        self._met: WeakSet[Executable] = WeakSet()

    @property
    def kept(self) -> int:
        """How many are ready."""
        return len(self._ready)

    def knows(self, statement: Executable) -> bool:
        """Whether this very statement is ready for some database."""
        return any(place[0] == id(statement) for place in self._ready)

    def ask(
        self, connection: Connection, statement: Executable, values: Mapping[str, Any], *, once: bool = False
    ) -> Rows:
        """All rows of a statement; the first time in SQLAlchemy's own way.

        A driver's error is asked for once more in SQLAlchemy's way, which knows its name and what to do with the connection. Inside a
        transaction nothing can be asked after an error: there, with ``once``, it is raised by the name SQLAlchemy gives it.
        """
        found = self._find(connection.dialect, statement) if isinstance(statement, PREPARABLE) else None
        if found is None:
            return _ask_slowly(connection, statement, values)
        error = connection.dialect.loaded_dbapi.Error
        try:
            return found.ask(connection, values)
        except error as why:
            if once:
                raise _named(connection, statement, values, why) from why
            return _ask_slowly(connection, statement, values)

    def tell(self, connection: Connection, statement: Insert, values: Mapping[str, Any]) -> None:
        """Write one row, all of whose columns are given, on an autocommitting connection.

        A driver's error is met as in ``ask``: the row has its key, so it cannot be written twice.
        """
        found = self._find(connection.dialect, statement)
        if found is None:
            connection.execute(statement, values)
            return
        try:
            found.tell(connection, values)
        except connection.dialect.loaded_dbapi.Error:
            connection.execute(statement, values)

    def _find(self, dialect: Dialect, statement: Executable) -> _Prepared | None:
        place = (id(statement), dialect.name)
        found = self._ready.get(place)
        if found is None and statement not in self._met:
            self._met.add(statement)
            return None
        if found is None:
            if len(self._ready) >= MOST:
                self._ready.clear()
            assert isinstance(statement, Select | CompoundSelect | Insert)  # noqa: S101 - narrows the type for mypy
            found = self._ready[place] = _Prepared(statement, dialect)
        return found


def _named(connection: Connection, statement: Executable, values: Mapping[str, Any], why: Exception) -> BaseException:
    """The driver's error as SQLAlchemy's; a connection that was lost is not used again."""
    dialect = connection.dialect
    lost = dialect.is_disconnect(cast("Any", why), None, None)
    if lost:
        connection.invalidate(why)
    base: Any = dialect.loaded_dbapi.Error
    return DBAPIError.instance(
        str(statement), dict(values), why, base, hide_parameters=True, connection_invalidated=lost, dialect=dialect
    )


def _ask_slowly(connection: Connection, statement: Executable, values: Mapping[str, Any]) -> Rows:
    return [tuple(row) for row in connection.execute(statement, values)]
