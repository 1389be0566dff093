"""Pupils come into a group together: a group across classes, a part of a class, a class. Nobody gets two lessons at one time."""

from collections.abc import Sequence
from datetime import date

from school.classes.actions.foreseeing import clash_lines_of
from school.classes.actions.people import enrol
from school.classes.errors import ManyClashes
from school.classes.meetings import meetings_of_newcomers
from school.classes.queries.stands import stands_to_come, together_in
from school.classes.seen import SeenGroup, SeenPupil
from school.core.access import Actor
from school.core.languages import ngettext


def enrol_together(actor: Actor, group: SeenGroup, pupils: Sequence[SeenPupil], from_on: date) -> None:
    """Put pupils into a group from a day on; their class and other groups stay as they are.

    All or none: raises ``ManyClashes`` with every pupil whose lessons or extra lessons to come stand at a time of the group's.
    """
    met = meetings_of_newcomers(
        group.id,
        [one.id for one in pupils],
        from_on,
        stands_to_come(group.school_id).values(),
        together_in(group.school_id),
    )
    if met:
        lines = clash_lines_of(met, group.school_id, named=len(pupils))
        why = ngettext(
            "%(num)s clash: pupils have another lesson at that time. Nobody has been enrolled.",
            "%(num)s clashes: pupils have other lessons at those times. Nobody has been enrolled.",
            len(lines),
        )
        raise ManyClashes(why, lines)
    for one in pupils:
        enrol(actor, group, one, from_on)
