"""What each pupil of a pilot was given and did, for the rows of analysis. Four statements."""

import uuid
from dataclasses import dataclass, replace
from datetime import time
from typing import Any, cast

from sqlalchemy import Table, and_, bindparam, select

from school.classes.queries.relations import SCHOOL
from school.core import clock
from school.core.database import Id, read
from school.homework.models import Assignment
from school.pilots.models import PilotSitting, PilotTest
from school.pilots.queries.facts import DONE, OWN, spent
from school.pilots.queries.pilots import places_of, rounds_of
from school.pilots.seen import SeenPilot
from school.tasks.models import Attempt
from school.tasks.sheets import asked

assignment = cast("Table", Assignment.__table__)
test = cast("Table", PilotTest.__table__)
sitting = cast("Table", PilotSitting.__table__)
attempt = cast("Table", Attempt.__table__)

_SHEETS = select(assignment.c.pupil_id, assignment.c.sheet).where(
    assignment.c.school_id == SCHOOL,
    assignment.c.homework_id.in_(bindparam("works", type_=Id, expanding=True)),
    assignment.c.pupil_id.in_(bindparam("pupils", type_=Id, expanding=True)),
)
_BEGUN = (
    select(sitting.c.pupil_id, test.c.kind)
    .select_from(
        test.join(sitting, and_(sitting.c.school_id == SCHOOL, sitting.c.test_id == test.c.id)).join(
            attempt, and_(attempt.c.school_id == SCHOOL, attempt.c.id == sitting.c.attempt_id)
        )
    )
    .where(test.c.school_id == SCHOOL, test.c.pilot_id == bindparam("pilot", type_=Id), attempt.c.finished_at.is_(None))
)


@dataclass(frozen=True, slots=True)
class Work:
    """One pupil's."""

    given: int = 0
    """Questions in all sets."""
    done: int = 0
    """Judged, in works that were handed in."""
    minutes: float = 0.0
    own: int = 0
    """Answers of practice beside the sets."""


NO_WORK = Work()


def work_of(pilot: SeenPilot) -> dict[uuid.UUID, Work]:
    """By pupil who was drawn."""
    found = {one.pupil_id: NO_WORK for one in places_of(pilot.school_id, pilot.id) if one.arm is not None}
    values: dict[str, Any] = {
        "school": pilot.school_id,
        "works": [one.homework_id for one in rounds_of(pilot.school_id, pilot.id)],
        "pupils": list(found),
        "subject": pilot.row.subject_id,
        "since": clock.moscow(pilot.row.starts_on, time()),
    }
    for pupil_id, sheet in read(_SHEETS, values):
        was = found[pupil_id]
        found[pupil_id] = replace(was, given=was.given + (len(asked(sheet)) if sheet else 0))
    for pupil_id, _attempt, started, finished, count in read(DONE, values):
        if pupil_id in found:  # who takes no part has the same homework
            was = found[pupil_id]
            found[pupil_id] = replace(was, done=was.done + count, minutes=was.minutes + spent(started, finished))
    for pupil_id, count in read(OWN, values):
        found[pupil_id] = replace(found[pupil_id], own=count)
    return found


def begun_of(pilot: SeenPilot) -> set[tuple[uuid.UUID, str]]:
    """Pupil and test of every attempt that was never handed in."""
    return {(row[0], row[1]) for row in read(_BEGUN, {"school": pilot.school_id, "pilot": pilot.id})}
