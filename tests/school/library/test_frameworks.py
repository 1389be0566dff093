"""The topic framework on its pages: who sees it, who keeps it, and where it is met."""

import json
from io import BytesIO
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import select

from content_library import Topic, frameworks
from school.core.database import db
from school.core.transactions import unit_of_work
from school.people.models import Account
from tests.browsing import SchoolClient
from tests.factories import Make


@pytest.fixture
def keeper(client: SchoolClient, make: Make) -> Account:
    account = make.city_role("methodologist")
    client.sign_in(account)
    return account


def topic_of(title: str) -> Topic:
    return db.session.scalars(select(Topic).where(Topic.title == title)).one()


def test_a_methodologist_builds_a_tree(client: SchoolClient, make: Make, keeper: Account) -> None:
    subject = make.subject(name_ru="Математика")
    assert "тем пока нет" in client.get("/library/topics").text
    at = f"/library/topics/{subject.id}"
    assert client.post(f"{at}/add", data={"title": "Дроби", "parent": 0, "year_level": 5}).status_code == 303
    whole = topic_of("Дроби").id
    client.post(f"{at}/add", data={"title": "Сложение", "parent": whole, "year_level": 5})
    client.post(f"{at}/add", data={"title": "Делимость", "parent": 0, "year_level": 5})
    part, other = topic_of("Сложение").id, topic_of("Делимость").id
    text = client.get(at).text
    assert text.index("Дроби") < text.index("Сложение") < text.index("Делимость")
    assert (
        client.post(f"{at}/add", data={"title": "Ещё", "parent": 0, "year_level": 5, "code": "5.1"}).status_code == 422
    )

    assert client.post(f"/library/topic/{part}/needs", data={"needs": other}).status_code == 303
    assert "Опирается на: Делимость" in client.get(at).text
    refused = client.post(f"/library/topic/{other}/needs", data={"needs": whole})
    assert refused.status_code == 422 and "получился бы круг" in refused.text and "«Делимость»" in refused.text
    assert "Опираются на неё" in client.get(f"/library/topic/{other}").text
    assert client.post(f"/library/topic/{part}/needs/{other}/drop").status_code == 303
    assert client.post(f"/library/topic/{part}/needs/{other}/drop").status_code == 404
    assert client.post(f"/library/topic/{other}/needs", data={"needs": whole}).status_code == 303

    assert client.post(f"/library/topic/{whole}/move", data={"parent": part}).status_code == 422
    assert client.post(f"/library/topic/{part}/move", data={"parent": 0}).status_code == 303
    client.post(f"/library/topic/{other}/move", data={"where": "up"})
    said = {"title": "Обыкновенные дроби", "code": "5.1", "year_level": 5, "since": "2026-09-01", "until": "2026-08-01"}
    assert client.post(f"/library/topic/{whole}/change", data=said).status_code == 422
    client.post(f"/library/topic/{whole}/change", data={**said, "until": ""})
    client.post(f"/library/topic/{whole}/retire")
    assert "выведена" in client.get(f"/library/topic/{whole}").text
    client.post(f"/library/topic/{whole}/retire", data={"back": "1"})
    assert "выведена" not in client.get(f"/library/topic/{whole}").text


def test_teachers_look_and_only_methodologists_change(client: SchoolClient, make: Make) -> None:
    school = make.school()
    topic = make.topic(make.subject())
    teacher, pupil = make.teacher(school), make.pupil(school)
    for member, status in ((teacher, 200), (pupil, 404), (make.parent(school, pupil), 404)):
        client.sign_in(make.account_of(member))
        for path in ("/library/topics", f"/library/topics/{topic.subject_id}", f"/library/topic/{topic.id}"):
            assert client.get(path).status_code == status, path
        assert client.get("/library/topics/import").status_code == 404
        for path in ("change", "move", "retire", "needs"):
            assert client.post(f"/library/topic/{topic.id}/{path}").status_code == 404, path
        assert client.post(f"/library/topics/{topic.subject_id}/add").status_code == 404


