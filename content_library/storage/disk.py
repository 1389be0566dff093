"""Files in a folder: the storage of a laptop, and of a small school."""

import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from time import time
from typing import BinaryIO
from uuid import uuid4

from content_library.storage import (
    PART_MINIMUM,
    NoSuchFile,
    PartsUpload,
    RangeOutside,
    Saved,
    StorageUnavailable,
    StoredObject,
    UploadLink,
    UploadRefused,
    checked_key,
)
from content_library.storage.pieces import CHUNK, PartsSum, Piece, chunks_of
from content_library.storage.ranges import parse_range
from content_library.storage.tickets import Answer, Ticket, Tickets, answer_headers


class DiskStorage:
    """Files under ``root``; links are signed addresses below ``prefix``, which the web side serves in a few lines.

    ``secret`` signs the links. ``clock`` gives seconds since 1970 and is there for tests.
    """

    def __init__(self, root: Path, secret: str, *, prefix: str = "/files", clock: Callable[[], float] = time) -> None:
        self.root = root
        self._prefix = prefix
        self._tickets = Tickets(secret, clock)

    def save(self, source: bytes | BinaryIO) -> Saved:
        """Store bytes durably; see ``Storage``."""
        with _disk(), self._temporary() as (path, out):
            digest, size = sha256(), 0
            for chunk in chunks_of(source):
                digest.update(chunk)
                out.write(chunk)
                size += len(chunk)
            saved = Saved(digest.hexdigest(), size)
            self._put_in_place(path, out, self._path(saved.key))
            return saved

    def open(self, key: str, start: int = 0, length: int | None = None) -> BinaryIO:
        """Read a part of a file; see ``Storage``."""
        size = self.size(key)
        if start and start >= size:
            raise RangeOutside(size)
        with _disk():
            return Piece(self._path(key), start, size - start if length is None else length).buffered()

    def size(self, key: str) -> int:
        """Bytes of a file; see ``Storage``."""
        with _disk():
            try:
                return self._path(key).stat().st_size
            except FileNotFoundError:
                raise NoSuchFile(key) from None

    def exists(self, key: str) -> bool:
        """Whether the bytes are there; see ``Storage``."""
        with _disk():
            return self._path(key).is_file()

    def delete(self, key: str) -> None:
        """Forget the bytes; see ``Storage``."""
        with _disk():
            self._path(key).unlink(missing_ok=True)

    def link(self, key: str, filename: str, content_type: str, seconds: int = 300, *, download: bool = False) -> str:
        """A signed address relative to the site; see ``Storage``."""
        ticket = Ticket("get", checked_key(key), content_type, filename=filename, download=download)
        return f"{self._prefix}/{self._tickets.issue(ticket, seconds)}"

    def read_link(self, token: str, range_header: str | None = None) -> Answer:
        """What to answer to a GET of a link. Raises ``LinkRefused`` and ``NoSuchFile``."""
        ticket = self._tickets.check(token, "get")
        size = self.size(ticket.key)
        try:
            part = parse_range(range_header, size)
        except RangeOutside:
            return Answer(416, {"Content-Range": f"bytes */{size}", "Accept-Ranges": "bytes"}, iter(()))
        headers = answer_headers(ticket, size, part)
        wanted = (part.first, part.length) if part else (0, size)
        return Answer(206 if part else 200, headers, self._body(ticket.key, *wanted))

    def upload_link(self, content_type: str, size: int, seconds: int = 900) -> UploadLink:
        """A signed address to PUT a file to; see ``Storage``."""
        incoming = f"incoming/{uuid4().hex}"
        return self._put_link(Ticket("put", incoming, content_type, size=size), seconds)

    def accept_upload(self, token: str, stream: BinaryIO, content_type: str | None = None) -> None:
        """Take the bytes PUT to an upload link. Raises ``LinkRefused`` and ``UploadRefused``."""
        ticket = self._tickets.check(token, "put")
        if (content_type or "application/octet-stream") != ticket.content_type:
            raise UploadRefused(f"announced as {ticket.content_type}, sent as {content_type}")
        target = self._path(ticket.key)
        if ticket.part:
            parts = self._parts(ticket.key)
            if not parts.is_dir():
                raise NoSuchFile(ticket.key)
            target = parts / f"{ticket.part:05d}"
        with _disk(), self._temporary() as (path, out):
            size = 0
            # One byte more than announced is enough to know that it is too long.
            while chunk := stream.read(min(CHUNK, ticket.size + 1 - size)):
                out.write(chunk)
                size += len(chunk)
            if size != ticket.size:
                raise UploadRefused(f"announced {ticket.size} bytes, {'more' if size > ticket.size else size} came")
            self._put_in_place(path, out, target)

    def adopt(self, incoming: str, *, parts_sum: str = "", forget: bool = True) -> Saved:
        """Keep what has arrived under its checksum; see ``Storage``."""
        if parts_sum:
            with self.open(incoming) as source:
                PartsSum.of(source).compare(parts_sum)
        with self.open(incoming) as source:
            saved = self.save(source)
        if forget:
            self.delete(incoming)
        return saved

    def start_parts(self, content_type: str) -> PartsUpload:
        """Begin an upload in parts; see ``Storage``."""
        upload = PartsUpload(f"incoming/{uuid4().hex}", uuid4().hex)
        with _disk():
            self._parts(upload.incoming).mkdir(parents=True)
        return upload

    def part_link(self, upload: PartsUpload, number: int, size: int, seconds: int = 3600) -> UploadLink:
        """A signed address to PUT one part to; see ``Storage``."""
        ticket = Ticket("put", upload.incoming, "application/octet-stream", size=size, part=number)
        return self._put_link(ticket, seconds)

    def parts_sent(self, upload: PartsUpload) -> dict[int, int]:
        """Which parts lie in the folder; see ``Storage``."""
        folder = self._parts(upload.incoming)
        with _disk():
            if not folder.is_dir():
                raise NoSuchFile(upload.incoming)
            return {int(part.name): part.stat().st_size for part in folder.iterdir()}

    def complete_parts(self, upload: PartsUpload, count: int) -> None:
        """Join the parts; see ``Storage``."""
        folder = self._parts(upload.incoming)
        parts = [folder / f"{number:05d}" for number in range(1, count + 1)]
        with _disk(), self._temporary() as (path, out):
            if not folder.is_dir():
                raise NoSuchFile(upload.incoming)
            if not parts or not all(part.is_file() for part in parts):
                raise UploadRefused("a part is missing")
            if any(part.stat().st_size < PART_MINIMUM for part in parts[:-1]):
                raise UploadRefused(f"a part is shorter than {PART_MINIMUM} bytes")
            for part in parts:
                with part.open("rb") as source:
                    shutil.copyfileobj(source, out, CHUNK)
            self._put_in_place(path, out, self._path(upload.incoming))
            shutil.rmtree(folder)

    def abort_parts(self, upload: PartsUpload) -> None:
        """Forget an upload in parts; see ``Storage``."""
        with _disk():
            shutil.rmtree(self._parts(upload.incoming), ignore_errors=True)

    def walk(self) -> Iterator[StoredObject]:
        """All kept files; see ``Storage``."""
        for path in self.root.glob("[0-9a-f][0-9a-f]/*"):
            about = path.stat()
            yield StoredObject(path.name, about.st_size, datetime.fromtimestamp(about.st_mtime, UTC))

    def discard_incoming(self, before: datetime) -> int:
        """Forget what nobody adopted; see ``Storage``."""
        count = 0
        with _disk():
            for path in [*self.root.glob("incoming/*"), *self.root.glob("tmp/*")]:
                if path.stat().st_mtime < before.timestamp():
                    shutil.rmtree(path) if path.is_dir() else path.unlink(missing_ok=True)
                    count += 1
        return count

    def check(self) -> None:
        """Return if the folder can be written to; see ``Storage``."""
        with _disk(), self._temporary():
            pass

    def _body(self, key: str, start: int, length: int) -> Iterator[bytes]:
        # Opened when the first byte is asked for: an answer to HEAD is thrown away unread, and nobody would close it.
        with self.open(key, start, length) as source:
            yield from chunks_of(source)

    def _put_link(self, ticket: Ticket, seconds: int) -> UploadLink:
        url = f"{self._prefix}/put/{self._tickets.issue(ticket, seconds)}"
        return UploadLink(ticket.key, url, {"Content-Type": ticket.content_type})

    def _path(self, key: str) -> Path:
        checked_key(key)
        return self.root / key if key.startswith("incoming/") else self.root / key[:2] / key

    def _parts(self, incoming: str) -> Path:
        return self.root / f"{checked_key(incoming)}.parts"

    @contextmanager
    def _temporary(self) -> Iterator[tuple[Path, BinaryIO]]:
        path = self.root / "tmp" / uuid4().hex
        path.parent.mkdir(parents=True, exist_ok=True)
        try:
            with path.open("xb") as out:
                yield path, out
        finally:
            path.unlink(missing_ok=True)

    @staticmethod
    def _put_in_place(path: Path, out: BinaryIO, target: Path) -> None:
        out.flush()
        os.fsync(out.fileno())
        target.parent.mkdir(parents=True, exist_ok=True)
        path.replace(target)
        folder = os.open(target.parent, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)


@contextmanager
def _disk() -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise StorageUnavailable(str(error)) from error
