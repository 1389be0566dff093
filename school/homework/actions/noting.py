"""A teacher's words at places of photographed pages; the pupil reads them when the work is checked or returned."""

from sqlalchemy import func, select

from school.core import clock
from school.core.access import Actor
from school.core.database import db, new_id
from school.homework.models import PhotoNote, SubmissionPhoto

LONGEST, MOST, WHOLE = 300, 30, 1000


class BadNote(Exception):
    """No words, too many, or a place outside of the page."""


def note_photo(actor: Actor, photo: SubmissionPhoto, x: int, y: int, text: str) -> PhotoNote:
    """Put words at a place of a page, of a thousand from its left and its top. Raises ``BadNote``."""
    words = " ".join(text.split())
    there = select(func.count()).where(PhotoNote.school_id == photo.school_id, PhotoNote.photo_id == photo.id)
    if not words or len(words) > LONGEST or not (0 <= x <= WHOLE and 0 <= y <= WHOLE):
        raise BadNote
    if (db.session.scalar(there) or 0) >= MOST:
        raise BadNote
    made = PhotoNote(
        school_id=photo.school_id,
        id=new_id(),
        photo_id=photo.id,
        x=x,
        y=y,
        text=words,
        made_at=clock.now(),
        made_by=actor.account_id,
    )
    db.session.add(made)
    db.session.flush()
    return made


def remove_note(_actor: Actor, note: PhotoNote) -> None:
    """Take it away again."""
    db.session.delete(note)
    db.session.flush()
