"""Who looked at whose data: one fact for each page of pupils' data opened by staff."""

import logging
import uuid
from collections.abc import Sequence
from typing import Any, cast

from flask import Flask
from sqlalchemy import Table, insert
from sqlalchemy.exc import DBAPIError

from school.core import clock
from school.core.access import Actor
from school.core.database import new_id, write_engine
from school.core.reading import PreparedStatements
from school.people.models import AccessFact

log = logging.getLogger(__name__)

_FACT = insert(cast("Table", AccessFact.__table__))
_STAFF_FIRST = ("teacher", "deputy", "head", "admin", "methodologist", "analyst")


def init_app(app: Flask) -> None:
    """Let ``@requires(opens=…)`` write facts."""

    with app.app_context():
        # One statement needs no BEGIN and COMMIT around it, and half of all staff pages end with it.
        engine = write_engine().execution_options(isolation_level="AUTOCOMMIT")
    prepared = PreparedStatements()

    def tell(facts: list[dict[str, Any]]) -> None:
        with engine.connect() as connection:
            if len(facts) == 1:
                prepared.tell(connection, _FACT, facts[0])
            else:  # a page of several groups: all of their facts or none
                connection.execute(_FACT.values(facts))

    def write(
        actor: Actor,
        purpose: str,
        pupil_id: uuid.UUID | None,
        group_id: uuid.UUID | None,
        other_groups: Sequence[uuid.UUID] = (),
    ) -> None:
        """Runs after the answer has left; a failure is loud in the log, for the page has been seen already. One statement."""
        fact = {
            "school_id": actor.school_id,
            "id": new_id(),
            "at": clock.now(),
            "account_id": actor.account_id,
            "member_id": actor.member_id,
            "role": next((kind for kind in _STAFF_FIRST if kind in actor.roles), "staff"),
            "purpose": purpose,
            "pupil_id": pupil_id,
            "group_id": group_id,
        }
        others = ({**fact, "id": new_id(), "pupil_id": None, "group_id": other} for other in other_groups)
        facts = [fact, *others]
        try:
            try:
                tell(facts)
            except DBAPIError as error:
                if not error.connection_invalidated:
                    raise
                tell(facts)  # the database was started anew since this connection was made; the next one is fresh
        except Exception:
            log.exception("an access fact was not written")

    app.extensions["access_log"] = write
