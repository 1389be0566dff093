"""Of the whole school: pupils with too few marks before a term ends, and those whom one mark keeps from the next standing."""

import uuid
from collections import defaultdict
from datetime import date, timedelta
from fractions import Fraction
from typing import Any, cast

from sqlalchemy import Table, and_, or_, select

from school.classes.models import Regime
from school.classes.queries.relations import SCHOOL
from school.core import clock
from school.core.access import Actor
from school.core.database import read
from school.gradebook.queries.acts import find_act
from school.gradebook.scale import Rules, least_marks
from school.people.names import initials, short_name
from school.reports.queries.schools import school_signs
from school.reports.queries.tables import (
    COURSES,
    TERMS,
    TODAY,
    course,
    group,
    member,
    place,
    post,
    subject,
    term,
    total,
)
from school.reports.scale import one_short
from school.reports.seen import EndingTerm, FewLine, Period, ShortLine

regime = cast("Table", Regime.__table__)
LAST_DAYS = 21
"""Days before the end of a term from which on a school without an act of its own is warned."""


def lasting(table: Any) -> Any:
    """The dated row holds today."""
    return and_(
        table.c.school_id == SCHOOL, table.c.from_on <= TODAY, or_(table.c.to_on.is_(None), table.c.to_on >= TODAY)
    )


_TERMS = (
    select(term.c.id, term.c.number, term.c.name, term.c.starts_on, term.c.ends_on, term.c.locked_at, regime.c.kind)
    .select_from(term.join(regime, and_(regime.c.school_id == SCHOOL, regime.c.id == term.c.regime_id)))
    .where(term.c.school_id == SCHOOL, term.c.starts_on <= TODAY, term.c.ends_on >= TODAY)
    .order_by(term.c.ends_on, term.c.name)
)
_MARKS = (
    select(
        term.c.id,
        course.c.id,
        course.c.hours_a_week,
        group.c.name,
        group.c.id,
        group.c.year_level,
        subject.c.name_ru,
        subject.c.name_en,
        member.c.family_name,
        member.c.given_name,
        total.c.marks,
    )
    .select_from(
        term.join(group, and_(group.c.school_id == SCHOOL, group.c.regime_id == term.c.regime_id))
        .join(course, and_(course.c.school_id == SCHOOL, course.c.group_id == group.c.id))
        .join(subject, subject.c.id == course.c.subject_id)
        .join(place, and_(lasting(place), place.c.group_id == group.c.id))
        .join(member, and_(member.c.school_id == SCHOOL, member.c.id == place.c.pupil_id))
        .outerjoin(
            total,
            and_(
                total.c.school_id == SCHOOL,
                total.c.pupil_id == place.c.pupil_id,
                total.c.subject_id == course.c.subject_id,
                total.c.term_id == term.c.id,
            ),
        )
    )
    .where(term.c.school_id == SCHOOL, term.c.id.in_(TERMS))
    .order_by(group.c.year_level, group.c.name, subject.c.name_ru, member.c.sort_name)
)
_TEACHERS = (
    select(post.c.course_id, member.c.family_name, member.c.given_name, member.c.patronymic)
    .select_from(post.join(member, and_(member.c.school_id == SCHOOL, member.c.id == post.c.teacher_id)))
    .where(lasting(post), post.c.course_id.in_(COURSES))
    .order_by(member.c.sort_name)
)
_SEATS = (
    select(member.c.id, member.c.family_name, member.c.given_name, group.c.name, group.c.id)
    .select_from(
        place.join(member, and_(member.c.school_id == SCHOOL, member.c.id == place.c.pupil_id)).join(
            group, and_(group.c.school_id == SCHOOL, group.c.id == place.c.group_id)
        )
    )
    .where(lasting(place), group.c.kind == "class")
    .order_by(group.c.year_level, group.c.name, member.c.sort_name)
)
_MEANS = select(total.c.pupil_id, total.c.subject_id, total.c.value_sum, total.c.weight_sum).where(
    total.c.school_id == SCHOOL, total.c.term_id.in_(TERMS), total.c.weight_sum > 0
)


