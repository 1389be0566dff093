"""From each figure of the head's and the analyst's page to its rows: they add up to it, and only who sees the figure gets there."""

import re
from datetime import timedelta

import pytest

from school.core import clock
from school.core.database import db
from school.home.figures import recount
from school.home.queries.behind import lessons_today, marked_journals, pupils_of_level, without_homework
from school.home.queries.deputy import journals_behind
from school.home.queries.head import levels_of, presence_today
from school.people.models import AccessFact
from tests.browsing import SchoolClient
from tests.factories import Make
from tests.school.home.rooms import take_presence
from tests.school.home.test_analyst import cells, the_tree, two_weeks
from tests.school.home.test_head import a_school, total

pytestmark = pytest.mark.usefixtures("noon")


def test_a_year_level_opens_the_pupils_it_counts(client: SchoolClient, make: Make) -> None:
    school, course, head = a_school(make)
    first, second, third, _none = make.pupils_of(course)
    art = make.subject(name_ru="Черчение")
    total(make, course, first, 50, 10)
    total(make, course, first, 40, 10, art.id)
    total(make, course, second, 50, 10)
    total(make, course, second, 20, 10, art.id)
    total(make, course, third, 30, 10)
    _, away, _ = a_school(make)
    total(make, away, make.pupils_of(away)[0], 20, 10)
    recount(clock.today())
    actor = make.actor(head, "head")
    (kept,) = levels_of(actor)
    found = pupils_of_level(actor, kept.year_level)
    assert (kept.pupils, kept.passing, kept.good) == (3, 2, 1)
    assert len(found) == kept.pupils
    assert sum(not one.below(kept.enough) for one in found) == kept.passing
    assert sum(not one.below(kept.good_from) for one in found) == kept.good
    client.sign_in(make.account_of(head))
    url = f"/s/{school.id}/levels/{kept.year_level}"
    home = client.get(f"/s/{school.id}/head").text
    assert f'href="{url}?of=below"' in home
    below = client.get(f"{url}?of=below").text
    assert second.family_name in below
    assert "Черчение 2,00" in below
    assert f"/pupils/{second.id}/progress/{art.id}" in below, "down to the marks"
    assert first.family_name not in below
    assert third.family_name in client.get(url).text
    facts = db.session.scalars(db.select(AccessFact).where(AccessFact.school_id == school.id)).all()
    assert {one.group_id for one in facts} == {course.group_id}
    assert client.get(f"{url}?of=best").status_code == 404
    assert client.get(f"/s/{school.id}/levels/{kept.year_level + 1}").status_code == 404


def test_attendance_opens_its_lessons(client: SchoolClient, make: Make) -> None:
    school, course, head = a_school(make)
    one, two, *_ = make.pupils_of(course)
    take_presence(make, make.lesson(course, slot=1), one, two)
    take_presence(make, make.lesson(course, slot=2), one, fact="late")
    make.lesson(course, slot=3)
    make.lesson(course, slot=5)
    _, away, _ = a_school(make)
    take_presence(make, make.lesson(away), *make.pupils_of(away))
    actor = make.actor(head, "head")
    found = lessons_today(actor)
    taken = [each for each in found if each.is_taken]
    summed = presence_today(actor)
    assert [(each.expected, each.missed) for each in taken] == [(4, 2), (4, 0)]
    assert (sum(each.expected for each in taken), sum(each.missed for each in taken)) == (
        summed.expected,
        summed.missed,
    )
    client.sign_in(make.account_of(head))
    assert f"/s/{school.id}/presence" in client.get(f"/s/{school.id}/head").text
    page = client.get(f"/s/{school.id}/presence").text
    assert "75,0 %: пришли 6 из 8" in page
    assert page.count(f"/s/{school.id}/lessons/") == 3, "those that have begun"


