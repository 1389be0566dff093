"""Who was there: taken once for the whole lesson, corrected pupil by pupil, every change in the record.

Events, all of ``thing_id`` = lesson: ``presence.taken`` (how many are not there as usual) and, for each pupil touched,
``presence.set`` with what was and what is. A later reason is the same event: the fact in it stays what it was.
"""

import uuid
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, cast

from sqlalchemy import Table, delete, insert, select, update

from school.classes.actions.alerts import absences_noted
from school.classes.errors import CannotDo
from school.classes.models import Absence, AbsenceFact, AbsenceReason, Lesson, PresenceTaken
from school.classes.queries.feeds import OfMember
from school.classes.queries.notes import notes_for
from school.classes.queries.pupils import learners
from school.classes.seen import SeenLesson
from school.core import clock
from school.core.access import Actor
from school.core.database import db, new_id
from school.core.languages import gettext as _
from school.core.records import Happening, Who, record, record_many

absence_table = cast("Table", Absence.__table__)
taken_table = cast("Table", PresenceTaken.__table__)
MOST_MINUTES = 90


@dataclass(frozen=True, slots=True)
class Exceptional:
    """A pupil who is not there as usual. ``id`` is made by the browser: the same one sent twice is one absence."""

    pupil_id: uuid.UUID
    fact: AbsenceFact
    minutes_late: int | None = None
    reason: AbsenceReason = AbsenceReason.UNKNOWN
    id: uuid.UUID | None = None


def take_presence(actor: Actor, lesson: SeenLesson, exceptions: Iterable[Exceptional] = ()) -> int:
    """The teacher has looked at everybody: those named are not there as usual, all others are here.

    Answers how many pupils' presence changed. Taking the same again changes nothing and writes no event.
    """
    _lock(lesson)
    pupils = {one.id for one in learners(lesson, lesson.on_date)}
    wanted = _with_notes(lesson, [_checked(one) for one in exceptions])
    if not wanted.keys() <= pupils:
        raise CannotDo(_("Somebody named here is not in this group on that day. Open the lesson again."))
    there = {one.pupil_id: one for one in _absences(lesson)}
    happened = [
        *(_note(actor, lesson, there.get(pupil_id), one) for pupil_id, one in wanted.items()),
        *(_forget(lesson, one) for pupil_id, one in there.items() if pupil_id not in wanted and pupil_id in pupils),
    ]
    changes = [one for one in happened if one is not None]
    first_time = lesson.presence_taken_at is None and not _is_taken(lesson)
    if first_time:
        db.session.execute(
            insert(taken_table).values(
                school_id=lesson.school_id,
                id=new_id(),
                lesson_id=lesson.id,
                taken_at=clock.now(),
                taken_by=actor.account_id,
            )
        )
    if first_time or changes:
        record(
            actor,
            "presence.taken",
            school_id=lesson.school_id,
            thing_id=lesson.id,
            payload={"pupils": len(pupils), "exceptions": len(wanted)},
        )
    record_many(actor, "presence.set", school_id=lesson.school_id, happenings=changes)
    _tell(lesson, changes)
    return len(changes)


def set_presence(actor: Actor, lesson: SeenLesson, exception: Exceptional) -> None:
    """One pupil's exception, from a cell of the journal; replaces what stood there."""
    _lock(lesson)
    there = _absences(lesson, exception.pupil_id)
    [wanted] = _with_notes(lesson, [_checked(exception)]).values()
    change = _note(actor, lesson, there[0] if there else None, wanted)
    record_many(actor, "presence.set", school_id=lesson.school_id, happenings=[change] if change else [])
    _tell(lesson, [change] if change else [])


def clear_presence(actor: Actor, lesson: SeenLesson, pupil: Any) -> None:
    """The pupil was there as usual after all; ``pupil`` is a ``Learner``, a ``SeenPupil`` or a ``Member``."""
    _lock(lesson)
    changes = [_forget(lesson, one) for one in _absences(lesson, pupil.id)]
    record_many(actor, "presence.set", school_id=lesson.school_id, happenings=changes)


def change_reason(actor: Actor, lesson: SeenLesson, pupil: Any, reason: AbsenceReason) -> None:
    """Why a pupil was absent is known now; the fact stays. Raises ``CannotDo`` where there is no absence."""
    _lock(lesson)
    there = _absences(lesson, pupil.id)
    if not there:
        raise CannotDo(_("There is no absence to explain: the pupil was at this lesson."))
    _explain(actor, lesson.school_id, there, reason)


def explain_days(
    actor: Who,
    pupil: OfMember,
    since: date,
    until: date,
    reason: AbsenceReason,
    *,
    slots: Collection[int] = (),
    instead_of: Collection[AbsenceReason] = (AbsenceReason.UNKNOWN,),
    told_by: Mapping[str, str] | None = None,
) -> int:
    """One reason for a pupil's unexplained absences of some days (or of these lessons in them); how many there were.

    ``instead_of`` widens them to absences that have one of these reasons. ``told_by`` stands in the record beside the change,
    where nobody of the school made it. The facts stay what they are.
    """
    statement = select(Absence).where(
        Absence.school_id == pupil.school_id,
        Absence.pupil_id == pupil.id,
        Absence.on_date >= since,
        Absence.on_date <= until,
        Absence.fact == AbsenceFact.ABSENT,
        Absence.reason.in_(instead_of),
    )
    if slots:
        chosen = select(Lesson.id).where(
            Lesson.school_id == pupil.school_id,
            Lesson.on_date >= since,
            Lesson.on_date <= until,
            Lesson.slot.in_(slots),
        )
        statement = statement.where(Absence.lesson_id.in_(chosen))
    there = list(db.session.scalars(statement))
    _explain(actor, pupil.school_id, there, reason, told_by)
    return len(there)


