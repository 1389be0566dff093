"""A unit as its readers see it, of each kind; who may read, and what never leaves the server."""

import re
from typing import Any

from flask import Flask

from content_library import FileRole, PlacedFile, Unit, UnitKind, shelf, uploads
from school.core.database import db
from school.core.files import storage
from school.core.transactions import unit_of_work
from school.library.queries import next_lessons
from tests.browsing import SchoolClient
from tests.content_library.making import picture
from tests.factories import Make
from tests.factories.library import MORNING, NUMBER, SINGLE
from tests.statements import Statements


def stored(source: bytes, name: str, role: FileRole, content_type: str, alt: str = "") -> PlacedFile:
    with unit_of_work():
        file = uploads.keep(db.session(), storage(), source, content_type, MORNING)
        return PlacedFile(sha256=file.sha256, name=name, role=role, alt=alt)


def test_a_textbook_has_contents_pictures_and_what_it_is(client: SchoolClient, make: Make) -> None:
    body = "## Доли\n\n![Отрезок](sum.png)\n\n## Правило\n\nтекст\n\n## Проверь себя"
    files = [
        stored(picture(), "sum.png", FileRole.PICTURE, "image/png", "Отрезок"),
        stored(picture(colour="blue"), "extra.png", FileRole.PICTURE, "image/png", "Ещё одна"),
        stored(b"%PDF-1.4 text", "sheet.pdf", FileRole.ATTACHMENT, "application/pdf"),
    ]
    unit = make.unit(body_markdown=body, files=files)
    client.sign_in(make.account())
    text = client.get(f"/library/{unit.id}").text
    assert '<a href="#part-1">Доли</a>' in text and '<h2 id="part-1">Доли</h2>' in text
    assert 'alt="Отрезок"' in text and text.count('alt="Отрезок"') == 1
    assert "<figcaption" in text and "Ещё одна" in text, "a picture that is not in the text stands after it"
    for words in ("CC BY 4.0", "Анна Сергеевна Петрова", "Обыкновенные дроби", "sheet.pdf", "1 сентября 2026"):
        assert words in text, words
    link = re.search(r'<img src="(/files/[^"]+)"', text)
    assert link and client.get(link[1]).data == picture()
    answer = client.get(f"/library/{unit.id}/files/3")
    assert answer.status_code == 303
    assert client.get(answer.location).data == b"%PDF-1.4 text"
    assert client.get(f"/library/{unit.id}/files/9").status_code == 404


def test_text_of_an_author_runs_nothing(client: SchoolClient, make: Make) -> None:
    evil = "<script>alert(1)</script> <img src=x onerror=alert(2)> [x](javascript:alert(3))"
    scenario = {"stages": [{"title": evil, "minutes": 45, "teacher": evil, "panel": evil, "pupils": evil}]}
    units = [
        make.unit(title=evil, summary=evil, body_markdown=evil),
        make.unit(UnitKind.PRESENTATION, details={"slides": [evil, {"body": evil}]}),
        make.unit(UnitKind.SCENARIO, details=scenario),
        make.unit(UnitKind.TEST, items=(("single", {**SINGLE, "prompt": evil, "options": [evil, "2"]}),)),
    ]
    client.sign_in(make.account())
    for unit in units:
        text = client.get(f"/library/{unit.id}").text  # the client fails on handlers and styles
        assert "<script>alert" not in text and 'href="javascript:' not in text and "<img src=x" not in text
    client.get(f"/library/{units[1].id}/show")
    assert "<script>alert" not in client.get("/library").text


def test_slides_stand_one_after_another_and_fill_a_screen(client: SchoolClient, make: Make) -> None:
    unit = make.unit(UnitKind.PRESENTATION, details={"slides": ["# Плавание тел", "## Две силы\n\n- тяжести"]})
    client.sign_in(make.account())
    text = client.get(f"/library/{unit.id}").text
    assert text.count('<li class="slide"') == 2 and f"/library/{unit.id}/show" in text
    full = client.get(f"/library/{unit.id}/show").text
    assert 'data-screen="panel"' in full and "Две силы" in full
    assert client.get(f"/library/{make.unit().id}/show").status_code == 404


def test_slides_of_an_import_are_cut_from_the_text(client: SchoolClient, make: Make) -> None:
    unit = make.unit(
        UnitKind.PRESENTATION, details={"slides": ["Айсберг", "Лодка"]}, body_markdown="Айсберг\n---\nЛодка"
    )
    client.sign_in(make.account())
    assert client.get(f"/library/{unit.id}").text.count("Айсберг") == 1


def test_stages_add_up_to_a_lesson_or_say_by_how_much_not(client: SchoolClient, make: Make) -> None:
    client.sign_in(make.account_of(make.teacher(make.school())))
    for minutes, words in ((45, None), (47, "на 2 минуты больше"), (40, "остаётся 5 минут")):
        stages = [
            {"title": "Вопрос урока", "minutes": 5, "teacher": "Спрашивает"},
            {"title": "Итог", "minutes": minutes - 5},
        ]
        unit = make.unit(UnitKind.SCENARIO, details={"stages": stages})
        text = client.get(f"/library/{unit.id}").text
        assert "Вопрос урока" in text and "Спрашивает" in text
        assert words is None or words in text, words
        assert words is not None or "урока в 45 минут" not in text


