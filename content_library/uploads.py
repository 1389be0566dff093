"""Accepting files: how large, of which true type, under which safe name; equal bytes are kept once."""

import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any, BinaryIO, cast

from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from content_library.file_names import safe_name
from content_library.file_types import HEAD, type_in_zip, type_of_head
from content_library.models import StoredFile
from content_library.storage import Saved, Storage, UploadRefused
from content_library.storage.pieces import chunks_of

_MEGABYTE = 1024 * 1024
_IN_MEMORY = 4 * _MEGABYTE


class UploadError(Exception):
    """A file can't be accepted; the text says why."""


class EmptyFile(UploadError):
    """There are no bytes in the file."""

    def __init__(self) -> None:
        super().__init__("the file is empty")


class FileTooLarge(UploadError):
    """The file is larger than files of this purpose may be."""

    def __init__(self, limit: int) -> None:
        super().__init__(f"the file is larger than {limit // _MEGABYTE} MB")
        self.limit = limit


class WrongType(UploadError):
    """The bytes are of a type that this purpose does not take, whatever the name says."""

    def __init__(self, found: str | None, allowed: frozenset[str]) -> None:
        super().__init__(f"the file is {found or 'of an unknown type'}, not one of {', '.join(sorted(allowed))}")
        self.found = found
        self.allowed = allowed


class Damaged(UploadError):
    """The bytes are not those that were sent; sending them again helps."""

    def __init__(self) -> None:
        super().__init__("the file was damaged on its way")


Scan = Callable[[bytes | BinaryIO], None]
"""Looks through bytes and raises an ``UploadError`` for what nobody should open (see ``scanning``)."""


class Purpose(StrEnum):
    """What a file is sent for."""

    PICTURE = "picture"
    PHOTO = "photo"
    VIDEO = "video"
    AUDIO = "audio"
    VOICE = "voice"
    """Recorded in a browser: sound, which some browsers put into a film without a picture."""
    DOCUMENT = "document"
    SUBTITLES = "subtitles"
    MODEL = "model"


@dataclass(frozen=True, slots=True)
class Rule:
    """What is accepted for a purpose."""

    limit: int
    """Bytes."""
    types: frozenset[str]


_PICTURES = frozenset({"image/gif", "image/jpeg", "image/png", "image/webp"})
_OFFICE = "application/vnd.openxmlformats-officedocument."
_ODF = "application/vnd.oasis.opendocument."
RULES = {
    Purpose.PICTURE: Rule(10 * _MEGABYTE, _PICTURES),
    Purpose.PHOTO: Rule(15 * _MEGABYTE, _PICTURES),
    Purpose.VIDEO: Rule(2048 * _MEGABYTE, frozenset({"video/matroska", "video/mp4", "video/quicktime", "video/webm"})),
    Purpose.AUDIO: Rule(100 * _MEGABYTE, frozenset({"audio/mp4", "audio/mpeg", "audio/ogg", "audio/wav"})),
    Purpose.VOICE: Rule(
        15 * _MEGABYTE,
        frozenset({"audio/mp4", "audio/mpeg", "audio/ogg", "audio/wav", "video/mp4", "video/webm"}),
    ),
    Purpose.DOCUMENT: Rule(
        100 * _MEGABYTE,
        frozenset(
            {
                "application/epub+zip",
                "application/pdf",
                *(f"{_ODF}{kind}" for kind in ("presentation", "spreadsheet", "text")),
                f"{_OFFICE}presentationml.presentation",
                f"{_OFFICE}spreadsheetml.sheet",
                f"{_OFFICE}wordprocessingml.document",
            }
        )
        | _PICTURES,
    ),
    Purpose.MODEL: Rule(50 * _MEGABYTE, frozenset({"model/gltf-binary"})),
    Purpose.SUBTITLES: Rule(2 * _MEGABYTE, frozenset({"text/vtt"})),
}


@dataclass(frozen=True, slots=True)
class Accepted:
    """A file that is kept."""

    file: StoredFile
    name: str
    """Safe to show and to save under."""


@dataclass(frozen=True, slots=True)
class Taken:
    """Bytes that are stored and have no row yet."""

    saved: Saved
    content_type: str


def accept(
    session: Session,
    storage: Storage,
    source: bytes | BinaryIO,
    name: str,
    purpose: Purpose,
    at: datetime,
    *,
    scan: Scan | None = None,
) -> Accepted:
    """Keep a file whose bytes are at hand. Raises ``UploadError`` and ``StorageUnavailable``."""
    rule = RULES[purpose]
    with _spooled(source, rule.limit) as spool:
        content_type = _true_type(spool, rule)
        spool.seek(0)
        if scan:
            scan(spool)
            spool.seek(0)
        saved = storage.save(spool)
    return Accepted(_row(session, saved, content_type, at), safe_name(name, content_type))


