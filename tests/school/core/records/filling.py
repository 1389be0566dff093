"""Schools with events, for the tests of the record."""

import uuid
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import text

from school.core.clock import stopped_at
from school.core.database import db, new_id, write_engine
from school.core.records import Happening, record_many
from school.people.models import School

MORNING = datetime(2026, 9, 1, 6, 0, tzinfo=UTC)
DAY = timedelta(days=1)
ACCOUNT = uuid.UUID("01990000-0000-7000-8000-000000000001")
MEMBER = uuid.UUID("01990000-0000-7000-8000-000000000002")


@dataclass(frozen=True)
class Teacher:
    account_id: uuid.UUID | None = ACCOUNT
    member_id: uuid.UUID | None = MEMBER
    on_behalf_of: uuid.UUID | None = None


def make_schools(*ids: int) -> None:
    for school_id in ids:
        db.session.add(School(id=school_id, name=f"Школа № {school_id}", short_name=f"№ {school_id}"))
    db.session.commit()


def happen(school_id: int, count: int, at: datetime = MORNING) -> list[uuid.UUID]:
    """``count`` marks put at ``at``, committed."""
    with stopped_at(at):
        made = record_many(
            Teacher(),
            "mark.set",
            school_id=school_id,
            happenings=[Happening(new_id(), {"value": 2 + n % 4, "old": None}, new_id()) for n in range(count)],
        )
    db.session.commit()
    return made


def tamper(sql: str, **values: Any) -> int:
    """Whoever can write into the database, at work."""
    ids = {name: _raw(value) for name, value in values.items()}
    with write_engine().connect().execution_options(unguarded=True) as connection, connection.begin():
        return connection.execute(text(sql), ids).rowcount


def _raw(value: Any) -> Any:
    return value.bytes if isinstance(value, uuid.UUID) and write_engine().dialect.name == "sqlite" else value
