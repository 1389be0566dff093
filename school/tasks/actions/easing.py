"""The class teacher or a deputy says what makes tasks easier for a pupil. Event: ``accommodation``, ``thing_id`` = the pupil."""

from school.core import clock
from school.core.access import Actor
from school.core.database import db, new_id
from school.core.records import record
from school.tasks.ease import FEWER, TIMES, Ease
from school.tasks.models import Accommodation
from school.tasks.queries.easing import Pupil, ease_of


def set_ease(actor: Actor, pupil: Pupil, ease: Ease) -> bool:
    """Holds for attempts that begin from now on, and for the print of all. False when it was so already.

    Raises ``ValueError`` for shares that are not offered.
    """
    if ease.more_time not in TIMES or ease.fewer not in FEWER:
        raise ValueError(ease)
    before = ease_of(pupil)
    if ease == before:
        return False
    db.session.add(
        Accommodation(
            school_id=pupil.school_id,
            id=new_id(),
            pupil_id=pupil.id,
            more_time=ease.more_time,
            larger_print=ease.larger_print,
            fewer=ease.fewer,
            set_at=clock.now(),
            set_by=actor.account_id,
        )
    )
    record(
        actor,
        "accommodation",
        school_id=pupil.school_id,
        thing_id=pupil.id,
        pupil_id=pupil.id,
        payload={name: [getattr(before, name), getattr(ease, name)] for name in ("more_time", "larger_print", "fewer")},
    )
    db.session.flush()
    return True
