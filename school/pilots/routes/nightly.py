"""What pilots do by themselves."""

from sqlalchemy import select

from school.core.database import db
from school.core.jobs import every
from school.core.transactions import unit_of_work
from school.people.models import School
from school.pilots.actions import count_shared, look_after

OFTEN = 6 * 3600.0
"""Four times a day, so that a set is there by the afternoon; each does only what is still to be done."""


@every(OFTEN, "pilots.look", lease=3600)
def look_after_pilots() -> None:
    """School after school, each in a transaction of its own."""
    schools = db.session.scalars(select(School).order_by(School.id)).all()
    db.session.rollback()
    for school in schools:
        with unit_of_work():
            look_after(school)
            count_shared(school)
