"""Marking a passage of a textbook and writing a note to it, for oneself."""

from sqlalchemy import func, select

from content_library import Unit
from school.core import clock
from school.core.access import Actor
from school.core.database import db
from school.library.models import ReaderNote
from school.library.queries.notes import MOST


def mark_passage(actor: Actor, unit: Unit, place: tuple[str, str], quote: str, note: str) -> ReaderNote | None:
    """Keep a mark at a place (its anchor and words for it); None when the book has as many as one can find again."""
    there = select(func.count()).where(ReaderNote.account_id == actor.account_id, ReaderNote.unit_id == unit.id)
    if (db.session.scalar(there) or 0) >= MOST:
        return None
    made = ReaderNote(
        account_id=actor.account_id,
        unit_id=unit.id,
        place=place[0],
        place_title=place[1],
        quote=quote,
        note=note,
        made_at=clock.now(),
    )
    db.session.add(made)
    db.session.flush()
    return made


def rewrite_note(actor: Actor, note: ReaderNote, text: str) -> None:
    """Let a note say this."""
    note.note = text
    db.session.flush()


def drop_note(actor: Actor, note: ReaderNote) -> None:
    """Take a mark out."""
    db.session.delete(note)
    db.session.flush()
