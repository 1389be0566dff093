"""An administrator brings a file, looks, decides, and takes it back; nobody else sees any of it."""

import io

import pytest
from flask import Flask
from sqlalchemy import func, select

from school.core.database import db
from school.core.transactions import unit_of_work
from school.people.models import Member, School
from school.roster import hooks
from school.roster.actions import keep_upload
from school.roster.models import ImportKind, RosterRun, RosterUpload
from school.roster.said import say
from tests.browsing import SchoolClient
from tests.factories import Make
from tests.school.roster.formats.sets import MOODLE, ONEROSTER_11
from tests.school.roster.formats.test_bundle import zipped


@pytest.fixture
def school(make: Make) -> School:
    return make.school(external_id="school-9")


@pytest.fixture
def admin(make: Make, school: School, app: Flask) -> SchoolClient:
    client = app.test_client()
    assert isinstance(client, SchoolClient)
    return client.sign_in(make.account_of(make.member(school, "admin")))


def bring(client: SchoolClient, school: School, content: bytes, name: str = "набор.zip", kind: str = "roster") -> str:
    """Bring a file; the address of its preview."""
    data = {"file": (io.BytesIO(content), name), "kind": kind}
    response = client.post(f"/s/{school.id}/roster", data=data)
    assert response.status_code == 303, response.text
    return response.headers["Location"]


def members(school: School) -> int:
    return db.session.scalar(select(func.count()).select_from(Member).where(Member.school_id == school.id)) or 0


def test_bring_look_apply_and_take_back(admin: SchoolClient, school: School) -> None:
    assert "Пока ничего не загружали" in admin.get(f"/s/{school.id}/roster").text
    look = bring(admin, school, zipped(ONEROSTER_11))
    shown = admin.get(look)
    assert "Воробьёва Алёна Игоревна" in shown.text
    assert "7 «Б»" in shown.text
    assert members(school) == 1
    assert "набор.zip" in admin.get(f"/s/{school.id}/roster").text
    applied = admin.post(f"{look}/apply", follow_redirects=True)
    assert "Что сделала загрузка" in applied.text
    assert members(school) == 5
    again = admin.post(f"{look}/apply", follow_redirects=True)
    assert "Что сделала загрузка" in again.text, "a second press finds the first one's result"
    assert db.session.scalar(select(func.count()).select_from(RosterRun).where(RosterRun.school_id == school.id)) == 1
    assert "Ничего не изменится" in admin.get(bring(admin, school, zipped(ONEROSTER_11))).text
    back = admin.post(f"{applied.request.path}/undo", follow_redirects=True)
    assert "Загрузка отменена" in back.text
    assert members(school) == 1


def test_the_same_with_htmx(admin: SchoolClient, school: School) -> None:
    look = bring(admin, school, MOODLE.encode(), "users.csv")
    response = admin.post(f"{look}/apply", headers={"HX-Request": "true"})
    assert response.status_code == 204
    assert "/roster/runs/" in response.headers["HX-Redirect"]


def test_what_is_refused_is_named_in_russian(admin: SchoolClient, school: School) -> None:
    users = ONEROSTER_11["users.csv"].replace("student,misha", "wizard,misha")
    enrolments = ONEROSTER_11["enrollments.csv"].replace("p-1,student,true,2026-09-01", "p-1,student,true,1/05/2026")
    texts = {**ONEROSTER_11, "users.csv": users, "enrollments.csv": enrolments}
    text = admin.get(bring(admin, school, zipped(texts))).text
    assert "Роли «wizard» в OneRoster нет." in text
    assert "beginDate: «1/05/2026» может быть 2026-05-01 или 2026-01-05" in text
    assert "users.csv" in text


def test_what_is_no_set(admin: SchoolClient, school: School) -> None:
    text = admin.get(bring(admin, school, b"PK\x03\x04 broken")).text
    assert "Архив повреждён" in text
    assert "Применить" not in text


def test_no_file_was_chosen(admin: SchoolClient, school: School) -> None:
    response = admin.post(f"/s/{school.id}/roster", data={"kind": "roster"})
    assert response.status_code == 422
    assert "Выберите файл" in response.text


def test_put_aside(admin: SchoolClient, school: School) -> None:
    look = bring(admin, school, zipped(ONEROSTER_11))
    assert "Ничего не изменено" in admin.post(f"{look}/discard", follow_redirects=True).text
    assert admin.get(look).status_code == 404


def test_a_file_that_the_storage_has_swept(admin: SchoolClient, school: School, app: Flask) -> None:
    look = bring(admin, school, zipped(ONEROSTER_11))
    key = db.session.scalars(select(RosterUpload.storage_key).where(RosterUpload.school_id == school.id)).one()
    app.extensions["storage"].delete(key)
    assert "Загрузите его ещё раз" in admin.get(look).text
    assert admin.post(f"{look}/apply").headers["Location"].endswith(look)


def test_nothing_to_apply(admin: SchoolClient, school: School) -> None:
    admin.post(f"{bring(admin, school, zipped(ONEROSTER_11))}/apply")
    again = bring(admin, school, zipped(ONEROSTER_11))
    assert "Менять ничего не понадобилось" in admin.post(f"{again}/apply", follow_redirects=True).text


def test_undo_says_what_stands_in_the_way(admin: SchoolClient, school: School, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(hooks, "_counters", {say("Lessons of the week"): lambda *_: 4})
    applied = admin.post(f"{bring(admin, school, zipped(ONEROSTER_11))}/apply", follow_redirects=True)
    refused = admin.post(f"{applied.request.path}/undo")
    assert refused.status_code == 409
    assert "Уроки недели: 4" in refused.text
    assert members(school) == 5


@pytest.fixture
def waiting(make: Make, school: School) -> str:
    """The address of a file that an administrator has brought."""
    with unit_of_work():
        admin = make.actor(make.member(school, "admin"), "admin")
        upload = keep_upload(admin, ImportKind.ROSTER, "набор.zip", zipped(ONEROSTER_11))
        return f"/s/{school.id}/roster/files/{upload.id}"


@pytest.mark.parametrize("role", ["pupil", "parent", "teacher", "deputy", "head"])
def test_only_administrators(make: Make, school: School, client: SchoolClient, waiting: str, role: str) -> None:
    client.sign_in(make.account_of(make.member(school, role)))
    assert client.get(f"/s/{school.id}/roster").status_code == 404
    assert client.get(waiting).status_code == 404
    assert client.post(f"{waiting}/apply").status_code == 404


def test_another_schools_administrator(make: Make, school: School, client: SchoolClient, waiting: str) -> None:
    other = make.school()
    client.sign_in(make.account_of(make.member(other, "admin")))
    assert client.get(waiting).status_code == 404
    assert client.get(waiting.replace(f"/s/{school.id}/", f"/s/{other.id}/")).status_code == 404
