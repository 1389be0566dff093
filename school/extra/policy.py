"""Who offers extra lessons, who sees them and who answers. Pure."""

import uuid

from school.classes.policy import runs_school
from school.classes.seen import SeenCourse, SeenPupil
from school.core import clock
from school.core.access import Actor, Refused
from school.core.languages import gettext as _
from school.extra.seen import SeenExtra, SeenInvitation


def sees_extras(actor: Actor) -> bool:
    """The list: teachers their own, deputy head and head those of the school."""
    return actor.has("teacher") or runs_school(actor)


def may_offer(actor: Actor, course: SeenCourse, *_gap: object) -> bool:
    """The teacher of the course; deputy head and head for that teacher."""
    return course.teaches or runs_school(actor)


def may_see_extra(actor: Actor, extra: SeenExtra) -> bool:
    """Whoever gives it, the teachers and the class teacher of its course, deputy head, head. Pupils see their invitation."""
    return may_run(actor, extra) or any(one.teaches or one.leads for one in extra.courses)


def sees_place(actor: Actor, extra: SeenExtra, course_id: uuid.UUID) -> bool:
    """A pupil of the lesson: whoever runs it sees all, others those of their own course or class."""
    return may_run(actor, extra) or any(one.id == course_id and (one.teaches or one.leads) for one in extra.courses)


def may_run(actor: Actor, extra: SeenExtra, *_things: object) -> bool:
    """Who invites, notes who came and calls it off: whoever gives it, deputy head, head."""
    return extra.teacher_id == actor.member_id or runs_school(actor)


def may_move(actor: Actor, extra: SeenExtra) -> bool | Refused:
    """Another hour, while it is to come."""
    if not may_run(actor, extra):
        return False
    if extra.cancelled_at is not None:
        return Refused(_("This lesson was called off."))
    if clock.now() >= extra.starts_at:
        return Refused(_("This lesson has begun."))
    return True


def may_take_presence(actor: Actor, extra: SeenExtra) -> bool | Refused:
    """From its beginning on: nobody has come to what has not begun."""
    if not may_run(actor, extra):
        return False
    if extra.cancelled_at is not None:
        return Refused(_("This lesson was called off."))
    if clock.now() < extra.starts_at:
        return Refused(_("Who came can be noted when the lesson has begun."))
    return True


def sees_invitations(actor: Actor, pupil: SeenPupil) -> bool:
    """The pupil, the family, the class teacher, deputy head, head."""
    return pupil.is_self or pupil.follows or pupil.leads or runs_school(actor)


def sees_invitation(actor: Actor, pupil: SeenPupil, _invitation: SeenInvitation) -> bool:
    """The same for one."""
    return sees_invitations(actor, pupil)


def may_reply(_actor: Actor, pupil: SeenPupil, invitation: SeenInvitation) -> bool | Refused:
    """The pupil or a representative, until it begins; the family's word stands over the child's."""
    if not (pupil.is_self or pupil.follows):
        return False
    if invitation.cancelled_at is not None:
        return Refused(_("This lesson was called off."))
    if clock.now() >= invitation.starts_at:
        return Refused(_("The lesson has begun: tell the teacher in person."))
    if pupil.is_self and invitation.by_family:
        return Refused(_("Your family has answered already; ask them to change it."))
    return True
