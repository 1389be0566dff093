"""Bringing in the results of outside diagnostics."""

import uuid
from collections.abc import Sequence
from datetime import date

from sqlalchemy import delete

from content_library.models import Subject
from school.core import clock
from school.core.access import Actor
from school.core.database import db, new_id
from school.core.records import record
from school.progress.models import OutsideResult


def bring_results(
    actor: Actor,
    subject: Subject,
    name: str,
    on_date: date,
    results: Sequence[tuple[tuple[uuid.UUID, uuid.UUID], int]],
) -> int:
    """Pupil with class, and per cent. The same diagnostic brought again takes the place of the first; how many were kept."""
    school_id = actor.school_id or 0
    db.session.execute(
        delete(OutsideResult).where(
            OutsideResult.school_id == school_id,
            OutsideResult.subject_id == subject.id,
            OutsideResult.name == name,
            OutsideResult.on_date == on_date,
        )
    )
    at = clock.now()
    db.session.add_all(
        OutsideResult(
            school_id=school_id,
            id=new_id(),
            pupil_id=pupil_id,
            class_id=class_id,
            subject_id=subject.id,
            name=name,
            on_date=on_date,
            percent=percent,
            brought_at=at,
            brought_by=actor.account_id,
        )
        for (pupil_id, class_id), percent in results
    )
    db.session.flush()
    payload = {"subject": subject.id, "on": on_date.isoformat(), "results": len(results)}
    record(actor, "outside_results.brought", school_id=school_id, thing_id=new_id(), payload=payload)
    return len(results)
