"""Who needs a teacher this week, over all courses on one page."""

from school.classes.queries import get_course
from school.core.database import db
from school.people.models import AccessFact
from school.progress.queries import course_progress, progress_of
from tests.browsing import SchoolClient
from tests.factories import Make
from tests.school.progress.test_routes import Room, room
from tests.school.progress.test_routes import marks as put_marks
from tests.statements import Statements

__all__ = ["room"]


def test_all_courses_of_a_teacher_stand_on_one_page(client: SchoolClient, room: Room, statements: Statements) -> None:
    make, teacher = room.make, room.people["teacher"]
    other = make.course(make.school_class(make.school_of(room.course), letter="Щ"), subject=make.subject(name_ru="Черчение"), pupils=2, teacher=teacher)  # fmt: skip
    strangers = make.course(make.school_class(make.school_of(room.course), letter="Э"), pupils=1)
    for course in (room.course, other, strangers):
        put_marks(make, course, make.pupils_of(course)[0], "222", 3)
    client.sign_in(make.account_of(teacher))
    url = f"/s/{room.school_id}/needs-me"
    client.get(url)
    with statements.counted() as sent:
        page = client.get(url).text
    assert len(sent) <= 14, sent
    assert page.count("Вся группа") == 2
    assert page.count("3 отметки «2»") + page.count("Двойки") + page.count("средний балл 2,00 (3 отметки)") >= 2
    assert "Черчение" in page
    assert make.group_of(strangers).name not in page
    facts = db.session.scalars(db.select(AccessFact).where(AccessFact.school_id == room.school_id)).all()
    shown = {room.course.group_id, other.group_id}
    assert sorted((fact.purpose, fact.group_id) for fact in facts) == sorted(
        ("progress", one) for one in [*shown] * 2
    ), "a fact for each group at each look"
    assert f'href="{url}"' in client.get(f"/s/{room.school_id}/teacher").text, "from home"
    for who in ("pupil", "parent"):
        client.sign_in(make.account_of(room.people[who]))
        assert client.get(url).status_code == 404


def test_several_courses_at_once_are_what_each_is_alone(make: Make) -> None:
    """Marks, works and absences of one course are nothing to another of the same class."""
    first = make.course(pupils=3)
    second = make.course(make.group_of(first), subject=make.subject(), teacher=make.teacher_of(first))
    for course, values in ((first, (2, 3, 5)), (second, (4,))):
        lesson = make.lesson(course, days=-2)
        column = make.column(lesson)
        for value, pupil in zip(values, make.pupils_of(first), strict=False):
            make.mark(column, pupil, value)
    make.homework(first)
    actor = make.actor(make.teacher_of(first), "teacher")
    courses = [found for one in (first, second) if (found := get_course(actor, one.id))]
    assert len(courses) == 2
    together = progress_of(courses)
    for one in courses:
        assert together[one.id] == course_progress(one)
    assert [line.mean for line in together[first.id].lines] != [line.mean for line in together[second.id].lines]
