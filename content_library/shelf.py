"""One unit at hand: its versions, files and items, and the lists of those who write and review."""

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from content_library.models import (
    FileRole,
    Item,
    StoredFile,
    Topic,
    Unit,
    UnitTopic,
    UnitVersion,
    VersionFile,
)


@dataclass(frozen=True, slots=True)
class FileOfVersion:
    """A file at its place in a version, with what is needed to make a link to it."""

    position: int
    sha256: str
    name: str
    role: FileRole
    alt: str
    size: int
    content_type: str
    facts: Mapping[str, Any] | None = None
    """Of a film's rendition; see ``renditions.Rendition``."""


@dataclass(frozen=True, slots=True)
class UnitWithVersion:
    """A unit with the version that a list of authors or methodologists is about."""

    unit: Unit
    version: UnitVersion


def get_unit(session: Session, unit_id: uuid.UUID) -> Unit | None:
    """A unit in whatever state."""
    return session.get(Unit, unit_id)


def get_version(session: Session, version_id: uuid.UUID) -> UnitVersion | None:
    """A version, open or published."""
    return session.get(UnitVersion, version_id)


def published_version(session: Session, unit: Unit) -> UnitVersion | None:
    """What schools see of a unit; the last that they saw when it is retired."""
    return None if unit.published_version_id is None else session.get(UnitVersion, unit.published_version_id)


def versions_of(session: Session, unit: Unit) -> Sequence[UnitVersion]:
    """All versions, the newest first."""
    return session.scalars(
        select(UnitVersion).where(UnitVersion.unit_id == unit.id).order_by(UnitVersion.number.desc())
    ).all()


def files_of(session: Session, version: UnitVersion) -> list[FileOfVersion]:
    """The files of a version in their order."""
    found = (
        select(
            VersionFile.position,
            VersionFile.sha256,
            VersionFile.name,
            VersionFile.role,
            VersionFile.alt,
            StoredFile.size,
            StoredFile.content_type,
            StoredFile.facts,
        )
        .join(StoredFile, StoredFile.sha256 == VersionFile.sha256)
        .where(VersionFile.version_id == version.id)
        .order_by(VersionFile.position)
    )
    return [FileOfVersion(*row) for row in session.execute(found)]


def facts_of(session: Session, sha256: str) -> Mapping[str, Any] | None:
    """What was found out about stored bytes, by their checksum."""
    return session.scalar(select(StoredFile.facts).where(StoredFile.sha256 == sha256))


def items_of(session: Session, version: UnitVersion) -> Sequence[Item]:
    """The questions of a version in their order, with their keys: never hand ``spec`` to a page."""
    return session.scalars(select(Item).where(Item.version_id == version.id).order_by(Item.position)).all()


def get_item(session: Session, item_id: uuid.UUID) -> Item | None:
    """One question, with its key."""
    return session.get(Item, item_id)


def topics_of_unit(session: Session, unit: Unit) -> Sequence[Topic]:
    """The topics a unit hangs on."""
    return session.scalars(
        select(Topic)
        .join(UnitTopic, UnitTopic.topic_id == Topic.id)
        .where(UnitTopic.unit_id == unit.id)
        .order_by(Topic.year_level, Topic.position, Topic.id)
    ).all()


def units_by_author(session: Session, account_id: uuid.UUID) -> list[UnitWithVersion]:
    """All units of an author with the newest version of each, the newest unit first."""
    newest = (
        select(UnitVersion.id)
        .where(UnitVersion.unit_id == Unit.id)
        .order_by(UnitVersion.number.desc())
        .limit(1)
        .correlate(Unit)
        .scalar_subquery()
    )
    found = (
        select(Unit, UnitVersion)
        .join(UnitVersion, UnitVersion.id == newest)
        .where(Unit.author_account_id == account_id)
        .order_by(Unit.id.desc())
    )
    return [UnitWithVersion(unit, version) for unit, version in session.execute(found)]
