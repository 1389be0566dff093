"""A pupil sits a common test; a pupil or a family leaves. Event ``pilot.left``."""

from sqlalchemy import select

from content_library import shelf
from school.classes.seen import SeenPupil
from school.core import clock
from school.core.access import Actor
from school.core.database import db, new_id
from school.core.languages import gettext as _
from school.core.records import record
from school.notices.actions import settle
from school.people.models import Member
from school.pilots.actions.telling import take_back, test_key
from school.pilots.errors import CannotPilot
from school.pilots.models import Pilot, PilotCourse, PilotPlace, PilotSitting, PilotTest
from school.pilots.queries import courses_of
from school.pilots.seen import OwnPilot, OwnTest
from school.tasks.actions import Given, NotATask, start_attempt
from school.tasks.models import Attempt, Conditions


def begin_test(actor: Actor, pupil: Member, test: OwnTest) -> Attempt:
    """The attempt at a common test, begun once. Raises ``CannotPilot``."""
    db.session.execute(
        select(Member.id).where(Member.school_id == pupil.school_id, Member.id == pupil.id).with_for_update()
    )
    row = db.session.get_one(PilotTest, (pupil.school_id, test.id))
    before = db.session.scalars(
        select(PilotSitting).where(
            PilotSitting.school_id == pupil.school_id,
            PilotSitting.test_id == test.id,
            PilotSitting.pupil_id == pupil.id,
        )
    ).one_or_none()
    if before is not None:
        return db.session.get_one(Attempt, (pupil.school_id, before.attempt_id))
    version = shelf.get_version(db.session(), row.unit_version_id)
    conditions = db.session.get(Conditions, (row.school_id, row.conditions_id)) if row.conditions_id else None
    if version is None or conditions is None:
        raise CannotPilot(_("This test is not open now."))
    try:
        attempt = start_attempt(actor, version, pupil, Given(given_for=row.id, conditions=conditions))
    except NotATask as why:
        raise CannotPilot(_("This test is not open now.")) from why
    db.session.add(
        PilotSitting(school_id=pupil.school_id, id=new_id(), test_id=row.id, pupil_id=pupil.id, attempt_id=attempt.id)
    )
    db.session.flush()
    settle(pupil.school_id, [test_key(row, pupil.id)])
    return attempt


def leave_pilot(actor: Actor, pupil: SeenPupil, own: OwnPilot) -> None:
    """Out, for good and without a reason: no more tests, usual homework, and no result is read. Leaving twice is leaving once."""
    place = db.session.scalars(
        select(PilotPlace)
        .where(PilotPlace.school_id == pupil.school_id, PilotPlace.pilot_id == own.id, PilotPlace.pupil_id == pupil.id)
        .with_for_update()
    ).one_or_none()
    if place is None:
        place = PilotPlace(
            school_id=pupil.school_id,
            id=new_id(),
            pilot_id=own.id,
            course_id=_course_of(pupil, own).course_id,
            pupil_id=pupil.id,
        )
        db.session.add(place)
    if place.left_at is not None:
        return
    place.left_at, place.left_by = clock.now(), actor.account_id
    db.session.flush()
    take_back(own, pupil.id)
    record(
        actor,
        "pilot.left",
        school_id=pupil.school_id,
        thing_id=own.id,
        pupil_id=pupil.id,
        payload={"by_family": pupil.follows and not pupil.is_self},
    )


def _course_of(pupil: SeenPupil, own: OwnPilot) -> PilotCourse:
    """The pilot's course of the pupil's class, else any: it only says in which class somebody declined."""
    entries = db.session.scalars(
        select(PilotCourse)
        .where(PilotCourse.school_id == pupil.school_id, PilotCourse.pilot_id == own.id)
        .order_by(PilotCourse.course_id)
    ).all()
    groups = {one.id: one.group_id for one in courses_of(db.session.get_one(Pilot, (pupil.school_id, own.id)))}
    return next((one for one in entries if groups.get(one.course_id) == pupil.class_id), entries[0])
