"""What stood in marks that somebody was told of, for those who may see them today."""

import uuid
from collections.abc import Collection
from typing import cast

from sqlalchemy import Table, and_, bindparam, select

from school.classes.queries.relations import SCHOOL
from school.core import clock
from school.core.access import Actor
from school.core.database import Id, read
from school.core.scope import hold_to
from school.gradebook.models import Mark, MarkStep
from school.gradebook.release import Sign
from school.people.queries import children_everywhere

mark = cast("Table", Mark.__table__)
step = cast("Table", MarkStep.__table__)

_TOLD = (
    select(step.c.mark_id, step.c.version, step.c.new_value, step.c.new_code)
    .select_from(mark.join(step, and_(step.c.school_id == SCHOOL, step.c.mark_id == mark.c.id)))
    .where(
        mark.c.school_id == SCHOOL,
        mark.c.id.in_(bindparam("marks", type_=Id, expanding=True)),
        mark.c.pupil_id.in_(bindparam("pupils", type_=Id, expanding=True)),
    )
)

Version = tuple[int, uuid.UUID, int]
"""A school, a mark in it, and the version that was told of."""


def signs_told(actor: Actor, versions: Collection[Version]) -> dict[Version, str]:
    """«5», «н/а» for the actor's own marks and those of children whose progress they follow; others are left out.

    What was told had left its quiet window, so the version's own sign is what the family saw then, whatever stands there now.
    """
    pupils: dict[int, set[uuid.UUID]] = {}
    for standing in actor.standings:
        if standing.kind == "pupil" and standing.school_id is not None and standing.member_id is not None:
            pupils.setdefault(standing.school_id, set()).add(standing.member_id)
    for child in children_everywhere(actor, clock.today()):
        if child.sees_progress:
            pupils.setdefault(child.school_id, set()).add(child.id)
    found = {}
    for school_id in sorted({one[0] for one in versions} & set(pupils)):
        marks = sorted({mark_id for of, mark_id, _version in versions if of == school_id})
        hold_to(frozenset({school_id}))
        rows = read(_TOLD, {"school": school_id, "marks": marks, "pupils": sorted(pupils[school_id])})
        for mark_id, version, value, code in rows:
            found[school_id, mark_id, version] = Sign(value, code).text
    return {key: sign for key, sign in found.items() if key in versions}
