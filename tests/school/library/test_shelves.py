"""The catalogue as a visitor uses it."""

import re
import shutil
from collections.abc import Callable, Iterator

import pytest
from flask import Flask

from content_library import UnitKind
from content_library.search import rebuild
from school.core.files import storage
from school.core.finding import index_folder, reading
from tests.browsing import SchoolClient
from tests.factories import Make
from tests.factories.library import NUMBER
from tests.statements import Statements


@pytest.fixture(autouse=True)
def no_index(app: Flask) -> Iterator[None]:
    yield
    shutil.rmtree(index_folder().root, ignore_errors=True)


@pytest.fixture
def index(app: Flask) -> Callable[[], None]:
    """Builds the index of what is published now."""

    def build() -> None:
        rebuild(index_folder(), reading, storage().open)

    return build


def shelves(make: Make) -> None:
    maths, physics = make.subject(name_ru="Математика"), make.subject(name_ru="Физика")
    make.unit(subject=maths, title="Сложение дробей")
    make.unit(UnitKind.TEST, subject=maths, title="Проверка: дроби", items=(("number", NUMBER),), years=(6, 6))
    make.unit(subject=physics, title="Рычаг в равновесии", years=(7, 7), topic=make.topic(physics, "Рычаг", 7))
    make.draft(subject=physics, title="Черновик о давлении")


def test_a_visitor_is_asked_to_sign_in(client: SchoolClient) -> None:
    assert client.get("/library").status_code == 303


def test_published_units_stand_on_the_shelves(client: SchoolClient, make: Make) -> None:
    shelves(make)
    client.sign_in(make.account_of(make.pupil(make.school())))
    text = client.get("/library").text
    for words in ("Сложение дробей", "Рычаг в равновесии", "Анна Сергеевна Петрова"):
        assert words in text
    assert "Черновик" not in text
    assert counts(text) >= {("Физика", "1"), ("Математика", "2"), ("5 класс", "1"), ("6 класс", "2"), ("Тесты", "1")}
    assert "5–6 классы" in text and "15 минут" in text


def test_filters_stand_in_the_address_and_say_how_much_is_behind_them(client: SchoolClient, make: Make) -> None:
    shelves(make)
    client.sign_in(make.account())
    text = client.get("/library?q=дробями&kind=test").text
    assert "Проверка: дроби" in text and "Сложение дробей" not in text
    assert 'href="/library?q=%D0%B4%D1%80%D0%BE%D0%B1%D1%8F%D0%BC%D0%B8&amp;kind=textbook"' in text
    assert ("Математика", "1") in counts(text), "counts of a filter follow the other filters"
    assert 'aria-label="Убрать: Тесты"' in text
    assert "Рычаг" not in client.get("/library?year=6").text
    assert "Рычаг в равновесии" in client.get("/library?q=физика рычаг").text, "the subject's name is found too"


def test_typing_changes_the_results_alone(client: SchoolClient, make: Make) -> None:
    shelves(make)
    client.sign_in(make.account())
    block = client.get("/library?q=рычаг", headers={"HX-Request": "true"}).text
    assert "<html" not in block and 'id="q"' not in block
    assert "Рычаг в равновесии" in block


def test_a_topic_of_another_subject_is_dropped(client: SchoolClient, make: Make) -> None:
    maths, physics = make.subject(name_ru="Математика"), make.subject(name_ru="Физика")
    fractions, lever = make.topic(maths), make.topic(physics, "Рычаг", 7)
    make.unit(subject=maths, topic=fractions, title="Сложение дробей")
    make.unit(subject=maths, topic=make.topic(maths, "Проценты", 6), title="Проценты")
    make.unit(subject=physics, topic=lever, title="Рычаг в равновесии")
    client.sign_in(make.account())
    assert "Проценты</a>" not in client.get(f"/library?subject={maths.id}&topic={fractions.id}").text
    assert "Рычаг в равновесии" in client.get(f"/library?subject={physics.id}&topic={fractions.id}").text


def test_nonsense_in_the_address_is_no_error(client: SchoolClient, make: Make) -> None:
    shelves(make)
    client.sign_in(make.account())
    for asked in ("subject=x&year=99&kind=game&topic=-1&after=zzz", "subject=99999999999999", "q=%00%25_", "year=0"):
        assert client.get(f"/library?{asked}").status_code == 200, asked


def test_nothing_found_offers_the_way_back(client: SchoolClient, make: Make) -> None:
    shelves(make)
    client.sign_in(make.account())
    text = client.get("/library?q=бегемот").text
    assert "Ничего не нашлось" in text and 'href="/library"' in text


