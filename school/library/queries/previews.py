"""The small pictures of a draft's files, as their author sees them."""

from dataclasses import dataclass
from datetime import timedelta

from content_library import FileOfVersion, PreviewState, previews, sheets, shelf
from school.core import clock
from school.core.database import db
from school.core.files import storage
from school.library.seen import Draft

LATE = timedelta(minutes=10)
"""A small picture is made in a second; after this it is not being made any more."""
SHOWN_FOR = 6 * 3600


@dataclass(frozen=True, slots=True)
class Preview:
    """A small picture, or why there is none."""

    state: PreviewState
    url: str


def previews_of(draft: Draft) -> dict[str, Preview]:
    """By the checksum of the file: of a PDF its first page; files that have none to show are left out."""
    found = {
        sha256: Preview(PreviewState.READY, storage().link(picture, "page.jpg", "image/jpeg", SHOWN_FOR))
        for sha256, picture in sheets.first_of_version(db.session(), draft.version.id).items()
    }
    for sha256, one in previews.of_version(db.session(), draft.version).items():
        state = one.state
        if state is PreviewState.WAITING and one.asked_at < clock.now() - LATE:
            state = PreviewState.FAILED
        url = storage().link(one.preview_sha256, "small.jpg", "image/jpeg", SHOWN_FOR) if one.preview_sha256 else ""
        found[sha256] = Preview(state, url)
    return found


def get_draft_file(draft: Draft, position: int) -> FileOfVersion | None:
    """The file at this place of the open version."""
    files = shelf.files_of(db.session(), draft.version)
    return next((one for one in files if one.position == position), None)
