"""Handing in what nobody handed in: a test whose time is over, whether or not a browser is there to notice."""

import uuid
from typing import Any

from school.core import clock
from school.core.access import Actor
from school.core.database import db
from school.core.jobs import handler
from school.people.models import Member
from school.tasks.actions.running import CLOSE, finish_attempt
from school.tasks.models import Attempt
from school.tasks.queries import get_attempt


@handler(CLOSE, max_tries=12)
def close_attempt(payload: dict[str, Any]) -> None:
    """Finish an attempt after its closing, in the pupil's name: these are the answers they gave."""
    school_id = int(payload["school_id"])
    row = db.session.get(Attempt, (school_id, uuid.UUID(payload["attempt_id"])))
    if row is None or row.finished_at is not None or row.closes_at is None or row.closes_at > clock.now():
        return
    member = db.session.get_one(Member, (school_id, row.pupil_id))
    pupil = Actor(
        account_id=member.account_id,
        sign_in_id=row.id,
        name="",
        locale="ru",
        theme="",
        school_id=school_id,
        member_id=member.id,
        roles=frozenset({"pupil"}),
    )
    found = get_attempt(pupil, row.id)
    if found is not None:
        finish_attempt(pupil, found)
