"""Small pictures of a unit's files, made by a job."""

from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from content_library import (
    BadPicture,
    FileOfVersion,
    FileRole,
    NoSuchFile,
    PlacedFile,
    StorageUnavailable,
    previews,
    uploads,
)
from school.core import clock
from school.core.access import Actor
from school.core.database import db
from school.core.files import storage
from school.core.jobs import enqueue, handler, outside_database
from school.library.seen import Draft

KIND = "library.preview"
SHOWN_SMALL = frozenset({FileRole.PICTURE, FileRole.POSTER})
LOOKED_FOR_AGAIN = timedelta(seconds=20)
"""After the storage was found to be away."""


def ask_for_previews(files: Iterable[PlacedFile]) -> None:
    """Let small pictures be made of those files that have one to show."""
    for file in files:
        if file.role in SHOWN_SMALL:
            _ask(file.sha256)


def try_preview_again(actor: Actor, draft: Draft, file: FileOfVersion) -> None:
    """The last try failed; the file is there, so nothing has to be sent again."""
    if file.role in SHOWN_SMALL:
        _ask(file.sha256)


def _ask(sha256: str) -> None:
    if previews.ask(db.session(), sha256, clock.now()):
        enqueue(KIND, {"sha256": sha256}, key=f"{KIND}:{sha256}")


@handler(KIND, max_tries=4)
def make_preview(payload: dict[str, Any]) -> None:
    """Make one and note it; a storage that is away is waited for and counts as no failure."""
    sha256 = payload["sha256"]
    try:
        with outside_database():
            saved = previews.make(storage(), sha256)
    except StorageUnavailable:
        enqueue(KIND, payload, key=f"{KIND}:{sha256}", run_at=clock.now() + LOOKED_FOR_AGAIN)
        return
    except (BadPicture, NoSuchFile):
        previews.keep(db.session(), sha256, None)
        return
    small = uploads.note(db.session(), saved, "image/jpeg", clock.now())
    previews.keep(db.session(), sha256, small)
