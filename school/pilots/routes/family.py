"""A pupil's part as the pupil and the family meet it: what it is about, the tests, the way out. No arm."""

from flask.typing import ResponseReturnValue

from school.classes.queries import get_pupil
from school.classes.seen import SeenPupil
from school.core import clock
from school.core.access import Actor, requires
from school.core.languages import gettext as _
from school.core.pages import go_to, page, toast
from school.core.shell import Crumb, address_of
from school.pilots import words
from school.pilots.actions import begin_test, leave_pilot
from school.pilots.errors import CannotPilot
from school.pilots.policy import may_leave, may_sit, sees_own
from school.pilots.queries import own_pilot, own_test, pilots_of_pupil
from school.pilots.routes.blueprint import blueprint
from school.pilots.seen import OwnPilot, OwnTest
from school.tasks.hooks import PLACES, Place
from school.tasks.queries import own_member
from school.tasks.seen import SeenAttempt


@blueprint.get("/pupils/<uuid:pupil_id>/pilots")
@requires(sees_own, pupil=get_pupil)
def of_pupil(actor: Actor, pupil: SeenPupil) -> ResponseReturnValue:
    """All of the pupil's, those that go on first."""
    return page(
        "pilots/of_pupil.html",
        pupil=pupil,
        pilots=pilots_of_pupil(pupil),
        today=clock.today(),
        sits=pupil.is_self and actor.on_behalf_of is None,
        acts=actor.on_behalf_of is None,
        words=words,
        where=(*_trail(pupil), Crumb(_("Comparisons"))),
    )


@blueprint.post("/pupils/<uuid:pupil_id>/pilots/<uuid:own_id>/tests/<uuid:test_id>")
@requires(may_sit, pupil=get_pupil, own=own_pilot, test=own_test)
def sit(actor: Actor, pupil: SeenPupil, own: OwnPilot, test: OwnTest) -> ResponseReturnValue:
    """Begin, or go on."""
    try:
        attempt = begin_test(actor, own_member(actor), test)
    except CannotPilot as why:
        toast(why.why)
        return go_to("pilots.of_pupil", school_id=own.school_id, pupil_id=pupil.id)
    return go_to("tasks.attempt", school_id=own.school_id, attempt_id=attempt.id)


@blueprint.post("/pupils/<uuid:pupil_id>/pilots/<uuid:own_id>/leave")
@requires(may_leave, pupil=get_pupil, own=own_pilot)
def leave(actor: Actor, pupil: SeenPupil, own: OwnPilot) -> ResponseReturnValue:
    """Without a reason, at any time."""
    leave_pilot(actor, pupil, own)
    toast(_("You are out. Nothing changes for marks, and results are not used."))
    return go_to("pilots.of_pupil", school_id=own.school_id, pupil_id=pupil.id)


def place_of_test(_actor: Actor, attempt: SeenAttempt) -> Place | None:
    """From a common test back to its page."""
    if not attempt.is_sealed:
        return None
    return Place(_("Comparisons"), "pilots.of_pupil", {"school_id": attempt.school_id, "pupil_id": attempt.pupil.id})


PLACES.append(place_of_test)


def _trail(pupil: SeenPupil) -> tuple[Crumb, ...]:
    if pupil.is_self:
        return (Crumb(_("Progress"), address_of("progress.mine", school_id=pupil.school_id)),)
    return (Crumb(pupil.short_name, address_of("progress.pupil", school_id=pupil.school_id, pupil_id=pupil.id)),)
