"""Setting the school's norms of load from a day on. Event: ``load_norm.set``."""

from collections.abc import Iterable, Mapping
from datetime import date

from sqlalchemy import select

from school.classes.errors import CannotDo
from school.classes.load import Norm, Norms
from school.classes.models import HeavyNorm, LoadNorm
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


def set_heavy(actor: Actor, from_on: date, source: str, subjects: Iterable[int], most: int) -> HeavyNorm:
    """Which subjects must not meet on one day, from a day on; no subjects end the rule. Event: ``heavy_norm.set``.

    The actor answers for it; a word of the same day is replaced. Raises ``CannotDo`` for a day that is over.
    """
    if from_on < clock.today():
        raise CannotDo(_("Past weeks keep their norms: choose today or a later day."))
    assert actor.member_id is not None and actor.school_id is not None  # noqa: S101, PT018 - the rule has seen to it
    row = db.session.scalars(
        select(HeavyNorm).where(HeavyNorm.school_id == actor.school_id, HeavyNorm.from_on == from_on)
    ).first()
    if row is None:
        row = HeavyNorm(school_id=actor.school_id, id=new_id(), from_on=from_on)
        db.session.add(row)
    row.source, row.subjects, row.most, row.owner = " ".join(source.split()), sorted(subjects), most, actor.member_id
    db.session.flush()
    payload = {"from": from_on, "source": row.source, "subjects": row.subjects, "most": most}
    record(actor, "heavy_norm.set", school_id=actor.school_id, thing_id=row.id, payload=payload)
    return row
