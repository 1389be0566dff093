"""Who plans, watches, reads and leaves a pilot. Pure."""

from school.classes.policy import runs_school
from school.classes.seen import SeenCourse, SeenPupil
from school.core import clock
from school.core.access import Actor, Refused
from school.core.languages import gettext as _
from school.pilots.models import Sitting
from school.pilots.seen import OwnPilot, OwnTest, SeenPilot


def sees_pilots(actor: Actor) -> bool:
    """The list: deputy head and head all of the school, teachers those of their classes."""
    return actor.has("teacher") or runs_school(actor)


def may_plan(actor: Actor) -> bool:
    """Deputy head and head, as themselves."""
    return runs_school(actor) and actor.on_behalf_of is None


def may_see_pilot(actor: Actor, pilot: SeenPilot) -> bool:
    """Drafts are whose plan it is; a registered pilot is also its teachers' and class teachers'."""
    return runs_school(actor) or (pilot.is_registered and pilot.teaches)


def may_see_waiting(actor: Actor, pilot: SeenPilot, course: SeenCourse) -> bool:
    """Who has not sat the open test: for those who let the class sit it, and for deputy head and head."""
    return pilot.is_registered and (runs_school(actor) or course.teaches or course.leads)


def may_change(actor: Actor, pilot: SeenPilot) -> bool | Refused:
    """Only while it is a draft: that is what registering is for."""
    if not may_plan(actor):
        return False
    if pilot.is_registered:
        return Refused(_("This pilot is registered: its protocol stays as it is. Add a dated amendment instead."))
    return True


def may_run(actor: Actor, _pilot: SeenPilot, *_of: object) -> bool:
    """Register, draw, amend, answer an alarm, stop."""
    return may_plan(actor)


def may_read_results(actor: Actor, pilot: SeenPilot) -> bool:
    """Whoever may see it: results are of arms, never of pupils."""
    return may_see_pilot(actor, pilot) and pilot.is_registered


def may_export(actor: Actor, pilot: SeenPilot) -> bool | Refused:
    """Pseudonymous rows: deputy head and head, once the first test after practice is closed."""
    if not may_plan(actor) or not pilot.is_registered:
        return False
    if not pilot.is_told(Sitting.POST, clock.today()):
        return Refused(
            _("Rows can be taken when the test after practice is closed: who looks earlier finds things by chance.")
        )
    return True


def may_take_key(actor: Actor, pilot: SeenPilot) -> bool | Refused:
    """Which pseudonym is whose: the head alone."""
    if not actor.has("head"):
        return False
    return may_export(actor, pilot)


def watches_pools(actor: Actor, *_of: object) -> bool:
    """One protocol over schools, in sums: analysts and methodologists of the city."""
    return actor.has("analyst") or actor.has("methodologist")


def may_share(actor: Actor, *_of: object) -> bool:
    """Give a protocol out to schools, and let no more begin it: methodologists."""
    return actor.has("methodologist") and actor.on_behalf_of is None


def may_carry_out(actor: Actor, _shared: object) -> bool:
    """Deputy head and head, as any pilot."""
    return may_plan(actor)


def sees_own(_actor: Actor, pupil: SeenPupil, *_of: object) -> bool:
    """The pupil and the family. Staff have no reason to see one pupil's part."""
    return pupil.is_self or pupil.follows


def may_sit(actor: Actor, pupil: SeenPupil, own: OwnPilot, test: OwnTest) -> bool | Refused:
    """The pupil, while the test is open."""
    if not pupil.is_self or actor.on_behalf_of is not None or not own.is_in:
        return False
    if own.stopped_at is not None or not test.is_open(clock.today()):
        return Refused(_("This test is not open now."))
    return True


def may_leave(actor: Actor, pupil: SeenPupil, own: OwnPilot) -> bool:
    """The pupil or a representative, at any time and without a reason."""
    return sees_own(actor, pupil) and actor.on_behalf_of is None and own.left_at is None


def may_hold(actor: Actor, *_of: object) -> bool:
    """Keep units of one's own back for common tests: those who write."""
    return any(one.kind in {"teacher", "methodologist"} for one in actor.standings) and actor.on_behalf_of is None
