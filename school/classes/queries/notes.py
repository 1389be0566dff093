"""What families, and clinics for them, have said of absences."""

import uuid
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, cast

from sqlalchemy import Select, Table, and_, select

from school.classes.models import AbsenceNote, ExcuseSender
from school.classes.seen import SeenLesson, SeenPupil
from school.core import clock
from school.core.database import db

note = cast("Table", AbsenceNote.__table__)
sender = cast("Table", ExcuseSender.__table__)
SHOWN = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class Note:
    """A family's word about a pupil."""

    school_id: int
    id: uuid.UUID
    pupil_id: uuid.UUID
    first_on: date
    last_on: date
    slots: frozenset[int]
    """Empty: whole days."""
    reason: str
    words: str
    sender: str = ""
    """Who outside the school has said so; empty: the family."""

    def covers(self, on_date: date, slot: int) -> bool:
        """Whether a lesson is one of those that were announced."""
        return self.first_on <= on_date <= self.last_on and (not self.slots or slot in self.slots)


_COLUMNS = (
    note.c.school_id,
    note.c.id,
    note.c.pupil_id,
    note.c.first_on,
    note.c.last_on,
    note.c.slots,
    note.c.reason,
    note.c.words,
    sender.c.name,
)


def _notes(school_id: int) -> Select[Any]:
    return (
        select(*_COLUMNS)
        .select_from(note.outerjoin(sender, and_(sender.c.school_id == school_id, sender.c.id == note.c.made_by)))
        .where(note.c.school_id == school_id)
    )


def notes_for(lesson: SeenLesson, pupil_ids: Collection[uuid.UUID]) -> dict[uuid.UUID, Note]:
    """Of these pupils, those whose family has said that they will not be at the lesson; the latest word counts,
    and a clinic's before a family's."""
    rows = db.session.execute(
        _notes(lesson.school_id)
        .where(
            note.c.pupil_id.in_(pupil_ids),
            note.c.first_on <= lesson.on_date,
            note.c.last_on >= lesson.on_date,
            note.c.withdrawn_at.is_(None),
        )
        .order_by(sender.c.id.is_not(None), note.c.made_at)
    )
    found = [_note(tuple(row)) for row in rows]
    return {one.pupil_id: one for one in found if one.covers(lesson.on_date, lesson.slot)}


def notes_of(pupil: SeenPupil) -> list[Note]:
    """The last month's and those to come, the latest days first."""
    rows = db.session.execute(
        _notes(pupil.school_id)
        .where(
            note.c.pupil_id == pupil.id,
            note.c.last_on >= clock.today() - SHOWN,
            note.c.withdrawn_at.is_(None),
        )
        .order_by(note.c.first_on.desc(), note.c.made_at.desc())
    )
    return [_note(tuple(row)) for row in rows]


def note_of(pupil: SeenPupil, note_id: uuid.UUID) -> Note | None:
    """For addresses below a pupil: one of the notes that still stand."""
    return next((one for one in notes_of(pupil) if one.id == note_id), None)


def _note(row: tuple[object, ...]) -> Note:
    school_id, row_id, pupil_id, first_on, last_on, slots, reason, words, said_by = row
    return Note(
        cast("int", school_id),
        cast("uuid.UUID", row_id),
        cast("uuid.UUID", pupil_id),
        cast("date", first_on),
        cast("date", last_on),
        frozenset(int(one) for one in str(slots).split(",") if one),
        str(reason),
        str(words),
        str(said_by or ""),
    )
