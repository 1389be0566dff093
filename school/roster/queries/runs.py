"""Past imports and files that wait to be applied."""

import uuid
from collections.abc import Sequence

from sqlalchemy import select

from school.core.access import Actor
from school.core.database import db
from school.people.models import School
from school.roster.models import RosterRun, RosterUpload

SHOWN = 30


def all_schools() -> list[School]:
    """The city's schools."""
    return list(db.session.scalars(select(School).order_by(School.id)))


def get_school(actor: Actor) -> School | None:
    """The actor's school."""
    return db.session.get(School, actor.school_id)


def runs_of(actor: Actor) -> Sequence[RosterRun]:
    """The last imports into the actor's school, newest first."""
    return db.session.scalars(
        select(RosterRun)
        .where(RosterRun.school_id == actor.school_id)
        .order_by(RosterRun.made_at.desc(), RosterRun.id.desc())
        .limit(SHOWN)
    ).all()


def get_run(actor: Actor, run_id: uuid.UUID) -> RosterRun | None:
    """One import into the actor's school."""
    return db.session.scalar(select(RosterRun).where(RosterRun.school_id == actor.school_id, RosterRun.id == run_id))


def get_upload(actor: Actor, upload_id: uuid.UUID) -> RosterUpload | None:
    """One brought file of the actor's school."""
    return db.session.scalar(
        select(RosterUpload).where(RosterUpload.school_id == actor.school_id, RosterUpload.id == upload_id)
    )


def uploads_of(actor: Actor) -> Sequence[RosterUpload]:
    """Files that were brought and neither applied nor thrown away, newest first."""
    return db.session.scalars(
        select(RosterUpload)
        .where(RosterUpload.school_id == actor.school_id, RosterUpload.batch_id.is_(None))
        .order_by(RosterUpload.made_at.desc())
        .limit(SHOWN)
    ).all()


def find_last_batch(schools: Sequence[School], kind: str) -> list[RosterRun]:
    """The runs of the last import that is not undone, over all of these schools."""
    ids = [school.id for school in schools]
    here = (RosterRun.school_id.in_(ids), RosterRun.kind == kind, RosterRun.undone_at.is_(None))
    last = db.session.scalars(
        select(RosterRun).where(*here).order_by(RosterRun.made_at.desc(), RosterRun.id.desc()).limit(1)
    ).first()
    if last is None:
        return []
    return list(
        db.session.scalars(
            select(RosterRun)
            .where(RosterRun.school_id.in_(ids), RosterRun.batch_id == last.batch_id)
            .order_by(RosterRun.school_id)
        )
    )


def can_undo(run: RosterRun) -> bool:
    """Whether this import is the last one of its kind in its school that stands: only the last can be undone."""
    if run.undone_at is not None:
        return False
    later = (
        select(RosterRun.id)
        .where(
            RosterRun.school_id == run.school_id,
            RosterRun.kind == run.kind,
            RosterRun.undone_at.is_(None),
            RosterRun.id > run.id,
        )
        .limit(1)
    )
    return db.session.scalar(later) is None
