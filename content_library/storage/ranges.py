"""The one kind of HTTP Range that players and readers send: a single range of bytes (RFC 9110, section 14)."""

import re
from dataclasses import dataclass

from content_library.storage import RangeOutside

_RANGE = re.compile(r"bytes=(\d*)-(\d*)", re.ASCII)


@dataclass(frozen=True, slots=True)
class ByteRange:
    """Bytes ``first`` to ``last``, both included."""

    first: int
    last: int

    @property
    def length(self) -> int:
        """Number of bytes."""
        return self.last - self.first + 1


def parse_range(header: str | None, size: int) -> ByteRange | None:
    """The part that is wished for, or None for the whole file.

    A header that is malformed or names several ranges asks for the whole file, as the standard allows.
    Raises ``RangeOutside`` when nothing of the wished part exists.
    """
    match = _RANGE.fullmatch((header or "").strip())
    if not match or match.group() == "bytes=-":
        return None
    first, last = match.groups()
    if not first:
        wanted = ByteRange(max(size - int(last), 0), size - 1)
    else:
        wanted = ByteRange(int(first), min(int(last), size - 1) if last else size - 1)
        if last and int(last) < int(first):
            return None
    if wanted.first >= size:
        raise RangeOutside(size)
    return wanted
