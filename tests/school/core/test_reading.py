"""What is asked directly is what SQLAlchemy itself answers: for every kind of value, list and column."""

import uuid
from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask

from content_library.database import Id, Moment
from school.core.database import read_engine, write_engine
from school.core.reading import MOST, PreparedStatements

ONE, TWO = uuid.UUID(int=1), uuid.UUID(int=2)
NOON = datetime(2026, 9, 1, 9, 30, 5, tzinfo=UTC)

_people = sa.union_all(
    *(
        sa.select(sa.literal(n).label("id"), sa.literal(name).label("name"), sa.literal(level).label("level"))
        for n, name, level in ((1, "Аня", 5), (2, "Боря", 6), (3, "100 % «Ёж»", 7))
    )
).subquery("people")
_id, _level = _people.c.id, _people.c.level

STATEMENTS: tuple[tuple[Any, Mapping[str, Any]], ...] = (
    (sa.select(_people.c.name).where(_id == sa.bindparam("one")), {"one": 2}),
    (sa.select(_people.c.name).where(_id == 3, _people.c.name.like("100 %%")), {}),
    (sa.select(_id).where(_id.in_(sa.bindparam("many", expanding=True))).order_by(_id), {"many": [1, 3]}),
    (sa.select(_id).where(_id.in_(sa.bindparam("many", expanding=True))).order_by(_id), {"many": []}),
    (
        sa.select(sa.literal(1)).where(
            sa.literal(ONE, Id).in_(sa.bindparam("ids", type_=Id, expanding=True)),
            sa.literal(TWO, Id) == sa.bindparam("two", type_=Id),
        ),
        {"ids": [TWO, ONE], "two": TWO},
    ),
    (sa.select(_id, _id, _level), {}),
    (sa.select(_id).where(_id.in_([1, 2]), _level > sa.bindparam("least")).order_by(_id), {"least": 5}),
    (
        sa.select(sa.bindparam("key", type_=Id).label("key"), sa.bindparam("at", type_=Moment).label("at")),
        {"key": ONE, "at": NOON},
    ),
    (sa.select(sa.literal(TWO, Id), sa.literal(date(2026, 9, 1), sa.Date), sa.null()), {}),
    (sa.select(sa.cast(sa.literal(2.5), sa.Numeric(5, 2)), sa.literal(value=True), sa.func.count()), {}),
    (sa.select(_id).order_by(_id.desc()).limit(2).offset(1), {}),
    (sa.select(_id).where(_id > 5), {}),
)


@pytest.fixture
def connection(app: Flask) -> Iterator[sa.Connection]:
    with read_engine().connect() as connection:
        yield connection.execution_options(unguarded=True)


@pytest.mark.parametrize("place", range(len(STATEMENTS)))
def test_answers_are_those_of_sqlalchemy(connection: sa.Connection, place: int) -> None:
    statement, values = STATEMENTS[place]
    prepared = PreparedStatements()
    truth = [tuple(row) for row in connection.execute(statement, values)]
    answers = [prepared.ask(connection, statement, values) for _ in range(3)]
    assert [list(answer) for answer in answers] == [truth] * 3
    assert [[list(map(type, row)) for row in answer] for answer in answers] == [
        [list(map(type, row)) for row in truth]
    ] * 3
    assert prepared.knows(statement)


def test_lists_of_another_length_are_other_texts(connection: sa.Connection) -> None:
    statement = sa.select(_id).where(_id.in_(sa.bindparam("many", expanding=True))).order_by(_id)
    prepared = PreparedStatements()
    for many in ([1], [2], [1, 2], [], [3, 2, 1], [1]):
        assert [row[0] for row in prepared.ask(connection, statement, {"many": many})] == sorted(many)


def test_a_missing_value_is_named_and_not_taken_for_nothing(connection: sa.Connection) -> None:
    statement = sa.select(_id).where(_id == sa.bindparam("one"))
    prepared = PreparedStatements()
    for _ in range(2):
        prepared.ask(connection, statement, {"one": 1})
    with pytest.raises(sa.exc.StatementError, match="one"):
        prepared.ask(connection, statement, {})


def test_an_error_of_the_database_has_its_usual_name(connection: sa.Connection) -> None:
    statement = sa.select(sa.func.no_such_function(sa.bindparam("one", type_=sa.Integer)))
    prepared = PreparedStatements()
    for _ in range(3):
        with pytest.raises(sa.exc.DBAPIError):
            prepared.ask(connection, statement, {"one": 1})
    assert prepared.ask(connection, sa.select(sa.literal(1)), {}) == [(1,)]


def test_watchers_of_an_engine_see_each_statement_once(connection: sa.Connection) -> None:
    seen: list[str] = []
    statement = sa.select(_people.c.name).where(_id == sa.bindparam("one"))
    prepared = PreparedStatements()

    def watch(_connection: Any, _cursor: Any, sql: str, *_rest: Any) -> None:
        seen.append(sql)

    sa.event.listen(connection.engine, "before_cursor_execute", watch)
    try:
        for _ in range(3):
            prepared.ask(connection, statement, {"one": 1})  # the first time in SQLAlchemy's own words
    finally:
        sa.event.remove(connection.engine, "before_cursor_execute", watch)
    assert len(seen) == 3
    assert len(set(seen[1:])) == 1


def test_statements_of_a_moment_are_not_kept(connection: sa.Connection) -> None:
    prepared = PreparedStatements()
    for n in range(20):
        assert prepared.ask(connection, sa.select(sa.literal(n)), {}) == [(n,)]
    assert prepared.kept == 0
    kept = [sa.select(sa.literal(n)) for n in range(5)]
    for statement in kept * 2:
        prepared.ask(connection, statement, {})
    assert prepared.kept == 5 <= MOST


@pytest.mark.usefixtures("app")
def test_a_row_is_written_the_same_by_both_ways() -> None:
    kept = sa.Table(
        "kept",
        sa.MetaData(),
        sa.Column("id", Id, primary_key=True),
        sa.Column("at", Moment),
        sa.Column("on", sa.Date),
        prefixes=["TEMPORARY"],
    )
    prepared, insert = PreparedStatements(), sa.insert(kept)
    with write_engine().execution_options(isolation_level="AUTOCOMMIT").connect() as writing:
        kept.create(writing)
        try:
            for n in range(3):
                row = {"id": uuid.UUID(int=n), "at": NOON, "on": None if n else NOON.date()}
                prepared.tell(writing.execution_options(unguarded=True), insert, row)
            assert prepared.knows(insert)
            found = writing.execute(sa.select(kept).order_by(kept.c.id)).all()
        finally:
            kept.drop(writing)
    assert [tuple(row) for row in found] == [(uuid.UUID(int=n), NOON, None if n else NOON.date()) for n in range(3)]


def test_an_error_within_a_transaction_has_the_name_that_sqlalchemy_gives_it(app: Flask) -> None:
    reads = PreparedStatements()
    broken: sa.Select[Any] = sa.select(sa.column("nothing")).select_from(sa.table("no_such_table"))
    with write_engine().connect() as connection:
        connection = connection.execution_options(unguarded=True)
        for _ in range(3):  # in SQLAlchemy's own way, then straight to the driver
            with pytest.raises((sa.exc.ProgrammingError, sa.exc.OperationalError)), connection.begin():
                reads.ask(connection, broken, {}, once=True)
        assert reads.knows(broken) and not connection.invalidated
        assert reads.ask(connection, sa.select(sa.literal(1)), {}, once=True) == [(1,)]
