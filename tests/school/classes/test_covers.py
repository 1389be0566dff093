"""Whom a head asks first to take a lesson: the subject, its area, the class, who is at school that day."""

import re
from types import SimpleNamespace

import pytest

from content_library.models import Subject
from content_library.subjects import SUBJECTS, kin_of
from school.classes.queries.school_day import covers_for, lessons_on, staff_on
from tests.browsing import SchoolClient
from tests.factories import Make

NUMBERS = {one.code: one.id for one in SUBJECTS}


def test_kin_of_a_subject_are_those_of_its_area() -> None:
    assert kin_of(NUMBERS["physics"]) == {NUMBERS[one] for one in ("world", "biology", "chemistry", "astronomy")}
    assert NUMBERS["algebra"] in kin_of(NUMBERS["informatics"])
    assert NUMBERS["technology"] in kin_of(NUMBERS["informatics"])
    assert NUMBERS["algebra"] not in kin_of(NUMBERS["technology"])
    assert kin_of(NUMBERS["other"]) == frozenset() == kin_of(999)
    assert all(one.id in kin_of(other) for one in SUBJECTS for other in kin_of(one.id))


@pytest.fixture
def town(make: Make) -> SimpleNamespace:
    """Physics of 7Б tomorrow, first lesson; colleagues of each kind, one of them busy; chemistry is taught by two."""
    school = make.school()
    mine, beside = make.school_class(school), make.school_class(school, 8, "А")

    def subject(code: str) -> Subject:
        row = next(one for one in SUBJECTS if one.code == code)
        return make.subject(**row._asdict(), sort=row.id)

    physics, chemistry, sport = subject("physics"), subject("chemistry"), subject("sport")
    people = {
        name: make.teacher(school, family_name=name)
        for name in ("Физик", "Химик", "Химия", "Знакомый", "Чужой", "Дома")
    }
    absent, busy = make.teacher(school), make.teacher(school, family_name="Занят")
    lesson = make.lesson(make.course(mine, teacher=absent, subject=physics), days=1)
    courses = {
        "Физик": make.course(beside, teacher=people["Физик"], subject=physics),
        "Химик": make.course(beside, teacher=people["Химик"], subject=chemistry),
        "Химия": make.course(mine, teacher=people["Химия"], subject=chemistry),
        "Знакомый": make.course(mine, teacher=people["Знакомый"], subject=sport),
        "Чужой": make.course(beside, teacher=people["Чужой"], subject=sport),
    }
    make.lesson(courses["Чужой"], days=1, slot=4)
    make.lesson(courses["Химик"], days=1, slot=3)
    make.lesson(make.course(make.school_class(school, 9), teacher=busy, subject=physics), days=1)
    head = make.member(school, "head")
    return SimpleNamespace(make=make, school=school, lesson=lesson, absent=absent, head=head)


def test_the_subject_comes_first_then_its_area_then_the_class(town: SimpleNamespace) -> None:
    day = lessons_on(town.make.actor(town.head, "head"), town.lesson.on_date)
    wanted = next(one for one in day if one.id == town.lesson.id)
    found = covers_for(wanted, day, staff_on(town.school.id, town.lesson.on_date))
    asked = [(one.name.split()[0], one.fit) for one in found]
    assert asked == [("Физик", 0), ("Химия", 1), ("Химик", 1), ("Знакомый", 2), ("Чужой", 3), ("Дома", 3)]


def test_the_page_says_why_each_is_offered(town: SimpleNamespace, client: SchoolClient) -> None:
    client.sign_in(town.make.account_of(town.head))
    url = f"/s/{town.school.id}/day/cover?on={town.lesson.on_date}&teacher={town.absent.id}"
    page = client.get(url).text
    assert re.findall(r'<optgroup label="([^"]+)"', page) == [
        "Ведут этот предмет",
        "Ведут родственный предмет",
        "Ведут в этом классе",
        "Остальные свободные",
    ]
    assert re.search(r'<option value="[^"]+" selected>Физик', page)
    assert "Занят" not in page
    assert "родственный предмет" in client.get(f"/s/{town.school.id}/lessons/{town.lesson.id}/arrange").text
