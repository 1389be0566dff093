"""Who plays, who switches the game, who sets goals. Pure; whether the game is on is asked by the views."""

from typing import Any

from school.classes.models import GroupKind
from school.classes.policy import runs_school
from school.classes.seen import SeenGroup, SeenPupil
from school.core.access import Actor


def plays(actor: Actor) -> bool:
    """Own page: pupils."""
    return actor.has("pupil") and actor.member_id is not None


def may_choose(actor: Actor) -> bool:
    """Buying, dressing, a word about the list: only the pupil, not who looks in the pupil's place."""
    return plays(actor) and actor.on_behalf_of is None


def may_see_family_page(_actor: Actor, pupil: SeenPupil) -> bool:
    """A representative who follows the child."""
    return pupil.follows


def may_run_class_game(actor: Actor, group: SeenGroup) -> bool:
    """The game of a class: its class teacher, its teachers, deputy, head."""
    return group.kind == GroupKind.CLASS and (group.leads or group.teaches or runs_school(actor))


def sees_switches(actor: Actor, group: SeenGroup) -> bool:
    """Whose game is off: the class teacher, deputy, head; a subject teacher need not know."""
    return group.kind == GroupKind.CLASS and (group.leads or runs_school(actor))


def may_switch_pupil(actor: Actor, group: SeenGroup, _pupil: Any) -> bool:
    """The school's side of one pupil's switch."""
    return sees_switches(actor, group)