def test_the_pager_comes_to_the_end_without_doubles(client: SchoolClient, make: Make) -> None:
    subject = make.subject()
    topic = make.topic(subject)
    for n in range(27):
        make.unit(subject=subject, topic=topic, title=f"Единица-{n:02}")
    client.sign_in(make.account())
    first = client.get("/library").text
    after = first.split("after=")[1].split('"')[0]
    second = client.get(f"/library?after={after}").text
    titles = [f"Единица-{n:02}" for n in range(27)]
    assert sum(title in first for title in titles) == 24
    assert sum(title in second for title in titles) == 3
    assert all((title in first) != (title in second) for title in titles)


def counts(html: str) -> set[tuple[str, str]]:
    """The choices beside the results, with how much is behind each."""
    return set(re.findall(r'<span>([^<]+)</span> <span class="facet-count">([^<]+)</span>', html))


def test_the_index_says_why_and_where(client: SchoolClient, make: Make, index: Callable[[], None]) -> None:
    maths = make.subject(name_ru="Математика")
    body = "Начало.\n\n## Вычитание\n\nУменьшаемое больше вычитаемого."
    book = make.unit(
        subject=maths, title="Сложение дробей", body_markdown=body, topic=make.topic(maths, "Доли <целого>")
    )
    make.unit(subject=maths, title="Проверка: дроби", kind=UnitKind.TEST, items=(("number", NUMBER),))
    index()
    client.sign_in(make.account())
    text = client.get("/library?q=вычитаемое").text
    assert f'href="/library/{book.id}#part-1">Раздел «Вычитание»</a>' in text
    assert "<mark>вычитаемого</mark>" in text
    text = client.get("/library?q=сложения+целым").text
    assert "<mark>Сложение</mark> дробей" in text and "Тема: Доли &lt;<mark>целого</mark>&gt;" in text
    text = client.get("/library?q=дрбои").text
    assert "Показано по словам <b>дроби</b>" in text and "Проверка: <mark>дроби</mark>" in text
    text = client.get("/library?q=проверка+долго+уменьшаемого").text
    assert "вот где есть часть из них" in text and "<mark>Уменьшаемое</mark>" in text
    text = client.get(f"/library?subject={maths.id}").text
    assert ("Доли &lt;целого&gt;", "1") in counts(text), "topics have counts"


def test_typing_is_completed(client: SchoolClient, make: Make, index: Callable[[], None]) -> None:
    make.unit(title="Дроби и доли")
    client.sign_in(make.account())
    assert client.get("/library/words?q=дро").get_json() == [], "no index, no suggestions"
    index()
    assert client.get("/library/words?q=дро").get_json() == ["дроби"]
    assert client.get("/library/words?q=").get_json() == client.get("/library/words?q=\x00%").get_json() == []


def test_while_the_index_is_built_the_page_says_so(client: SchoolClient, make: Make) -> None:
    make.unit(title="Дроби и доли")
    client.sign_in(make.account())
    folder = index_folder()
    with folder.building():
        folder.say_progress(40, 100)
        text = client.get("/library?q=дроби").text
    assert "Поиск готовится: 40 из 100" in text and "Дроби и доли" in text
    assert "Поиск готовится" not in client.get("/library?q=дроби").text


def test_reindex(app: Flask, make: Make, client: SchoolClient) -> None:
    make.unit(title="Дроби и доли")
    run = app.test_cli_runner().invoke
    done = run(args=["library", "reindex"])
    assert done.exit_code == 0 and "Building the search index" in done.output
    first = index_folder().current()
    assert "is there" in run(args=["library", "reindex", "--if-missing"]).output
    assert index_folder().current() == first
    with index_folder().building():
        assert run(args=["library", "reindex"]).exit_code == 1
    assert run(args=["library", "reindex"]).exit_code == 0
    assert index_folder().current() != first and first is not None and not first.exists()
    client.sign_in(make.account())
    assert "<mark>Дроби</mark>" in client.get("/library?q=дробей").text


def test_by_the_index_a_search_takes_five_statements(
    client: SchoolClient, make: Make, statements: Statements, index: Callable[[], None]
) -> None:
    shelves(make)
    index()
    client.sign_in(make.account_of(make.teacher(make.school())))
    client.get("/library")
    with statements.counted() as seen:
        client.get("/library?q=дроби&subject=1&year=5&kind=textbook&topic=1")
    assert len(seen) <= 5, "\n".join(seen)


def test_without_an_index_a_search_takes_nine_statements(
    client: SchoolClient, make: Make, statements: Statements
) -> None:
    shelves(make)
    client.sign_in(make.account_of(make.teacher(make.school())))
    client.get("/library")
    with statements.counted() as seen:
        client.get("/library?q=дроби&subject=1&year=5&kind=textbook")
    assert len(seen) <= 9, "\n".join(seen)
