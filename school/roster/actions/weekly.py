"""A week's timetable into a school: first shown, then applied, and the lessons follow it."""

import uuid
from dataclasses import replace

from sqlalchemy import delete, select

from content_library import subjects
from school.classes.actions import generate_lessons
from school.classes.models import Lesson, SchoolYear, Substitution
from school.classes.queries.hanging import lessons_in_use
from school.core import clock
from school.core.database import db, new_id
from school.core.records.writing import Who
from school.people.models import School
from school.roster.actions.importing import LONGEST_NAME, lock
from school.roster.actions.undoing import CannotUndo, undo
from school.roster.actions.writing import AT_ONCE, write
from school.roster.formats.records import Note, Place
from school.roster.hooks import Fact
from school.roster.models import ImportKind, RosterChange, RosterRun
from school.roster.planning.steps import Preview, Verb
from school.roster.planning.week import plan_week
from school.roster.queries import ground_of, week_snapshot_of
from school.roster.said import say
from school.roster.timetable import Timetable


def preview_timetable(timetable: Timetable, into: School) -> Preview:
    """What importing would do, and the clashes; changes nothing."""
    return plan_week(timetable, week_snapshot_of(into, clock.today()))


def apply_timetable(actor: Who, timetable: Timetable, files: str, into: School) -> tuple[Preview, uuid.UUID]:
    """Import, in the caller's transaction, and make the year's lessons follow. The same file again changes nothing."""
    subjects.ensure_subjects(db.session())
    lock(into)
    done = preview_timetable(timetable, into)
    batch_id = new_id()
    (plan,) = done.plans
    if not plan.steps and not plan.quiet:
        return done, batch_id
    run = RosterRun(
        school_id=into.id,
        id=new_id(),
        batch_id=batch_id,
        kind=ImportKind.TIMETABLE,
        source=plan.source,
        files=files[:LONGEST_NAME],
        made_at=clock.now(),
        made_by=actor.account_id,
        new=plan.count(Verb.NEW),
        changed=plan.count(Verb.CHANGED),
        gone=plan.count(Verb.GONE),
        people=[],
    )
    db.session.add(run)
    db.session.flush()
    write(run, [*plan.quiet, *(row for step in plan.steps for row in step.writes)])
    notes = _follow(into, actor)
    return replace(done, plans=(replace(plan, notes=(*plan.notes, *notes)),)), batch_id


def undo_timetable(actor: Who, run: RosterRun) -> None:
    """Take a timetable back, with the lessons it made. Raises :class:`CannotUndo` where something hangs on them."""
    made = (
        RosterChange.school_id == run.school_id,
        RosterChange.run_id == run.id,
        RosterChange.table == "timetable_slot",
        RosterChange.before.is_(None),
    )
    slots = db.session.scalars(select(RosterChange.row_id).where(*made)).all()
    lessons: list[uuid.UUID] = []
    for start in range(0, len(slots), AT_ONCE):
        on_them = (Lesson.school_id == run.school_id, Lesson.timetable_slot_id.in_(slots[start : start + AT_ONCE]))
        lessons += db.session.scalars(select(Lesson.id).where(*on_them))
    used = sum(len(lessons_in_use(run.school_id, lessons[at : at + AT_ONCE])) for at in range(0, len(lessons), AT_ONCE))
    if used:
        facts = [Fact(say("lessons with a topic, attendance, homework or marks"), used)]
        raise CannotUndo(say("Since this import, people have added:"), facts)
    for start in range(0, len(lessons), AT_ONCE):
        some = lessons[start : start + AT_ONCE]
        theirs = (Substitution.school_id == run.school_id, Substitution.lesson_id.in_(some))
        db.session.execute(delete(Substitution).where(*theirs))
        db.session.execute(delete(Lesson).where(Lesson.school_id == run.school_id, Lesson.id.in_(some)))
    undo(actor, [run])
    _follow(db.session.get_one(School, run.school_id), actor)


def _follow(school: School, actor: Who) -> tuple[Note, ...]:
    """Make the lessons of the year follow the week; tell what can't be held."""
    ground = ground_of(school.id, clock.today())
    if ground is None:
        return ()
    year = db.session.get_one(SchoolYear, (school.id, ground.year_id))
    generated = generate_lessons(actor, year)
    numbers = sorted({one.slot for one in generated.without_bells})
    return tuple(
        Note(Place("", 0), say("The bell times have no lesson %(slot)s, so its lessons are not created.", slot=number))
        for number in numbers
    )
