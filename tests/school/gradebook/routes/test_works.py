"""Marking homework from its review: one press accepts the work and puts the mark; proposals wait for a person."""

from school.classes.models import Lesson
from school.core.database import db, new_id
from school.core.transactions import unit_of_work
from school.gradebook.models import Column, Mark
from school.homework.actions import hand_in
from school.homework.models import Assignment, HandInWay, Homework
from school.people.models import Member
from tests.browsing import SchoolClient
from tests.factories import Make
from tests.school.gradebook.rooms import Room, room
from tests.school.gradebook.routes.test_grid import somebody


def handed_in_by(make: Make, at: Room, *pupils: Member) -> Homework:
    homework = make.homework(at.course, way=HandInWay.TEXT, due=at.lesson, text="Параграф 12")
    for pupil in pupils:
        me = make.actor(pupil, "pupil")
        with unit_of_work():
            hand_in(me, make.seen(me, homework), new_id(), text="Ответ")
    return homework


def marks(at: Room) -> dict[object, tuple[int | None, str]]:
    db.session.expire_all()
    rows = db.session.scalars(
        db.select(Mark).where(Mark.school_id == at.course.school_id, Mark.course_id == at.course.id)
    )
    return {row.pupil_id: (row.value, row.comment) for row in rows}


def url_of(at: Room, homework: Homework, rest: str) -> str:
    return f"/s/{at.course.school_id}/homework/{homework.id}/{rest}"


def test_one_press_accepts_and_marks(make: Make, client: SchoolClient) -> None:
    at = room(make, days=0)
    homework = handed_in_by(make, at, at.pupils[0], at.pupils[1])
    client.sign_in(make.account_of(at.teacher))
    assert "Поставить 5 и принять" in client.get(url_of(at, homework, "review")).text
    answer = client.post(
        url_of(at, homework, f"marks/{at.pupils[0].id}"), data={"sign": "5", "version": "1", "comment": "Отлично"}
    )
    assert answer.location.endswith(f"pupil={at.pupils[1].id}")
    assert marks(at) == {at.pupils[0].id: (5, "Отлично")}
    column = db.session.scalars(
        db.select(Column).where(Column.school_id == at.course.school_id, Column.homework_id == homework.id)
    ).one()
    assert (column.lesson_id, column.title, column.weight) == (at.lesson.id, "Параграф 12", 1)
    state = db.session.scalars(
        db.select(Assignment.state).where(
            Assignment.school_id == at.course.school_id, Assignment.pupil_id == at.pupils[0].id
        )
    ).one()
    assert state == "checked"
    assert "В журнале:" in client.get(url_of(at, homework, f"review?pupil={at.pupils[0].id}")).text
    client.post(url_of(at, homework, f"marks/{at.pupils[1].id}"), data={"sign": "3", "version": "1"})
    assert marks(at)[at.pupils[1].id] == (3, "")


def test_a_work_changed_meanwhile_is_neither_accepted_nor_marked(make: Make, client: SchoolClient) -> None:
    at = room(make, days=0)
    homework = handed_in_by(make, at, at.pupils[0])
    client.sign_in(make.account_of(at.teacher))
    answer = client.post(url_of(at, homework, f"marks/{at.pupils[0].id}"), data={"sign": "5", "version": "7"})
    assert answer.status_code == 409
    assert marks(at) == {}
    wrong = client.post(url_of(at, homework, f"marks/{at.pupils[0].id}"), data={"sign": "9", "version": "1"})
    assert wrong.status_code == 303
    assert marks(at) == {}


def test_homework_before_any_lesson_has_no_place_in_the_journal(make: Make, client: SchoolClient) -> None:
    at = room(make, days=0)
    homework = handed_in_by(make, at, at.pupils[0])
    with unit_of_work():
        db.session.execute(
            db.update(Lesson)
            .where(Lesson.school_id == at.course.school_id, Lesson.id == at.lesson.id)
            .values(state="cancelled")
        )
    client.sign_in(make.account_of(at.teacher))
    page = client.post(
        url_of(at, homework, f"marks/{at.pupils[0].id}"), data={"sign": "5", "version": "1"}, follow_redirects=True
    )
    assert "Ещё не было урока" in page.text
    assert marks(at) == {}


def test_proposals_are_put_by_one_act(make: Make, client: SchoolClient) -> None:
    at = room(make, days=0)
    homework = make.homework(at.course, task=make.task(at.course.subject_id), due=at.lesson)
    for pupil in at.pupils[:2]:
        client.sign_in(make.account_of(pupil))
        started = client.post(url_of(at, homework, "task"))
        client.post(f"{started.location}/finish")
    client.sign_in(make.account_of(at.teacher))
    assert marks(at) == {}
    assert "Поставить 2 предложенные отметки" in client.get(url_of(at, homework, "review")).text
    client.post(url_of(at, homework, "marks"))
    assert marks(at) == {pupil.id: (2, "") for pupil in at.pupils[:2]}
    client.post(url_of(at, homework, "marks"))
    assert len(marks(at)) == 2
    client.sign_in(make.account_of(at.pupils[0]))
    assert client.get(f"/s/{at.course.school_id}/pupils/{at.pupils[0].id}/marks").status_code == 200


def test_who_marks_homework(make: Make, client: SchoolClient) -> None:
    at = room(make, days=0)
    homework = handed_in_by(make, at, at.pupils[0])
    for who in ("colleague", "pupil", "parent", "class teacher", "other school"):
        client.sign_in(make.account_of(somebody(make, at, who)))
        assert client.post(url_of(at, homework, f"marks/{at.pupils[0].id}"), data={"sign": "5"}).status_code == 404, who
        assert client.post(url_of(at, homework, "marks")).status_code == 404, who
