"""A file on its way in: its name, its bytes, and what kind of thing it is at first sight."""

from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from lxml import etree

from content_library.interchange.reasons import Refused, Why
from content_library.interchange.safety.archives import Archive, FolderParts, TarParts, ZipParts
from content_library.interchange.safety.encoding import text_of
from content_library.interchange.safety.xml import local, parse_xml

LARGEST_FILE = 512 * 1024 * 1024
_LARGEST_TEXT = 48 * 1024 * 1024


@dataclass(frozen=True)
class Source:
    """One file, or one unpacked folder. Everything is looked at once and only when asked for."""

    path: Path

    @property
    def name(self) -> str:
        """Its name, as the reader of the report knows it."""
        return self.path.name

    @property
    def stem(self) -> str:
        """Its name without the ending: a title where the file has none."""
        return self.path.stem.replace("_", " ").strip() or self.path.name

    @property
    def ending(self) -> str:
        """The ending of its name, in small letters, without the point."""
        return self.path.suffix.lower().lstrip(".")

    @cached_property
    def data(self) -> bytes:
        """All of its bytes."""
        if self.path.stat().st_size > LARGEST_FILE:
            raise Refused(Why.TOO_LARGE, limit=str(LARGEST_FILE // 1024 // 1024))
        data = self.path.read_bytes()
        if not data:
            raise Refused(Why.EMPTY)
        return data

    @cached_property
    def head(self) -> bytes:
        """Its first bytes."""
        if self.is_folder:
            return b""
        with self.path.open("rb") as file:
            return file.read(4096)

    @property
    def is_folder(self) -> bool:
        """Whether it is a package that somebody has unpacked."""
        return self.path.is_dir()

    @cached_property
    def archive(self) -> Archive | None:
        """Its parts, when it is an archive or a folder."""
        if self.is_folder:
            return FolderParts(self.path)
        if self.head.startswith(b"PK"):
            return ZipParts(self.path) if self.path.stat().st_size <= LARGEST_FILE else None
        if self.head.startswith(b"\x1f\x8b") or self.head[257:262] == b"ustar":
            return TarParts(self.data)
        return None

    @cached_property
    def text(self) -> str:
        """Its text."""
        if self.path.stat().st_size > _LARGEST_TEXT:
            raise Refused(Why.TOO_LARGE, limit=str(_LARGEST_TEXT // 1024 // 1024))
        return text_of(self.data)

    @property
    def looks_like_xml(self) -> bool:
        """Whether its first letter that is no space opens a tag."""
        plain = self.head.lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n\0")
        return plain[:1] == b"<"

    @cached_property
    def root(self) -> etree._Element | None:
        """The root of its XML; None when it is not XML at all. Raises ``Refused`` when it is broken XML."""
        return parse_xml(self.data) if self.looks_like_xml and self.archive is None else None

    @property
    def root_name(self) -> str:
        """The name of its root element."""
        return local(self.root) if self.root is not None else ""

    @cached_property
    def neighbours(self) -> Archive:
        """The files beside a single file, for the pictures that it names."""
        return _Neighbours(self.path.parent)


class _Neighbours(FolderParts):
    """The folder of a file; its parts are listed only when something is looked for."""

    def __init__(self, root: Path) -> None:
        self._root = root

    @cached_property
    def names(self) -> list[str]:  # type: ignore[override]
        """Files up to two folders down: pictures lie beside their question or in a folder of pictures."""
        found = [path for pattern in ("*", "*/*", "*/*/*") for path in sorted(self._root.glob(pattern))]
        return [
            path.relative_to(self._root).as_posix() for path in found[:5000] if path.is_file() and not path.is_symlink()
        ]
