"""Bells, years, terms and holidays; lessons to come follow every change at once."""

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, time
from typing import Any

from sqlalchemy import delete, or_, select

from school.classes.actions.foreseeing import settle
from school.classes.actions.generating import generate_lessons
from school.classes.errors import CannotDo
from school.classes.models import Bell, BellSchedule, Building, Holiday, Regime, SchoolYear, StudyGroup, Term
from school.classes.queries.hanging import rows_in_use
from school.classes.queries.stands import stands_to_come
from school.core import clock
from school.core.access import Actor
from school.core.database import db, new_id
from school.core.languages import gettext as _

LONGEST_YEAR = 400
"""Days."""
Times = Mapping[int, tuple[time, time]]


@dataclass(frozen=True, slots=True)
class Span:
    """A term as entered: both days belong to it."""

    name: str
    starts_on: date
    ends_on: date


def save_building(actor: Actor, building: Building | None, name: str, address: str) -> Building:
    """Name a building, or add one."""
    if building is None:
        building = Building(school_id=actor.school_id, id=new_id())
        db.session.add(building)
    building.name, building.address = name.strip(), address.strip()
    db.session.flush()
    return building


def save_bells(
    actor: Actor,
    building: Building,
    schedule: BellSchedule | None,
    *,
    name: str,
    shift: int,
    from_on: date,
    to_on: date | None,
    times: Times,
    agreed: str | None = None,
) -> BellSchedule:
    """Bells of a building and shift from a day on; one day alone (``to_on`` the same) is a short day.

    A new open schedule ends the open one before it. Raises ``CannotDo`` for bells that overlap or end before they begin; what
    the lessons of the building would run into and lose is refused and agreed to as in ``change_place``.
    """
    _check_times(times)
    if to_on is not None and to_on < from_on:
        raise CannotDo(_("The last day is before the first."))
    before = stands_to_come(building.school_id)
    with db.session.begin_nested():
        made = _write_bells(actor, building, schedule, name, shift, (from_on, to_on), times)
        settle(actor, before, _groups_of(building), agreed)
    return made


def _groups_of(building: Building) -> list[uuid.UUID]:
    return list(
        db.session.scalars(
            select(StudyGroup.id).where(
                StudyGroup.school_id == building.school_id, StudyGroup.building_id == building.id
            )
        )
    )


def _write_bells(
    actor: Actor,
    building: Building,
    schedule: BellSchedule | None,
    name: str,
    shift: int,
    days: tuple[date, date | None],
    times: Times,
) -> BellSchedule:
    if schedule is None:
        schedule = BellSchedule(school_id=actor.school_id, id=new_id(), building_id=building.id)
        db.session.add(schedule)
    schedule.name, schedule.shift, (schedule.from_on, schedule.to_on) = name.strip(), shift, days
    db.session.flush()
    db.session.execute(delete(Bell).where(Bell.school_id == schedule.school_id, Bell.schedule_id == schedule.id))
    for slot, (starts, ends) in sorted(times.items()):
        db.session.add(
            Bell(
                school_id=schedule.school_id,
                id=new_id(),
                schedule_id=schedule.id,
                slot=slot,
                starts=starts,
                ends=ends,
            )
        )
    db.session.flush()
    return schedule


def save_year(actor: Actor, year: SchoolYear | None, name: str, starts_on: date, ends_on: date) -> SchoolYear:
    """Open a school year or change its days; years do not overlap."""
    if not 0 < (ends_on - starts_on).days <= LONGEST_YEAR:
        raise CannotDo(_("The last day must come after the first, within about a year."))
    others = select(SchoolYear).where(
        SchoolYear.school_id == actor.school_id, SchoolYear.starts_on <= ends_on, SchoolYear.ends_on >= starts_on
    )
    if year is not None:
        others = others.where(SchoolYear.id != year.id)
    beside = db.session.scalars(others.limit(1)).first()
    if beside is not None:
        raise CannotDo(_("These dates belong to the school year %(name)s.", name=beside.name))
    if year is None:
        year = SchoolYear(school_id=actor.school_id, id=new_id())
        db.session.add(year)
    year.name, year.starts_on, year.ends_on = name.strip(), starts_on, ends_on
    db.session.flush()
    follow(actor)
    return year


