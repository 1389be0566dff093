"""Writing a unit from its first line to the shelves, without JavaScript; and what the two roles may not do."""

import re
import uuid
from datetime import timedelta

import pytest

from content_library import UnitKind, UnitState, drafts, shelf
from school.core import clock
from school.core.database import db
from school.people.models import Account, Member
from tests.browsing import SchoolClient
from tests.factories import Make
from tests.factories.library import NUMBER, SINGLE


@pytest.fixture
def teacher(make: Make) -> Member:
    return make.teacher(make.school())


@pytest.fixture
def author(client: SchoolClient, make: Make, teacher: Member) -> Account:
    account = make.account_of(teacher)
    client.sign_in(account)
    return account


def unit_id_of(location: str) -> str:
    found = re.search(r"/library/([0-9a-f-]{36})/", location)
    assert found, location
    return found[1]


def begin(client: SchoolClient, make: Make, kind: str = "textbook", **values: object) -> tuple[str, dict[str, object]]:
    """A unit begun by the form, and the values that its first saving needs."""
    subject = make.subject(name_ru="Математика")
    topic = make.topic(subject)
    asked = {"kind": kind, "title": "Доли", "subject": subject.id, "year_from": 6, "year_to": 5, **values}
    answer = client.post("/library/new", data=asked)
    assert answer.status_code == 303, answer.text
    said = {
        "title": "Доли и дроби",
        "summary": "О долях.",
        "subject": subject.id,
        "year_from": 5,
        "year_to": 6,
        "minutes": 15,
        "topics": [topic.id],
        "language": "ru",
        "licence": "CC-BY-4.0",
        "body": "## Доли\r\n\r\nтекст",
    }
    return unit_id_of(answer.location), said


def test_from_the_first_line_to_the_shelves(client: SchoolClient, make: Make, author: Account, teacher: Member) -> None:
    unit, said = begin(client, make)
    assert "Осталось доделать" in client.get(f"/library/{unit}/edit").text
    answer = client.post(f"/library/{unit}/edit", data={**said, "then": "look"})
    assert answer.location == f"/library/{unit}/draft"
    look = client.get(answer.location).text
    assert "Всё, что нужно" in look and '<h2 id="part-1">Доли</h2>' in look
    assert client.post(f"/library/{unit}/send").location == "/library/mine"
    mine = client.get("/library/mine").text
    assert "на проверке" in mine and "Доли и дроби" in mine
    assert client.get(f"/library/{unit}/edit").status_code == 403, "what is read by a methodologist stands still"
    assert client.get("/library/review").status_code == 404

    client.sign_in(make.city_role("methodologist"))
    assert "Доли и дроби" in client.get("/library/review").text
    answer = client.post(f"/library/{unit}/send-back", data={"note": "Добавьте пример."})
    assert answer.location == "/library/review"
    assert "Проверять пока нечего" in client.get("/library/review").text

    client.sign_in(author)
    assert "Добавьте пример." in client.get("/library/mine").text
    client.post(f"/library/{unit}/edit", data={**said, "body": "## Доли\n\nпример"})
    client.post(f"/library/{unit}/send")
    client.sign_in(make.city_role("methodologist"))
    assert client.post(f"/library/{unit}/publish").location == f"/library/{unit}"
    assert "пример" in client.get(f"/library/{unit}").text
    shelf_page = client.get("/library?q=доли").text
    assert "Доли и дроби" in shelf_page
    assert f"{teacher.family_name} {teacher.given_name} {teacher.patronymic}" in shelf_page


def test_what_is_published_never_changes(client: SchoolClient, make: Make, author: Account, teacher: Member) -> None:
    unit = make.unit(by=teacher, title="Первая")
    assert client.get(f"/library/{unit.id}/edit").status_code == 404
    assert client.post(f"/library/{unit.id}/edit", data={"title": "Вторая"}).status_code == 404
    assert client.post(f"/library/{unit.id}/next-version").location == f"/library/{unit.id}/edit"
    assert client.post(f"/library/{unit.id}/next-version").status_code == 303, "pressed twice, begun once"
    said = {
        "title": "Вторая",
        "subject": unit.subject_id,
        "year_from": 5,
        "year_to": 6,
        "language": "ru",
        "licence": "own",
    }
    assert client.post(f"/library/{unit.id}/edit", data=said).status_code == 303
    assert "Первая" in client.get(f"/library/{unit.id}").text
    assert "Вторая" in client.get("/library/mine").text


def test_a_methodologist_retires_and_homework_keeps_reading(client: SchoolClient, make: Make) -> None:
    unit = make.unit(title="Старое")
    client.sign_in(make.city_role("methodologist"))
    client.post(f"/library/{unit.id}/retire")
    assert "Старое" not in client.get("/library").text
    assert "больше нет в каталоге" in client.get(f"/library/{unit.id}").text


def test_an_unready_draft_is_named_all_its_problems(client: SchoolClient, make: Make, author: Account) -> None:
    unit, _said = begin(client, make, "test")
    answer = client.post(f"/library/{unit}/send")
    assert answer.location == f"/library/{unit}/draft"
    text = client.get(answer.location).text
    for words in ("Нет вопросов.", "Не выбрана тема", "Не указано, сколько минут", "Нет краткого описания"):
        assert words in text, words


