"""Who may write to whom: teachers and class teachers of a pupil, and the family that may see how the pupil does. Pure."""

from school.classes.policy import runs_school
from school.classes.seen import SeenPupil
from school.core.access import Actor, Refused
from school.core.languages import gettext as _
from school.messages.seen import SeenMessage, SeenTalk


def is_staff_of(actor: Actor, talk: SeenTalk) -> bool:
    """Whether the actor is the school's side of this talk."""
    return actor.member_id == talk.staff.id


def may_begin(_actor: Actor, pupil: SeenPupil) -> bool:
    """Whether there is anybody to write to about this pupil."""
    return pupil.follows or pupil.teaches or pupil.leads


def may_read(actor: Actor, pupil: SeenPupil, talk: SeenTalk) -> bool:
    """Both sides: staff while the talk stands or may begin, the family while it may see how the pupil does; what was
    reported also the deputy heads. Nobody else, whatever they run."""
    if is_staff_of(actor, talk):
        return talk.id is not None or pupil.teaches or pupil.leads
    if pupil.follows:
        return talk.id is not None or talk.staff.is_near
    return talk.is_reported and runs_school(actor)


def may_write(actor: Actor, pupil: SeenPupil, talk: SeenTalk) -> bool | Refused:
    """As long as the pupil is taught or led by this member of staff."""
    if not may_read(actor, pupil, talk) or not (is_staff_of(actor, talk) or pupil.follows):
        return False
    if not talk.staff.is_near:
        return Refused(_("This teacher no longer teaches the pupil. Please write to the class teacher."))
    return True


def may_report(actor: Actor, pupil: SeenPupil, talk: SeenTalk, message: SeenMessage) -> bool:
    """Either side, of what the other wrote; once."""
    if not (is_staff_of(actor, talk) or pupil.follows) or not may_read(actor, pupil, talk):
        return False
    return message.is_staff != is_staff_of(actor, talk) and not message.is_reported


def judges_reports(actor: Actor, *_things: object) -> bool:
    """Deputy heads and the head read what was reported, with the talk around it."""
    return runs_school(actor)


def takes_part(actor: Actor, pupil: SeenPupil, talk: SeenTalk) -> bool:
    """Either side; not a deputy head who reads what was reported."""
    return may_read(actor, pupil, talk) and (is_staff_of(actor, talk) or pupil.follows)
