"""Files of other programs brought through the page: read at arm's length, looked at, then put into the library."""

import shutil
import tempfile
from pathlib import Path
from typing import BinaryIO

from content_library import FileRole, PlacedFile, UploadError, interchange, packages, uploads
from school.core import clock
from school.core.access import Actor
from school.core.database import db
from school.core.files import scan, storage
from school.core.jobs import outside_database
from school.library.actions.landing import Landed, Wanted, land, store_packages
from school.library.actions.placing import place
from school.library.actions.writing import lock
from school.library.models import BroughtFile
from school.library.seen import Draft

PATIENCE = 45
"""Seconds that a person waits for one file; a command may take longer."""
LARGEST = 200 * 1024 * 1024


def bring(actor: Actor, source: BinaryIO, name: str) -> BroughtFile:
    """Read a file and keep it until its bringer decides. Raises ``interchange.Refused``: then nothing is kept."""
    called = Path(name.replace("\\", "/")).name[-150:] or "file"
    with tempfile.TemporaryDirectory() as folder, outside_database():
        path = _kept(Path(folder), called, source)
        found = _read(path, Path(folder))
        with path.open("rb") as file:
            saved = storage().save(file)
    kept = uploads.note(db.session(), saved, "application/octet-stream", clock.now())
    brought = BroughtFile(
        sha256=kept.sha256,
        name=called,
        found=interchange.dump(found),
        brought_at=clock.now(),
        brought_by=actor.account_id,
    )
    db.session.add(brought)
    db.session.flush()
    return brought


def accept(actor: Actor, brought: BroughtFile, wanted: Wanted) -> Landed:
    """Make the drafts that were shown. Raises ``interchange.Refused`` and ``NoSuchFile``; then the file goes on waiting."""
    key, name = brought.sha256, brought.name
    with tempfile.TemporaryDirectory() as folder:
        with outside_database():
            path = _file_in(Path(folder), name)
            with storage().open(key) as stream, path.open("wb") as file:
                shutil.copyfileobj(stream, file, 1024 * 1024)
            found = _read(path, Path(folder))
            stored = store_packages(found, Path(folder))
        db.session.refresh(brought, with_for_update=True)
        landed = land(actor, found, Path(folder), wanted, stored)
    db.session.delete(brought)
    db.session.flush()
    return landed


def take_package(actor: Actor, draft: Draft, source: BinaryIO, name: str) -> None:
    """Let a package be the body of a draft, in the place of the one before. Raises ``interchange.Refused``."""
    called = Path(name.replace("\\", "/")).name[-150:] or "file"
    with tempfile.TemporaryDirectory() as folder, outside_database():
        path = _kept(Path(folder), called, source)
        found = _read(path, Path(folder))
        thing = found.things[0] if found.things else None
        if not isinstance(thing, interchange.Package) or not thing.files:
            raise interchange.Refused(interchange.Why.NOT_A_PACKAGE)
        stored = store_packages(found, Path(folder))[0]
    lock(draft)
    file = packages.note(db.session(), stored, clock.now())
    named = packages.file_name(thing)
    place(draft, PlacedFile(sha256=file.sha256, name=named, role=FileRole.BODY), instead_of=(FileRole.BODY,))


def put_aside(actor: Actor, brought: BroughtFile) -> None:
    """Forget a file; its bytes go with the next sweep."""
    db.session.delete(brought)
    db.session.flush()


def _kept(folder: Path, name: str, source: BinaryIO) -> Path:
    """The file on disk, looked through. Raises ``interchange.Refused``."""
    path = _file_in(folder, name)
    with path.open("wb") as file:
        shutil.copyfileobj(source, file, 1024 * 1024)
    if path.stat().st_size > LARGEST:
        raise interchange.Refused(interchange.Why.TOO_LARGE, None, limit=str(LARGEST // 1024 // 1024))
    _look_through(path)
    return path


def _file_in(place: Path, name: str) -> Path:
    """Where the file lies alone: a name of its own must not meet the pictures, nor other files pass for its neighbours."""
    folder = place / "file"
    folder.mkdir()
    return folder / (name if name not in {".", ".."} else "file")


def _look_through(path: Path) -> None:
    """Let the virus scanner look, where there is one."""
    look = scan()
    if look is None:
        return
    try:
        with path.open("rb") as file:
            look(file)
    except UploadError:
        raise interchange.Refused(interchange.Why.INFECTED) from None


def _read(path: Path, pictures: Path) -> interchange.Found:
    with interchange.Workshop(PATIENCE) as workshop:
        return workshop.read(path, pictures)
