"""What the deputy head decides: counted by hand on a small school, beside another one in the same state."""

from datetime import date, timedelta

import pytest

from school.classes.models import AbsenceReason, Course, GroupKind, StudyGroup, TeachingPost
from school.core import clock
from school.core.database import db
from school.core.transactions import unit_of_work
from school.home.queries.deputy import absent_today, changes_today, control_loads, day_of_school, journals_behind
from school.home.routes.deputy import working_week
from school.people.models import Member, School
from tests.browsing import SchoolClient
from tests.factories import Make
from tests.school.home.rooms import take_presence
from tests.statements import Statements

pytestmark = pytest.mark.usefixtures("noon")


def a_school(make: Make) -> tuple[School, Course, Member]:
    """A class of three with one course, and the deputy."""
    school = make.school()
    course = make.course(make.school_class(school), pupils=3)
    return school, course, make.member(school, "deputy")


def leave(member: Member) -> None:
    with unit_of_work():
        db.session.execute(
            db.update(Member)
            .where(Member.school_id == member.school_id, Member.id == member.id)
            .values(closed_on=clock.today() - timedelta(days=1))
        )


def test_a_day_is_counted_by_what_happens_to_its_lessons(make: Make) -> None:
    school, course, deputy = a_school(make)
    orphan = make.course(make.school_class(school, letter="В"))
    leave(make.teacher_of(orphan))
    begun, running = make.lesson(course, slot=1), make.lesson(course, slot=4)
    take_presence(make, begun)
    make.lesson(course, slot=5)
    make.lesson(course, slot=6, state="cancelled")
    make.lesson(course, slot=7, state="moved")
    make.substitute(running, make.teacher(school))
    make.lesson(orphan, slot=6)
    covered = make.lesson(orphan, slot=7)
    make.substitute(covered, make.teacher(school))
    make.lesson(course, days=-1)
    _, other, _ = a_school(make)
    make.lesson(other, state="cancelled")
    actor = make.actor(deputy, "deputy")
    day = day_of_school(actor)
    assert (day.classes, day.lessons, day.cancelled, day.moved) == (2, 5, 1, 1)
    assert (day.substituted, day.uncovered, day.begun, day.with_presence) == (2, 1, 2, 1)
    changes = changes_today(actor)
    assert [one.is_uncovered for one in changes] == [True, False, False, False, False]
    assert (changes[0].group, changes[0].slot) == ("7 «В»", 6)
    assert [one.state for one in changes[1:]].count("planned") == 2


def test_a_lesson_whose_course_got_another_teacher_is_covered(make: Make) -> None:
    """The lesson still names the one who left; the course's post decides."""
    school, course, deputy = a_school(make)
    make.lesson(course, slot=6)
    leave(make.teacher_of(course))
    actor = make.actor(deputy, "deputy")
    assert day_of_school(actor).uncovered == 1
    from_post = make.teacher(school)
    make.save(TeachingPost(school_id=school.id, course_id=course.id, teacher_id=from_post.id, from_on=clock.today()))
    assert day_of_school(actor).uncovered == 0
    assert changes_today(actor) == []


def test_journals_behind_are_counted_by_who_took_the_lesson(make: Make) -> None:
    school, course, deputy = a_school(make)
    teacher, colleague = make.teacher_of(course), make.teacher(school)
    complete = make.lesson(course, days=-1, topic="Сумма")
    take_presence(make, complete)
    make.homework(course, lesson=complete)
    make.lesson(course, days=-2)  # nothing at all
    no_homework = make.lesson(course, days=-3, topic="Разность")
    take_presence(make, no_homework)
    substituted = make.lesson(course, days=-4, topic="Частное")
    make.substitute(substituted, colleague)
    make.lesson(course, days=-8)  # too long ago
    make.lesson(course, slot=1)  # today has its evening yet
    make.lesson(course, days=-2, slot=2, state="cancelled")
    _, other, _ = a_school(make)
    make.lesson(other, days=-1)
    behind = {one.teacher_id: one for one in journals_behind(make.actor(deputy, "deputy"))}
    assert behind.keys() == {teacher.id, colleague.id}
    mine, theirs = behind[teacher.id], behind[colleague.id]
    assert (mine.unfilled, mine.no_presence, mine.no_topic, mine.no_homework) == (1, 1, 1, 2)
    assert (theirs.unfilled, theirs.no_presence, theirs.no_topic, theirs.no_homework) == (1, 1, 0, 1)