def test_the_weeks_marks_open_their_journals(client: SchoolClient, make: Make) -> None:
    school, course, head = a_school(make)
    second = make.course(make.group_of(course), subject=make.subject(), teacher=make.teacher(school))
    pupils = make.pupils_of(course)
    for of, count in ((course, 3), (second, 2)):
        column = make.column(make.lesson(of, days=-2, slot=1 if of is course else 2))
        for pupil in pupils[:count]:
            make.mark(column, pupil, 4)
    make.mark(make.column(make.lesson(course, days=-9)), pupils[0], 5)
    _, away, _ = a_school(make)
    make.mark(make.column(make.lesson(away, days=-2)), make.pupils_of(away)[0], 5)
    recount(clock.today() - timedelta(days=15))
    last = clock.today() - timedelta(1)
    found = marked_journals(make.actor(head, "head"), last - timedelta(6), last)
    assert {one.course_id: one.marks for one in found} == {course.id: 3, second.id: 2}
    assert {one.tint for one in found} <= set(range(1, 13))
    client.sign_in(make.account_of(head))
    home = client.get(f"/s/{school.id}/head").text
    assert "5 отметок" in home
    assert f"/s/{school.id}/week-marks" in home
    page = client.get(f"/s/{school.id}/week-marks").text
    assert f"/courses/{second.id}/journal" in page
    assert "Число на главной, 5, посчитано" in page


def test_lessons_without_homework_are_those_the_deputy_counts(client: SchoolClient, make: Make) -> None:
    school, course, _head = a_school(make)
    deputy = make.member(school, "deputy")
    empty = make.lesson(course, days=-1)
    full = make.lesson(course, days=-2)
    make.homework(course, lesson=full, due_on=clock.today())
    _, away, _ = a_school(make)
    make.lesson(away, days=-1)
    actor = make.actor(deputy, "deputy")
    found = without_homework(actor, clock.today() - timedelta(7))
    assert [one.lesson_id for one in found] == [empty.id]
    assert sum(one.no_homework for one in journals_behind(actor)) == len(found)
    client.sign_in(make.account_of(deputy))
    assert f"/s/{school.id}/no-homework" in client.get(f"/s/{school.id}/deputy").text
    page = client.get(f"/s/{school.id}/no-homework").text
    assert str(empty.id) in page
    assert str(full.id) not in page


def test_the_rows_are_for_deputy_and_head(client: SchoolClient, make: Make) -> None:
    school, course, head = a_school(make)
    total(make, course, make.pupils_of(course)[0], 50, 10)
    recount(clock.today())
    (kept,) = levels_of(make.actor(head, "head"))
    deputy, other = make.member(school, "deputy"), make.member(make.school(), "head")
    for name in (f"levels/{kept.year_level}", "presence", "week-marks", "no-homework"):
        for who, code in ((head, 200), (deputy, 200), (make.teacher_of(course), 404), (other, 404)):
            client.sign_in(make.account_of(who))
            assert client.get(f"/s/{school.id}/{name}").status_code == code, (name, who)
        client.sign_in(make.city_role("analyst"))
        assert client.get(f"/s/{school.id}/{name}").status_code == 404, "the city never sees pupils"


def test_each_of_the_citys_figures_opens_what_it_consists_of(client: SchoolClient, make: Make) -> None:
    two_weeks(make)
    schools = the_tree(make)
    client.sign_in(make.city_role("analyst"))
    city = client.get("/city").text
    keys = re.findall(r"/city\?figure=(\w+)#below", city)
    assert len(keys) == 11, "all but the library, which no district has"
    for key in keys:
        assert 'id="below"' in client.get(f"/city?figure={key}").text
    homework = client.get("/city?figure=homework").text
    assert cells(homework, "САО") == ["168"]
    assert "figure=homework" in re.findall(r'<th scope="row"><a href="([^"]+)">САО', homework)[0], (
        "the same figure below"
    )
    district = client.get("/city/districts/ЦАО?figure=share_of_fives").text
    assert cells(district, "Школа 2") == ["33,3 %", "1260"] or cells(district, "Школа 2") == ["33,3 %", "1 260"]
    assert cells(client.get("/city/districts/ЦАО?figure=pupils").text, "Школа 1") == ["скрыто"]
    school = f"/city/schools/{schools[2].id}"
    assert cells(client.get(f"{school}?figure=pupils").text, "6") == ["скрыто"], "hidden stays hidden"
    for wrong in ("/city?figure=units", "/city?figure=best", f"{school}?figure=teachers"):
        assert client.get(wrong).status_code == 404, wrong