def test_a_form_with_a_slip_keeps_what_was_typed(client: SchoolClient, make: Make, author: Account) -> None:
    unit, said = begin(client, make)
    answer = client.post(
        f"/library/{unit}/edit", data={**said, "title": "", "body": "мой длинный текст", "minutes": "9999"}
    )
    assert answer.status_code == 422
    assert "мой длинный текст" in answer.text and "Без названия материал потом не найти." in answer.text
    answer = client.post("/library/new", data={"title": "Без вида"})
    assert answer.status_code == 422 and "Без вида" in answer.text


def test_a_lesson_begins_with_its_usual_stages(client: SchoolClient, make: Make, author: Account) -> None:
    unit, said = begin(client, make, "scenario")
    text = client.get(f"/library/{unit}/edit").text
    assert "Закрепление" in text and "45 из 45" in text
    stages = {"stages-0-title": "Вопрос", "stages-0-minutes": 5, "stages-0-teacher": "Спрашивает", "stages-1-title": "",
              "stages-2-title": "Итог", "stages-2-minutes": 50}  # fmt: skip
    client.post(f"/library/{unit}/edit", data={**said, "body": "", **stages})
    text = client.get(f"/library/{unit}/edit").text
    assert "55 из 45" in text and "на 10 минут больше" in text and "Закрепление" not in text
    version = drafts.open_version(db.session(), shelf.get_unit(db.session(), uuid.UUID(unit)))  # type: ignore[arg-type]
    assert [stage["title"] for stage in version.details["stages"]] == ["Вопрос", "Итог"]


def test_slides_are_parted_by_a_line(client: SchoolClient, make: Make, author: Account) -> None:
    unit, said = begin(client, make, "presentation")
    client.post(f"/library/{unit}/edit", data={**said, "body": "# Раз\r\n\r\n---\r\n\r\nдва"})
    look = client.get(f"/library/{unit}/draft").text
    assert look.count('<li class="slide"') == 2
    preview = client.post(f"/library/{unit}/preview", data={"body": "# Раз\r\n\r\n---\r\n\r\nдва"}).text
    assert preview.count('class="slide"') == 2


def test_the_preview_is_as_safe_as_the_page(client: SchoolClient, make: Make, author: Account) -> None:
    unit, _said = begin(client, make)
    text = client.post(f"/library/{unit}/preview", data={"body": "<script>alert(1)</script> [x](javascript:y)"}).text
    assert "<script" not in text and 'href="javascript' not in text
    assert "Здесь будет видно" in client.post(f"/library/{unit}/preview", data={"body": ""}).text


def test_topics_follow_the_chosen_subject(client: SchoolClient, make: Make, author: Account) -> None:
    unit, _said = begin(client, make)
    physics = make.subject(name_ru="Физика")
    make.topic(physics, "Рычаг", 7)
    make.topic(physics, "Оптика", 8)
    text = client.get(f"/library/{unit}/topics?subject={physics.id}&year_from=7&year_to=7").text
    assert "Рычаг" in text and "Оптика" not in text and "дроби" not in text


def test_the_desk_says_how_long_each_waits(client: SchoolClient, make: Make) -> None:
    make.handed_in(make.draft(title="Давно ждёт"), clock.now() - timedelta(days=6))
    make.handed_in(make.draft(title="Недавно"), clock.now())
    make.draft(title="Не отправлен")
    client.sign_in(make.city_role("methodologist"))
    text = client.get("/library/review").text
    assert text.index("Давно ждёт") < text.index("Недавно")
    assert "ждёт 6 дней" in text and "с сегодняшнего дня" in text and "Не отправлен" not in text


def test_an_author_takes_back_what_waits(client: SchoolClient, make: Make, author: Account, teacher: Member) -> None:
    unit = make.handed_in(make.draft(by=teacher))
    assert client.post(f"/library/{unit.id}/take-back").location == f"/library/{unit.id}/edit"
    assert shelf.get_unit(db.session(), unit.id).state is UnitState.DRAFT  # type: ignore[union-attr]
    client.sign_in(make.city_role("methodologist"))
    assert client.post(f"/library/{unit.id}/send-back", data={"note": "поздно"}).status_code == 409


def test_pupils_and_parents_do_not_write(client: SchoolClient, make: Make) -> None:
    school = make.school()
    pupil = make.pupil(school)
    for member in (pupil, make.parent(school, pupil), make.member(school, "head")):
        client.sign_in(make.account_of(member))
        assert client.get("/library/new").status_code == 404
        assert client.get("/library/mine").status_code == 404
        assert "Новый материал" not in client.get("/library").text


