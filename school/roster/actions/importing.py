"""A roster into the city's schools: first shown, then applied in one transaction."""

import uuid

from sqlalchemy import select

from content_library import subjects
from school.core import clock
from school.core.database import db, new_id
from school.core.records.writing import Who
from school.people.models import School
from school.roster.actions.writing import write
from school.roster.formats import Roster
from school.roster.models import ImportKind, RosterRun
from school.roster.planning.draft import Batch
from school.roster.planning.making import Target, make_plan
from school.roster.planning.schools import divide
from school.roster.planning.steps import Plan, Preview, Verb
from school.roster.queries import all_schools, snapshot_of

LONGEST_NAME = 200


def preview_roster(roster: Roster, into: School | None = None) -> Preview:
    """What importing would do; changes nothing. ``into`` None: the schools that the set names, or the only one."""
    schools = {school.id: school for school in all_schools()}
    externals = {school.id: school.external_id for school in schools.values()}
    divided = divide(roster, externals, into.id if into else None)
    batch = Batch()
    plans = []
    for school_id, target in divided.targets:
        name = schools[school_id].name if school_id is not None else target.name
        snapshot = snapshot_of(school_id, name, target.roster, clock.today())
        named = Target(target.roster, target.external_id, name)
        plans.append(make_plan(named, snapshot, batch))
    return Preview(plans, divided.bad_rows, divided.notes, roster.source.key)


def apply_roster(actor: Who, roster: Roster, files: str, into: School | None = None) -> tuple[Preview, uuid.UUID]:
    """Import, in the caller's transaction. Gives what was done and the batch that undo takes back.

    The plan is made anew, under a lock of the schools it touches: what was shown may be hours old.
    """
    subjects.ensure_subjects(db.session())
    lock(into)
    preview = preview_roster(roster, into)
    batch_id = new_id()
    for plan in preview.plans:
        if plan.steps:
            _apply(actor, plan, files, batch_id)
    db.session.flush()
    return preview, batch_id


def lock(into: School | None) -> None:
    """Two imports into one school wait for each other. SQLite's writer is alone already."""
    statement = select(School.id).with_for_update()
    db.session.execute(statement if into is None else statement.where(School.id == into.id))


def _apply(actor: Who, plan: Plan, files: str, batch_id: uuid.UUID) -> None:
    school_id = _school(plan)
    run = RosterRun(
        school_id=school_id,
        id=new_id(),
        batch_id=batch_id,
        kind=ImportKind.ROSTER,
        source=plan.source,
        files=files[:LONGEST_NAME],
        made_at=clock.now(),
        made_by=actor.account_id,
        new=plan.count(Verb.NEW),
        changed=plan.count(Verb.CHANGED),
        gone=plan.count(Verb.GONE),
        people=[member_id.hex for member_id in plan.people],
    )
    db.session.add(run)
    db.session.flush()
    write(run, [*plan.quiet, *(row for step in plan.steps for row in step.writes)])


def _school(plan: Plan) -> int:
    """The plan's school, founded or found; it learns the source's id, so that the next set is known to be its own."""
    if plan.school_id is None:
        founded = School(
            name=plan.school_name[:LONGEST_NAME],
            short_name=plan.school_name[:LONGEST_NAME],
            external_id=plan.external_id or None,
        )
        db.session.add(founded)
        db.session.flush()
        return founded.id
    school = db.session.get_one(School, plan.school_id)
    if school.external_id is None and plan.external_id:
        school.external_id = plan.external_id
    return plan.school_id
