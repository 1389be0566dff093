"""A film for any line and screen: each rendition one MP4 file, which plays by itself or piece by piece as HLS.

The file begins with an index of its pieces (the box ``sidx``), so an ordinary player seeks in it, and a playlist can name
the pieces as byte ranges of one object: nothing is stored twice, and one signed address serves a whole rendition.
"""

import struct
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO

PIECE_SECONDS = 4
"""What a player fetches at once, and the step of a change between renditions."""


class NotInPieces(Exception):
    """The file is no MP4 with an index of its pieces."""


@dataclass(frozen=True, slots=True)
class Rendition:
    """What a playlist says of one rendition. Kept beside the row of its bytes."""

    width: int
    height: int
    codecs: str
    """As RFC 6381 writes them: ``avc1.64001f,mp4a.40.2``."""
    head: int
    """Bytes before the index: what a player needs first."""
    start: int
    """The byte where the first piece begins."""
    pieces: tuple[tuple[int, int], ...]
    """Bytes and milliseconds of each piece, in order."""

    @property
    def seconds(self) -> float:
        """How long it plays."""
        return sum(milliseconds for _, milliseconds in self.pieces) / 1000

    @property
    def peak(self) -> int:
        """Bits a second of its thickest piece: a line as wide as this never waits."""
        return max(size * 8000 // max(milliseconds, 1) for size, milliseconds in self.pieces)

    def facts(self) -> dict[str, Any]:
        """As plain JSON values."""
        return {
            "width": self.width,
            "height": self.height,
            "codecs": self.codecs,
            "head": self.head,
            "start": self.start,
            "pieces": [list(piece) for piece in self.pieces],
        }

    @classmethod
    def from_facts(cls, facts: Mapping[str, Any]) -> "Rendition":
        """The opposite of ``facts``."""
        pieces = tuple((int(size), int(milliseconds)) for size, milliseconds in facts["pieces"])
        return cls(facts["width"], facts["height"], facts["codecs"], facts["head"], facts["start"], pieces)


def rendition_of(path: Path, width: int, height: int) -> Rendition:
    """Read what a playlist needs from a file made by ``video.make_renditions``. Raises ``NotInPieces``."""
    with path.open("rb") as file:
        codecs, indexes = "", []
        for kind, start, size in _boxes(file):
            if kind == b"moov":
                codecs = _codecs(file.read(size - 8))
            elif kind == b"sidx":
                indexes.append((start, *_index(file.read(size - 8), start + size)))
            elif kind == b"moof":
                break
    if not indexes or not codecs:
        raise NotInPieces(path.name)
    # Each track has an index over the same pieces; the first is the picture's.
    head, first, pieces = indexes[0]
    return Rendition(width, height, codecs, head, first, tuple(pieces))


def main_playlist(renditions: Sequence[tuple[Rendition, str]]) -> str:
    """The playlist of all renditions with their addresses; the first is what a player begins with."""
    lines = ["#EXTM3U", "#EXT-X-VERSION:7", "#EXT-X-INDEPENDENT-SEGMENTS"]
    for one, address in renditions:
        size = f"RESOLUTION={one.width}x{one.height}"
        lines += [f'#EXT-X-STREAM-INF:BANDWIDTH={one.peak},{size},CODECS="{one.codecs}"', address]
    return "\n".join(lines) + "\n"


def playlist(rendition: Rendition, address: str) -> str:
    """The playlist of one rendition: every piece is a byte range of the object behind ``address``."""
    longest = max(milliseconds for _, milliseconds in rendition.pieces)
    lines = [
        "#EXTM3U",
        "#EXT-X-VERSION:7",
        f"#EXT-X-TARGETDURATION:{-(-longest // 1000)}",
        "#EXT-X-PLAYLIST-TYPE:VOD",
        "#EXT-X-INDEPENDENT-SEGMENTS",
        f'#EXT-X-MAP:URI="{address}",BYTERANGE="{rendition.head}@0"',
    ]
    start = rendition.start
    for size, milliseconds in rendition.pieces:
        lines += [f"#EXTINF:{milliseconds / 1000:.3f},", f"#EXT-X-BYTERANGE:{size}@{start}", address]
        start += size
    return "\n".join([*lines, "#EXT-X-ENDLIST"]) + "\n"


def _boxes(file: BinaryIO) -> Iterator[tuple[bytes, int, int]]:
    """Kind, place and bytes of each outer box; the file stands behind the box's header."""
    place = 0
    while len(header := file.read(8)) == 8:
        size, kind = struct.unpack(">I4s", header)
        if size < 8:
            raise NotInPieces("a box of an unknown length")
        yield kind, place, size
        place += size
        file.seek(place)


def _index(box: bytes, end: int) -> tuple[int, list[tuple[int, int]]]:
    """Where the pieces begin, and bytes and milliseconds of each (ISO/IEC 14496-12, 8.16.3)."""
    version = box[0]
    (scale,) = struct.unpack_from(">I", box, 8)
    place = 12 + (16 if version else 8)
    offset = struct.unpack_from(">Q" if version else ">I", box, place - (8 if version else 4))[0]
    (count,) = struct.unpack_from(">H", box, place + 2)
    pieces, passed = [], 0
    for n in range(count):
        size, duration = struct.unpack_from(">II", box, place + 4 + 12 * n)
        # Rounded from the beginning, or a long film would drift.
        since = passed * 1000 // scale
        passed += duration
        pieces.append((size & 0x7FFFFFFF, passed * 1000 // scale - since))
    return end + offset, pieces


def _codecs(moov: bytes) -> str:
    """The picture's profile and level stand in its configuration; the sound is always AAC-LC."""
    place = moov.find(b"avcC")
    if place < 0:
        return ""
    picture = f"avc1.{moov[place + 5 : place + 8].hex()}"
    return f"{picture},mp4a.40.2" if b"mp4a" in moov else picture
