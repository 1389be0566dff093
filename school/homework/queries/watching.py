"""What a pupil has watched of the film that was set, and what a package says of the pupil's practice."""

import uuid

from sqlalchemy import select

from school.core.database import db
from school.homework.seen import SeenHomework, SeenWork
from school.library.queries import Played, Watched, played_by, watched_by
from school.people.models import Member


def film_watched(homework: SeenHomework, work: SeenWork) -> Watched | None:
    """How much of the homework's film this pupil has watched; None when there is no film. Asks nothing without a unit."""
    if homework.unit_version_id is None:
        return None
    account = _account_of(work)
    return watched_by(account, homework.unit_version_id) if account is not None else None


def package_played(homework: SeenHomework, work: SeenWork) -> Played | None:
    """What the homework's package says of this pupil's practice; None when there is no package. It is no evidence."""
    if homework.unit_version_id is None:
        return None
    account = _account_of(work)
    return played_by(account, homework.unit_version_id) if account is not None else None


def _account_of(work: SeenWork) -> uuid.UUID | None:
    """The account of the pupil."""
    return db.session.scalar(
        select(Member.account_id).where(Member.school_id == work.school_id, Member.id == work.pupil_id)
    )
