"""What makes itself: tracks for who was away long; and steps are done whose topics have come to hold by themselves."""

from sqlalchemy import select

from school.core.database import db
from school.core.jobs import every
from school.core.transactions import unit_of_work
from school.people.models import School
from school.tracks.actions import finish_held_in
from school.tracks.actions.absent import propose_to_absent

NIGHTLY = 24 * 3600


@every(NIGHTLY, "tracks.absences", lease=3600)
def look_for_absent() -> None:
    """School after school, each in a transaction of its own."""
    schools = db.session.scalars(select(School).order_by(School.id)).all()
    db.session.rollback()
    for school in schools:
        with unit_of_work():
            propose_to_absent(school)
            finish_held_in(school)
