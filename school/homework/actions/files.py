"""Files that a teacher puts beside a homework. Their bytes are kept at once, their row when the homework is set."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import BinaryIO

from sqlalchemy import delete

from content_library import uploads
from content_library.storage import Saved, Storage
from school.core import clock
from school.core.access import Actor
from school.core.database import db, new_id
from school.core.files import scan
from school.homework.models import Homework, HomeworkFile

MOST_FILES = 10


class BadFile(Exception):
    """The file is empty, too large, or of a kind that pupils could not open."""


@dataclass(frozen=True, slots=True)
class GivenFile:
    """Bytes that are kept, with their true type and the name to show."""

    sha256: str
    size: int
    content_type: str
    name: str


def take_file(_actor: Actor, storage: Storage, source: BinaryIO, name: str) -> GivenFile:
    """Keep the bytes of a document or a picture. Raises ``BadFile``."""
    try:
        kept = uploads.accept(db.session(), storage, source, name, uploads.Purpose.DOCUMENT, clock.now(), scan=scan())
    except uploads.UploadError:
        raise BadFile from None
    return GivenFile(kept.file.sha256, kept.file.size, kept.file.content_type, kept.name[-200:])


def place_files(homework: Homework, files: Iterable[GivenFile]) -> None:
    """Let the homework have these files and no others, in this order."""
    db.session.execute(
        delete(HomeworkFile).where(
            HomeworkFile.school_id == homework.school_id, HomeworkFile.homework_id == homework.id
        )
    )
    for position, one in enumerate(files):
        # The bytes may have come with an earlier sending of the form, whose transaction was not kept.
        uploads.note(db.session(), Saved(one.sha256, one.size), one.content_type, clock.now())
        db.session.add(
            HomeworkFile(
                school_id=homework.school_id,
                id=new_id(),
                homework_id=homework.id,
                position=position,
                sha256=one.sha256,
                name=one.name,
            )
        )
    db.session.flush()
