"""The newest marks of pupils, as their families may see them."""

import uuid
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, time
from typing import Any, cast

from sqlalchemy import Table, and_, bindparam, case, or_, select
from sqlalchemy.types import Integer

from content_library.models import Subject
from school.classes.queries.relations import SCHOOL
from school.core import clock
from school.core.database import Id, Moment, read
from school.gradebook.models import Column, Mark, MarkCode, WorkType

mark = cast("Table", Mark.__table__)
column = cast("Table", Column.__table__)
work_type = cast("Table", WorkType.__table__)
subject = cast("Table", Subject.__table__)

NOW = bindparam("now", type_=Moment)
PUPILS = bindparam("pupils", type_=Id, expanding=True)

_released = mark.c.released_at <= NOW
_changed = or_(
    mark.c.value.is_distinct_from(mark.c.released_value),
    mark.c.code.is_distinct_from(mark.c.released_code),
    mark.c.origin.is_distinct_from(mark.c.released_origin),
)
_seen_since = case((and_(_released, _changed), mark.c.released_at), else_=mark.c.released_since)
"""As ``gradebook.release.seen_since``."""
SINCE = bindparam("since", type_=Moment)
_value = case((_released, mark.c.value), else_=mark.c.released_value)
_code = case((_released, mark.c.code), else_=mark.c.released_code)
_NEWEST = (
    select(
        mark.c.pupil_id,
        subject.c.name_ru,
        subject.c.name_en,
        subject.c.tint,
        _value,
        _code,
        mark.c.weight,
        work_type.c.name,
        column.c.title,
        mark.c.on_date,
    )
    .select_from(
        mark.join(column, and_(column.c.school_id == SCHOOL, column.c.id == mark.c.column_id))
        .join(work_type, and_(work_type.c.school_id == SCHOOL, work_type.c.id == column.c.work_type_id))
        .join(subject, subject.c.id == mark.c.subject_id)
    )
    .where(
        mark.c.school_id == SCHOOL,
        mark.c.pupil_id.in_(PUPILS),
        mark.c.released_at >= SINCE,  # it never lies before the moment that counts, and there is an index of it
        _seen_since >= SINCE,
        or_(_value.is_not(None), _code != MarkCode.DOT.value),  # a dot is work that is owed: it stands among the debts
    )
    .order_by(_seen_since.desc(), mark.c.on_date.desc(), mark.c.id)
    .limit(bindparam("most", type_=Integer))
)


@dataclass(frozen=True, slots=True)
class NewMark:
    """A mark with what it was for."""

    pupil_id: uuid.UUID
    subject: str
    tint: int
    sign: str
    """«4», «н/а»."""
    value: int | None
    weight: int
    work: str
    """«Контрольная работа»."""
    title: str
    on_date: date


def newest_marks(
    school_id: int, pupil_ids: Collection[uuid.UUID], since: date, locale: str = "ru", most: int = 100
) -> list[NewMark]:
    """Marks that these families see since a day of ``since`` or later, whenever their lessons were; at most ``most``.

    The newest first. One statement.
    """
    begins = clock.moscow(since, time())
    rows = read(
        _NEWEST, {"school": school_id, "pupils": list(pupil_ids), "since": begins, "now": clock.now(), "most": most}
    )
    made = []
    for row in rows:
        pupil_id, name_ru, name_en, tint, value, code, weight, work, title, on_date = tuple[Any, ...](row)
        name = name_en if locale == "en" else name_ru
        sign = code if value is None else str(value)
        made.append(NewMark(pupil_id, name, tint + 1, sign, value, weight, work, title, on_date))
    return made