def accept_arrived(
    session: Session,
    storage: Storage,
    incoming: str,
    name: str,
    purpose: Purpose,
    at: datetime,
    *,
    parts_sum: str = "",
    scan: Scan | None = None,
) -> Accepted:
    """Keep a file that a browser has sent straight to the storage, or forget it when it is refused.

    Raises ``UploadError``, ``NoSuchFile`` and ``StorageUnavailable``.
    """
    taken = take_in(storage, incoming, purpose, parts_sum=parts_sum, scan=scan)
    storage.delete(incoming)
    return note_taken(session, taken, name, at)


def take_in(
    storage: Storage, incoming: str, purpose: Purpose, *, parts_sum: str = "", scan: Scan | None = None
) -> Taken:
    """Judge what a browser has sent, and keep its bytes. Touches no database: ``note_taken`` comes after.

    Reads the whole file for its checksum: for videos this is work for a job. The incoming
    bytes stay until the caller deletes them, so that it can be done again; those of a refused file are deleted here.
    """
    rule = RULES[purpose]
    try:
        size = storage.size(incoming)
        if size > rule.limit:
            raise FileTooLarge(rule.limit)
        content_type = _type_of_stored(storage, incoming, rule)
        if scan:
            with storage.open(incoming) as whole:
                scan(whole)
        return Taken(storage.adopt(incoming, parts_sum=parts_sum, forget=False), content_type)
    except UploadRefused:
        storage.delete(incoming)
        raise Damaged from None
    except UploadError:
        storage.delete(incoming)
        raise


def note_taken(session: Session, taken: Taken, name: str, at: datetime) -> Accepted:
    """The row of bytes that were taken in, and the name to show them under."""
    return Accepted(_row(session, taken.saved, taken.content_type, at), safe_name(name, taken.content_type))


def keep(session: Session, storage: Storage, source: bytes | BinaryIO, content_type: str, at: datetime) -> StoredFile:
    """Keep bytes that we made ourselves: a poster, a smaller picture, a rendition of a video."""
    return _row(session, storage.save(source), content_type, at)


def note(
    session: Session, saved: Saved, content_type: str, at: datetime, facts: dict[str, Any] | None = None
) -> StoredFile:
    """The row of bytes that are stored already: for work that must not hold a transaction while it stores."""
    file = _row(session, saved, content_type, at)
    if facts is not None:
        file.facts = facts
        session.flush()
    return file


def _type_of_stored(storage: Storage, incoming: str, rule: Rule) -> str:
    with storage.open(incoming, 0, HEAD) as head_file:
        head = head_file.read(HEAD)
    if type_of_head(head) != "application/zip":
        return _allowed(head, rule)
    with storage.open(incoming) as whole, _spooled(whole, rule.limit) as spool:
        return _true_type(spool, rule)


def _true_type(file: BinaryIO, rule: Rule) -> str:
    head = file.read(HEAD)
    if type_of_head(head) != "application/zip":
        return _allowed(head, rule)
    found = type_in_zip(file)
    if found not in rule.types:
        raise WrongType(found, rule.types)
    return found


def _allowed(head: bytes, rule: Rule) -> str:
    if not head:
        raise EmptyFile
    found = type_of_head(head)
    if found is None or found not in rule.types:
        raise WrongType(found, rule.types)
    return found


@contextmanager
def _spooled(source: bytes | BinaryIO, limit: int) -> Iterator[BinaryIO]:
    """The source as a file that can be read twice, at most ``limit`` bytes long."""
    with tempfile.SpooledTemporaryFile(_IN_MEMORY) as spool:
        size = 0
        for chunk in chunks_of(source):
            size += len(chunk)
            if size > limit:
                raise FileTooLarge(limit)
            spool.write(chunk)
        spool.seek(0)
        yield cast("BinaryIO", spool)


def _row(session: Session, saved: Saved, content_type: str, at: datetime) -> StoredFile:
    file = session.get(StoredFile, saved.key)
    if file is not None:
        return file
    file = StoredFile(sha256=saved.key, size=saved.size, content_type=content_type, created_at=at)
    try:
        with session.begin_nested():
            session.add(file)
    except IntegrityError:
        # Somebody else kept the same bytes this very moment; their row is as good as ours.
        return session.get_one(StoredFile, saved.key)
    return file
