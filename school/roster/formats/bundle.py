"""The files of a set: a folder, one file or a zip, read under limits and never unpacked to disk."""

import io
import stat
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from school.roster.formats.records import UnreadableError
from school.roster.said import Said, say

MEGABYTE = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Limits:
    """How much may be read at once. The defaults hold a district's set."""

    files: int = 200
    file_bytes: int = 64 * MEGABYTE
    all_bytes: int = 256 * MEGABYTE
    folders_deep: int = 6


LIMITS = Limits()
TABLES = (".csv", ".txt", ".tsv")


def read_bundle(path: Path, limits: Limits = LIMITS) -> dict[str, bytes]:
    """The table files at ``path`` by their name inside the set. Raises :class:`UnreadableError`."""
    if path.is_dir():
        return _gather(_walk(path, path, limits), path.name, limits)
    if not path.is_file():
        raise UnreadableError(path.name, say("There is no such file or folder."))
    if path.stat().st_size > limits.all_bytes:
        raise UnreadableError(path.name, _too_big(limits.all_bytes))
    return read_upload(path.name, path.read_bytes(), limits)


def read_upload(name: str, content: bytes, limits: Limits = LIMITS) -> dict[str, bytes]:
    """The table files of one uploaded file: itself, or what a zip holds. Raises :class:`UnreadableError`."""
    if not content:
        raise UnreadableError(name, say("The file is empty."))
    if not content.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        if len(content) > limits.file_bytes:
            raise UnreadableError(name, _too_big(limits.file_bytes))
        return {name: content}
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            if any(part.filename.startswith("xl/") for part in archive.infolist()):
                raise UnreadableError(name, say("This is a spreadsheet. Save it as CSV and upload that file."))
            return _gather(_unzip(archive, name, limits), name, limits)
    except (zipfile.BadZipFile, zipfile.LargeZipFile, NotImplementedError, EOFError, OSError) as error:
        raise UnreadableError(name, say("The zip is damaged and can't be read (%(why)s).", why=error)) from error


def _gather(parts: Iterator[tuple[str, bytes]], name: str, limits: Limits) -> dict[str, bytes]:
    found: dict[str, bytes] = {}
    total = 0
    for part_name, content in parts:
        total += len(content)
        if len(found) >= limits.files:
            raise UnreadableError(name, say("The set has more than %(count)s files.", count=limits.files))
        if total > limits.all_bytes:
            raise UnreadableError(name, _too_big(limits.all_bytes))
        found[part_name] = content
    if not found:
        raise UnreadableError(name, say("It contains no CSV file."))
    return _without_top_folder(found)


def _walk(folder: Path, top: Path, limits: Limits, deep: int = 0) -> Iterator[tuple[str, bytes]]:
    for entry in sorted(folder.iterdir()):
        if entry.is_symlink() or entry.name.startswith("."):
            continue
        if entry.is_dir() and deep < limits.folders_deep:
            yield from _walk(entry, top, limits, deep + 1)
        elif entry.is_file() and entry.suffix.lower() in TABLES:
            name = entry.relative_to(top).as_posix()
            if entry.stat().st_size > limits.file_bytes:
                raise UnreadableError(name, _too_big(limits.file_bytes))
            yield name, entry.read_bytes()


def _unzip(archive: zipfile.ZipFile, name: str, limits: Limits) -> Iterator[tuple[str, bytes]]:
    """Each table in the zip, read no further than the limit whatever size the zip claims for it."""
    seen: set[str] = set()
    for part in archive.infolist():
        path = PurePosixPath(part.filename.replace("\\", "/"))
        if path.is_absolute() or ".." in path.parts or ":" in part.filename:
            reason = say("The zip contains a file that points outside it (%(path)s).", path=part.filename)
            raise UnreadableError(name, reason)
        if _is_litter(part, path):
            continue
        if part.flag_bits & 0x1:
            raise UnreadableError(name, say("The zip is protected by a password."))
        if str(path) in seen:
            raise UnreadableError(name, say("The zip contains two files named %(path)s.", path=path))
        seen.add(str(path))
        with archive.open(part) as stream:
            content = stream.read(limits.file_bytes + 1)
        if len(content) > limits.file_bytes:
            raise UnreadableError(str(path), _too_big(limits.file_bytes))
        yield str(path), content


def _is_litter(part: zipfile.ZipInfo, path: PurePosixPath) -> bool:
    """Folders, links, hidden files, the shadows that macOS adds, and what is no table."""
    is_link = stat.S_ISLNK(part.external_attr >> 16)
    is_hidden = any(piece.startswith((".", "__MACOSX")) for piece in path.parts)
    return part.is_dir() or is_link or is_hidden or path.suffix.lower() not in TABLES


def _without_top_folder(found: Mapping[str, bytes]) -> dict[str, bytes]:
    """The same files without the one folder that a zip made from a folder puts around all of them."""
    names = dict(found)
    while all("/" in name for name in names) and len({name.split("/", 1)[0] for name in names}) == 1:
        names = {name.split("/", 1)[1]: content for name, content in names.items()}
    return names


def _too_big(limit: int) -> Said:
    return say("It is larger than %(size)s MB.", size=limit // MEGABYTE)
