"""Names, lessons and days behind the numbers, each beside another class and another school in the same state."""

from datetime import timedelta

import pytest

from school.classes.models import AbsenceReason
from school.core import clock
from school.home.queries.oversight import classes_of_year, control_schedules, unfilled_lessons
from tests.browsing import SchoolClient
from tests.factories import Make
from tests.school.home.rooms import take_presence
from tests.school.home.test_deputy import a_school

pytestmark = pytest.mark.usefixtures("noon")


def test_a_deputy_reads_names_and_a_class_teacher_those_of_the_own_class(make: Make, client: SchoolClient) -> None:
    school, course, deputy = a_school(make)
    one, two, _three = make.pupils_of(course)
    beside = make.course(make.school_class(school, letter="В"), pupils=1)
    (neighbour,) = make.pupils_of(beside)
    _, away, _ = a_school(make)
    far = make.pupils_of(away)[0]
    take_presence(make, make.lesson(course, slot=1), one)
    take_presence(make, make.lesson(course, slot=2), two, reason=AbsenceReason.ILLNESS)
    take_presence(make, make.lesson(beside, slot=1), neighbour)
    take_presence(make, make.lesson(away, slot=1), far)
    leader = make.teacher(school)
    make.lead(make.group_of(course), leader)
    client.sign_in(make.account_of(deputy))
    home = client.get(f"/s/{school.id}/deputy").text
    assert f"/s/{school.id}/missing" in home, "one press from the home"
    page = client.get(f"/s/{school.id}/missing").text
    assert "Без объяснения: 2 ученика" in page
    assert all(who.family_name in page for who in (one, two, neighbour))
    assert f"/pupils/{far.id}/" not in page
    client.sign_in(make.account_of(leader))
    mine = client.get(f"/s/{school.id}/missing").text
    assert f"/pupils/{one.id}/" in mine
    assert f"/pupils/{neighbour.id}/" not in mine
    for stranger in (one, make.parent(school, one), make.member(school, "admin")):
        client.sign_in(make.account_of(stranger))
        for name in ("missing", "unfilled", "controls"):
            assert client.get(f"/s/{school.id}/{name}").status_code == 404


def test_each_lesson_without_presence_or_topic_is_named(make: Make, client: SchoolClient) -> None:
    school, course, deputy = a_school(make)
    beside = make.course(make.school_class(school, letter="В"))
    full = make.lesson(course, days=-1, topic="Сумма")
    take_presence(make, full)
    empty = make.lesson(course, days=-2)
    covered = make.lesson(course, days=-3, topic="Частное")
    colleague = make.teacher(school)
    make.substitute(covered, colleague)
    other = make.lesson(beside, days=-1)
    make.lesson(course, days=-8)
    make.lesson(course, days=-2, slot=2, state="cancelled")
    _, away, _ = a_school(make)
    make.lesson(away, days=-1)
    actor = make.actor(deputy, "deputy")
    found = {one.lesson_id: one for one in unfilled_lessons(actor, None)}
    assert found.keys() == {empty.id, covered.id, other.id}
    assert (found[empty.id].no_presence, found[empty.id].no_topic) == (True, True)
    assert (found[covered.id].teacher_id, found[covered.id].no_topic) == (colleague.id, False)
    assert {one.lesson_id for one in unfilled_lessons(actor, [course.group_id])} == {empty.id, covered.id}
    client.sign_in(make.account_of(deputy))
    assert f"/s/{school.id}/unfilled" in client.get(f"/s/{school.id}/deputy").text
    page = client.get(f"/s/{school.id}/unfilled").text
    assert str(empty.id) in page
    assert str(full.id) not in page


def test_check_works_by_day_and_their_share_of_the_year(make: Make, client: SchoolClient) -> None:
    school, course, deputy = a_school(make)
    second = make.course(make.group_of(course), teacher=make.teacher(school))
    _, away, _ = a_school(make)
    for of, share in ((course, 10), (second, 4), (away, 2)):
        for n in range(share):
            make.lesson(of, days=n - 2, slot=1 + [course.id, second.id, away.id].index(of.id))
    for of in (course, second, away):
        make.column(make.lesson(of, days=3, slot=5 if of is course else 6))
    actor = make.actor(deputy, "deputy")
    classes = classes_of_year(school.id)
    (mine,) = [one for one in control_schedules(actor, classes) if one.of.id == course.group_id]
    shares = {one.course_id: (one.controls, one.lessons, one.is_over) for one in mine.courses}
    assert shares == {course.id: (1, 11, False), second.id: (1, 5, True)}
    assert mine.crowded == [clock.today() + timedelta(days=3)]
    client.sign_in(make.account_of(deputy))
    assert f"/s/{school.id}/controls" in client.get(f"/s/{school.id}/deputy").text
    page = client.get(f"/s/{school.id}/controls").text
    assert "больше одной в день" in page
    assert "1 курс выше десятой части" in page
