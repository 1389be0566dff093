"""The folder of a node's index: builds beside each other, a pointer to the one in use, how far it has come, and the locks.

``search/v2/current``      name of the build in use; exchanged by a rename
``search/v2/NAME/``        a build: ``units/``, ``places/`` and ``state``
``search/v2/writer.lock``  held by the one process that follows the database
``search/v2/build.lock``   held while a new build is made, or old ones are deleted

Programs of two versions share nothing, so old processes go on beside new ones while a machine is upgraded.
"""

import fcntl
import json
import os
import shutil
import uuid
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from content_library.ids import uuid7
from content_library.search.schema import VERSION


class BeingBuilt(Exception):
    """Another process is building the index already."""


@dataclass(frozen=True, slots=True)
class State:
    """How far a build has come."""

    epoch: uuid.UUID | None
    """The database that it was made from."""
    number: int
    """The last change of the library that it holds."""


class Folder:
    """The index files of one node, under its data folder."""

    def __init__(self, data_dir: Path) -> None:
        self.root = data_dir / "search" / f"v{VERSION}"
        self._pointer = self.root / "current"

    def current(self) -> Path | None:
        """The build in use; None while there is none."""
        with suppress(OSError):
            found = self.root / self._pointer.read_text().strip()
            if (found / "state").exists():
                return found
        return None

    def begin(self) -> Path:
        """A place for a new build."""
        made = self.root / uuid7().hex
        made.mkdir(parents=True)
        return made

    def use(self, build: Path) -> None:
        """Let readers go over to this build."""
        _write(self._pointer, build.name)

    def state(self, build: Path) -> State:
        """How far a build has come. Raises ``OSError`` when it is gone."""
        try:
            said = json.loads((build / "state").read_text())
            return State(uuid.UUID(said["epoch"]) if said["epoch"] else None, int(said["number"]))
        except (ValueError, KeyError, TypeError):
            return State(None, -1)  # damaged: as if it were of another database

    def reached(self, build: Path, state: State) -> None:
        """Note how far a build has come, after its commit: a crash between the two repeats changes, which does no harm."""
        _write(build / "state", json.dumps({"epoch": state.epoch.hex if state.epoch else None, "number": state.number}))

    def waiting(self, build: Path) -> set[uuid.UUID]:
        """Units of a build whose subtitles are still to be read."""
        try:
            return {uuid.UUID(one) for one in (build / "waiting").read_text().split()}
        except (OSError, ValueError):
            return set()

    def keep_waiting(self, build: Path, units: set[uuid.UUID]) -> None:
        """Note whose subtitles are to be read when the storage answers again."""
        if units or (build / "waiting").exists():
            _write(build / "waiting", " ".join(one.hex for one in units))

    def say_progress(self, done: int, total: int) -> None:
        """Let other processes know how far a build is."""
        _write(self.root / "progress", f"{done} {total}")

    def progress(self) -> tuple[int, int] | None:
        """How many units of how many are in the build that is being made; None when none is."""
        try:
            if _is_free(self.root / "build.lock"):
                return None
            done, total = (self.root / "progress").read_text().split()
            return int(done), int(total)
        except (OSError, ValueError):
            return None

    def sweep(self) -> None:
        """Delete builds that are not in use, unless one is being made. Only for who holds the writer's lock; readers keep what
        they have open."""
        with suppress(BeingBuilt), self.building():
            keep = self.current()
            for build in self.root.iterdir():
                if build.is_dir() and build != keep:
                    shutil.rmtree(build, ignore_errors=True)
        for other in self.root.parent.glob("v*"):
            if other != self.root and _is_free(other / "writer.lock"):
                shutil.rmtree(other, ignore_errors=True)

    def try_lock(self, name: str) -> int | None:
        """Take a lock for as long as the returned file is open; None when another process holds it. A killed holder frees it."""
        self.root.mkdir(parents=True, exist_ok=True)
        return _lock(self.root / f"{name}.lock")

    @contextmanager
    def building(self) -> Iterator[None]:
        """Be the one who builds. Raises ``BeingBuilt``."""
        lock = self.try_lock("build")
        if lock is None:
            raise BeingBuilt
        try:
            yield
        finally:
            os.close(lock)


def _lock(path: Path) -> int | None:
    lock = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        os.close(lock)
        return None
    return lock


def _is_free(path: Path) -> bool:
    lock = _lock(path)
    if lock is None:
        return False
    os.close(lock)
    return True


def _write(path: Path, text: str) -> None:
    aside = path.with_name(f"{path.name}.{os.getpid()}")
    aside.write_text(text)
    aside.replace(path)
