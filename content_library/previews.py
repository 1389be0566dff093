"""Small pictures of files, for lists: asked for when a file is put into its place, made later, once for equal files."""

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from content_library import pictures
from content_library.models import FilePreview, PreviewState, StoredFile, UnitVersion, VersionFile
from content_library.storage import Saved, Storage

SIDE = 480
"""Pixels of the longer side: a thumbnail on a dense screen."""


def ask(session: Session, sha256: str, at: datetime) -> bool:
    """Note that a small picture of this file is wanted; whether it has to be made. One that failed is wanted again."""
    found = session.get(FilePreview, sha256)
    if found is None:
        session.add(FilePreview(sha256=sha256, state=PreviewState.WAITING, asked_at=at))
    elif found.state is PreviewState.READY:
        return False
    else:
        found.state, found.asked_at = PreviewState.WAITING, at
    session.flush()
    return True


def make(storage: Storage, sha256: str) -> Saved:
    """Store the small picture. Touches no database. Raises ``BadPicture``, ``NoSuchFile`` and ``StorageUnavailable``."""
    with storage.open(sha256) as source:
        return storage.save(pictures.shrunk(source.read(), SIDE))


def keep(session: Session, sha256: str, small: StoredFile | None) -> None:
    """Note what came of it: the small picture, or nothing. Does nothing when nobody wants it any more."""
    found = session.get(FilePreview, sha256)
    if found is not None:
        found.state = PreviewState.READY if small else PreviewState.FAILED
        found.preview_sha256 = small.sha256 if small else None
        session.flush()


def of_version(session: Session, version: UnitVersion) -> Mapping[str, FilePreview]:
    """The small pictures of a version's files, made or not, by the checksum of the file."""
    found = (
        select(FilePreview)
        .join(VersionFile, VersionFile.sha256 == FilePreview.sha256)
        .where(VersionFile.version_id == version.id)
    )
    return {one.sha256: one for one in session.scalars(found)}
