"""Writing the rows of a plan, and remembering what was there before."""

import uuid
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime, time
from typing import Any

from sqlalchemy import Table, insert, select, update

from school.core import clock
from school.core.database import Id, db, metadata, new_id
from school.roster.models import RosterChange, RosterRun
from school.roster.planning.steps import Write

ORDER = (
    "account",
    "member",
    "role",
    "guardianship",
    "building",
    "school_year",
    "regime",
    "term",
    "bell_schedule",
    "bell",
    "study_group",
    "enrolment",
    "class_leadership",
    "course",
    "teaching_post",
    "timetable_slot",
    "roster_link",
)
"""Parents before children. Within ``study_group`` classes are planned before their parts."""

CITY = frozenset({"account", "role"})
"""Tables of the whole city, whose key is ``id`` alone."""

STAYS = frozenset({"building", "school_year", "regime", "term", "bell_schedule", "bell"})
"""The ground of a school: undoing an import leaves it."""

AT_ONCE = 500


def write(run: RosterRun, writes: Iterable[Write]) -> None:
    """Insert and update the rows, table by table, and keep for undo what they were."""
    new, changed = _sorted(writes)
    position = 0
    for name in ORDER:
        table = metadata.tables[name]
        rows = new.get(name, {})
        if rows:
            _insert(table, run.school_id, rows)
        before = _before(table, run.school_id, changed.get(name, {}))
        for row_id, values in changed.get(name, {}).items():
            db.session.execute(update(table).where(*_key(table, run.school_id, row_id)).values(**values))
        if name not in STAYS:
            position = _remember(run, position, name, [(row_id, None) for row_id in rows])
        position = _remember(run, position, name, list(before.items()))


def _sorted(
    writes: Iterable[Write],
) -> tuple[dict[str, dict[uuid.UUID, dict[str, Any]]], dict[str, dict[uuid.UUID, dict[str, Any]]]]:
    """New rows and changes by table and id. A change of a row that this plan makes goes into the row itself."""
    new: dict[str, dict[uuid.UUID, dict[str, Any]]] = {}
    changed: dict[str, dict[uuid.UUID, dict[str, Any]]] = {}
    for one in writes:
        if one.is_new:
            new.setdefault(one.table, {})[one.id] = dict(one.values)
        elif one.id in new.get(one.table, {}):
            new[one.table][one.id].update(one.values)
        elif one.values:
            changed.setdefault(one.table, {}).setdefault(one.id, {}).update(one.values)
    return new, changed


def _insert(table: Table, school_id: int, rows: Mapping[uuid.UUID, Mapping[str, Any]]) -> None:
    fixed: dict[str, Any] = {}
    if table.name == "account":
        fixed = {"created_at": clock.now(), "locale": "ru", "theme": "auto"}
    elif "school_id" in table.c:
        fixed = {"school_id": school_id}
    whole = [{**fixed, "id": row_id, **values} for row_id, values in rows.items()]
    for start in range(0, len(whole), AT_ONCE):
        db.session.execute(insert(table), whole[start : start + AT_ONCE])


def _key(table: Table, school_id: int, row_id: uuid.UUID) -> tuple[Any, ...]:
    return (table.c.id == row_id,) if table.name in CITY else (table.c.school_id == school_id, table.c.id == row_id)


def _before(
    table: Table, school_id: int, rows: Mapping[uuid.UUID, Mapping[str, Any]]
) -> dict[uuid.UUID, dict[str, Any]]:
    """The values that are about to change, as JSON holds them."""
    found: dict[uuid.UUID, dict[str, Any]] = {}
    ids = list(rows)
    for start in range(0, len(ids), AT_ONCE):
        statement = select(table).where(table.c.id.in_(ids[start : start + AT_ONCE]))
        if table.name not in CITY:
            statement = statement.where(table.c.school_id == school_id)
        for row in db.session.execute(statement).mappings():
            found[row["id"]] = {name: to_json(row[name]) for name in rows[row["id"]]}
    return {row_id: found[row_id] for row_id in ids if row_id in found}


def _remember(run: RosterRun, position: int, table: str, rows: list[tuple[uuid.UUID, dict[str, Any] | None]]) -> int:
    changes = [
        {
            "school_id": run.school_id,
            "id": new_id(),
            "run_id": run.id,
            "position": position + number,
            "table": table,
            "row_id": row_id,
            "before": before,
        }
        for number, (row_id, before) in enumerate(rows)
    ]
    for start in range(0, len(changes), AT_ONCE):
        db.session.execute(insert(RosterChange), changes[start : start + AT_ONCE])
    return position + len(changes)


def to_json(value: Any) -> Any:
    """A column's value as JSON keeps it."""
    if isinstance(value, date | datetime | time):
        return value.isoformat()
    return value.hex if isinstance(value, uuid.UUID) else value


def from_json(table: Table, values: Mapping[str, Any]) -> dict[str, Any]:
    """The columns' values back from JSON, by the type of each column."""
    return {name: _restored(table.c[name].type, value) for name, value in values.items()}


def _restored(column_type: Any, value: Any) -> Any:
    if value is None:
        return None
    if isinstance(column_type, Id):
        return uuid.UUID(value)
    kind = column_type.python_type
    if kind in {date, datetime, time}:
        return kind.fromisoformat(value)
    return value


def tables_backwards() -> Iterator[Table]:
    """Children before parents."""
    for name in reversed(ORDER):
        yield metadata.tables[name]
