"""What the administrator looks after: counted by hand, beside another school in the same state."""

from datetime import timedelta
from typing import Any

import pytest
from flask import Flask

from content_library.storage import StorageUnavailable
from school.classes.models import Course, TeachingPost
from school.core import clock
from school.core.database import db, new_id
from school.core.files import storage
from school.core.jobs.models import Job
from school.core.records.models import RecordEvent
from school.core.transactions import unit_of_work
from school.home.queries.admin import (
    classes_of_year,
    lacking_courses,
    last_import,
    roles_of_school,
    system_state,
)
from school.people.models import Member, School, SignIn
from school.roster.models import RosterRun
from tests.browsing import SchoolClient
from tests.factories import Make
from tests.statements import Statements

pytestmark = pytest.mark.usefixtures("noon")


@pytest.fixture(autouse=True)
def _ask_storage_again(app: Flask) -> None:
    app.extensions.pop("storage_answer", None)


def a_school(make: Make) -> tuple[School, Course, Member]:
    """A class of three with a course in the timetable and a class teacher, and the administrator."""
    school = make.school()
    group = make.school_class(school)
    course = make.course(group, pupils=3)
    make.slot(course, 1, 1)
    make.lead(group, make.teacher_of(course))
    return school, course, make.member(school, "admin")


def come(make: Make, member: Member) -> None:
    now = clock.now()
    make.save(
        SignIn(
            account_id=member.account_id,
            token_hash=new_id().bytes * 2,
            how="code",
            device="test",
            started_at=now,
            seen_at=now,
            expires_at=now,
            ended_at=now,
        )
    )


def end_post(course: Course) -> None:
    """The course's teacher stops teaching it yesterday."""
    with unit_of_work():
        db.session.execute(
            db.update(TeachingPost)
            .where(TeachingPost.school_id == course.school_id, TeachingPost.course_id == course.id)
            .values(to_on=clock.today() - timedelta(days=1))
        )


def run(make: Make, school: School, **values: Any) -> RosterRun:
    default = {
        "batch_id": new_id(),
        "kind": "roster",
        "source": "test",
        "files": "roster.zip",
        "made_at": clock.now(),
        "new": 3,
        "changed": 2,
        "gone": 1,
        "people": [],
    }
    return make.save(RosterRun(school_id=school.id, **{**default, **values}))


def job(make: Make, state: str, **values: Any) -> None:
    now = clock.now()
    finished = now if state in {"done", "dead"} else None
    default = {"kind": "test", "payload": {}, "run_at": now, "max_tries": 3, "state": state, "created_at": now}
    make.save(Job(**{**default, "finished_at": finished, **values}))


def test_people_are_counted_by_role_and_by_whether_they_came(make: Make) -> None:
    school, course, admin = a_school(make)
    one, two, _ = make.pupils_of(course)
    make.parent(school, one)
    for member in (one, two, make.teacher_of(course)):
        come(make, member)
    a_school(make)
    roles = roles_of_school(make.actor(admin, "admin"))
    assert {kind: (one.people, one.never_here) for kind, one in roles.items()} == {
        "pupil": (3, 1),
        "parent": (1, 1),
        "teacher": (1, 0),
        "admin": (1, 1),
    }
    (state,) = classes_of_year(make.actor(admin, "admin"))
    assert (state.name, state.has_leader, state.pupils, state.never_here) == ("7 «Б»", True, 3, 1)


def test_classes_and_courses_that_lack_something_are_named(make: Make) -> None:
    school, course, admin = a_school(make)
    bare = make.school_class(school, year_level=8)
    no_slot = make.course(bare)
    post_ended = make.course(bare)
    make.slot(post_ended, 1, 2)
    end_post(post_ended)
    last = make.year(
        school,
        starts_on=clock.today() - timedelta(days=400),
        ends_on=clock.today() - timedelta(days=120),
    )
    make.course(make.school_class(school, year_level=6, year=last))
    a_school(make)
    actor = make.actor(admin, "admin")
    assert [(one.name, one.has_leader, one.pupils) for one in classes_of_year(actor)] == [
        ("7 «Б»", True, 3),
        ("8 «Б»", False, 0),
    ]
    found = {one.id: (one.has_teacher, one.has_place) for one in lacking_courses(actor)}
    assert found == {no_slot.id: (True, False), post_ended.id: (False, True)}
    assert course.id not in found


