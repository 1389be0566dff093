"""Who looked at whose data: one fact for each page of pupils' data opened by staff."""

import logging
import uuid

from flask import Flask
from sqlalchemy import insert

from school.core import clock
from school.core.access import Actor
from school.core.database import new_id, write_engine
from school.people.models import AccessFact

log = logging.getLogger(__name__)

_STAFF_FIRST = ("teacher", "deputy", "head", "admin", "methodologist", "analyst")


def init_app(app: Flask) -> None:
    """Let ``@requires(opens=…)`` write facts."""

    def write(actor: Actor, purpose: str, pupil_id: uuid.UUID | None, group_id: uuid.UUID | None) -> None:
        """Runs after the answer has left; a failure is loud in the log, for the page has been seen already."""
        try:
            with app.app_context(), write_engine().begin() as connection:
                connection.execute(
                    insert(AccessFact).values(
                        school_id=actor.school_id,
                        id=new_id(),
                        at=clock.now(),
                        account_id=actor.account_id,
                        member_id=actor.member_id,
                        role=next((kind for kind in _STAFF_FIRST if kind in actor.roles), "staff"),
                        purpose=purpose,
                        pupil_id=pupil_id,
                        group_id=group_id,
                    )
                )
        except Exception:
            log.exception("an access fact was not written")

    app.extensions["access_log"] = write
