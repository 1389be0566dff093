"""The tables of the record nobody can change in silence. Decided in docs/decisions/0005-records-and-their-sealer.md."""

import uuid
from datetime import date, datetime

from sqlalchemy import BigInteger, Index, LargeBinary, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from school.core.database import Base, SchoolOwned


class RecordEvent(SchoolOwned, Base):
    """One thing done to a fact of a school: a mark set, changed, removed; presence; a period mark.

    Written in the fact's own transaction, sealed by the sealer seconds later, never changed after. It has no foreign
    keys: the record outlives what it speaks of, and a save must not lock other rows for it.
    """

    __tablename__ = "record_event"
    __table_args__ = (
        UniqueConstraint("school_id", "position"),
        Index("ix_record_event_thing", "school_id", "thing_id", "at"),
        Index(
            "ix_record_event_unsealed",
            "school_id",
            "at",
            "id",
            sqlite_where=text("position IS NULL"),
            postgresql_where=text("position IS NULL"),
        ),
    )

    kind: Mapped[str] = mapped_column(String(80))
    """``feature.verb``: «mark.set», «presence.taken»."""
    thing_id: Mapped[uuid.UUID]
    """What it was done to: the mark, the lesson."""
    pupil_id: Mapped[uuid.UUID | None]
    """The pupil it speaks of, when it speaks of one."""
    at: Mapped[datetime]
    actor_account_id: Mapped[uuid.UUID | None]
    """Who did it; null for the program itself."""
    actor_member_id: Mapped[uuid.UUID | None]
    on_behalf_of: Mapped[uuid.UUID | None]
    payload: Mapped[str]
    """Canonical JSON; personal text only as ``salted``."""
    position: Mapped[int | None] = mapped_column(BigInteger)
    """Its place in the school's record, from 1 without gaps; null until sealed."""
    leaf: Mapped[bytes | None] = mapped_column(LargeBinary(32))
    """Hash of all the columns above, position included."""
    chain: Mapped[bytes | None] = mapped_column(LargeBinary(32))
    """Hash of the previous event's chain and this leaf."""


class RecordHead(Base):
    """The signed end of a school's record: one row a school, moved by the sealer only."""

    __tablename__ = "record_head"

    school_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    size: Mapped[int] = mapped_column(BigInteger)
    """Events sealed so far; the position of the last one."""
    chain: Mapped[bytes] = mapped_column(LargeBinary(32))
    on_date: Mapped[date]
    """The Moscow day being filled."""
    first: Mapped[int] = mapped_column(BigInteger)
    """Position of that day's first event; ``size + 1`` while the day is empty."""
    frontier: Mapped[bytes]
    """Roots of the full subtrees of that day's Merkle tree, largest first: enough to add a leaf without reading the others."""
    sealed_at: Mapped[datetime]
    signature: Mapped[bytes]
    """Ed25519 over all of the above; without the key the tail can't be rewritten in the database alone."""
    key_id: Mapped[str] = mapped_column(String(32))


class DayRoot(Base):
    """A school's closed day: the root of the Merkle tree of its events. A day without events has none."""

    __tablename__ = "record_day_root"

    school_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    on_date: Mapped[date] = mapped_column(primary_key=True)
    size: Mapped[int] = mapped_column(BigInteger)
    first: Mapped[int] = mapped_column(BigInteger)
    """Position of the first event."""
    last: Mapped[int] = mapped_column(BigInteger)
    root: Mapped[bytes] = mapped_column(LargeBinary(32))
    chain: Mapped[bytes] = mapped_column(LargeBinary(32))
    """The chain hash of the last event."""


class CityRoot(Base):
    """A day of the whole city, signed and published: the Merkle root over the schools' days, tied to the day before."""

    __tablename__ = "record_city_root"

    on_date: Mapped[date] = mapped_column(primary_key=True)
    size: Mapped[int]
    """Schools that had events that day."""
    root: Mapped[bytes] = mapped_column(LargeBinary(32))
    previous: Mapped[bytes] = mapped_column(LargeBinary(32))
    """Hash of the statement signed the day before; zeros on the first day."""
    signature: Mapped[bytes] = mapped_column(LargeBinary(64))
    key_id: Mapped[str] = mapped_column(String(32))
    published_at: Mapped[datetime]


class RecordKey(Base):
    """A public key the city has signed with. Trust comes from its published copy, not from this row."""

    __tablename__ = "record_key"

    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    """First 16 bytes of the key's SHA-256, in hex."""
    public_key: Mapped[bytes] = mapped_column(LargeBinary(32))
    first_used_at: Mapped[datetime]


class RecordSalt(SchoolOwned, Base):
    """The salt of a personal text that entered the record as a hash. Erasing it erases the text from the proof, not the proof."""

    __tablename__ = "record_salt"
    __table_args__ = (Index("ix_record_salt_pupil", "school_id", "pupil_id"),)

    pupil_id: Mapped[uuid.UUID | None]
    """Whose erasure takes it away."""
    salt: Mapped[bytes] = mapped_column(LargeBinary(32))
