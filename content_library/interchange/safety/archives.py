"""Archives and folders as a list of parts that can be read: never unpacked, never more than is allowed."""

import gzip
import io
import posixpath
import re
import stat
import tarfile
import zipfile
import zlib
from collections.abc import Iterable
from pathlib import Path
from typing import Protocol
from urllib.parse import unquote

from content_library.interchange.reasons import Place, Refused, Why

_MEGABYTE = 1024 * 1024
MOST_PARTS = 20_000
LARGEST_PART = 64 * _MEGABYTE
LARGEST_WHOLE = 1024 * _MEGABYTE
LARGEST_TAR = 192 * _MEGABYTE
RATIO = 150
"""A text packs ten or twenty times; what packs more, and is large, was made to do harm."""
_SMALL = 16 * _MEGABYTE
_DRIVE = re.compile(r"^[A-Za-z]:")
_CHUNK = 256 * 1024


class Archive(Protocol):
    """Named parts."""

    @property
    def names(self) -> list[str]:
        """The parts, folders left out, with forward slashes."""
        ...

    def read(self, name: str, limit: int = LARGEST_PART) -> bytes:
        """The bytes of a part. Raises ``Refused``."""
        ...


def resolve(archive: Archive, base: str, href: str) -> str | None:
    """The part that an address in another part means; None when there is none or it leads outside."""
    plain = unquote(href.partition("#")[0].partition("?")[0]).replace("\\", "/").lstrip("/")
    if not plain or ":" in plain.partition("/")[0]:
        return None
    path = posixpath.normpath(posixpath.join(posixpath.dirname(base), plain))
    if path.startswith(".."):
        return None
    names = archive.names
    if path in names:
        return path
    alike = [name for name in names if name.lower() == path.lower()]
    return alike[0] if alike else None


def safe_part(name: str) -> str:
    """The name of a part, or ``Refused`` when it leads out of the archive."""
    plain = name.replace("\\", "/")
    if plain.startswith("/") or _DRIVE.match(plain) or "\0" in plain or ".." in plain.split("/"):
        raise Refused(Why.ESCAPES, Place(part=name[:200]))
    return plain.removeprefix("./")


