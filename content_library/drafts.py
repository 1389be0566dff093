"""Writing a unit: what its author says, kept in the version that is still open."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from content_library import changes
from content_library.ids import uuid7
from content_library.models import (
    FileRole,
    Item,
    PublishedVersionIsFixed,
    Unit,
    UnitKind,
    UnitState,
    UnitTopic,
    UnitVersion,
    VersionFile,
)


class WrongState(Exception):
    """The unit is not in a state where this can be done."""


@dataclass(frozen=True, slots=True)
class Author:
    """Who writes: the city account, if there is one, and the name to show."""

    account_id: uuid.UUID | None
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class About:
    """Where a unit stands in the library."""

    kind: UnitKind
    subject_id: int
    year_from: int
    year_to: int
    topic_ids: Sequence[int] = ()
    language: str = "ru"
    licence: str = "CC-BY-4.0"


@dataclass(frozen=True, slots=True, kw_only=True)
class PlacedFile:
    """A stored file with its role in the version."""

    sha256: str
    name: str
    role: FileRole
    alt: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class WrittenItem:
    """A question as its author wrote it, key included."""

    kind: str
    spec: dict[str, Any]
    points: int = 1
    topic_id: int | None = None
    id: uuid.UUID = field(default_factory=uuid7)


@dataclass(frozen=True, slots=True, kw_only=True)
class Text:
    """What a version says. Files and items stand in their order."""

    title: str
    summary: str = ""
    minutes: int = 0
    body_markdown: str = ""
    details: dict[str, Any] = field(default_factory=dict)
    files: Sequence[PlacedFile] = ()
    items: Sequence[WrittenItem] = ()


def draft(
    session: Session, author: Author, about: About, text: Text, at: datetime, *, unit_id: uuid.UUID | None = None
) -> Unit:
    """Begin a unit; ``unit_id`` is for data that must come out the same each time."""
    unit = Unit(
        id=unit_id or uuid7(),
        kind=about.kind,
        author_account_id=author.account_id,
        author_name=author.name,
        state=UnitState.DRAFT,
        created_at=at,
    )
    _place(unit, about)
    session.add(unit)
    session.flush()
    version = UnitVersion(
        id=uuid7(), unit_id=unit.id, number=1, title=text.title, created_at=at, created_by=author.account_id
    )
    session.add(version)
    session.flush()
    _hang(session, unit, about.topic_ids)
    write(session, version, text)
    return unit


def edit(session: Session, unit: Unit, about: About, text: Text) -> UnitVersion:
    """Rewrite the open version of a unit. Raises ``PublishedVersionIsFixed`` when there is none to write in."""
    version = open_version(session, unit)
    if version is None:
        raise PublishedVersionIsFixed(unit.published_version_id or unit.id)
    if about.kind is not unit.kind:
        raise WrongState("a unit keeps its kind")
    _place(unit, about)
    _hang(session, unit, about.topic_ids)
    write(session, version, text)
    if unit.state is UnitState.PUBLISHED:
        changes.mark(session, unit)  # its place is the unit's own, not the version's: readers see it at once
    return version


def open_version(session: Session, unit: Unit) -> UnitVersion | None:
    """The version that can still be written in."""
    return session.scalar(select(UnitVersion).where(UnitVersion.unit_id == unit.id, UnitVersion.published_at.is_(None)))


def text_of(session: Session, version: UnitVersion) -> Text:
    """What a version says, ready to be edited; its items get new ids, for they are other questions from now on."""
    files = session.scalars(
        select(VersionFile).where(VersionFile.version_id == version.id).order_by(VersionFile.position)
    )
    items = session.scalars(select(Item).where(Item.version_id == version.id).order_by(Item.position))
    return Text(
        title=version.title,
        summary=version.summary,
        minutes=version.minutes,
        body_markdown=version.body_markdown,
        details=version.details,
        files=[PlacedFile(sha256=f.sha256, name=f.name, role=f.role, alt=f.alt) for f in files],
        items=[WrittenItem(kind=i.kind, spec=i.spec, points=i.points, topic_id=i.topic_id) for i in items],
    )


def _place(unit: Unit, about: About) -> None:
    unit.subject_id = about.subject_id
    unit.year_from = about.year_from
    unit.year_to = about.year_to
    unit.language = about.language
    unit.licence = about.licence


def _hang(session: Session, unit: Unit, topic_ids: Sequence[int]) -> None:
    for hung in session.scalars(select(UnitTopic).where(UnitTopic.unit_id == unit.id)).all():
        session.delete(hung)
    session.flush()
    session.add_all(UnitTopic(unit_id=unit.id, topic_id=topic_id) for topic_id in dict.fromkeys(topic_ids))
    session.flush()


def write(session: Session, version: UnitVersion, text: Text) -> None:
    """Let an open version say this, and nothing of what it said before."""
    version.title = text.title
    version.summary = text.summary
    version.minutes = text.minutes
    version.body_markdown = text.body_markdown
    version.details = dict(text.details)
    for part in (VersionFile, Item):
        for old in session.scalars(select(part).where(part.version_id == version.id)).all():
            session.delete(old)
    session.flush()
    session.add_all(
        VersionFile(version_id=version.id, position=position, sha256=f.sha256, name=f.name, role=f.role, alt=f.alt)
        for position, f in enumerate(text.files, 1)
    )
    session.add_all(
        Item(
            id=i.id,
            version_id=version.id,
            position=position,
            kind=i.kind,
            spec=i.spec,
            points=i.points,
            topic_id=i.topic_id,
        )
        for position, i in enumerate(text.items, 1)
    )
    session.flush()