def test_the_last_roster_import_is_the_newest_of_this_school(make: Make) -> None:
    school, _course, admin = a_school(make)
    actor = make.actor(admin, "admin")
    assert last_import(actor) is None
    run(make, school, files="old.zip", made_at=clock.now() - timedelta(days=2))
    run(make, school, made_by=admin.account_id, made_at=clock.now() - timedelta(days=1))
    run(make, school, files="timetable.csv", kind="timetable")
    run(make, make.school(), files="foreign.zip")
    found = last_import(actor)
    assert found is not None
    assert (found.files, found.by, found.new, found.changed, found.gone) == (
        "roster.zip",
        make.account_of(admin).name,
        3,
        2,
        1,
    )


def test_the_system_is_seen_by_its_jobs_and_its_record(make: Make) -> None:
    school, _course, admin = a_school(make)
    early = clock.now() - timedelta(minutes=20)
    job(make, "waiting", run_at=early)
    job(make, "running", run_at=clock.now() + timedelta(hours=1))
    job(make, "dead")
    job(make, "done")
    for owner in (school, make.school()):
        make.save(RecordEvent(school_id=owner.id, kind="mark.set", thing_id=new_id(), at=clock.now(), payload="{}"))
    state = system_state(make.actor(admin, "admin"))
    assert (state.jobs, state.waiting_since, state.dead) == (2, early, 1)
    assert (state.sealed, state.sealed_at, state.unsealed_since) == (0, None, clock.now())


def test_the_page_speaks_in_words_and_few_statements(client: SchoolClient, make: Make, statements: Statements) -> None:
    school, course, admin = a_school(make)
    run(make, school)
    client.sign_in(make.account_of(admin))
    with statements.counted() as seen:
        text = client.get(f"/s/{school.id}/admin").text
    assert "Всё в порядке" in text
    assert "roster.zip, сегодня в 12:00" in text
    assert "3 из 3" in text
    assert f"/s/{school.id}/classes/{course.group_id}/keys" in text
    assert make.pupils_of(course)[0].family_name not in text
    assert len(seen) <= 7


def test_what_is_wrong_comes_first(
    client: SchoolClient, make: Make, app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    school, course, admin = a_school(make)
    client.sign_in(make.account_of(admin))
    end_post(course)
    assert "У 1 курса нет учителя" in client.get(f"/s/{school.id}/admin").text
    job(make, "waiting", run_at=clock.now() - timedelta(minutes=20))
    assert "Задачи ждут, и никто их не выполняет" in client.get(f"/s/{school.id}/admin").text
    job(make, "dead")
    assert "1 задача не выполнена" in client.get(f"/s/{school.id}/admin").text

    def silent() -> None:
        raise StorageUnavailable("no answer")

    app.extensions.pop("storage_answer", None)
    monkeypatch.setattr(storage(), "check", silent)
    assert "Хранилище файлов не отвечает" in client.get(f"/s/{school.id}/admin").text


def test_a_new_school_is_told_the_first_step(client: SchoolClient, make: Make) -> None:
    school = make.school()
    client.sign_in(make.account_of(make.member(school, "admin")))
    text = client.get(f"/s/{school.id}/admin").text
    assert "Первый шаг" in text
    assert "Загрузите классы, учеников и учителей из файла" in text
    assert f"/s/{school.id}/roster" in text


def test_the_page_is_the_administrators_alone(client: SchoolClient, make: Make) -> None:
    school, course, admin = a_school(make)
    for member, status in (
        (admin, 200),
        (make.member(school, "head"), 404),
        (make.teacher_of(course), 404),
        (make.member(make.school(), "admin"), 404),
    ):
        client.sign_in(make.account_of(member))
        assert client.get(f"/s/{school.id}/admin").status_code == status
