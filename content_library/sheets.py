"""The pages of PDF files, once they are made: a picture and the words of each."""

import uuid
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy import exists, select
from sqlalchemy.orm import Session

from content_library import changes
from content_library.models import FilePage, Unit, UnitState, VersionFile


@dataclass(frozen=True, slots=True)
class Sheet:
    """A page of a PDF file of a version."""

    position: int
    """Of the file in its version."""
    number: int
    picture: str
    """Checksum."""
    text: str


def are_made(session: Session, sha256: str) -> bool:
    """Whether the pages of a file are there."""
    return bool(session.scalar(select(exists().where(FilePage.sha256 == sha256))))


def keep(session: Session, sha256: str, pages: Iterable[tuple[int, str, str]]) -> None:
    """Note number, picture and words of each page; what is published with this file is found by them from now on."""
    if are_made(session, sha256):
        return
    session.add_all(
        FilePage(sha256=sha256, number=number, picture_sha256=picture, text=text) for number, picture, text in pages
    )
    session.flush()
    held = select(VersionFile.version_id).where(VersionFile.sha256 == sha256)
    published = select(Unit).where(Unit.published_version_id.in_(held), Unit.state == UnitState.PUBLISHED)
    for unit in session.scalars(published).all():
        changes.mark(session, unit)


def of_version(session: Session, version_id: uuid.UUID) -> Sequence[Sheet]:
    """All pages of a version's files, in their order."""
    found = (
        select(VersionFile.position, FilePage.number, FilePage.picture_sha256, FilePage.text)
        .join(FilePage, FilePage.sha256 == VersionFile.sha256)
        .where(VersionFile.version_id == version_id)
        .order_by(VersionFile.position, FilePage.number)
    )
    return [Sheet(*row) for row in session.execute(found)]


def first_of_version(session: Session, version_id: uuid.UUID) -> dict[str, str]:
    """The picture of the first page by the checksum of its file."""
    found = (
        select(FilePage.sha256, FilePage.picture_sha256)
        .join(VersionFile, VersionFile.sha256 == FilePage.sha256)
        .where(VersionFile.version_id == version_id, FilePage.number == 1)
    )
    return {row[0]: row[1] for row in session.execute(found)}


def words_of(session: Session, version_ids: Collection[uuid.UUID]) -> Sequence[tuple[uuid.UUID, int, int, str]]:
    """Version, place of the file, number and words of each page, for the index."""
    found = (
        select(VersionFile.version_id, VersionFile.position, FilePage.number, FilePage.text)
        .join(FilePage, FilePage.sha256 == VersionFile.sha256)
        .where(VersionFile.version_id.in_(version_ids))
        .order_by(VersionFile.version_id, VersionFile.position, FilePage.number)
    )
    return [(row[0], row[1], row[2], row[3]) for row in session.execute(found)]
