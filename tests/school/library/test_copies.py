"""Taking a unit as a basis, following its original, and seeing what changed between versions."""

import uuid
from typing import Any

from content_library import Unit, drafts, publishing, shelf
from school.core import clock
from school.core.database import db
from school.core.transactions import unit_of_work
from tests.browsing import SchoolClient
from tests.factories import Make
from tests.factories.library import SINGLE

BODY = "## Доли\n\nДоли целого.\n\n## Правило\n\nСкладываем числители."


def renew(unit: Unit, make: Make, **says: Any) -> None:
    with unit_of_work():
        unit = db.session.merge(unit)
        version = publishing.new_version(db.session(), unit, make.author(), clock.now())
        for name, value in says.items():
            setattr(version, name, value)
        publishing.publish(db.session(), unit, clock.now())


def unit_at(location: str) -> str:
    return location.split("/library/")[1].split("/", maxsplit=1)[0]


def test_a_copy_follows_its_original(client: SchoolClient, make: Make) -> None:
    school = make.school()
    teacher = make.teacher(school)
    original = make.unit(title="Исходный", body_markdown=BODY)
    client.sign_in(make.account_of(teacher))
    assert "Взять за основу" in client.get(f"/library/{original.id}").text
    copy = unit_at(client.post(f"/library/{original.id}/copy").location)
    edit = client.get(f"/library/{copy}/edit").text
    assert "На основе" in edit and "Анна Сергеевна Петрова" in edit
    assert "CC0: можно" not in edit, "the licence of the original stays"
    assert "На основе" in client.get(f"/library/{copy}/draft").text
    assert "ничего нового" in client.get(f"/library/{copy}/original").text

    renew(original, make, body_markdown=BODY.replace("целого", "единицы"))
    assert "исправления" in client.get("/library/mine").text
    page = client.get(f"/library/{copy}/original").text
    assert "<del>целого</del><ins>единицы</ins>" in page and "## Доли" not in page
    answer = client.post(f"/library/{copy}/original", data={"part": ["section:Доли"]})
    assert answer.location == f"/library/{copy}/edit"
    found = shelf.get_unit(db.session(), uuid.UUID(copy))
    assert found is not None
    version = drafts.open_version(db.session(), found)
    assert version is not None and "Доли единицы." in version.body_markdown
    assert client.post(f"/library/{copy}/original").location == "/library/mine"
    assert "исправления" not in client.get("/library/mine").text

    client.sign_in(make.account_of(make.teacher(school)))
    assert client.get(f"/library/{copy}/original").status_code == 404, "another's copy"
    assert client.get(f"/library/{original.id}/original").status_code == 404, "no copy"


def test_rights_of_the_author_are_kept(client: SchoolClient, make: Make) -> None:
    unit = make.unit()
    with unit_of_work():
        db.session.merge(unit).licence = "own"
    client.sign_in(make.account_of(make.teacher(make.school())))
    assert "Взять за основу" not in client.get(f"/library/{unit.id}").text
    refused = client.post(f"/library/{unit.id}/copy")
    assert refused.status_code == 403 and "сохраняет все права" in refused.text
    client.sign_in(make.account_of(make.pupil(make.school())))
    assert client.post(f"/library/{unit.id}/copy").status_code == 404


def test_what_changed_shows_words_and_no_keys(client: SchoolClient, make: Make) -> None:
    unit = make.unit(title="Доли", body_markdown=BODY, items=(("single", SINGLE),))
    renew(unit, make, title="Доли и дроби", body_markdown=BODY + "\n\n## Итог\n\nВсё.")
    client.sign_in(make.account_of(make.pupil(make.school())))
    page = client.get(f"/library/{unit.id}/changes").text
    assert "Версия 2 против версии 1" in page
    assert "<ins> и дроби</ins>" in page and "Раздел «Итог»" in page and "Раздел «Правило»" not in page
    assert client.get(f"/library/{unit.id}/changes?from=9").status_code == 404
    assert "Ничего не изменилось" in client.get(f"/library/{unit.id}/changes?from=1&to=1").text
    assert "Что изменилось" in client.get(f"/library/{unit.id}?version=1").text
    assert "что изменилось" in client.get(f"/library/{unit.id}").text
    only = make.unit(title="Одна версия")
    assert client.get(f"/library/{only.id}/changes").status_code == 200


def test_a_homework_takes_the_new_version_by_a_press(client: SchoolClient, make: Make) -> None:
    course = make.course(pupils=2)
    make.lesson(course, days=1)
    task = make.task(title="Старое")
    homework = make.homework(course, task=task)
    client.sign_in(make.account_of(make.teacher_of(course)))
    listed = f"/s/{course.school_id}/courses/{course.id}/homework"
    edit = f"/s/{course.school_id}/homework/{homework.id}/edit"
    assert "новая версия" not in client.get(listed).text and "новая версия" not in client.get(edit).text
    unit = shelf.get_unit(db.session(), task.unit_id)
    assert unit is not None
    renew(unit, make, title="Новое")
    assert "новая версия" in client.get(listed).text
    page = client.get(edit).text
    assert "Взять новую версию" in page and f"/library/{unit.id}/changes?from=1&amp;to=2" in page
    newest = page.split('name="pick" value="')[2].split('"')[0]
    picked = client.post(edit, data={"pick": newest, "unit": str(task.id), "client_id": str(homework.id)})
    assert "Новое" in picked.text and "Взять новую версию" not in picked.text