def save_regime(
    actor: Actor,
    year: SchoolYear,
    regime: Regime | None,
    *,
    kind: str,
    name: str,
    days_a_week: int,
    spans: Sequence[Span],
) -> Regime:
    """Cut a year into terms. A day that has passed never changes its term: marks stand in it."""
    _check_spans(year, spans)
    if regime is None:
        regime = Regime(school_id=actor.school_id, id=new_id(), year_id=year.id)
        db.session.add(regime)
    regime.kind, regime.name, regime.days_a_week = kind, name.strip(), days_a_week
    db.session.flush()
    terms = list(
        db.session.scalars(
            select(Term).where(Term.school_id == regime.school_id, Term.regime_id == regime.id).order_by(Term.number)
        )
    )
    if terms:
        _keep_the_past([(one.starts_on, one.ends_on) for one in terms], spans, year)
    for number, span in enumerate(spans, start=1):
        values: dict[str, Any] = {"name": span.name, "starts_on": span.starts_on, "ends_on": span.ends_on}
        if number <= len(terms):
            for field, value in values.items():
                setattr(terms[number - 1], field, value)
        else:
            db.session.add(Term(school_id=regime.school_id, id=new_id(), regime_id=regime.id, number=number, **values))
    db.session.flush()
    follow(actor)
    _remove_terms(terms[len(spans) :])
    return regime


def add_holiday(
    actor: Actor, year: SchoolYear, name: str, starts_on: date, ends_on: date, regime: Regime | None = None
) -> Holiday:
    """Days without lessons, for all classes or for those of one regime. What has been held stays."""
    if ends_on < starts_on:
        raise CannotDo(_("The last day is before the first."))
    if starts_on < year.starts_on or ends_on > year.ends_on:
        raise CannotDo(_("These days are outside the school year."))
    holiday = Holiday(
        school_id=year.school_id,
        id=new_id(),
        year_id=year.id,
        regime_id=regime.id if regime else None,
        name=name.strip(),
        starts_on=starts_on,
        ends_on=ends_on,
    )
    db.session.add(holiday)
    db.session.flush()
    follow(actor)
    return holiday


def remove_holiday(actor: Actor, holiday: Holiday) -> None:
    """The days have lessons again."""
    db.session.delete(holiday)
    db.session.flush()
    follow(actor)


def follow(actor: Actor) -> None:
    """Let the lessons to come follow the calendar as it is now."""
    today = clock.today()
    years = db.session.scalars(
        select(SchoolYear).where(
            SchoolYear.school_id == actor.school_id, or_(SchoolYear.ends_on >= today, SchoolYear.starts_on > today)
        )
    ).all()
    for year in years:
        generate_lessons(actor, year, since=today)


def _check_times(times: Times) -> None:
    if not times:
        raise CannotDo(_("Enter at least one lesson."))
    before: tuple[int, time] | None = None
    for slot, (starts, ends) in sorted(times.items()):
        if ends <= starts:
            raise CannotDo(_("Lesson %(slot)s ends before it begins.", slot=slot))
        if before is not None and starts < before[1]:
            raise CannotDo(_("Lesson %(slot)s begins before lesson %(other)s ends.", slot=slot, other=before[0]))
        before = slot, ends


def _check_spans(year: SchoolYear, spans: Sequence[Span]) -> None:
    if not spans:
        raise CannotDo(_("Enter at least one term."))
    before: Span | None = None
    for span in spans:
        if span.ends_on < span.starts_on:
            raise CannotDo(_("“%(name)s” ends before it begins.", name=span.name))
        if span.starts_on < year.starts_on or span.ends_on > year.ends_on:
            raise CannotDo(_("“%(name)s” is outside the school year.", name=span.name))
        if before is not None and span.starts_on <= before.ends_on:
            raise CannotDo(_("“%(name)s” begins before “%(other)s” ends.", name=span.name, other=before.name))
        before = span


def _keep_the_past(old: list[tuple[date, date]], spans: Sequence[Span], year: SchoolYear) -> None:
    new = [(one.starts_on, one.ends_on) for one in spans]
    for n in range((clock.today() - year.starts_on).days):
        day = date.fromordinal(year.starts_on.toordinal() + n)
        if _number(old, day) not in {None, _number(new, day)}:
            raise CannotDo(_("Past days stay in their term, because they already have marks."))


def _number(spans: list[tuple[date, date]], day: date) -> int | None:
    return next((n for n, (starts, ends) in enumerate(spans) if starts <= day <= ends), None)


def _remove_terms(terms: list[Term]) -> None:
    if not terms:
        return
    used = rows_in_use(Term, terms[0].school_id, [one.id for one in terms])
    for term in terms:
        if term.id in used:
            raise CannotDo(_("“%(name)s” has lessons or marks, so it can't be removed.", name=term.name))
        db.session.delete(term)
    db.session.flush()
