"""Whoever asked for a change that needs a second person hears what became of it."""

from sqlalchemy import select

from school.core.database import db
from school.gradebook.models import MarkCorrection, PeriodCorrection
from school.notices.actions import News, tell
from school.people.models import Member
from school.people.names import short_name

DECIDED = "correction.decided"


def tell_asker(correction: MarkCorrection | PeriodCorrection, state: str) -> None:
    """Once for each wish; ``state`` is agreed, refused or outdated."""
    pupil = db.session.scalars(
        select(Member).where(Member.school_id == correction.school_id, Member.id == correction.pupil_id)
    ).one()
    about = {"pupil": short_name(pupil.family_name, pupil.given_name), "state": state}
    key = f"{DECIDED}:{correction.id}"
    tell(
        [correction.asked_by],
        News(correction.school_id, DECIDED, key, about, pupil_id=pupil.id, thing_id=correction.course_id),
    )
