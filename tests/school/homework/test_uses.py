"""Counting how units are used, over schools and years."""

from datetime import timedelta

import pytest

from content_library import quality
from school.core import clock
from school.core.database import db, new_id
from school.core.transactions import unit_of_work
from school.homework.actions import recount_units
from school.homework.models import Homework
from school.homework.queries.setting import unit_choice
from school.tasks.models import Attempt
from tests.browsing import SchoolClient
from tests.factories import Make


def test_homework_and_attempts_of_all_schools_are_counted(client: SchoolClient, make: Make) -> None:
    task, unused = make.task(title="Дроби"), make.task(title="Никем не заданное")
    for n in range(2):
        course = make.course(make.school_class(make.school(), 7, "А"), pupils=6)
        make.lesson(course, days=1)
        homeworks = [make.homework(course, task=task) for _ in range(2 + n)]
        done = clock.now()
        with unit_of_work():
            for pupil in make.pupils_of(course):
                begun = done - timedelta(minutes=10 + n)
                says = {"unit_version_id": task.id, "seed": 1, "started_at": begun, "max_points": 4}
                db.session.add(
                    Attempt(school_id=course.school_id, pupil_id=pupil.id, finished_at=done, points=3, **says)
                )
                db.session.add(Attempt(school_id=course.school_id, pupil_id=pupil.id, **says))
    with unit_of_work():
        db.session.get_one(Homework, (course.school_id, homeworks[0].id)).withdrawn_at = clock.now()
    assert recount_units() == 1
    facts = quality.facts_of(db.session(), task.unit_id)
    assert facts is not None
    assert (facts.homeworks, facts.teachers, facts.schools, facts.tries) == (4, 2, 2, 12)
    assert (facts.minutes, facts.levels) == (10, {"7": 75})
    assert quality.facts_of(db.session(), unused.unit_id) is None
    client.sign_in(make.account())
    page = client.get(f"/library/{task.unit_id}").text
    for words in ("Задан 4 раза", "2 учителя", "2 школы", "Обычно занимает 10 минут", "7 класс — 75"):
        assert words in page, words
    assert "Как им пользуются" not in client.get(f"/library/{unused.unit_id}").text
    assert "задавали 4 раза" in client.get("/library?q=дроби").text


@pytest.mark.parametrize(("pupils", "offered"), [(9, 20), (10, 12)])
def test_the_form_offers_counted_minutes_where_there_are_enough(
    client: SchoolClient, make: Make, pupils: int, offered: int
) -> None:
    course = make.course(pupils=pupils)
    task = make.task(course.subject_id, title="Дроби", minutes=20)
    done = clock.now()
    with unit_of_work():
        for pupil in make.pupils_of(course):
            says = {"school_id": course.school_id, "pupil_id": pupil.id, "unit_version_id": task.id, "seed": 1}
            says |= {"points": 1, "max_points": 1, "finished_at": done}
            first = Attempt(started_at=done - timedelta(minutes=12), **says)
            db.session.add(first)
            db.session.flush()
            # Putting a mistake right takes a minute, but that is not how long the task takes.
            db.session.add(Attempt(started_at=done - timedelta(minutes=1), corrects_id=first.id, **says))
    recount_units()
    choice = unit_choice(task.id)
    assert choice is not None and choice.minutes == offered
    lesson, due = make.lesson(course), make.lesson(course, days=2)
    client.sign_in(make.account_of(make.teacher_of(course)))
    form = {"client_id": str(new_id()), "text": "", "way": "tick", "minutes": "25", "due": str(due.id), "whom": "all"}
    page = client.post(
        f"/s/{course.school_id}/lessons/{lesson.id}/homework/new", data=form | {"pick": str(task.id)}
    ).text
    assert f'value="{offered}"' in page
    assert ("Обычно занимает 12 минут (по 10 решениям)" in page) == (offered == 12)
