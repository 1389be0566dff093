"""The one MetaData of both packages, the column types they share, and the base class of the library's tables."""

import uuid
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import BLOB, DateTime, Dialect, MetaData
from sqlalchemy.dialects.postgresql import UUID as PostgresUuid
from sqlalchemy.orm import DeclarativeBase
from sqlalchemy.types import TypeDecorator, TypeEngine

_Change = Callable[[Any], Any] | None

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(column_0_N_label)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)


class Id(TypeDecorator[uuid.UUID]):
    """A UUID: native on PostgreSQL, 16 bytes on SQLite (SQLAlchemy's own type would take 32 characters there)."""

    impl = BLOB(16)
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        """Choose the storage of this database."""
        if dialect.name == "postgresql":
            return dialect.type_descriptor(PostgresUuid(as_uuid=True))
        return dialect.type_descriptor(BLOB(16))

    def bind_processor(self, dialect: Dialect) -> _Change:
        """Python to database; PostgreSQL's driver takes a UUID as it is, and a page has hundreds."""
        return None if dialect.name == "postgresql" else _bytes_of

    def result_processor(self, dialect: Dialect, coltype: Any) -> _Change:
        """Database to Python."""
        return None if dialect.name == "postgresql" else _uuid_of


def _bytes_of(value: uuid.UUID | None) -> bytes | None:
    return None if value is None else value.bytes


def _uuid_of(value: bytes | None) -> uuid.UUID | None:
    return None if value is None else uuid.UUID(bytes=value)


class Moment(TypeDecorator[datetime]):
    """A moment, always aware in Python. SQLite keeps it without a zone, in UTC; PostgreSQL gives it in the connection's zone, which the
    application sets to UTC: compare moments, and take their day only by the school's clock."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Refuse naive moments: a school in Moscow and a server in UTC would disagree about them."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a moment without a time zone")
        value = value.astimezone(UTC)
        return value if dialect.name == "postgresql" else value.replace(tzinfo=None)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Give the zone back to what SQLite keeps."""
        return None if value is None else value.replace(tzinfo=UTC)

    def result_processor(self, dialect: Dialect, coltype: Any) -> _Change:
        """PostgreSQL's driver gives aware moments in the connection's zone, and ours are in UTC; a page has dozens. SQLite's text is
        read by the type below this one."""
        return None if dialect.name == "postgresql" else super().result_processor(dialect, coltype)


class LibraryBase(DeclarativeBase):
    """Base of the library's tables."""

    metadata = metadata
