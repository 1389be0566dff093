"""Bells, terms and holidays change, and the lessons to come follow; what has been held stays."""

from datetime import date, time, timedelta
from types import SimpleNamespace

import pytest
from sqlalchemy import select

from school.classes.actions import CannotDo, generate_lessons
from school.classes.actions.calendar import Span, add_holiday, remove_holiday, save_bells, save_regime, save_year
from school.classes.models import BellSchedule, Building, Lesson, Regime, SchoolYear, Term
from school.core import clock
from school.core.database import db
from school.core.transactions import unit_of_work
from tests.factories import Make


@pytest.fixture
def school(make: Make) -> SimpleNamespace:
    """A course with a lesson every day, five weeks of it made."""
    school = make.school()
    course = make.course(make.school_class(school))
    for weekday in range(1, 6):
        make.slot(course, weekday, 1)
    make.slot(make.course(make.school_class(make.school())), 1, 1)
    actor = make.actor(make.member(school, "admin"), "admin")
    year = one(SchoolYear, school)
    with unit_of_work():
        generate_lessons(actor, year)
    return SimpleNamespace(row=school, actor=actor, year=year, today=clock.today())


def one(model: type, school: object) -> object:
    return db.session.scalars(select(model).where(model.school_id == school.id)).one()


def lessons(school: SimpleNamespace, since: date, until: date) -> list[Lesson]:
    db.session.expire_all()
    rows = select(Lesson).where(
        Lesson.school_id == school.row.id, Lesson.on_date >= since, Lesson.on_date <= until, Lesson.state == "planned"
    )
    return list(db.session.scalars(rows.order_by(Lesson.on_date)))


def test_a_holiday_takes_its_lessons_and_gives_them_back(school: SimpleNamespace) -> None:
    since, until = school.today + timedelta(days=7), school.today + timedelta(days=13)
    past = school.today - timedelta(days=14)
    assert len(lessons(school, since, until)) == 5
    with unit_of_work():
        holiday = add_holiday(school.actor, one(SchoolYear, school.row), "Каникулы", past, until)
    assert lessons(school, since, until) == []
    assert lessons(school, past, school.today - timedelta(days=1)), "what has been held stays"
    with unit_of_work():
        remove_holiday(school.actor, holiday)
    assert len(lessons(school, since, until)) == 5
    for first, last in ((until, since), (school.today, school.today + timedelta(days=900))):
        with pytest.raises(CannotDo):
            add_holiday(school.actor, one(SchoolYear, school.row), "x", first, last)


def test_new_bells_ring_from_their_day_on(school: SimpleNamespace) -> None:
    since = school.today + timedelta(days=7)
    times = {1: (time(9), time(9, 40))}
    with unit_of_work():
        save_bells(
            school.actor,
            one(Building, school.row),
            None,
            name="С понедельника",
            shift=1,
            from_on=since,
            to_on=None,
            times=times,
        )
    assert {clock.local(row.starts_at).time() for row in lessons(school, since, school.year.ends_on)} == {time(9)}
    before = lessons(school, school.year.starts_on, since - timedelta(days=1))
    assert {clock.local(row.starts_at).time() for row in before} == {time(8, 30)}
    rows = db.session.scalars(select(BellSchedule).where(BellSchedule.school_id == school.row.id)).all()
    assert len(rows) == 2


def test_terms_are_cut_anew_ahead_but_never_behind(school: SimpleNamespace) -> None:
    year = one(SchoolYear, school.row)
    cut = school.today + timedelta(days=20)
    week = timedelta(days=7)
    spans = [Span("1-й", year.starts_on, cut), Span("2-й", cut + week, year.ends_on)]
    values = {"kind": "modules", "name": "Модули", "days_a_week": 5}
    with unit_of_work():
        save_regime(school.actor, year, one(Regime, school.row), spans=spans, **values)
    assert lessons(school, cut + timedelta(days=1), cut + week - timedelta(days=1)) == []
    terms = db.session.scalars(select(Term).where(Term.school_id == school.row.id).order_by(Term.number)).all()
    found = {row.term_id for row in lessons(school, cut + week, year.ends_on)}
    assert found == {terms[1].id}
    year = one(SchoolYear, school.row)
    with unit_of_work():
        save_regime(
            school.actor, year, one(Regime, school.row), spans=[Span("1-й", year.starts_on, year.ends_on)], **values
        )
    assert len(db.session.scalars(select(Term).where(Term.school_id == school.row.id)).all()) == 1
    year = one(SchoolYear, school.row)
    late = [Span("1-й", school.today, year.ends_on)]
    with pytest.raises(CannotDo):
        save_regime(school.actor, year, one(Regime, school.row), spans=late, **values)


def test_years_do_not_overlap(school: SimpleNamespace) -> None:
    year = one(SchoolYear, school.row)
    with pytest.raises(CannotDo):
        save_year(school.actor, None, "x", year.ends_on, year.ends_on + timedelta(days=100))
    with pytest.raises(CannotDo):
        save_year(school.actor, None, "x", year.ends_on, year.ends_on)
    with unit_of_work():
        save_year(school.actor, year, "2026/27", year.starts_on, year.ends_on - timedelta(days=7))
    assert lessons(school, year.ends_on + timedelta(days=1), year.ends_on + timedelta(days=7)) == []
