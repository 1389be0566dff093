"""What a person has marked and noted in a textbook."""

import uuid
from collections.abc import Sequence

from sqlalchemy import select

from content_library import Unit
from school.core.access import Actor
from school.core.database import db
from school.library.models import ReaderNote

MOST = 300
"""Marks of one person in one book."""


def notes_of(actor: Actor, unit: Unit) -> Sequence[ReaderNote]:
    """All of them, in the order of making; nothing while one looks on another's behalf."""
    if actor.on_behalf_of is not None:
        return []
    return db.session.scalars(
        select(ReaderNote)
        .where(ReaderNote.account_id == actor.account_id, ReaderNote.unit_id == unit.id)
        .order_by(ReaderNote.id)
        .limit(MOST)
    ).all()


def get_note(unit: Unit, note_id: uuid.UUID) -> ReaderNote | None:
    """A mark in this book; the rule asks whose it is."""
    found = db.session.get(ReaderNote, note_id)
    return found if found is not None and found.unit_id == unit.id else None