def test_a_framework_comes_by_the_page_after_a_look(client: SchoolClient, make: Make, keeper: Account) -> None:
    subject = make.subject(name_ru="Математика")
    table = "код;тема;класс\n5.1;Дроби;5\n5.2;;5\n"
    sent = {"file": (BytesIO(table.encode()), "темы.csv"), "subject": subject.id, "year_level": ""}
    look = client.post("/library/topics/import", data=sent, content_type="multipart/form-data")
    assert look.status_code == 200 and "Новых: 1" in look.text and "строка 2 (5.2): нет названия темы" in look.text
    assert db.session.scalar(select(Topic).where(Topic.subject_id == subject.id)) is None
    said = {"name": "темы.csv", "text": table, "subject": subject.id, "year_level": "", "then": "apply"}
    assert client.post("/library/topics/import", data=said).status_code == 303
    assert topic_of("Дроби").code == "5.1"
    wrong = {"file": (BytesIO(b"\xff\xfe\x00"), "a.csv"), "subject": subject.id}
    assert client.post("/library/topics/import", data=wrong, content_type="multipart/form-data").status_code == 422
    assert client.post("/library/topics/import", data={"subject": subject.id}).status_code == 422


def test_a_framework_comes_by_the_command(app: Flask, make: Make, tmp_path: Path) -> None:
    make.subject()
    path = tmp_path / "f.json"
    path.write_text(json.dumps({"topics": [{"code": "7.1", "title": "Механика"}, {"code": "7.2"}]}))
    command = ["library", "topics", "import", str(path), "--subject", "physics", "--year", "7", "--json"]
    runner = app.test_cli_runner()
    first = runner.invoke(args=command)
    report = json.loads(first.output)
    assert (report["new"], report["applied"], len(report["refused"])) == (1, False, 1)
    assert not db.session.scalars(select(Topic).where(Topic.title == "Механика")).all()
    assert json.loads(runner.invoke(args=[*command, "--apply"]).output)["applied"] is True
    assert topic_of("Механика").year_level == 7
    path.write_text("{")
    assert runner.invoke(args=command).exit_code == 1


def test_a_lesson_offers_units_of_its_topic(client: SchoolClient, make: Make) -> None:
    school = make.school()
    teacher, maths = make.teacher(school), make.subject()
    whole, other = make.topic(maths, "Дроби"), make.topic(maths, "Углы")
    part = make.topic(maths, "Сложение дробей")
    with unit_of_work():
        frameworks.move(db.session(), db.session.merge(part), db.session.merge(whole))
    make.unit(subject=maths, topic=part, title="Складываем дроби")
    make.unit(subject=maths, topic=other, title="Меряем углы")
    course = make.course(make.school_class(school, 5, "А"), teacher=teacher, subject=maths)
    before, lesson = make.lesson(course, days=-2), make.lesson(course, days=-1)
    client.sign_in(make.account_of(teacher))
    page = f"/s/{course.school_id}/lessons/{lesson.id}"
    assert "Складываем дроби" not in client.get(page).text, "the course has no topic yet"
    with unit_of_work():
        db.session.merge(before).topic_id = whole.id
    text = client.get(page).text
    assert "Последняя тема этого курса: Дроби" in text
    assert "Складываем дроби" in text and "Меряем углы" not in text
    form = client.get(f"{page}/homework/new").text
    assert form.index("Складываем дроби") < form.index("Меряем углы")


def test_retired_topics_are_not_offered_to_new_units(client: SchoolClient, make: Make, keeper: Account) -> None:
    subject = make.subject()
    old, new = make.topic(subject, "Старая тема"), make.topic(subject, "Новая тема")
    kept, fresh = make.draft(subject=subject, topic=old), make.draft(subject=subject, topic=new)
    client.post(f"/library/topic/{old.id}/retire")
    assert "Старая тема" in client.get(f"/library/{kept.id}/edit").text
    assert "Старая тема" not in client.get(f"/library/{fresh.id}/edit").text
