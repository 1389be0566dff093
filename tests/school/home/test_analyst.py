"""The city's twelve figures: sums, shares and changes by hand, few people hidden, nothing read but what was counted."""

import re
from dataclasses import replace
from datetime import date, timedelta
from io import BytesIO
from typing import Any

import pytest
from openpyxl import load_workbook

from school.core import clock
from school.core.transactions import unit_of_work
from school.home.actions import give_out
from school.home.areas import CELLS
from school.home.areas import COUNTS as TREE_COUNTS
from school.home.city import of_area
from school.home.models import CityDay, LevelDay, SchoolDay
from school.home.queries.areas import Area, Branch
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
    """Fifteen days of the city's library: since a week one unit more."""
    for back in range(15):
        make.save(day(CityDay, back, schools=3, units=76 if back <= 7 and back != 7 else 75))


def areas(**newer: int) -> Branch:
    """The city a week ago and now, a little more of everything."""
    older = {name: 7 * n for name, n in COUNTS.items()} | {"schools": 3, "rows": 21}
    now, last = clock.now(), clock.today() - timedelta(1)

    def at(on_date: date, counts: dict[str, int], hidden: int = 0) -> Area:
        return Area(on_date, "", 0, 0, "", now, hidden, tuple(counts[name] for name in TREE_COUNTS))

    return Branch(at(last, older | newer), at(last - timedelta(7), older), [])


def test_twelve_figures_with_change_and_n(app: Any) -> None:
    branch = areas(marks=3560, fives=2050, absences=550, handed_in=5900, pupils=6305)
    with app.test_request_context():
        figures = of_area(branch, (76, 75))
    found = {one.name: (one.value.replace("\xa0", " "), one.change.replace("\xa0", " "), one.n) for one in figures}
    assert len(found) == 12
    assert all(one.meaning for one in figures)
    assert found["Отметки"][:2] == ("3 560", "+60")
    assert found["Доля пятёрок"] == ("57,6 %", "+7,6 п. п.", "n = 3\xa0560 (отметок)")
    assert found["Проведено уроков"] == ("700", "как неделей раньше", "в 3 школах")
    assert found["Присутствие"][:2] == ("96,9 %", "+0,9 п. п.")
    assert found["Сдано заданий"][:2] == ("84,3 %", "+4,3 п. п.")
    assert found["Ученики"][:2] == ("6 305", "+5")
    assert found["Школы"][0] == "3"
    assert found["Материалы библиотеки"][:2] == ("76", "+1")


def test_without_a_week_before_nothing_is_compared(app: Any) -> None:
    with app.test_request_context():
        figures = of_area(replace(areas(), before=None), (1, None))
    assert {one.change for one in figures} == {"сравнить пока не с чем"}


def test_what_is_hidden_of_the_city_is_hidden_among_its_twelve(app: Any) -> None:
    """The root of the tree is what the first page tells: a second way to the same sum would open what the first one hides."""
    branch = areas()
    bits = sum(1 << CELLS.index(name) for name in ("pupils", "marks"))
    with app.test_request_context():
        figures = of_area(replace(branch, here=replace(branch.here, hidden=bits)))
    hidden = {one.name for one in figures if one.value == "скрыто"}
    assert hidden == {"Ученики", "Отметки", "Доля пятёрок"}
    assert {(one.change, one.amount) for one in figures if one.name in hidden} == {("сравнить пока не с чем", None)}
    assert next(one for one in figures if one.name == "Доля пятёрок").n == ""


def the_tree(make: Make) -> list[School]:
    """Two districts; in the second one school is a class of four."""
    schools = [
        make.school(short_name=f"Школа {n}", district=district) for n, district in enumerate(("САО", "ЦАО", "ЦАО"))
    ]
    pupils = {(0, 5): 50, (0, 6): 60, (1, 5): 4, (2, 5): 80, (2, 6): 30}
    counts = {"pupils": 0, "lessons": 30, "places": 400, "absences": 20, "marks": 90, "fives": 30, "homework": 12, "assigned": 200, "handed_in": 150}  # fmt: skip
    for back in range(1, 16):
        for school in schools:
            make.save(day(SchoolDay, back, school_id=school.id))
        for (n, level), size in pupils.items():
            grown = size + (10 if (n, level) == (2, 5) and back < 8 else 0)
            make.save(LevelDay(school_id=schools[n].id, year_level=level, on_date=clock.today() - timedelta(days=back), counted_at=clock.now(), **{**counts, "pupils": grown}))  # fmt: skip
    with unit_of_work():
        for back in (8, 1):
            assert give_out(clock.today() - timedelta(days=back)) == 11
    return schools


