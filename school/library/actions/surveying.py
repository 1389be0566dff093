"""Trying out the variants of a template: a job that says how far it is, and which numbers have no answer."""

from typing import Any

from sqlalchemy.exc import OperationalError

from school.core import clock
from school.core.access import Actor
from school.core.database import db
from school.core.jobs import enqueue, handler, outside_database
from school.core.transactions import unit_of_work
from school.library.models import TemplateSurvey
from school.library.queries.surveys import digest_of
from school.tasks.kinds.varied import VARIED, Survey

KIND = "library.survey"


def ask_survey(_actor: Actor, kind: str, spec: dict[str, Any]) -> None:
    """Let a template be tried out, once for each specification; other questions need it not."""
    if kind != VARIED.name:
        return
    digest = digest_of(spec)
    if db.session.get(TemplateSurvey, digest) is not None:
        return
    job = enqueue(KIND, {"digest": digest, "spec": spec}, key=f"{KIND} {digest}")
    db.session.add(TemplateSurvey(digest=digest, told={}, job_id=job, asked_at=clock.now()))
    db.session.flush()


@handler(KIND, lane="slow", lease=60)
def survey(payload: dict[str, Any]) -> None:
    """Look at all variants, and note every now and then how far it is."""
    digest, found = payload["digest"], Survey(0, 0, (), ())
    with outside_database():
        for found in VARIED.surveys(payload["spec"]):
            try:
                with unit_of_work():
                    _note(digest, found, is_done=False)
            except OperationalError:
                continue  # a busy database is no reason to begin anew: the next note says it
    _note(digest, found, is_done=True)


def _note(digest: str, found: Survey, *, is_done: bool) -> None:
    row = db.session.get(TemplateSurvey, digest)
    if row is None:
        return
    row.looked_at, row.different, row.is_done = found.looked_at, found.different, is_done
    row.told = {
        "faults": [[one.where, one.what.msgid, dict(one.what.values)] for one in found.faults],
        "failing": found.failing,
        "samples": [list(one) for one in found.samples],
    }
    db.session.flush()
