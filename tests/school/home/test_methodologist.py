"""The methodologist's page: what waits longest comes first, gaps are topics without units."""

from datetime import timedelta

import pytest

from content_library.models import UnitKind
from school.core import clock
from school.home.queries.methodologist import newest_units, stock, waiting_units
from tests.browsing import SchoolClient
from tests.factories import Make
from tests.factories.library import SINGLE
from tests.statements import Statements

pytestmark = pytest.mark.usefixtures("noon")


def test_units_wait_in_the_order_they_came(make: Make) -> None:
    for n in range(10):
        make.handed_in(make.draft(title=f"Материал {n}"), clock.now() - timedelta(days=n))
    make.unit(title="Опубликован")
    make.draft(title="Черновик")
    waiting, how_many = waiting_units("ru")
    assert how_many == 10
    assert [one.title for one in waiting] == [f"Материал {n}" for n in range(9, 1, -1)]


def test_the_stock_counts_kinds_and_gaps(make: Make) -> None:
    maths, physics, silent = make.subject(name_ru="Математика"), make.subject(name_ru="Физика"), make.subject()
    fifth, seventh = make.topic(maths, year_level=5), make.topic(physics, year_level=7)
    make.topic(physics, year_level=8)
    make.unit(subject=maths, topic=fifth, years=(5, 6))
    make.unit(subject=maths, topic=fifth, years=(5, 5))
    make.unit(UnitKind.TEST, subject=physics, topic=seventh, years=(7, 7), items=(("single", SINGLE),))
    make.draft(subject=maths, topic=fifth)
    found = stock("ru")
    assert found.by_kind == {"textbook": 2, "test": 1}
    assert found.units == 3
    assert [row.name for row in found.rows] == ["Математика", "Физика"]
    assert silent.name_ru in found.untouched
    maths_row, physics_row = found.rows
    assert [cell.units for cell in maths_row.cells] == [0, 0, 0, 0, 2, 1, 0, 0, 0, 0, 0]
    assert [n for n, cell in enumerate(physics_row.cells, 1) if cell.is_gap] == [8]
    assert found.gaps == 1


def test_the_newest_are_published_ones(make: Make) -> None:
    for n in range(7):
        make.unit(title=f"Материал {n}")
    make.draft()
    assert len(newest_units("ru")) == 5


def test_the_page_names_what_waits_longest(client: SchoolClient, make: Make, statements: Statements) -> None:
    make.handed_in(make.draft(title="Давний"), clock.now() - timedelta(days=5))
    make.handed_in(make.draft(title="Свежий"), clock.now())
    make.unit(title="Готовый")
    client.sign_in(make.city_role("methodologist"))
    with statements.counted() as seen:
        text = client.get("/methodologist").text
    assert "Ждёт дольше всех: 5 дней" in text
    assert text.index("Давний") < text.index("Свежий") < text.index("Готовый")
    assert "с сегодняшнего дня" in text
    assert len(seen) <= 5


def test_an_empty_library_says_the_first_step(client: SchoolClient, make: Make) -> None:
    client.sign_in(make.city_role("methodologist"))
    assert "В библиотеке пока нет материалов" in client.get("/methodologist").text


def test_the_page_is_the_citys_methodologists_alone(client: SchoolClient, make: Make) -> None:
    school = make.school()
    client.sign_in(make.city_role("analyst"))
    assert client.get("/methodologist").status_code == 404
    client.sign_in(make.account_of(make.member(school, "methodologist")))
    assert client.get("/methodologist").status_code == 404
    client.sign_in(make.account_of(make.teacher(school)))
    assert client.get("/methodologist").status_code == 404
