"""Who was there, for the lesson's page: the whole list for its teacher, one's own line for a family."""

import uuid
from dataclasses import dataclass
from typing import cast

from sqlalchemy import Table, or_, select

from school.classes.models import Absence
from school.classes.queries.notes import Note, notes_for
from school.classes.queries.pupils import Learner, learners
from school.classes.queries.relations import MEMBER, SCHOOL, TODAY, lasting
from school.classes.seen import SeenLesson
from school.core import clock
from school.core.access import Actor
from school.core.database import db
from school.people.models import Guardianship, Member

absence = cast("Table", Absence.__table__)
member = cast("Table", Member.__table__)
ward = cast("Table", Guardianship.__table__)


@dataclass(frozen=True, slots=True)
class Presence:
    """A pupil in a lesson; ``fact`` is empty for one who was there as usual."""

    pupil: Learner
    absence_id: uuid.UUID | None = None
    fact: str = ""
    minutes_late: int | None = None
    reason: str = ""
    note: Note | None = None
    """What the family has said of this lesson."""


@dataclass(frozen=True, slots=True)
class OwnAbsence:
    """What a family reads of its child's lesson."""

    given_name: str
    fact: str
    minutes_late: int | None
    reason: str


_AS_USUAL: tuple[uuid.UUID | None, str, int | None, str] = (None, "", None, "")


def presence_list(lesson: SeenLesson) -> list[Presence]:
    """Everybody of the lesson's group on its day, in the order of the class list."""
    rows = db.session.execute(
        select(absence.c.pupil_id, absence.c.id, absence.c.fact, absence.c.minutes_late, absence.c.reason).where(
            absence.c.school_id == lesson.school_id, absence.c.lesson_id == lesson.id
        )
    )
    noted = {pupil_id: (row_id, fact, minutes, reason) for pupil_id, row_id, fact, minutes, reason in rows}
    pupils = learners(lesson, lesson.on_date)
    notes = notes_for(lesson, [one.id for one in pupils])
    return [Presence(one, *noted.get(one.id, _AS_USUAL), note=notes.get(one.id)) for one in pupils]


_MINE = (
    select(member.c.given_name, absence.c.fact, absence.c.minutes_late, absence.c.reason)
    .select_from(absence.join(member, (member.c.school_id == SCHOOL) & (member.c.id == absence.c.pupil_id)))
    .where(
        absence.c.school_id == SCHOOL,
        or_(
            absence.c.pupil_id == MEMBER,
            absence.c.pupil_id.in_(
                select(ward.c.pupil_id).where(lasting(ward), ward.c.guardian_id == MEMBER, ward.c.sees_progress)
            ),
        ),
    )
)


def own_absences(actor: Actor, lesson: SeenLesson) -> list[OwnAbsence]:
    """The actor's own absence, or those of the children whose progress they may see."""
    rows = db.session.execute(
        _MINE.where(absence.c.lesson_id == lesson.id),
        {SCHOOL.key: actor.school_id, MEMBER.key: actor.member_id, TODAY.key: clock.today()},
    )
    return [OwnAbsence(*row) for row in rows]