def test_questions_are_shown_without_keys(client: SchoolClient, make: Make) -> None:
    items: Any = (
        ("single", SINGLE),
        ("number", NUMBER),
        ("text", {"version": 1, "prompt": "Слово?", "key": {"accept": ["тайна"]}}),
    )
    unit = make.unit(UnitKind.TEST, items=items)
    client.sign_in(make.account_of(make.pupil(make.school())))
    text = client.get(f"/library/{unit.id}").text
    for shown in ("Какая дробь больше?", "1/3", "Сколько будет 2/7 + 3/7?", "3 балла"):
        assert shown in text, shown
    for secret in ("5/7", "тайна", "Складывают числители"):
        assert secret not in text, secret


def test_two_keys_give_the_same_page(client: SchoolClient, make: Make) -> None:
    subject = make.subject()
    topic = make.topic(subject)
    pages = []
    for key in ([0], [2]):
        unit = make.unit(UnitKind.TEST, subject=subject, topic=topic, items=(("single", {**SINGLE, "key": key}),))
        client.sign_in(make.account(name="Ученица"))
        text = client.get(f"/library/{unit.id}").text
        pages.append(
            re.sub(r'nonce="[^"]*"|content="[^"]*"|value="[^"]*"|data-account="[^"]*"|[0-9a-f-]{36}', "", text)
        )
    assert pages[0] == pages[1]


def test_a_broken_question_does_not_break_the_page(client: SchoolClient, make: Make) -> None:
    unit = make.unit(UnitKind.TEST, items=(("number", {"prompt": "Без ключа"}), ("unknown", {})))
    client.sign_in(make.account())
    assert client.get(f"/library/{unit.id}").status_code == 200


def test_drafts_are_closed_to_strangers(client: SchoolClient, make: Make) -> None:
    school = make.school()
    author, stranger, pupil = make.teacher(school), make.teacher(school), make.pupil(school)
    draft = make.draft(by=author)
    paths = ("", "/draft", "/edit", "/films", "/draft/files/1", "/topics", "/questions/new/single")
    for member in (stranger, pupil, make.parent(school, pupil)):
        client.sign_in(make.account_of(member))
        for path in paths:
            assert client.get(f"/library/{draft.id}{path}").status_code == 404, path
        for path in ("/edit", "/send", "/take-back", "/publish", "/send-back", "/uploads", "/files", "/files/arrived",
                     "/next-version", "/retire", "/preview", "/questions/new/text", "/files/1/drop"):  # fmt: skip
            assert client.post(f"/library/{draft.id}{path}").status_code == 404, path
    client.sign_in(make.account_of(author))
    assert client.get(f"/library/{draft.id}").status_code == 404, "schools see nothing before it is published"
    assert client.get(f"/library/{draft.id}/draft").status_code == 200
    for path in ("/publish", "/send-back", "/retire"):
        assert client.post(f"/library/{draft.id}{path}").status_code == 404, "authors do not publish"
    client.sign_in(make.city_role("methodologist"))
    assert client.get(f"/library/{draft.id}/draft").status_code == 200


def test_an_earlier_version_stays_readable_and_says_so(app: Flask, client: SchoolClient, make: Make) -> None:
    methodologist = make.city_role("methodologist")
    unit = make.unit(title="Первая", by=methodologist)
    client.sign_in(methodologist)
    client.post(f"/library/{unit.id}/next-version")
    assert "Первая" in client.get(f"/library/{unit.id}").text, "schools keep what they have"
    assert client.get(f"/library/{unit.id}?version=2").status_code == 404, "not yet published"
    client.post(f"/library/{unit.id}/publish")
    assert "более ранняя версия" in client.get(f"/library/{unit.id}?version=1").text
    assert client.get(f"/library/{unit.id}?version=7").status_code == 404


def unit_title(unit: Unit) -> str:
    version = shelf.published_version(db.session(), unit)
    assert version is not None
    return version.title


def test_a_teacher_is_offered_the_next_lessons_of_the_subject(client: SchoolClient, make: Make) -> None:
    school = make.school()
    teacher, maths, physics = make.teacher(school), make.subject(), make.subject()
    fifth, sixth = make.school_class(school, 5, "А"), make.school_class(school, 6, "Б")
    course = make.course(fifth, teacher=teacher, subject=maths)
    others = [
        make.course(make.school_class(school, 9, "В"), teacher=teacher, subject=maths),
        make.course(sixth, teacher=teacher, subject=physics),
        make.course(sixth, subject=maths),
    ]
    for one in (course, *others):
        make.lesson(one, days=-1)
        make.lesson(one, days=1)
        make.lesson(one, days=2)
    unit = make.unit(subject=maths)
    client.sign_in(make.account_of(teacher))
    text = client.get(f"/library/{unit.id}").text
    found = next_lessons(make.actor(teacher, "teacher"), unit)
    assert [(one.group, one.school_id) for one in found] == [(fifth.name, school.id)]
    assert "Задать на дом" in text
    address = text.split("/homework/new?unit=")[0].rsplit('"', 1)[1] + f"/homework/new?unit={unit.published_version_id}"
    form = client.get(address).text
    assert unit_title(unit) in form, "the second act is to press the button of the filled form"


def test_a_page_of_a_unit_takes_ten_statements(client: SchoolClient, make: Make, statements: Statements) -> None:
    unit = make.unit(UnitKind.TEST, items=(("single", SINGLE),))
    client.sign_in(make.account_of(make.teacher(make.school())))
    client.get(f"/library/{unit.id}")
    with statements.counted() as seen:
        client.get(f"/library/{unit.id}")
    assert len(seen) <= 10, "\n".join(seen)
