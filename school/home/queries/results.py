"""How a school's year levels stand in the running term, by the kept totals of marks: what ``level_result`` is counted from."""

import uuid
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, cast

from sqlalchemy import Integer, Table, and_, bindparam, case, func, select
from sqlalchemy.types import Date

from school.classes.models import Enrolment, GroupKind, StudyGroup, Term
from school.classes.queries.relations import SCHOOL, TODAY, lasting
from school.core import clock
from school.core.database import read
from school.gradebook.models import SubjectTotal
from school.gradebook.queries import find_act
from school.gradebook.scale import Rules
from school.people.models import School

place = cast("Table", Enrolment.__table__)
group = cast("Table", StudyGroup.__table__)
term = cast("Table", Term.__table__)
total = cast("Table", SubjectTotal.__table__)

BREAK_DAYS = 21
"""A term is shown so many days after its end, until the next one begins."""

_later = term.alias("later")
RUNNING = and_(
    term.c.school_id == SCHOOL,
    term.c.starts_on <= TODAY,
    term.c.ends_on >= bindparam("not_before", type_=Date),
    # The newest begun one of its regime; as a value and not an EXISTS, so that terms are chosen before their totals are read.
    term.c.starts_on
    == select(func.max(_later.c.starts_on))
    .where(_later.c.school_id == SCHOOL, _later.c.regime_id == term.c.regime_id, _later.c.starts_on <= TODAY)
    .correlate(term)
    .scalar_subquery(),
)
_mean = total.c.value_sum * 100
_worst = func.min(
    case(
        (_mean >= total.c.weight_sum * bindparam("good", type_=Integer), 2),
        (_mean >= total.c.weight_sum * bindparam("enough", type_=Integer), 1),
        else_=0,
    )
)
# Pupils first, their classes afterwards: there are ten totals for each pupil.
_BY_PUPIL = (
    select(total.c.term_id, total.c.pupil_id, _worst.label("worst"))
    .select_from(term.join(total, and_(total.c.school_id == SCHOOL, total.c.term_id == term.c.id)))
    .where(RUNNING, total.c.weight_sum > 0)
    .group_by(total.c.term_id, total.c.pupil_id)
    .subquery("by_pupil")
)
_named = term.alias("named")
_QUALITY = (
    select(
        _named.c.id,
        group.c.year_level,
        _named.c.name,
        func.count(),
        func.sum(case((_BY_PUPIL.c.worst >= 1, 1), else_=0)),
        func.sum(case((_BY_PUPIL.c.worst >= 2, 1), else_=0)),
    )
    .select_from(
        _BY_PUPIL.join(_named, and_(_named.c.school_id == SCHOOL, _named.c.id == _BY_PUPIL.c.term_id))
        .join(place, and_(lasting(place), place.c.pupil_id == _BY_PUPIL.c.pupil_id))
        .join(
            group,
            and_(
                group.c.school_id == SCHOOL,
                group.c.id == place.c.group_id,
                group.c.kind == GroupKind.CLASS.value,
                # The class of this very year, for last year's enrolment may still be open.
                group.c.regime_id == _named.c.regime_id,
            ),
        )
    )
    .group_by(_named.c.id, group.c.year_level, _named.c.name)
    .order_by(group.c.year_level, _named.c.name)
)


@dataclass(frozen=True, slots=True)
class Level:
    """A year level's results in the running term, by pupils who have marks."""

    term_id: uuid.UUID
    year_level: int
    term: str
    pupils: int
    passing: int
    """Whose mean is enough for a 3 in every subject."""
    good: int
    """Whose mean is enough for a 4 in every subject."""


@dataclass(frozen=True, slots=True)
class Thresholds:
    """Means from which a 3 and a 4 are possible by the school's act, in hundredths."""

    enough: int
    good: int


def thresholds_of(school: School) -> Thresholds:
    """By the act in force today; by the usual rules where the school has none yet. One statement."""
    act = find_act(school.id, clock.today())
    possible = (act.rules if act else Rules()).possible_from
    return Thresholds(possible[3], possible[4])


def level_results(school: School, thresholds: Thresholds) -> list[Level]:
    """Year levels with marks in their running term. One statement over the kept totals."""
    today = clock.today()
    rows = read(
        _QUALITY,
        {
            "school": school.id,
            "today": today,
            "not_before": today - timedelta(BREAK_DAYS),
            "enough": thresholds.enough,
            "good": thresholds.good,
        },
    )
    return [Level(*tuple[Any, ...](row)) for row in rows]