class ZipParts:
    """A zip, looked through before anything of it is read."""

    def __init__(self, data: bytes | Path) -> None:
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data) if isinstance(data, bytes) else data)
            infos = self._zip.infolist()
        except (zipfile.BadZipFile, NotImplementedError, OSError, ValueError, UnicodeError):
            raise Refused(Why.BROKEN_ARCHIVE) from None
        self._infos: dict[str, zipfile.ZipInfo] = {}
        _check_counts(len(infos), (info.file_size for info in infos), sum(info.compress_size for info in infos))
        for info in infos:
            if not info.filename:  # zipfile itself stumbles over a part without a name
                raise Refused(Why.BROKEN_ARCHIVE)
            name = safe_part(info.filename)
            if stat.S_ISLNK(info.external_attr >> 16):
                raise Refused(Why.ESCAPES, Place(part=name))
            if info.flag_bits & 0x1:
                raise Refused(Why.ENCRYPTED, Place(part=name))
            if not info.is_dir():
                self._infos[name] = info
        self.names = list(self._infos)

    def read(self, name: str, limit: int = LARGEST_PART) -> bytes:
        """The bytes of a part, whatever size its header claims."""
        info = self._infos.get(name)
        if info is None:
            raise Refused(Why.MISSING_FILE, Place(part=name))
        if info.file_size > limit:
            raise Refused(Why.TOO_LARGE, Place(part=name), limit=str(limit // _MEGABYTE))
        try:
            with self._zip.open(info) as part:
                data = part.read(limit + 1)
        except (zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, OSError, EOFError, ValueError):
            raise Refused(Why.BROKEN_ARCHIVE, Place(part=name)) from None
        if len(data) > limit:
            raise Refused(Why.BOMB, Place(part=name))
        return data


class TarParts:
    """A tar, packed by gzip or not, read once into memory: a course is small without its films."""

    def __init__(self, data: bytes) -> None:
        self._parts: dict[str, bytes] = {}
        plain = _unpacked(data) if data.startswith(b"\x1f\x8b") else data
        try:
            with tarfile.open(fileobj=io.BytesIO(plain), mode="r:") as tar:
                for member in tar:
                    self._take(tar, member)
        except (tarfile.TarError, EOFError, ValueError, OSError):
            raise Refused(Why.BROKEN_ARCHIVE) from None
        self.names = list(self._parts)

    def _take(self, tar: tarfile.TarFile, member: tarfile.TarInfo) -> None:
        name = safe_part(member.name)
        if member.issym() or member.islnk() or member.isdev():
            raise Refused(Why.ESCAPES, Place(part=name))
        if len(self._parts) >= MOST_PARTS:
            raise Refused(Why.TOO_MANY_PARTS, limit=str(MOST_PARTS))
        opened = tar.extractfile(member) if member.isfile() else None
        if opened is not None:
            self._parts[name] = opened.read(LARGEST_PART + 1)

    def read(self, name: str, limit: int = LARGEST_PART) -> bytes:
        """The bytes of a part."""
        data = self._parts.get(name)
        if data is None:
            raise Refused(Why.MISSING_FILE, Place(part=name))
        if len(data) > limit:
            raise Refused(Why.TOO_LARGE, Place(part=name), limit=str(limit // _MEGABYTE))
        return data


class FolderParts:
    """A folder of this machine, as if it were packed; links are not followed."""

    def __init__(self, root: Path) -> None:
        self._root = root
        found = (path for path in sorted(root.rglob("*")) if path.is_file() and not path.is_symlink())
        self.names = []
        for path in found:
            self.names.append(path.relative_to(root).as_posix())
            if len(self.names) > MOST_PARTS:
                raise Refused(Why.TOO_MANY_PARTS, limit=str(MOST_PARTS))

    def read(self, name: str, limit: int = LARGEST_PART) -> bytes:
        """The bytes of a file."""
        path = self._root / safe_part(name)
        if not path.is_file() or path.is_symlink():
            raise Refused(Why.MISSING_FILE, Place(part=name))
        if path.stat().st_size > limit:
            raise Refused(Why.TOO_LARGE, Place(part=name), limit=str(limit // _MEGABYTE))
        return path.read_bytes()


class Below:
    """The parts of an archive inside one of its folders."""

    def __init__(self, archive: Archive, folder: str) -> None:
        self._archive = archive
        self._prefix = f"{folder.rstrip('/')}/" if folder else ""
        self.names = [name.removeprefix(self._prefix) for name in archive.names if name.startswith(self._prefix)]

    def read(self, name: str, limit: int = LARGEST_PART) -> bytes:
        """The bytes of a part."""
        return self._archive.read(self._prefix + name, limit)


def _check_counts(count: int, sizes: Iterable[int], packed: int) -> None:
    if count > MOST_PARTS:
        raise Refused(Why.TOO_MANY_PARTS, limit=str(MOST_PARTS))
    whole = sum(sizes)
    if whole > LARGEST_WHOLE:
        raise Refused(Why.BOMB)
    if whole > _SMALL and whole > packed * RATIO:
        raise Refused(Why.BOMB)


def _unpacked(data: bytes) -> bytes:
    whole = io.BytesIO()
    try:
        with gzip.GzipFile(fileobj=io.BytesIO(data)) as packed:
            while chunk := packed.read(_CHUNK):
                whole.write(chunk)
                size = whole.tell()
                if size > LARGEST_TAR or (size > _SMALL and size > len(data) * RATIO):
                    raise Refused(Why.BOMB)
    except (OSError, EOFError, zlib.error):
        raise Refused(Why.BROKEN_ARCHIVE) from None
    return whole.getvalue()
