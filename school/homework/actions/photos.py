"""Photographs of exercise books: links to send them straight to the storage, and making them ready to keep."""

import io
from dataclasses import dataclass
from typing import BinaryIO

from PIL import Image

from content_library import pictures, uploads
from content_library.storage import NoSuchFile, Storage, UploadLink
from school.core import clock
from school.core.access import Actor
from school.core.database import db

LONGEST_SIDE = 1600
"""Pixels: handwriting is readable, and a page takes about 300 KB."""
LIMIT = uploads.RULES[uploads.Purpose.PHOTO].limit


class BadPhoto(Exception):
    """The bytes are no picture, are too many, or have not arrived."""


@dataclass(frozen=True, slots=True)
class ReadyPhoto:
    """A photograph that is kept: upright, shrunk, without what the camera hid in it."""

    sha256: str
    width: int
    height: int
    look: str = ""


def upload_links(_actor: Actor, storage: Storage, sizes: list[int]) -> list[UploadLink]:
    """A link for each page of so many bytes. Raises ``BadPhoto`` for sizes that no page has."""
    if any(not 0 < size <= LIMIT for size in sizes):
        raise BadPhoto
    return [storage.upload_link("image/jpeg", size) for size in sizes]


def keep_sent_photo(actor: Actor, storage: Storage, incoming: str) -> ReadyPhoto:
    """Keep a photograph that the browser has sent to the storage. Raises ``BadPhoto``.

    What arrived is left to the sweep of incoming files: a resent form must find it again.
    """
    if not incoming.startswith("incoming/"):
        raise BadPhoto
    try:
        if storage.size(incoming) > LIMIT:
            raise BadPhoto
        with storage.open(incoming) as file:
            return keep_photo(actor, storage, file)
    except NoSuchFile:
        raise BadPhoto from None


def keep_photo(_actor: Actor, storage: Storage, source: BinaryIO) -> ReadyPhoto:
    """Keep a photograph whose bytes are at hand; every picture is written anew, so nothing but pixels stays."""
    bytes_in = source.read(LIMIT + 1)
    if len(bytes_in) > LIMIT:
        raise BadPhoto
    try:
        jpeg = pictures.shrunk(bytes_in, LONGEST_SIDE)
    except pictures.BadPicture:
        raise BadPhoto from None
    with Image.open(io.BytesIO(jpeg)) as picture:
        width, height = picture.size
    kept = uploads.keep(db.session(), storage, jpeg, "image/jpeg", clock.now())
    return ReadyPhoto(kept.sha256, width, height, pictures.look(jpeg))
