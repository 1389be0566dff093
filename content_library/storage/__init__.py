"""Where the bytes of files live: the contract that every storage keeps, and its errors."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import BinaryIO, Protocol

PART_MINIMUM = 5 * 1024 * 1024
"""Bytes: every part of an upload in parts but the last is at least this long (a rule of S3)."""

PART = PART_MINIMUM
"""Bytes: how long we make the parts. Short ones lose little when a connection breaks; S3 takes ten thousand of them."""

_KEY = re.compile(r"[0-9a-f]{64}|incoming/[0-9a-f]{32}")


class StorageError(Exception):
    """Something about stored files went wrong."""


class StorageUnavailable(StorageError):
    """The storage does not answer, or refuses us; trying later may help."""


class NoSuchFile(StorageError):
    """Nothing is stored under this key."""


class RangeOutside(StorageError):
    """The wished part of a file begins past its end."""

    def __init__(self, size: int) -> None:
        super().__init__(f"the file has {size} bytes")
        self.size = size


class LinkRefused(StorageError):
    """The link was changed on its way, or its time is over."""


class UploadRefused(StorageError):
    """The bytes sent are not what was announced: length, type, sum or order of parts."""


@dataclass(frozen=True, slots=True)
class Saved:
    """Bytes that are stored: their SHA-256, which is the key, and their number."""

    key: str
    size: int


@dataclass(frozen=True, slots=True)
class StoredObject:
    """What a walk over the storage meets."""

    key: str
    size: int
    modified_at: datetime


@dataclass(frozen=True, slots=True)
class UploadLink:
    """What a browser needs to send bytes itself: PUT to ``url`` with exactly these ``headers``."""

    incoming: str
    """The key to ``adopt`` when the bytes have arrived."""
    url: str
    headers: dict[str, str]


@dataclass(frozen=True, slots=True)
class PartsUpload:
    """A large upload in parts, under way."""

    incoming: str
    upload_id: str


class Storage(Protocol):
    """Files by the checksum of their bytes. Equal files are stored once.

    Saving what is there already puts equal bytes in its place: the file is young again, and safe from a sweep of
    old orphans that runs at the same moment.
    Keys are hexadecimal SHA-256 sums, or ``incoming/…`` for what a browser has sent and nobody has looked at yet.
    Bytes are written before the row that names them and deleted after the commit that forgot them.
    Every method may raise ``StorageUnavailable``.
    """

    def save(self, source: bytes | BinaryIO) -> Saved:
        """Store bytes durably."""

    def open(self, key: str, start: int = 0, length: int | None = None) -> BinaryIO:
        """Read from byte ``start`` at most ``length`` bytes. Raises ``NoSuchFile`` and ``RangeOutside``."""

    def size(self, key: str) -> int:
        """Bytes of a file. Raises ``NoSuchFile``."""

    def exists(self, key: str) -> bool:
        """Whether the bytes are there."""

    def delete(self, key: str) -> None:
        """Forget the bytes; deleting what is not there is no error."""

    def link(self, key: str, filename: str, content_type: str, seconds: int = 300, *, download: bool = False) -> str:
        """An address that serves the file, with Range, to whoever holds it, for ``seconds``.

        The type is asked for again because bytes carry none. Types that could run as a page are always downloads.
        """

    def upload_link(self, content_type: str, size: int, seconds: int = 900) -> UploadLink:
        """Let a browser PUT exactly ``size`` bytes straight to the storage."""

    def adopt(self, incoming: str, *, parts_sum: str = "", forget: bool = True) -> Saved:
        """Sum up what has arrived and keep it under its key. Raises ``NoSuchFile`` and ``UploadRefused``.

        ``parts_sum`` is what the sender says of the bytes (see ``pieces.PartsSum``); nothing is kept when they differ.
        ``forget=False`` leaves the incoming bytes for whoever must be able to do it again until a commit.
        """

    def start_parts(self, content_type: str) -> PartsUpload:
        """Begin an upload in parts."""

    def part_link(self, upload: PartsUpload, number: int, size: int, seconds: int = 3600) -> UploadLink:
        """Let a browser PUT part ``number`` (from 1) of ``size`` bytes; the same part may be sent again."""

    def parts_sent(self, upload: PartsUpload) -> dict[int, int]:
        """The parts that have arrived: their numbers and bytes. Raises ``NoSuchFile`` when the upload is over or unknown."""

    def complete_parts(self, upload: PartsUpload, count: int) -> None:
        """Join parts 1 to ``count``; then ``adopt`` the upload. Raises ``UploadRefused`` when one is missing."""

    def abort_parts(self, upload: PartsUpload) -> None:
        """Forget an upload in parts."""

    def walk(self) -> Iterator[StoredObject]:
        """All kept files, in no order; incoming ones are not among them."""

    def discard_incoming(self, before: datetime) -> int:
        """Forget what arrived before this moment and was never adopted; how many."""

    def check(self) -> None:
        """Return if the storage answers."""


def checked_key(key: str) -> str:
    """The key, if it has the form of one: a key never leads out of the storage."""
    if not _KEY.fullmatch(key):
        raise NoSuchFile(key)
    return key
