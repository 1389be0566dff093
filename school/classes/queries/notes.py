"""What families have said of absences."""

import uuid
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta
from typing import cast

from sqlalchemy import Table, select

from school.classes.models import AbsenceNote
from school.classes.seen import SeenLesson, SeenPupil
from school.core import clock
from school.core.database import db

note = cast("Table", AbsenceNote.__table__)
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
)


def notes_for(lesson: SeenLesson, pupil_ids: Collection[uuid.UUID]) -> dict[uuid.UUID, Note]:
    """Of these pupils, those whose family has said that they will not be at the lesson; the latest word counts."""
    rows = db.session.execute(
        select(*_COLUMNS)
        .where(
            note.c.school_id == lesson.school_id,
            note.c.pupil_id.in_(pupil_ids),
            note.c.first_on <= lesson.on_date,
            note.c.last_on >= lesson.on_date,
            note.c.withdrawn_at.is_(None),
        )
        .order_by(note.c.made_at)
    )
    found = [_note(tuple(row)) for row in rows]
    return {one.pupil_id: one for one in found if one.covers(lesson.on_date, lesson.slot)}


def notes_of(pupil: SeenPupil) -> list[Note]:
    """The last month's and those to come, the latest days first."""
    rows = db.session.execute(
        select(*_COLUMNS)
        .where(
            note.c.school_id == pupil.school_id,
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
    school_id, row_id, pupil_id, first_on, last_on, slots, reason, words = row
    return Note(
        cast("int", school_id),
        cast("uuid.UUID", row_id),
        cast("uuid.UUID", pupil_id),
        cast("date", first_on),
        cast("date", last_on),
        frozenset(int(one) for one in str(slots).split(",") if one),
        str(reason),
        str(words),
    )
