"""Misconceptions of a class: two pupils at least, the own group, the own subject, thirty days."""

from datetime import timedelta
from typing import Any

from content_library import shelf
from school.classes.models import Course
from school.classes.queries import get_course, learners
from school.core import clock
from school.core.database import db, new_id
from school.core.transactions import unit_of_work
from school.people.models import Member
from school.progress.queries.mistakes import mistakes_of_group
from school.tasks.models import Attempt, Verdict
from school.tracks.models import Practice
from tests.browsing import SchoolClient
from tests.factories import Make

NAME = "Складывает знаменатели"


def wrong(make: Make, version: Any, pupil: Member, name: str = NAME, days: int = 2, main: Any = None) -> Attempt:
    """A wrong answer with the author's remark on it, some days ago."""
    item = next(iter(shelf.items_of(db.session(), version)))
    at = clock.now() - timedelta(days=days)
    attempt = Attempt(
        school_id=pupil.school_id, id=new_id(), pupil_id=pupil.id, unit_version_id=(main or version).id, seed=1, started_at=at,
        finished_at=at, points=0, max_points=1,
    )  # fmt: skip
    make.save(attempt)
    feedback = {"said": [], "remarks": [["Знаменатель остаётся.", name]]}
    with unit_of_work():
        db.session.add(
            Verdict(
                school_id=pupil.school_id,
                id=new_id(),
                attempt_id=attempt.id,
                item_id=item.id,
                answer_id=None,
                points=0,
                max_points=1,
                correct=False,
                feedback=feedback,
            )
        )
    return attempt


def test_what_two_pupils_show_is_a_misconception_of_the_class(client: SchoolClient, make: Make) -> None:
    course: Course = make.course(pupils=3)
    version = make.task(course.subject_id)
    first, second, third = make.pupils_of(course)
    for pupil in (first, second):
        wrong(make, version, pupil)
    wrong(make, version, third, "Один ошибся")
    wrong(make, version, third, "Давняя ошибка", days=40)
    wrong(make, version, first, "Давняя ошибка", days=40)
    other = make.task(make.subject().id)
    for pupil in (first, second):
        wrong(make, other, pupil, "Чужой предмет")
    elsewhere = make.course(make.school_class(make.school_of(course), letter="В"), pupils=2)
    for pupil in make.pupils_of(elsewhere):
        wrong(make, version, pupil, "Чужой класс")
    teacher = make.teacher_of(course)
    seen = get_course(make.actor(teacher, "teacher"), course.id)
    assert seen is not None
    (found,) = mistakes_of_group(seen, learners(seen, clock.today()), clock.today())
    assert found.name == NAME
    assert {one.id for one in found.pupils} == {first.id, second.id}
    client.sign_in(make.account_of(teacher))
    assert NAME in client.get(f"/s/{course.school_id}/courses/{course.id}/progress").text


def test_a_basis_of_another_subject_belongs_to_the_course_it_was_asked_in(make: Make) -> None:
    algebra: Course = make.course(pupils=2)
    physics: Course = make.course(make.group_of(algebra), subject=make.subject())
    foreign, own = make.task(make.subject().id), make.task(algebra.subject_id)
    pupils = make.pupils_of(algebra)
    work = make.homework(algebra)
    for pupil in pupils:
        asked = wrong(
            make, foreign, pupil, "В десяти минутах", main=own
        )  # the questions of a practice are of several units
        made = {"school_id": pupil.school_id, "id": new_id(), "pupil_id": pupil.id, "made_at": clock.now()}
        practice = Practice(**made, subject_id=algebra.subject_id, kind="ten", attempt_id=asked.id, topics=[])
        asked.given_for = practice.id
        make.save(asked, practice)
        given = wrong(make, foreign, pupil, "В домашнем задании")
        given.given_for = work.id
        make.save(given)
        wrong(make, foreign, pupil, "Сам по себе")
    found = {}
    for course in (algebra, physics):
        seen = get_course(make.actor(make.teacher_of(course), "teacher"), course.id)
        assert seen is not None
        found[course.id] = mistakes_of_group(seen, learners(seen, clock.today()), clock.today())
    assert {one.name for one in found[algebra.id]} == {"В десяти минутах", "В домашнем задании"}
    assert {one.unit_id for one in found[algebra.id]} == {foreign.unit_id}
    assert found[physics.id] == []
