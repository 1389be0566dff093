"""A pupil's absences, day by day, for the class teacher who finds out why."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import cast

from sqlalchemy import Table, and_, func, select

from content_library.models import Subject
from school.classes.models import Absence, AbsenceFact, AbsenceReason, Lesson
from school.classes.seen import SeenPupil
from school.core import clock
from school.core.access import Actor
from school.core.database import db

absence = cast("Table", Absence.__table__)
lesson = cast("Table", Lesson.__table__)
subject = cast("Table", Subject.__table__)

SOME_TIME = timedelta(days=60)


@dataclass(frozen=True, slots=True)
class MissedLesson:
    """One lesson a pupil was absent from."""

    on_date: date
    slot: int
    subject: str
    reason: str

    @property
    def is_unexplained(self) -> bool:
        """Nobody has said why yet."""
        return self.reason == AbsenceReason.UNKNOWN


def missed_lessons(actor: Actor, pupil: SeenPupil) -> list[MissedLesson]:
    """Lessons missed in the last two months, the latest first."""
    rows = db.session.execute(
        select(lesson.c.on_date, lesson.c.slot, subject.c.name_ru, subject.c.name_en, absence.c.reason)
        .select_from(
            absence.join(lesson, and_(lesson.c.school_id == pupil.school_id, lesson.c.id == absence.c.lesson_id)).join(
                subject, subject.c.id == lesson.c.subject_id
            )
        )
        .where(
            absence.c.school_id == pupil.school_id,
            absence.c.pupil_id == pupil.id,
            absence.c.fact == AbsenceFact.ABSENT.value,
            absence.c.on_date >= clock.today() - SOME_TIME,
        )
        .order_by(lesson.c.on_date.desc(), lesson.c.slot)
    )
    return [
        MissedLesson(on_date, slot, name_en if actor.locale == "en" else name_ru, reason)
        for on_date, slot, name_ru, name_en, reason in rows
    ]


def absence_counts(pupil: SeenPupil, since: date, until: date) -> dict[str, int]:
    """How many lessons of a span a pupil missed, by reason, and how often they came late («late»)."""
    rows = db.session.execute(
        select(absence.c.fact, absence.c.reason, func.count())
        .where(
            absence.c.school_id == pupil.school_id,
            absence.c.pupil_id == pupil.id,
            absence.c.on_date >= since,
            absence.c.on_date <= until,
            absence.c.fact.in_([AbsenceFact.ABSENT.value, AbsenceFact.LATE.value]),
        )
        .group_by(absence.c.fact, absence.c.reason)
    )
    counts: dict[str, int] = {}
    for fact, reason, number in rows:
        key = "late" if fact == AbsenceFact.LATE else reason
        counts[key] = counts.get(key, 0) + number
    return counts
