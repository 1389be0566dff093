"""What a person chooses about their notices."""

from collections.abc import Mapping
from typing import Any, cast

from sqlalchemy import Table
from sqlalchemy.dialects import postgresql, sqlite

from school.core import clock
from school.core.access import Actor
from school.core.database import db
from school.notices.actions.telling import News, tell
from school.notices.models import NoticeSetting
from school.notices.queries import Way, windows_of
from school.notices.windows import Windows

setting = cast("Table", NoticeSetting.__table__)
TRIAL = "notices.trial"
INSERTS: dict[str, Any] = {"postgresql": postgresql.insert, "sqlite": sqlite.insert}


def choose(actor: Actor, windows: Windows, ways: Mapping[str, str]) -> None:
    """Keep the actor's hours and ways."""
    values = {
        "quiet_from": windows.quiet_from,
        "quiet_to": windows.quiet_to,
        "quiet_weekends": windows.quiet_weekends,
        "once_a_day": windows.once_a_day,
        "ways": {topic: Way(way).value for topic, way in ways.items()},
    }
    _keep(actor, values, values)


def try_out(actor: Actor) -> bool:
    """Send the actor a piece of news at once, to see it arrive; False for somebody who is in no school."""
    school = next((one.school_id for one in actor.standings if one.school_id is not None), None)
    if school is None:
        return False
    return tell([actor.account_id], News(school, TRIAL, f"{TRIAL}:{clock.now().isoformat()}", urgent=True)) > 0


def keep_mail(actor: Actor, **changed: str | None) -> None:
    """Keep ``mail`` or ``mail_asked``; who never chose hours keeps the usual ones."""
    windows = windows_of(actor.account_id)
    values = {
        "quiet_from": windows.quiet_from,
        "quiet_to": windows.quiet_to,
        "quiet_weekends": windows.quiet_weekends,
        "once_a_day": windows.once_a_day,
        "ways": {},
    }
    _keep(actor, {**values, **changed}, changed)


def _keep(actor: Actor, values: dict[str, Any], changed: dict[str, Any]) -> None:
    insert = INSERTS[db.session.get_bind().dialect.name](setting).values(account_id=actor.account_id, **values)
    db.session.execute(insert.on_conflict_do_update(index_elements=["account_id"], set_=changed))
