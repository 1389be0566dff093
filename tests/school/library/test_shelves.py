"""The catalogue as a visitor uses it."""

from content_library import UnitKind
from tests.browsing import SchoolClient
from tests.factories import Make
from tests.factories.library import NUMBER
from tests.statements import Statements


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
    for words in ("Сложение дробей", "Рычаг в равновесии", "Физика (1)", "Математика (2)", "Анна Сергеевна Петрова"):
        assert words in text
    assert "Черновик" not in text
    assert "5–6 классы" in text and "15 минут" in text


def test_filters_stand_in_the_address_and_say_how_much_is_behind_them(client: SchoolClient, make: Make) -> None:
    shelves(make)
    client.sign_in(make.account())
    text = client.get("/library?q=дробями&kind=test").text
    assert "Проверка: дроби" in text and "Сложение дробей" not in text
    assert 'href="/library?q=%D0%B4%D1%80%D0%BE%D0%B1%D1%8F%D0%BC%D0%B8&amp;kind=textbook"' in text
    assert "Математика (1)" in text, "counts of a filter follow the other filters"
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


def test_a_search_takes_eight_statements(client: SchoolClient, make: Make, statements: Statements) -> None:
    shelves(make)
    client.sign_in(make.account_of(make.teacher(make.school())))
    client.get("/library")
    with statements.counted() as seen:
        client.get("/library?q=дроби&subject=1&year=5&kind=textbook")
    assert len(seen) <= 8, "\n".join(seen)
