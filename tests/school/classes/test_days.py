"""Lessons between two days: of a pupil's groups, and of a teacher with the lessons taken for others."""

from datetime import timedelta
from functools import partial

import pytest

from school.classes.models import Substitution
from school.classes.queries.days import lessons_ahead, lessons_of_pupil, lessons_of_pupils, lessons_of_teacher
from school.core import clock
from school.core.database import db
from school.people.models import School
from tests.factories import Make
from tests.statements import Statements


def test_a_pupil_sees_the_lessons_of_their_groups_only(make: Make, statements: Statements) -> None:
    course = make.course(pupils=1)
    pupil = make.pupils_of(course)[0]
    mine = [make.lesson(course, slot=2), make.lesson(course, days=1), make.lesson(course, days=9)]
    make.lesson(make.course(make.school_class(make.school(), letter="В")))
    today, school_id, pupil_id = clock.today(), course.school_id, pupil.id
    with statements.counted() as seen:
        found = lessons_of_pupil(school_id, pupil_id, today, today + timedelta(3))
    assert [one.id for one in found] == [mine[0].id, mine[1].id]
    assert len(seen) == 1
    assert found[0].is_held
    assert not found[0].presence_taken


def test_a_substitute_sees_the_lesson_and_its_owner_sees_who_takes_it(make: Make) -> None:
    course = make.course()
    lesson = make.lesson(course)
    owner = make.teacher_of(course)
    other = make.member(db.session.get_one(School, course.school_id), "teacher", given_name="Зоя", patronymic="Львовна")
    make.save(
        Substitution(
            school_id=course.school_id,
            lesson_id=lesson.id,
            teacher_id=other.id,
            made_at=clock.now(),
            made_by=owner.account_id,
        )
    )
    today = clock.today()
    for who in (owner, other):
        [found] = lessons_of_teacher(course.school_id, who.id, today, today)
        assert found.is_substituted
        assert found.teacher == "Зоя Львовна"


@pytest.mark.parametrize(("free_days", "expected"), [(0, 1), (2, 2), (12, 3)])
def test_ahead_is_the_next_school_day_however_far(
    make: Make, statements: Statements, free_days: int, expected: int
) -> None:
    course = make.course(pupils=2)
    school_id, ids = course.school_id, [one.id for one in make.pupils_of(course)]
    now, then = make.lesson(course), make.lesson(course, days=1 + free_days)
    expected_ids = [now.id, then.id]
    with statements.counted() as seen:
        found = lessons_ahead(partial(lessons_of_pupils, school_id, ids), clock.today())
    assert {person: [one.id for one in lessons] for person, lessons in found.items()} == dict.fromkeys(
        ids, expected_ids
    )
    assert len(seen) == expected
