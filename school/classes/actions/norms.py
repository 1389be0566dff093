"""Setting the school's norms of load from a day on. Event: ``load_norm.set``."""

from collections.abc import Mapping
from datetime import date

from sqlalchemy import select

from school.classes.errors import CannotDo
from school.classes.load import Norm, Norms
from school.classes.models import LoadNorm
from school.core import clock
from school.core.access import Actor
from school.core.database import db, new_id
from school.core.languages import gettext as _
from school.core.records import record


def set_norms(actor: Actor, from_on: date, source: str, by_level: Mapping[int, Norm]) -> LoadNorm:
    """The actor answers for them; those of the same day are replaced. Raises ``CannotDo`` for a day that is over."""
    if from_on < clock.today():
        raise CannotDo(_("Past weeks keep their norms: choose today or a later day."))
    source = " ".join(source.split())
    row = db.session.scalars(
        select(LoadNorm).where(LoadNorm.school_id == actor.school_id, LoadNorm.from_on == from_on)
    ).first()
    if row is None:
        row = LoadNorm(school_id=actor.school_id, id=new_id(), from_on=from_on)
        db.session.add(row)
    row.source, row.norms = source, Norms(from_on, source, by_level).to_data()
    assert actor.member_id is not None and actor.school_id is not None  # noqa: S101, PT018 - the rule has seen to it
    row.owner = actor.member_id
    db.session.flush()
    payload = {"from": from_on, "source": source, "norms": row.norms}
    record(actor, "load_norm.set", school_id=actor.school_id, thing_id=row.id, payload=payload)
    return row
