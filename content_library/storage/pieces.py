"""Reading bytes bit by bit."""

import io
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path
from typing import BinaryIO, cast

from content_library.storage import PART, UploadRefused

CHUNK = 256 * 1024


class Piece(io.RawIOBase):
    """A part of a file on disk, read as a file of its own."""

    def __init__(self, path: Path, start: int, length: int) -> None:
        self._file = path.open("rb", buffering=0)
        self._file.seek(start)
        self._left = length

    def buffered(self) -> BinaryIO:
        """The same with a buffer."""
        return cast("BinaryIO", io.BufferedReader(self, CHUNK))

    def readable(self) -> bool:
        """Yes."""
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        """Fill the buffer as far as this piece goes."""
        count = self._file.readinto(memoryview(buffer)[: self._left])
        self._left -= count
        return count

    def close(self) -> None:
        """Close the file too."""
        self._file.close()
        super().close()


def chunks_of(source: bytes | BinaryIO) -> Iterator[bytes]:
    """The bytes in handy pieces."""
    if isinstance(source, bytes):
        yield source
        return
    while chunk := source.read(CHUNK):
        yield chunk


class PartsSum:
    """The sum that a browser can make of a large file: SHA-256 of the SHA-256 sums of its parts of ``PART`` bytes.

    Browsers sum up whole pieces only, never a stream; so this one stands beside the sum that names the file.
    """

    def __init__(self) -> None:
        self._whole = sha256()
        self._part = sha256()
        self._in_part = 0

    @classmethod
    def of(cls, source: bytes | BinaryIO) -> "PartsSum":
        """The sum of these bytes."""
        made = cls()
        for chunk in chunks_of(source):
            made.update(chunk)
        return made

    def update(self, chunk: bytes) -> None:
        """Add what comes next."""
        rest = memoryview(chunk)
        while rest:
            taken = rest[: PART - self._in_part]
            self._part.update(taken)
            self._in_part += len(taken)
            rest = rest[len(taken) :]
            if self._in_part == PART:
                self._whole.update(self._part.digest())
                self._part, self._in_part = sha256(), 0

    def hexdigest(self) -> str:
        """The sum of everything so far."""
        whole = self._whole.copy()
        if self._in_part:
            whole.update(self._part.digest())
        return whole.hexdigest()

    def compare(self, said: str) -> None:
        """Raises ``UploadRefused`` when the sender's sum is another."""
        if said != self.hexdigest():
            raise UploadRefused("the bytes were changed on their way")
