"""The draw, once. Event ``pilot.drawn``: the seed, which must match the hash registered before, and a digest of who came where."""

import hashlib
import uuid

from school.core import clock
from school.core.access import Actor
from school.core.database import db, new_id
from school.core.languages import gettext as _
from school.core.records import PROGRAM, record
from school.pilots.actions.planning import held
from school.pilots.drawing import Candidate, Drawn, draw
from school.pilots.errors import CannotPilot
from school.pilots.models import Pilot, PilotPlace, Sitting
from school.pilots.queries import consents_of, places_of, scores_of
from school.pilots.seen import SeenPilot


def draw_pilot(actor: Actor | None, pilot: SeenPilot) -> Pilot:
    """Put everybody who agreed into an arm. A second draw changes nothing. Raises ``CannotPilot`` before the pre-test is closed."""
    row = held(pilot)
    if row.drawn_at is not None:
        return row
    if row.registered_at is None or row.stopped_at is not None:
        raise CannotPilot(_("Only a registered pilot that goes on can be drawn."))
    if clock.today() < row.starts_on:
        raise CannotPilot(_("The draw is on the first day of practice, when the test before is closed."))
    scores = scores_of(row.school_id, row.id)
    candidates = []
    for one in consents_of(pilot):
        for pupil in one.agreed:
            score = scores.get((pupil.id, Sitting.PRE))
            candidates.append(Candidate(pupil.id, one.course.id, score.share if score is not None else None))
    if len(candidates) < len(row.arms):
        raise CannotPilot(_("Too few families have agreed: there is nobody to compare."))
    drawn = draw(row.seed, candidates, row.arms)
    there = {one.pupil_id for one in places_of(row.school_id, row.id)}
    db.session.add_all(_place(row, one) for one in drawn if one.candidate.pupil_id not in there)
    row.drawn_at = clock.now()
    db.session.flush()
    payload = {"seed": row.seed, "pupils": len(drawn), "places": digest_of(drawn)}
    record(actor or PROGRAM, "pilot.drawn", school_id=row.school_id, thing_id=row.id, payload=payload)
    return row


def digest_of(drawn: list[Drawn]) -> str:
    """Of pupils with their arms, so that a list shown later can be checked without the record naming anybody."""
    lines = sorted(f"{one.candidate.pupil_id} {one.arm}" for one in drawn)
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()


def _place(row: Pilot, one: Drawn) -> PilotPlace:
    made: uuid.UUID = new_id()
    return PilotPlace(
        school_id=row.school_id,
        id=made,
        pilot_id=row.id,
        course_id=one.candidate.course_id,
        pupil_id=one.candidate.pupil_id,
        arm=one.arm,
        block=one.block,
        before=one.candidate.before,
    )