def cells(text: str, row: str) -> list[str]:
    """The cells of a row of a table by its head."""
    found = re.search(rf'<th scope="row">(?:<a [^>]*>)?{re.escape(row)}(?:</a>)?</th>(.*?)</tr>', text)
    assert found is not None, row
    return [re.sub(r"<[^>]+>", "", one).replace("\xa0", " ") for one in re.findall(r"<td[^>]*>(.*?)</td>", found[1])]


def test_from_the_city_down_to_a_year_level(client: SchoolClient, make: Make) -> None:
    two_weeks(make)
    schools = the_tree(make)
    client.sign_in(make.city_role("analyst"))
    city = client.get("/city").text
    assert cells(city, "САО")[:2] == ["110", "420"], "pupils as on the last day, lessons of seven days"
    assert cells(city, "ЦАО")[2] == "95,0 %"
    assert city.index(">САО<") < city.index(">ЦАО<")
    district = client.get("/city/districts/ЦАО").text
    assert cells(district, "Школа 1")[0] == "скрыто"
    assert cells(district, "Школа 2")[0] == "скрыто", "it would be the difference"
    assert cells(district, "Школа 2")[1] == "420"
    assert "+10" in district
    assert "По 21 строке подсчётов." in district
    assert "Посчитано сегодня в 12:00" in district
    school = client.get(f"/city/schools/{schools[2].id}").text
    assert "По алфавиту" not in school, "year levels stand in their own order"
    assert [cells(school, level)[0] for level in "56"] == ["90", "скрыто"], "both shown would be their school"
    assert cells(school, "6")[1] == "210"
    assert "скрыто" in cells(client.get(f"/city/schools/{schools[1].id}").text, "5")
    assert client.get("/city/schools/999999").status_code == 404
    book = load_workbook(BytesIO(client.get("/city/districts/ЦАО?as=xlsx").data))
    assert [[cell.value for cell in row[:3]] for row in book["Школа"].iter_rows(min_row=3, max_row=4)] == [
        ["Школа 1", "скрыто", 210],
        ["Школа 2", "скрыто", 420],
    ]
    assert {row[0].value: row[1].value for row in book["Двенадцать показателей"].iter_rows(min_row=3)}[
        "Отметки"
    ] == 1890
    assert client.get("/city/districts/ЗелАО").status_code == 404


def test_nothing_on_these_pages_orders_schools_by_their_figures(client: SchoolClient, make: Make) -> None:
    the_tree(make)
    client.sign_in(make.city_role("analyst"))
    text = client.get("/city/districts/ЦАО").text
    assert text.index("Школа 1") < text.index("Школа 2")
    assert "sort" not in text
    assert "order=" not in text


def test_the_page_reads_only_what_was_counted(client: SchoolClient, make: Make, statements: Statements) -> None:
    two_weeks(make)
    make.school()
    client.sign_in(make.city_role("analyst"))
    the_tree(make)
    with statements.counted() as seen:
        text = client.get("/city").text
    assert text.count("Посчитано сегодня в 12:00") == 12
    assert len(seen) <= 4
    assert not any(re.search(r"\b(mark|lesson|assignment|member|absence)\b", sql) for sql in seen)


def test_an_empty_city_is_told_how_to_begin(client: SchoolClient, make: Make) -> None:
    client.sign_in(make.city_role("analyst"))
    text = client.get("/city").text
    assert "Пока ничего не посчитано" in text
    assert "В городе пока нет школ" in text


def test_the_page_is_the_citys_analysts_alone(client: SchoolClient, make: Make) -> None:
    client.sign_in(make.city_role("methodologist"))
    assert client.get("/city").status_code == 404
    schools = the_tree(make)
    client.sign_in(make.account_of(make.member(schools[0], "head")))
    for url in ("/city", "/city/districts/САО", f"/city/schools/{schools[0].id}"):
        assert client.get(url).status_code == 404