ITEMS = {
    "single": (
        {"prompt": "Какая дробь больше?", "option_1": "1/2", "right": ["1"], "option_3": "1/3", "points": "2"},
        {"version": 1, "prompt": "Какая дробь больше?", "points": 2, "options": ["1/2", "1/3"], "key": [0], "keep_order": False},
    ),
    "multiple": (
        {"prompt": "Чётные?", "option_1": "2", "right": ["1", "4"], "option_2": "3", "option_4": "4", "credit": "all"},
        {"version": 1, "prompt": "Чётные?", "points": 1, "options": ["2", "3", "4"], "key": [0, 2], "keep_order": False, "credit": "all"},
    ),
    "number": (
        {"prompt": "Плотность?", "value": "7,8", "unit": "г/см³", "ask_unit": "y", "tolerance": "5", "tolerance_kind": "rel"},
        {"version": 1, "prompt": "Плотность?", "points": 1, "key": {"value": "7,8"}, "unit": "г/см³", "ask_unit": True, "rel": "0.05"},
    ),
    "text": (
        {"prompt": "Результат сложения?", "accept": "сумма\r\n\r\n Сумма чисел ", "typo": "y", "why": "Так называют."},
        {"version": 1, "prompt": "Результат сложения?", "points": 1, "key": {"accept": ["сумма", "Сумма чисел"]}, "typo": True, "why": "Так называют."},
    ),
}  # fmt: skip


@pytest.mark.parametrize("kind", list(ITEMS))
def test_questions_are_written_in_plain_fields(
    client: SchoolClient, make: Make, author: Account, kind: str, teacher: Member
) -> None:
    fields, spec = ITEMS[kind]
    unit = make.draft(UnitKind.TEST, by=teacher)
    address = f"/library/{unit.id}/questions/new/{kind}"
    assert client.get(address).status_code == 200
    assert (
        client.post(address, data={"points": "1", "tolerance_kind": "abs", "credit": "all", **fields}).status_code
        == 303
    )
    (item,) = shelf.items_of(db.session(), drafts.open_version(db.session(), unit))  # type: ignore[arg-type]
    assert (item.kind, item.spec, item.points) == (kind, spec, spec["points"])
    back = client.get(f"/library/{unit.id}/questions/{item.id}").text
    assert str(fields["prompt"]) in back
    answer = client.post(f"/library/{unit.id}/questions/{item.id}", data={**fields, "prompt": "Иначе?", "credit": "all", "tolerance_kind": "rel"})  # fmt: skip
    assert answer.location == f"/library/{unit.id}/edit#questions"
    db.session.expire_all()
    (again,) = shelf.items_of(db.session(), drafts.open_version(db.session(), unit))  # type: ignore[arg-type]
    assert again.id == item.id and again.spec["prompt"] == "Иначе?"


@pytest.mark.parametrize(
    ("kind", "fields", "words"),
    [
        ("single", {"prompt": "Да?", "option_1": "да"}, "от 2 до 12"),
        ("single", {"prompt": "", "option_1": "да", "right": "1", "option_2": "нет"}, "вопрос"),
        ("number", {"prompt": "Сколько?", "value": "много"}, "числ"),
        ("number", {"prompt": "Сколько?", "value": "1", "unit": "попугаев"}, "единиц"),
        ("text", {"prompt": "Слово?", "accept": "  "}, "ответ"),
    ],
)
def test_the_kind_judges_what_was_written(
    client: SchoolClient, make: Make, author: Account, teacher: Member, kind: str, fields: dict[str, str], words: str
) -> None:
    unit = make.draft(UnitKind.TEST, by=teacher)
    answer = client.post(
        f"/library/{unit.id}/questions/new/{kind}", data={"credit": "all", "tolerance_kind": "abs", **fields}
    )
    assert answer.status_code == 422
    assert "field-error" in answer.text and words in answer.text.lower()
    assert not shelf.items_of(db.session(), drafts.open_version(db.session(), unit))  # type: ignore[arg-type]


def test_questions_move_and_go(client: SchoolClient, make: Make, author: Account, teacher: Member) -> None:
    unit = make.draft(UnitKind.TEST, by=teacher, items=(("single", SINGLE), ("number", NUMBER)))

    def order() -> list[str]:
        db.session.expire_all()
        return [item.kind for item in shelf.items_of(db.session(), drafts.open_version(db.session(), unit))]  # type: ignore[arg-type]

    first = shelf.items_of(db.session(), drafts.open_version(db.session(), unit))[0]  # type: ignore[arg-type]
    address = f"/library/{unit.id}/questions/{first.id}"
    client.post(f"{address}/move", data={"where": "up"})
    assert order() == ["single", "number"]
    client.post(f"{address}/move", data={"where": "down"})
    assert order() == ["number", "single"]
    client.post(f"{address}/drop")
    assert order() == ["number"]
    assert client.get(address).status_code == 404
    other = make.draft(UnitKind.TEST, by=teacher, items=(("single", SINGLE),))
    strange = shelf.items_of(db.session(), drafts.open_version(db.session(), other))[0]  # type: ignore[arg-type]
    assert client.get(f"/library/{unit.id}/questions/{strange.id}").status_code == 404, "a question of another unit"
    assert client.get(f"/library/{unit.id}/questions/new/dictation").status_code == 404
