"""Outside diagnostics of a school: what was brought in, beside the school's marks and beside an earlier diagnostic."""

import uuid
from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Protocol, cast

from sqlalchemy import Table, and_, bindparam, func, select
from sqlalchemy.types import Date, Integer, String

from content_library.models import Subject
from school.classes.models import Enrolment, GroupKind, StudyGroup, Term
from school.classes.queries.relations import SCHOOL, lasting
from school.core import clock
from school.core.database import Id, read
from school.gradebook.models import SubjectTotal
from school.people.models import Member
from school.people.names import short_name
from school.progress.comparing import Mean, deviation, left_over, mean_of, standardised
from school.progress.models import OutsideResult
from school.progress.pasted import plain

YEAR = timedelta(days=300)
"""Marks of terms that began so long before the diagnostic stand beside it."""


class OfClass(Protocol):
    """A class of the school."""

    @property
    def school_id(self) -> int:
        """Its school."""

    @property
    def id(self) -> uuid.UUID:
        """Its id."""


result = cast("Table", OutsideResult.__table__)
subject = cast("Table", Subject.__table__)
group = cast("Table", StudyGroup.__table__)
place = cast("Table", Enrolment.__table__)
member = cast("Table", Member.__table__)
term = cast("Table", Term.__table__)
total = cast("Table", SubjectTotal.__table__)
ON = bindparam("on", type_=Date)
OF = bindparam("subject", type_=Integer)


@dataclass(frozen=True, slots=True)
class Sitting:
    """A diagnostic on a day."""

    subject_id: int
    subject: str
    tint: int
    name: str
    on_date: date
    pupils: int
    brought_at: datetime
    """When its results were brought in last."""


@dataclass(frozen=True, slots=True)
class ClassLine:
    """A class in a diagnostic; means of fewer than five pupils are None."""

    class_id: uuid.UUID
    name: str
    n: int
    percent: Mean | None
    mark: Mean | None
    """The school's own mean mark of those pupils."""
    gap: Mean | None
    """Marks less results, in standard deviations: above nought the school marks kinder here than elsewhere."""
    added: Mean | None
    """Above what the earlier diagnostic let expect, in points of per cent."""


@dataclass(frozen=True, slots=True)
class PupilLine:
    """One row behind the figures of a class; what is not known is None."""

    pupil_id: uuid.UUID
    name: str
    percent: int
    mark: float | None
    gap: float | None
    before: int | None
    """The earlier result."""
    added: float | None


@dataclass(frozen=True, slots=True)
class Compared:
    """A diagnostic with its classes by name."""

    sitting: Sitting
    lines: list[ClassLine]
    earlier: Sitting | None
    spread: float
    """Standard deviation of what is left over, for the walls of the funnel."""


_SITTINGS = (
    select(result.c.subject_id, subject.c.name_ru, subject.c.name_en, subject.c.tint, result.c.name, result.c.on_date, func.count(), func.max(result.c.brought_at))
    .select_from(result.join(subject, subject.c.id == result.c.subject_id))
    .where(result.c.school_id == SCHOOL)
    .group_by(result.c.subject_id, subject.c.name_ru, subject.c.name_en, subject.c.tint, result.c.name, result.c.on_date)
    .order_by(result.c.on_date.desc(), subject.c.name_ru, result.c.name)
)  # fmt: skip
_RESULTS = (
    select(result.c.pupil_id, group.c.id, group.c.name, result.c.percent)
    .select_from(result.join(group, and_(group.c.school_id == SCHOOL, group.c.id == result.c.class_id)))
    .where(
        result.c.school_id == SCHOOL,
        result.c.subject_id == OF,
        result.c.on_date == ON,
        result.c.name == bindparam("name", type_=String),
    )
    .order_by(group.c.year_level, group.c.name)
)
_MARKS = (
    select(total.c.pupil_id, func.sum(total.c.value_sum), func.sum(total.c.weight_sum))
    .select_from(total.join(term, and_(term.c.school_id == SCHOOL, term.c.id == total.c.term_id)))
    .where(
        total.c.school_id == SCHOOL,
        total.c.subject_id == OF,
        term.c.starts_on <= ON,
        term.c.starts_on > bindparam("since", type_=Date),
    )
    .group_by(total.c.pupil_id)
)
_PUPILS = (
    select(member.c.id, member.c.family_name, member.c.given_name, group.c.id, group.c.name)
    .select_from(
        place.join(group, and_(group.c.school_id == SCHOOL, group.c.id == place.c.group_id)).join(
            member, and_(member.c.school_id == SCHOOL, member.c.id == place.c.pupil_id)
        )
    )
    .where(lasting(place), group.c.kind == GroupKind.CLASS.value)
)


