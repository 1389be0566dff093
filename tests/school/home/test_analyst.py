"""The city's twelve figures: sums, shares and changes by hand, few people hidden, nothing read but what was counted."""

import re
from datetime import timedelta
from typing import Any

import pytest

from school.core import clock
from school.home.city import number, share, twelve
from school.home.models import CityDay, SchoolDay
from school.home.queries.analyst import PAGE, city_days, school_weeks
from school.people.models import School
from tests.browsing import SchoolClient
from tests.factories import Make
from tests.statements import Statements

pytestmark = pytest.mark.usefixtures("noon")

COUNTS: dict[str, Any] = {
    "pupils": 900,
    "teachers": 60,
    "lessons": 100,
    "places": 2500,
    "absences": 100,
    "marks": 500,
    "fives": 250,
    "homework": 40,
    "assigned": 1000,
    "handed_in": 800,
    "people": 700,
    "sealed": 5000,
}


def day(model: Any, back: int, **values: Any) -> Any:
    """A counted day, ``back`` days ago."""
    return model(**{"on_date": clock.today() - timedelta(days=back), "counted_at": clock.now(), **COUNTS, **values})


def two_weeks(make: Make) -> None:
    """Fifteen days of the city: since a week a little more of everything. The day before them must not count."""
    for back in range(15):
        newer = {"marks": 510, "fives": 300, "absences": 75, "handed_in": 850, "pupils": 905, "people": None}
        if back == 0:
            newer["people"] = 710
        make.save(day(CityDay, back, schools=3, units=76, **(newer if back <= 7 and back != 7 else {})))
    make.save(day(CityDay, 15, marks=9999, lessons=9999))


def test_twelve_figures_with_change_and_n(app: Any, make: Make) -> None:
    two_weeks(make)
    today = clock.today()
    with app.test_request_context():
        figures = twelve(city_days(today - timedelta(days=14)), today)
    found = {one.name: (one.value.replace("\xa0", " "), one.change.replace("\xa0", " "), one.n) for one in figures}
    assert len(found) == 12
    assert all(one.meaning for one in figures)
    # Seven days end with yesterday, so one of the older days is among them: 6 × 510 + 500 against 7 × 500.
    assert found["Отметки"][:2] == ("3 560", "+60")
    assert found["Доля пятёрок"][:2] == ("57,6 %", "+7,6 п. п.")
    assert found["Проведено уроков"] == ("700", "как неделей раньше", "в 3 школах")
    assert found["Присутствие"][:2] == ("96,9 %", "+0,9 п. п.")
    assert found["Сдано заданий"][:2] == ("84,3 %", "+4,3 п. п.")
    assert found["Ученики"][:2] == ("905", "+5")
    assert found["Заходили на сайт"][:2] == ("710", "+10")
    assert found["Запечатанные записи"][:2] == ("5 000", "как неделей раньше")
    assert found["Школы"][0] == "3"
    assert found["Материалы библиотеки"][0] == "76"


def test_without_a_week_before_nothing_is_compared(app: Any, make: Make) -> None:
    make.save(day(CityDay, 1, schools=1, units=1), day(CityDay, 0, schools=1, units=1, people=None))
    today = clock.today()
    with app.test_request_context():
        figures = twelve(city_days(today - timedelta(days=14)), today)
    assert {one.change for one in figures} == {"сравнить пока не с чем"}
    assert next(one for one in figures if one.name == "Заходили на сайт").value == "–"


@pytest.mark.parametrize(
    ("value", "words"),
    [(None, "–"), (0, "0"), (1, "меньше 5"), (4, "меньше 5"), (5, "5"), (12345, "12\xa0345")],
)
def test_fewer_than_five_are_hidden(app: Any, value: int | None, words: str) -> None:
    with app.test_request_context():
        assert number(value) == words


@pytest.mark.parametrize(("part", "whole", "words"), [(2, 4, "–"), (0, 0, "–"), (3, 5, "60,0 %"), (5, 5, "100,0 %")])
def test_shares_of_few_are_hidden(app: Any, part: int, whole: int, words: str) -> None:
    with app.test_request_context():
        assert share(part, whole) == words


def test_schools_stand_by_name_with_their_own_week(make: Make) -> None:
    second, first, empty = (make.school(short_name=name) for name in ("Школа Б", "Школа А", "Школа В"))
    for school, marks in ((first, 10), (second, 20)):
        for back in range(9):
            make.save(day(SchoolDay, back, school_id=school.id, marks=marks, pupils=marks + back))
    page = school_weeks(clock.today() - timedelta(days=1))
    assert [one.name for one in page.schools] == ["Школа А", "Школа Б", "Школа В"]
    assert [one.marks for one in page.schools] == [70, 140, 0]
    assert page.schools[2].pupils is None
    assert not page.has_more
    assert empty.id == page.schools[2].id


def test_many_schools_are_walked_page_by_page(client: SchoolClient, make: Make) -> None:
    make.save(*(School(name=f"Лицей {n:03}", short_name=f"Лицей {n:03}") for n in range(PAGE * 2 + 5)))
    client.sign_in(make.city_role("analyst"))
    seen: list[str] = []
    address: str | None = "/city"
    while address:
        text = client.get(address).text
        seen += re.findall(r"Лицей \d{3}(?=<)", text)
        following = re.search(r'href="(/city\?after=[^"]+)"[^>]*rel="next"', text)
        address = following[1].replace("&amp;", "&") if following else None
    assert seen == [f"Лицей {n:03}" for n in range(PAGE * 2 + 5)]


def test_the_page_reads_only_what_was_counted(client: SchoolClient, make: Make, statements: Statements) -> None:
    two_weeks(make)
    make.school()
    client.sign_in(make.city_role("analyst"))
    with statements.counted() as seen:
        text = client.get("/city").text
    assert text.count("Посчитано сегодня в 12:00") == 12
    assert len(seen) <= 3
    assert not any(re.search(r"\b(mark|lesson|assignment|member|absence)\b", sql) for sql in seen)


def test_an_empty_city_is_told_how_to_begin(client: SchoolClient, make: Make) -> None:
    client.sign_in(make.city_role("analyst"))
    text = client.get("/city").text
    assert "Пока ничего не посчитано" in text
    assert "В городе пока нет школ" in text


def test_the_page_is_the_citys_analysts_alone(client: SchoolClient, make: Make) -> None:
    client.sign_in(make.city_role("methodologist"))
    assert client.get("/city").status_code == 404
    client.sign_in(make.account_of(make.member(make.school(), "head")))
    assert client.get("/city").status_code == 404
