"""The sweep: bytes that no row names, rows that nothing uses, and rows whose bytes are missing."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import islice

from sqlalchemy import ColumnElement, delete, exists, false, or_, select
from sqlalchemy.orm import Session

from content_library.database import metadata
from content_library.models import FilePage, FilePreview, PackagePart, StoredFile
from content_library.storage import Storage

_BATCH = 1000


@dataclass(frozen=True, slots=True)
class Sweep:
    """What a sweep found."""

    unused_rows: int
    """Rows that nothing points to; the next sweep finds their bytes nameless."""
    nameless_files: int
    """Stored bytes without a row."""
    abandoned_uploads: int
    missing: tuple[str, ...]
    """Keys of rows whose bytes are gone: a loss to be restored from a backup, never to be swept."""


def sweep(session: Session, storage: Storage, before: datetime, *, apply: bool = False) -> Sweep:
    """Find orphans of both kinds that are older than ``before``, and delete them if ``apply``.

    Rows go in the caller's transaction; bytes only when their row has been gone since an earlier sweep, so a
    transaction that is rolled back loses nothing. Give a moment at least a day ago: files are written before rows.
    Holds one set of all keys in memory, about 100 MB for each million files.
    """
    stored = {bytes.fromhex(about.key): about.modified_at for about in storage.walk()}
    missing = tuple(key for key in _all_keys(session) if bytes.fromhex(key) not in stored)
    old = [key.hex() for key, modified_at in stored.items() if modified_at < before]
    nameless = list(_without_row(session, old))
    unused = session.scalars(select(StoredFile.sha256).where(StoredFile.created_at < before, ~_used())).all()
    abandoned = 0
    if apply:
        for key in nameless:
            storage.delete(key)
        abandoned = storage.discard_incoming(before)
        for keys in _batches(unused):
            session.execute(delete(FilePreview).where(FilePreview.sha256.in_(keys)))
            session.execute(delete(FilePage).where(FilePage.sha256.in_(keys)))
            session.execute(delete(PackagePart).where(PackagePart.package_sha256.in_(keys)))
            session.execute(delete(StoredFile).where(StoredFile.sha256.in_(keys)))
    return Sweep(len(unused), len(nameless), abandoned, missing)


def _all_keys(session: Session) -> Iterator[str]:
    yield from session.scalars(select(StoredFile.sha256).execution_options(yield_per=_BATCH))


def _without_row(session: Session, keys: Iterable[str]) -> Iterator[str]:
    for batch in _batches(keys):
        known = set(session.scalars(select(StoredFile.sha256).where(StoredFile.sha256.in_(batch))))
        yield from (key for key in batch if key not in known)


def _used() -> ColumnElement[bool]:
    """Whether anything points to a stored file: every foreign key to it counts, in whichever package, unless it says
    itself that it keeps nothing."""
    pointing = [
        exists().where(key.parent == StoredFile.sha256)
        for table in metadata.sorted_tables
        for key in table.foreign_keys
        if key.target_fullname == "stored_file.sha256" and key.parent.info.get("keeps", True)
    ]
    return or_(false(), *pointing)


def _batches(keys: Iterable[str]) -> Iterator[tuple[str, ...]]:
    rest = iter(keys)
    while batch := tuple(islice(rest, _BATCH)):
        yield batch
