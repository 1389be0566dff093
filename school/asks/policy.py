"""Who may ask, who answers, who sees the answers. Pure."""

from school.asks.seen import PupilAsk, SeenAsk
from school.classes.models import GroupKind
from school.classes.policy import leads_class, runs_school
from school.classes.seen import SeenGroup, SeenPupil
from school.core import clock
from school.core.access import Actor, Refused
from school.core.languages import gettext as _


def may_ask(actor: Actor, group: SeenGroup) -> bool:
    """The class teacher of a class; deputy heads and the head of any."""
    return group.kind == GroupKind.CLASS and (leads_class(actor, group) or runs_school(actor))


def sees_answers(actor: Actor, group: SeenGroup, _ask: SeenAsk) -> bool:
    """As may ask."""
    return may_ask(actor, group)


def may_read(_actor: Actor, pupil: SeenPupil, _ask: PupilAsk) -> bool:
    """The representatives who may see how the child does."""
    return pupil.follows


def may_answer(actor: Actor, pupil: SeenPupil, ask: PupilAsk) -> bool | Refused:
    """Until the last day; a consent may be taken back until then, too."""
    if not may_read(actor, pupil, ask):
        return False
    if ask.ask.due_on < clock.today():
        return Refused(_("The last day to answer is over. Please write to the class teacher."))
    return True
