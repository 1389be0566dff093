"""Which files a path means: one file, one unpacked package, or everything in a folder, file by file."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

_SIGNS = ("imsmanifest.xml", "moodle_backup.xml", "h5p.json", "cmi5.xml", "META-INF/container.xml")
_COURSES = ("library.xml", "course.xml")
_MOST = 20_000


@dataclass(frozen=True, slots=True)
class Entry:
    """Something to be read: a file, or the folder of an unpacked package."""

    path: Path
    shown: str
    """How the report names it."""
    is_beside: bool = False
    """Found beside others in a folder, rather than named by the person."""


def entries(path: Path, shown: str = "") -> Iterator[Entry]:
    """What is to be read, packages before the files around them."""
    shown = shown or str(path)
    if not path.is_dir() or is_package(path):
        yield Entry(path, shown)
        return
    yield from _inside(path, shown, set())


def rest_of(entry: Entry, consumed: frozenset[str]) -> Iterator[Entry]:
    """Files in the folder of a package that its manifest does not speak of."""
    taken = {(entry.path / name).resolve() for name in consumed}
    for one in _inside(entry.path, entry.shown, taken, is_own=True):
        if one.path.resolve() not in taken:
            yield one


def is_package(folder: Path) -> bool:
    """Whether a folder is an unpacked package."""
    if any((folder / sign).is_file() for sign in _SIGNS):
        return True
    # A course keeps its parts in folders beside its first file.
    return any(
        (folder / name).is_file()
        and any((folder / part).is_dir() for part in ("problem", "html", "course", "chapter", "policies"))
        for name in _COURSES
    )


def _inside(folder: Path, shown: str, taken: set[Path], *, is_own: bool = False) -> Iterator[Entry]:
    found = 0
    for path in sorted(folder.iterdir(), key=lambda one: (one.is_dir(), one.name)):
        if path.is_symlink() or path.name.startswith("."):
            continue
        named = f"{shown.rstrip('/')}/{path.name}"
        if path.is_file() or (not is_own and is_package(path)):
            yield Entry(path, named, is_beside=True)
        elif path.is_dir():
            yield from (
                (Entry(path, named, is_beside=True),)
                if is_package(path)
                else _inside(path, named, taken, is_own=is_own)
            )
        found += 1
        if found > _MOST:
            return