def few_marks(actor: Actor) -> tuple[list[EndingTerm], list[FewLine]]:
    """The running terms, and of those in their last weeks the journals with too few marks. Four statements."""
    school_id, today = actor.school_id or 0, clock.today()
    terms: list[EndingTerm] = []
    rules: dict[uuid.UUID, tuple[Rules, int, bool]] = {}
    for term_id, number, name, starts_on, ends_on, locked_at, kind in read(
        _TERMS, {"school": school_id, "today": today}
    ):
        act = find_act(school_id, starts_on)
        rule = act.rules if act else Rules(warn_days=LAST_DAYS)
        warns_on = ends_on - timedelta(days=rule.warn_days)
        is_open = locked_at is None or locked_at > clock.now()
        terms.append(
            EndingTerm(term_id, name, ends_on, (ends_on - today).days, warns_on, is_open and warns_on <= today)
        )
        rules[term_id] = (rule, number, kind == "half_years")
    names = {one.id: one.name for one in terms if one.is_warned}
    if not names:
        return terms, []
    found: dict[tuple[uuid.UUID, uuid.UUID], list[Any]] = defaultdict(list)
    for row in read(_MARKS, {"school": school_id, "today": today, "terms": sorted(names)}):
        found[row[0], row[1]].append(row)
    teachers = _teachers(school_id, {course_id for _term, course_id in found})
    lines = []
    for (term_id, course_id), rows in found.items():
        _term, _course, hours, group_name, group_id, level, name_ru, name_en, *_rest = rows[0]
        rule, number, is_half_year = rules[term_id]
        if rule.is_unmarked(level, number):
            continue
        least = least_marks(rule, hours, half_year=is_half_year)
        few = tuple((short_name(row[8], row[9]), row[10] or 0) for row in rows if (row[10] or 0) < least)
        if few:
            words = name_en if actor.locale == "en" else name_ru
            lines.append(
                FewLine(
                    names[term_id], course_id, group_name, words, teachers[course_id], least, len(rows), group_id, few
                )
            )
    return terms, lines


def one_short_pupils(actor: Actor, period: Period) -> list[ShortLine]:
    """Of every class of the period, in the order of classes."""
    school_id = actor.school_id or 0
    courses, signs = school_signs(actor, period)
    last = period.terms[-1]
    means = {
        (pupil_id, subject_id): Fraction(value, weight)
        for pupil_id, subject_id, value, weight in read(_MEANS, {"school": school_id, "terms": [last.id]})
    }
    of_pupil: dict[uuid.UUID, list[tuple[uuid.UUID, int | str]]] = defaultdict(list)
    for (pupil_id, course_id), sign in signs.items():
        of_pupil[pupil_id].append((course_id, sign))
    on = min(last.ends_on, max(clock.today(), last.starts_on))
    short = []
    for pupil_id, family, given, group_name, class_id in read(_SEATS, {"school": school_id, "today": on}):
        some = of_pupil.get(pupil_id, [])
        found = one_short([sign for _course, sign in some])
        if found:
            short.append((found[0], group_name, short_name(family, given), pupil_id, some[found[1]][0], class_id))
    teachers = _teachers(school_id, {one[4] for one in short}, on)
    lines = []
    for value, group_name, name, pupil_id, course_id, class_id in short:
        subject_id, _group_id, name_ru, name_en, _group = courses[course_id]
        words = name_en if actor.locale == "en" else name_ru
        mean = means.get((pupil_id, subject_id))
        lines.append(
            ShortLine(value, group_name, name, words, mean, teachers[course_id], class_id, pupil_id, subject_id)
        )
    return lines


def _teachers(school_id: int, courses: set[uuid.UUID], on: date | None = None) -> dict[uuid.UUID, str]:
    found: dict[uuid.UUID, list[str]] = defaultdict(list)
    if courses:
        values = {"school": school_id, "today": on or clock.today(), "courses": sorted(courses)}
        for course_id, *name in read(_TEACHERS, values):
            found[course_id].append(initials(*name))
    return {one: ", ".join(found[one]) for one in courses}
