"""A lesson's page tells what homework hangs on it: all of it to its teacher, one's own to a family."""

from school.classes.queries import get_lesson
from school.homework.queries.lessons import homework_around
from tests.browsing import SchoolClient
from tests.factories import Make
from tests.statements import Statements


def test_what_is_due_and_what_is_set(client: SchoolClient, make: Make, statements: Statements) -> None:
    course = make.course(pupils=2)
    first, second = make.pupils_of(course)
    lesson, following = make.lesson(course), make.lesson(course, days=1)
    make.homework(course, lesson=lesson, due=following, text="Всем: № 5")
    make.homework(course, lesson=lesson, due=following, pupils=(first,), text="Одному: № 6")
    make.homework(make.course(pupils=1), text="Чужое")
    teacher = make.actor(make.teacher_of(course), "teacher")
    seen = get_lesson(teacher, following.id)
    assert seen is not None
    with statements.counted() as sent:
        found = homework_around(teacher, seen, whole=True)
    assert len(sent) == 1
    assert [(one.title, one.is_due_here, one.was_set_here) for one in found] == [
        ("Всем: № 5", True, False),
        ("Одному: № 6", True, False),
    ]
    for member, titles in (
        (first, ["Всем: № 5", "Одному: № 6"]),
        (second, ["Всем: № 5"]),
    ):
        reader = make.actor(member, "pupil")
        theirs = get_lesson(reader, lesson.id)
        assert theirs is not None
        assert [one.title for one in homework_around(reader, theirs, whole=False)] == titles
    parent = make.actor(make.parent(make.school_of(course), first), "parent")
    theirs = get_lesson(parent, lesson.id)
    assert theirs is not None
    assert len(homework_around(parent, theirs, whole=False)) == 2
    address = f"/s/{course.school_id}/lessons/{lesson.id}"
    page = client.sign_in(make.account_of(make.teacher_of(course))).get(address).text
    assert "Задано на уроке" in page
    assert "/homework/new" in page
    page = client.sign_in(make.account_of(second)).get(f"/s/{course.school_id}/lessons/{following.id}").text
    assert "К этому уроку" in page
    assert "Одному" not in page