_NAMES = select(member.c.id, member.c.family_name, member.c.given_name).where(
    member.c.school_id == SCHOOL, member.c.id.in_(bindparam("pupils", type_=Id, expanding=True))
)


def pupils_by_name(school_id: int) -> dict[tuple[str, str], tuple[uuid.UUID, uuid.UUID]]:
    """Pupil and class by the class's and the pupil's name as ``plain`` writes them; who shares both with another is left out."""
    found: dict[tuple[str, str], tuple[uuid.UUID, uuid.UUID]] = {}
    twice = set()
    for pupil_id, family, given, class_id, name in read(_PUPILS, {"school": school_id, "today": clock.today()}):
        key = plain(name), plain(short_name(family, given))
        if key in found:
            twice.add(key)
        found[key] = pupil_id, class_id
    return {key: one for key, one in found.items() if key not in twice}


def sittings_of(school_id: int, locale: str) -> list[Sitting]:
    """The newest first. One statement."""
    return [
        Sitting(row[0], row[2] if locale == "en" else row[1], row[3] + 1, *row[4:])
        for row in read(_SITTINGS, {"school": school_id})
    ]


@dataclass(frozen=True, slots=True)
class _Result:
    """A pupil in a diagnostic, beside the marks and the earlier one."""

    pupil_id: uuid.UUID
    class_id: uuid.UUID
    class_name: str
    percent: int
    mark: float | None
    gap: float | None
    before: int | None
    added: float | None


def compared(school_id: int, sitting: Sitting, others: list[Sitting]) -> Compared:
    """Three statements with an earlier diagnostic of the subject, else two."""
    earlier, results = _reckoned(school_id, sitting, others)
    classes: dict[tuple[uuid.UUID, str], list[_Result]] = defaultdict(list)
    for one in results:
        classes[one.class_id, one.class_name].append(one)
    lines = [
        ClassLine(
            class_id,
            name,
            len(some),
            mean_of([one.percent for one in some]),
            mean_of([one.mark for one in some if one.mark is not None]),
            mean_of([one.gap for one in some if one.gap is not None]),
            mean_of([one.added for one in some if one.added is not None]),
        )
        for (class_id, name), some in classes.items()
    ]
    return Compared(sitting, lines, earlier, deviation([one.added for one in results if one.added is not None]))


def behind(of: OfClass, sitting: Sitting, others: list[Sitting]) -> tuple[Sitting | None, list[PupilLine]]:
    """The earlier diagnostic, and the rows behind the figures of one class by the pupils' names. Four statements at most."""
    earlier, results = _reckoned(of.school_id, sitting, others)
    own = [one for one in results if one.class_id == of.id]
    asked = {"school": of.school_id, "pupils": [one.pupil_id for one in own]}
    names = {row[0]: short_name(row[1], row[2]) for row in read(_NAMES, asked)} if own else {}
    lines = [
        PupilLine(one.pupil_id, names[one.pupil_id], one.percent, one.mark, one.gap, one.before, one.added)
        for one in own
    ]
    return earlier, sorted(lines, key=lambda line: line.name)


def _reckoned(school_id: int, sitting: Sitting, others: list[Sitting]) -> tuple[Sitting | None, list[_Result]]:
    rows = _results(school_id, sitting)
    asked = {"school": school_id, "subject": sitting.subject_id, "on": sitting.on_date, "since": sitting.on_date - YEAR}
    marks = {row[0]: row[1] / row[2] for row in read(_MARKS, asked) if row[2]}
    both = [(row[0], marks[row[0]], row[3]) for row in rows if row[0] in marks]
    z_marks, z_results = standardised([one[1] for one in both]), standardised([one[2] for one in both])
    gaps = {one[0]: mark - outside for one, mark, outside in zip(both, z_marks, z_results, strict=True)}
    before = [one for one in others if one.subject_id == sitting.subject_id and one.on_date < sitting.on_date]
    earlier = max(before, key=lambda one: one.on_date) if before else None
    first = {row[0]: row[3] for row in _results(school_id, earlier)} if earlier else {}
    twice = [(row[0], first[row[0]], row[3]) for row in rows if row[0] in first]
    rest = left_over([one[1] for one in twice], [one[2] for one in twice])
    added = {one[0]: value for one, value in zip(twice, rest, strict=True)}
    return earlier, [
        _Result(*row, marks.get(row[0]), gaps.get(row[0]), first.get(row[0]), added.get(row[0])) for row in rows
    ]


def _results(school_id: int, sitting: Sitting) -> list[tuple[uuid.UUID, uuid.UUID, str, int]]:
    asked: dict[str, Any] = {
        "school": school_id,
        "subject": sitting.subject_id,
        "on": sitting.on_date,
        "name": sitting.name,
    }
    return [(row[0], row[1], row[2], row[3]) for row in read(_RESULTS, asked)]
