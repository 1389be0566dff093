"""Reading bytes bit by bit."""

import io
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO, cast

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
