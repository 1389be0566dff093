"""Files of answers: links to send them straight to the storage, and making what arrived ready to keep. Everything is distrusted."""

import io
from typing import BinaryIO

from sqlalchemy import func, select

from content_library import pictures, uploads
from content_library.models import Item, StoredFile
from content_library.storage import NoSuchFile, Storage, UploadLink
from school.core import clock
from school.core.access import Actor
from school.core.database import db, new_id
from school.core.languages import gettext as _
from school.tasks.actions.running import Finished
from school.tasks.models import AnswerFile
from school.tasks.seen import SeenAttempt

LONGEST_SIDE = 1600
"""Pixels: handwriting is readable, and a page takes about 300 KB."""
MOST_OF_ITEM = 60
"""Files for one question, tries included: a pupil who records it again and again does not fill the storage."""
PHOTO = uploads.RULES[uploads.Purpose.PHOTO].limit
VOICE = uploads.RULES[uploads.Purpose.VOICE].limit


class BadFile(Exception):
    """The bytes are no picture and no sound, are too many, or have not arrived."""


def link_for_file(_actor: Actor, attempt: SeenAttempt, item: Item, storage: Storage, size: int) -> UploadLink:
    """Where the browser sends so many bytes. Raises ``BadFile`` and ``Finished``."""
    _must_be_open(attempt, item)
    if not 0 < size <= _limit(item):
        raise BadFile
    return storage.upload_link("image/jpeg" if item.kind == "notebook" else "audio/mp4", size)


def keep_sent_file(actor: Actor, attempt: SeenAttempt, item: Item, storage: Storage, incoming: str) -> AnswerFile:
    """Keep a file that the browser has sent to the storage. Raises ``BadFile`` and ``Finished``.

    What arrived is left to the sweep of incoming files: a resent request must find it again.
    """
    if not incoming.startswith("incoming/"):
        raise BadFile
    try:
        if storage.size(incoming) > _limit(item):
            raise BadFile
        with storage.open(incoming) as file:
            return keep_file(actor, attempt, item, storage, file)
    except NoSuchFile:
        raise BadFile from None


def keep_file(actor: Actor, attempt: SeenAttempt, item: Item, storage: Storage, source: BinaryIO) -> AnswerFile:
    """Keep a file whose bytes are at hand: a photograph is written anew, a sound must be one by its bytes."""
    _must_be_open(attempt, item)
    held = source.read(_limit(item) + 1)
    if len(held) > _limit(item):
        raise BadFile
    stored = _photo(storage, held) if item.kind == "notebook" else _voice(storage, held)
    made = AnswerFile(
        school_id=attempt.school_id,
        id=new_id(),
        attempt_id=attempt.id,
        item_id=item.id,
        sha256=stored.sha256,
        content_type=stored.content_type.replace("video/", "audio/"),
        received_at=clock.now(),
        given_by=actor.account_id,
    )
    db.session.add(made)
    db.session.flush()
    return made


def _must_be_open(attempt: SeenAttempt, item: Item) -> None:
    if attempt.is_finished or attempt.is_over(clock.now()):
        raise Finished(_("This work is already handed in. The answers that were saved before count."))
    count = db.session.scalar(
        select(func.count())
        .select_from(AnswerFile)
        .where(
            AnswerFile.school_id == attempt.school_id,
            AnswerFile.attempt_id == attempt.id,
            AnswerFile.item_id == item.id,
        )
    )
    if item.kind not in {"notebook", "spoken"} or (count or 0) >= MOST_OF_ITEM:
        raise BadFile


def _limit(item: Item) -> int:
    return PHOTO if item.kind == "notebook" else VOICE


def _photo(storage: Storage, held: bytes) -> StoredFile:
    try:
        jpeg = pictures.shrunk(held, LONGEST_SIDE)
    except pictures.BadPicture:
        raise BadFile from None
    return uploads.keep(db.session(), storage, jpeg, "image/jpeg", clock.now())


def _voice(storage: Storage, held: bytes) -> StoredFile:
    try:
        taken = uploads.accept(db.session(), storage, io.BytesIO(held), "answer", uploads.Purpose.VOICE, clock.now())
    except uploads.UploadError:
        raise BadFile from None
    return taken.file