def _explain(
    actor: Who,
    school_id: int,
    there: Sequence[Absence],
    reason: AbsenceReason,
    told_by: Mapping[str, str] | None = None,
) -> None:
    changes = []
    for one in there:
        if one.reason == reason:
            continue
        was = _said(one.fact, one.minutes_late, one.reason)
        payload = {"was": was, "is": _said(one.fact, one.minutes_late, reason), "id": one.id}
        if told_by:
            payload["told_by"] = dict(told_by)
        changes.append(Happening(one.lesson_id, payload, one.pupil_id))
        _update(school_id, one.id, reason=reason.value)
    record_many(actor, "presence.set", school_id=school_id, happenings=changes)


def _with_notes(lesson: SeenLesson, wanted: Sequence[Exceptional]) -> dict[uuid.UUID, Exceptional]:
    """Absences by pupil; where the family has given the reason and the teacher knows none, theirs."""
    silent = [one.pupil_id for one in wanted if _is_silent(one.fact, one.reason)]
    notes = notes_for(lesson, silent) if silent else {}
    found = {}
    for one in wanted:
        note = notes.get(one.pupil_id)
        found[one.pupil_id] = replace(one, reason=AbsenceReason(note.reason)) if note else one
    return found


def _is_silent(fact: str, reason: str) -> bool:
    return fact == AbsenceFact.ABSENT and reason == AbsenceReason.UNKNOWN


def _tell(lesson: SeenLesson, changes: Iterable[Happening]) -> None:
    now = {one.pupil_id: one.payload["is"] for one in changes if one.pupil_id and one.payload["is"]}
    away = [pupil_id for pupil_id, one in now.items() if one["fact"] in {AbsenceFact.ABSENT, AbsenceFact.LATE}]
    silent = [pupil_id for pupil_id in away if _is_silent(now[pupil_id]["fact"], now[pupil_id]["reason"])]
    absences_noted(lesson, away, silent)


def _note(actor: Actor, lesson: SeenLesson, was: Absence | None, one: Exceptional) -> Happening | None:
    after = _said(one.fact, one.minutes_late, one.reason)
    before = _said(was.fact, was.minutes_late, was.reason) if was else None
    if before == after:
        return None
    values = {
        "fact": one.fact.value,
        "minutes_late": one.minutes_late,
        "reason": one.reason.value,
        "noted_at": clock.now(),
        "noted_by": actor.account_id,
    }
    if was is not None:
        made = was.id
        _update(lesson.school_id, made, **values)
    else:
        made = one.id or new_id()
        where = {"school_id": lesson.school_id, "id": made, "lesson_id": lesson.id, "on_date": lesson.on_date}
        db.session.execute(insert(absence_table).values(pupil_id=one.pupil_id, **where, **values))
    return Happening(lesson.id, {"was": before, "is": after, "id": made}, one.pupil_id)


def _forget(lesson: SeenLesson, one: Absence) -> Happening:
    db.session.execute(
        delete(absence_table).where(absence_table.c.school_id == lesson.school_id, absence_table.c.id == one.id)
    )
    was = _said(one.fact, one.minutes_late, one.reason)
    return Happening(lesson.id, {"was": was, "is": None, "id": one.id}, one.pupil_id)


def _update(school_id: int, row_id: uuid.UUID, **values: Any) -> None:
    db.session.execute(
        update(absence_table)
        .where(absence_table.c.school_id == school_id, absence_table.c.id == row_id)
        .values(**values)
    )


def _checked(one: Exceptional) -> Exceptional:
    if one.fact != AbsenceFact.LATE:
        return Exceptional(one.pupil_id, one.fact, None, one.reason, one.id)
    if one.minutes_late is not None and not 1 <= one.minutes_late <= MOST_MINUTES:
        raise CannotDo(_("Minutes late must be a number from 1 to %(most)s.", most=MOST_MINUTES))
    return one


def _said(fact: str, minutes: int | None, reason: str) -> dict[str, Any]:
    said: dict[str, Any] = {"fact": str(fact), "reason": str(reason)}
    return said | {"minutes": minutes} if minutes is not None else said


def _absences(lesson: SeenLesson, pupil_id: uuid.UUID | None = None) -> list[Absence]:
    statement = select(Absence).where(Absence.school_id == lesson.school_id, Absence.lesson_id == lesson.id)
    if pupil_id is not None:
        statement = statement.where(Absence.pupil_id == pupil_id)
    return list(db.session.scalars(statement.execution_options(populate_existing=True)))


def _is_taken(lesson: SeenLesson) -> bool:
    statement = select(taken_table.c.id).where(
        taken_table.c.school_id == lesson.school_id, taken_table.c.lesson_id == lesson.id
    )
    return db.session.scalar(statement) is not None


def _lock(lesson: SeenLesson) -> None:
    """Two presses at once wait for each other, so that the second sees what the first did."""
    db.session.execute(
        select(Lesson.id).where(Lesson.school_id == lesson.school_id, Lesson.id == lesson.id).with_for_update()
    )
