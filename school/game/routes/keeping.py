"""Keeps the days of pupils every ten minutes, away from the saving of answers."""

from sqlalchemy import select

from school.core.database import db
from school.core.jobs import every
from school.core.transactions import unit_of_work
from school.game.actions import keep_school
from school.people.models import School

OFTEN = 600


@every(OFTEN, "game.keep", lease=1800)
def keep_days() -> None:
    """School after school, each in a transaction of its own: cut off anywhere, it is done again with the same result."""
    schools = db.session.scalars(select(School).order_by(School.id)).all()
    db.session.rollback()
    for school in schools:
        with unit_of_work():
            keep_school(school)
