"""A textbook at its places: pages of the paper book and bookmarks; the views of a lesson scenario."""

import pytest
from sqlalchemy import select

from content_library import Unit, UnitKind
from school.core.database import db
from school.library.models import Bookmark
from school.library.queries import pages_named
from tests.browsing import SchoolClient
from tests.factories import Make

BODY = "[стр. 12]\n\n## Дроби\n\nТекст.\n\n[стр. 13]\n\n## Доли\n\nЕщё текст и [стр. 14] в строке.\n\n[с. 15]\n\n## Части\n\nКонец.\n\n[стр. 13]"


@pytest.fixture
def book(client: SchoolClient, make: Make) -> Unit:
    client.sign_in(make.account_of(make.pupil(make.school())))
    return make.unit(UnitKind.TEXTBOOK, body_markdown=BODY)


def test_pages_of_the_paper_book_have_their_places(client: SchoolClient, book: Unit) -> None:
    page = client.get(f"/library/{book.id}").text
    for n in (12, 13, 15):
        assert page.count(f'id="page-{n}"') == 1
    assert 'id="page-14"' not in page and "[стр. 14] в строке" in page


@pytest.mark.parametrize(("wanted", "found"), [(12, 12), (14, 13), (99, 15), (1, 12)])
def test_a_number_leads_to_its_page_or_the_one_before(
    client: SchoolClient, book: Unit, wanted: int, found: int
) -> None:
    for answer in (
        client.get(f"/library/{book.id}/page?n={wanted}"),
        client.get(client.post(f"/library/{book.id}/bookmarks", data={"n": wanted, "then": "open"}).location),
    ):
        assert answer.status_code == 303 and answer.location == f"/library/{book.id}?version=1#page-{found}"


def test_a_book_without_pages_opens_at_its_beginning(client: SchoolClient, book: Unit, make: Make) -> None:
    other = make.unit(UnitKind.TEXTBOOK)
    assert client.get(f"/library/{other.id}/page?n=3").location == f"/library/{other.id}?version=1"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("стр. 45 № 15–20", [45]),
        ("Прочитать страницы 12, стр.13 и с. 12", [12, 13]),
        ("§ 12, № 412, 415", []),
        ("page 7, p. 8", [7, 8]),
        ("класс 45, тест 3, 20 с 30", []),
        ("", []),
    ],
)
def test_pages_are_known_by_their_names(text: str, expected: list[int]) -> None:
    assert pages_named(text) == expected


def test_bookmarks_are_put_and_taken_out_and_are_ones_own(client: SchoolClient, book: Unit, make: Make) -> None:
    for data in ({"place": "part-2"}, {"n": "15"}):
        assert client.post(f"/library/{book.id}/bookmarks?version=1", data=data).status_code == 303
    page = client.get(f"/library/{book.id}").text
    assert (
        "Закладка поставлена." in page
        and '<a href="#part-2">Доли</a>' in page
        and '<a href="#page-15">стр. 15</a>' in page
    )
    assert page.count('value="part-2" aria-pressed="true"') == 1 and 'value="part-1" aria-pressed="false"' in page
    client.post(f"/library/{book.id}/bookmarks", data={"place": "part-2"})
    assert [one.place for one in db.session.scalars(select(Bookmark))] == ["page-15"]
    for nowhere in ({"place": "part-77"}, {"n": "14"}, {}):
        client.post(f"/library/{book.id}/bookmarks", data=nowhere)
    assert "Такой страницы" in client.get(f"/library/{book.id}").text
    client.sign_in(make.account_of(make.pupil(make.school())))
    assert "Мои закладки" not in client.get(f"/library/{book.id}").text


STAGES = {
    "stages": [
        {"title": "Новое", "minutes": 15, "teacher": "Ответ: плечо", "panel": "Рисунок рычага", "pupils": "Ищут плечо"},
        {"title": "Итог", "minutes": 5, "teacher": "Спрашивает", "panel": "", "pupils": "Отвечают"},
    ]
}


def test_a_lesson_has_three_views_and_pupils_get_theirs(client: SchoolClient, make: Make) -> None:
    lesson = make.unit(UnitKind.SCENARIO, details=STAGES)
    client.sign_in(make.account_of(make.teacher(make.school())))
    whole = client.get(f"/library/{lesson.id}").text
    for words in ("Ответ: плечо", "Рисунок рычага", "Ищут плечо", "Ученикам", "На панель"):
        assert words in whole
    assert "осталось" in whole or "Остаётся" in whole or "25 минут" in whole
    shown = client.get(f"/library/{lesson.id}?view=pupils").text
    assert "Ищут плечо" in shown and "Ответ: плечо" not in shown
    panel = client.get(f"/library/{lesson.id}/show").text
    assert "Рисунок рычага" in panel and 'data-minutes="15"' in panel and "Ответ: плечо" not in panel
    assert "Отвечают" in panel, "a stage without words for the panel shows those for pupils"
    client.sign_in(make.account_of(make.pupil(make.school())))
    for address in (f"/library/{lesson.id}", f"/library/{lesson.id}?view=teacher"):
        page = client.get(address).text
        assert "Ищут плечо" in page and "Ответ: плечо" not in page and "Ученикам" not in page
