"""What a pupil has watched of the film that was set."""

from sqlalchemy import select

from school.core.database import db
from school.homework.seen import SeenHomework, SeenWork
from school.library.queries import Watched, watched_by
from school.people.models import Member


def film_watched(homework: SeenHomework, work: SeenWork) -> Watched | None:
    """How much of the homework's film this pupil has watched; None when there is no film. Asks nothing without a unit."""
    if homework.unit_version_id is None:
        return None
    account = db.session.scalar(
        select(Member.account_id).where(Member.school_id == work.school_id, Member.id == work.pupil_id)
    )
    return watched_by(account, homework.unit_version_id) if account is not None else None
