"""Tells the pages of tasks where an attempt belongs: to its homework, its review, or the family's page."""

from flask_babel import gettext as _

from school.core.access import Actor
from school.homework.queries import homework_of_attempt
from school.tasks.hooks import PLACES, Place
from school.tasks.seen import SeenAttempt


def place_of_attempt(actor: Actor, attempt: SeenAttempt) -> Place | None:
    """The page that this reader came from."""
    homework_id = homework_of_attempt(attempt.school_id, attempt.id)
    if homework_id is None:
        return None
    here = {"school_id": attempt.school_id, "homework_id": homework_id}
    if attempt.pupil.is_self:
        return Place(_("To the homework"), "homework.work", here)
    if actor.is_staff and attempt.pupil.teaches:
        return Place(_("To the review"), "homework.review", {**here, "pupil": attempt.pupil.id})
    return Place(_("To the homework"), "homework.work_of_pupil", {**here, "pupil_id": attempt.pupil.id})


PLACES.append(place_of_attempt)
