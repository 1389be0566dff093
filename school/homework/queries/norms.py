"""The school's own norms of homework."""

from typing import cast

from sqlalchemy import Table, and_, select

from school.classes.queries.relations import SCHOOL
from school.core.database import read
from school.homework.models import HomeworkNorm
from school.homework.norms import OwnRule
from school.people.models import Member
from school.people.names import initials

norm = cast("Table", HomeworkNorm.__table__)
member = cast("Table", Member.__table__)

_OWN = (
    select(
        norm.c.from_on,
        norm.c.source,
        norm.c.minutes,
        norm.c.weekends_to,
        member.c.family_name,
        member.c.given_name,
        member.c.patronymic,
    )
    .select_from(norm.join(member, and_(member.c.school_id == SCHOOL, member.c.id == norm.c.owner)))
    .where(norm.c.school_id == SCHOOL)
    .order_by(norm.c.from_on.desc())
)


def own_rules(school_id: int) -> list[OwnRule]:
    """The school's words, the newest first. One statement."""
    return [
        OwnRule(from_on, source, {int(n): one for n, one in minutes.items()}, weekends_to, initials(*name))
        for from_on, source, minutes, weekends_to, *name in read(_OWN, {"school": school_id})
    ]
