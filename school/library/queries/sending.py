"""Files on their way from browsers to the storage."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select

from content_library.storage import PART, NoSuchFile, PartsUpload, UploadLink
from school.core.database import db
from school.core.files import storage
from school.library.models import Upload
from school.library.seen import Draft

AT_ONCE = 12
"""Links handed out together: a slow line uses them up before they are over."""
LINK_SECONDS = 3600


@dataclass(frozen=True, slots=True)
class Part:
    """A part that has not arrived yet."""

    number: int
    size: int
    link: UploadLink


@dataclass(frozen=True, slots=True)
class Sent:
    """How far an upload is."""

    arrived: tuple[int, ...]
    missing: tuple[Part, ...]
    """The next ones to send; none when all have arrived."""


def get_upload(draft: Draft, upload_id: uuid.UUID) -> Upload | None:
    """An upload into this version."""
    found = db.session.get(Upload, upload_id)
    return found if found is not None and found.version_id == draft.version.id else None


def uploads_of(draft: Draft) -> Sequence[Upload]:
    """What is still on its way into this version, the newest first."""
    return db.session.scalars(
        select(Upload)
        .where(Upload.version_id == draft.version.id, Upload.ended_at.is_(None))
        .order_by(Upload.begun_at.desc())
    ).all()


def sent_of(upload: Upload, again: Sequence[int] = ()) -> Sent:
    """What the storage has of an upload, with links for what it has not and for the parts to be sent ``again``.

    Everything counts as arrived once the parts are joined. Raises ``NoSuchFile`` when the storage has forgotten it.
    """
    place, count = PartsUpload(upload.incoming, upload.upload_id), -(-upload.size // PART)
    try:
        there = storage().parts_sent(place)
    except NoSuchFile:
        if not storage().exists(upload.incoming):
            raise
        return Sent(tuple(range(1, count + 1)), ())
    sizes = {number: min(PART, upload.size - (number - 1) * PART) for number in range(1, count + 1)}
    arrived = tuple(number for number, size in sizes.items() if there.get(number) == size and number not in again)
    missing = [number for number in sizes if number not in arrived][:AT_ONCE]
    return Sent(
        arrived,
        tuple(
            Part(number, sizes[number], storage().part_link(place, number, sizes[number], LINK_SECONDS))
            for number in missing
        ),
    )
