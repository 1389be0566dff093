"""One row of a key: written once, or in the place of the one before, on both databases."""

from typing import Any, cast

from sqlalchemy import Table
from sqlalchemy.dialects import postgresql, sqlite

from school.core.database import db

_INSERTS: dict[str, Any] = {"postgresql": postgresql.insert, "sqlite": sqlite.insert}


def insert_into(model: Any) -> Any:
    """An INSERT of this database, which knows ON CONFLICT."""
    return _INSERTS[db.session.get_bind().dialect.name](model.__table__)


def put(model: Any, key: dict[str, Any], values: dict[str, Any]) -> None:
    """The row of ``key`` has ``values`` from now on."""
    statement = insert_into(model).values(**key, **values)
    db.session.execute(statement.on_conflict_do_update(index_elements=list(key), set_=values))


def put_once(model: Any, rows: list[dict[str, Any]]) -> int:
    """Rows that are not there yet; how many were new."""
    if not rows:
        return 0
    table = cast("Table", model.__table__)
    keys = [column.name for column in table.primary_key]
    done = db.session.execute(insert_into(model).values(rows).on_conflict_do_nothing(index_elements=keys))
    return int(cast("Any", done).rowcount)