def test_the_absent_are_counted_by_class_and_by_what_is_known(make: Make) -> None:
    _school, course, deputy = a_school(make)
    one, two, three = make.pupils_of(course)
    take_presence(make, make.lesson(course, slot=1), one, two)
    take_presence(make, make.lesson(course, slot=2), one, reason=AbsenceReason.UNKNOWN)
    take_presence(make, make.lesson(course, slot=3), three, reason=AbsenceReason.ILLNESS)
    take_presence(make, make.lesson(course, slot=4), two, fact="late")
    take_presence(make, make.lesson(course, days=-1), three)
    _, other, _ = a_school(make)
    take_presence(make, make.lesson(other), make.pupils_of(other)[0])
    found = absent_today(make.actor(deputy, "deputy"))
    assert [(line.name, line.absent, line.unexplained) for line in found] == [("7 «Б»", 3, 2)]


def test_check_works_above_a_tenth_of_a_week_are_named(make: Make) -> None:
    school, course, deputy = a_school(make)
    group = db.session.get_one(StudyGroup, (school.id, course.group_id))
    half = make.school_class(school, kind=GroupKind.PART.value, name="7 «Б», 1", class_id=group.id)
    part = make.course(half)
    lessons = [make.lesson(course, days=n, slot=s) for n in range(-1, 4) for s in (1, 2)]
    make.lesson(part, days=0, slot=1)  # at the hour of another lesson of the class: no hour more
    make.column(lessons[0])
    actor = make.actor(deputy, "deputy")
    monday, sunday = date(2026, 11, 23), date(2026, 11, 29)
    assert control_loads(actor, monday, sunday) == []  # one of ten is the norm
    make.column(lessons[3])
    found = control_loads(actor, monday, sunday)
    assert [(one.name, one.lessons, one.controls) for one in found] == [("7 «Б»", 10, 2)]


@pytest.mark.parametrize(
    ("today", "monday"),
    [
        (date(2026, 11, 23), date(2026, 11, 23)),
        (date(2026, 11, 27), date(2026, 11, 23)),
        (date(2026, 11, 28), date(2026, 11, 30)),
        (date(2026, 11, 29), date(2026, 11, 30)),
    ],
)
def test_the_week_that_can_still_be_changed(today: date, monday: date) -> None:
    assert working_week(today) == (monday, monday + timedelta(days=6))


def test_the_page_names_what_to_decide_in_few_statements(
    client: SchoolClient, make: Make, statements: Statements
) -> None:
    school, course, deputy = a_school(make)
    pupil = make.pupils_of(course)[0]
    take_presence(make, make.lesson(course, slot=1), pupil)
    client.sign_in(make.account_of(deputy))
    with statements.counted() as seen:
        answer = client.get(f"/s/{school.id}/deputy")
    assert "Вторник, 24 ноября" in answer.text
    assert "1 ученика нет, и никто не сказал почему" in answer.text
    assert pupil.family_name not in answer.text
    assert len(seen) <= 7
    leave(make.teacher_of(course))
    make.lesson(course, slot=6)
    assert "2 урока сегодня некому вести" in client.get(f"/s/{school.id}/deputy").text


def test_a_quiet_day_says_so(client: SchoolClient, make: Make) -> None:
    school, _course, deputy = a_school(make)
    client.sign_in(make.account_of(deputy))
    answer = client.get(f"/s/{school.id}/deputy")
    assert "Сейчас решать нечего" in answer.text
    assert "Сегодня уроков нет" in answer.text


def test_a_school_without_classes_is_told_the_first_step(client: SchoolClient, make: Make) -> None:
    school = make.school()
    client.sign_in(make.account_of(make.member(school, "deputy")))
    answer = client.get(f"/s/{school.id}/deputy")
    assert "классов пока нет" in answer.text
    assert "администратор" in answer.text


def test_the_page_is_the_deputys_and_the_heads(client: SchoolClient, make: Make) -> None:
    school, course, deputy = a_school(make)
    address = f"/s/{school.id}/deputy"
    for member, status in (
        (deputy, 200),
        (make.member(school, "head"), 200),
        (make.member(school, "admin"), 404),
        (make.teacher_of(course), 404),
        (make.pupils_of(course)[0], 404),
        (make.member(make.school(), "deputy"), 404),
    ):
        client.sign_in(make.account_of(member))
        assert client.get(address).status_code == status
