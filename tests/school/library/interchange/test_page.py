"""Bringing a file through the page: look first, then decide; and saving a test as a file."""

import io
import json
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from content_library import Item, Unit, UnitKind, UnitVersion, drafts, shelf
from content_library.interchange import FORMATS
from school.core.database import db
from school.library.models import BroughtFile
from school.people.models import Account
from tests.browsing import SchoolClient
from tests.content_library.interchange.samples import GIFT, MOODLE_XML, SAMPLES
from tests.content_library.interchange.test_hostile import LAUGHS
from tests.factories import Make


@pytest.fixture
def author(client: SchoolClient, make: Make) -> Account:
    account = make.account_of(make.teacher(make.school()))
    make.subject(id=17, name_ru="Биология")
    client.sign_in(account)
    return account


def send(client: SchoolClient, data: str | bytes, name: str) -> Any:
    body = data.encode() if isinstance(data, str) else data
    return client.post("/library/import", data={"file": (io.BytesIO(body), name)}, content_type="multipart/form-data")


def waiting() -> list[BroughtFile]:
    return list(db.session.scalars(select(BroughtFile)))


PLACE = {"subject": "17", "year_from": "7", "year_to": "6", "licence": "own"}


def test_look_then_make_the_drafts(client: SchoolClient, author: Account) -> None:
    answer = send(client, MOODLE_XML, "клетка.xml")
    (brought,) = waiting()
    assert answer.status_code == 303 and str(brought.id) in answer.location
    text = client.get(f"/library/import/{brought.id}").text
    for said in ("Что в файле", "клетка.xml", "Где хранится ДНК?", "Вопросы вида «coderunner»", "№ 4, «Код»"):
        assert said in text
    assert list(db.session.scalars(select(Unit))) == []
    answer = client.post(f"/library/import/{brought.id}/accept", data=PLACE)
    assert answer.status_code == 303 and waiting() == []
    (unit,) = db.session.scalars(select(Unit))
    assert (unit.kind, unit.author_account_id, unit.year_from, unit.year_to) == (UnitKind.TEST, author.id, 6, 7)
    assert [item.kind for item in db.session.scalars(select(Item).order_by(Item.position))] == [
        "single",
        "number",
        "matching",
    ]
    assert "клетка" in client.get("/library/mine").text


def test_a_hostile_file_is_refused_on_the_spot(client: SchoolClient, author: Account) -> None:
    answer = send(client, LAUGHS, "t.xml")
    assert answer.status_code == 422 and "подстановки" in answer.text
    assert waiting() == []


def test_a_file_put_aside_is_forgotten(client: SchoolClient, author: Account) -> None:
    send(client, GIFT, "../../t.gift")
    (brought,) = waiting()
    assert brought.name == "t.gift" and "t.gift" in client.get("/library/import").text
    assert client.post(f"/library/import/{brought.id}/put-aside").status_code == 303
    assert waiting() == []


def test_a_picture_comes_into_its_book(client: SchoolClient, author: Account) -> None:
    file, make = SAMPLES["epub"]
    send(client, make(), file)
    (brought,) = waiting()
    client.post(f"/library/import/{brought.id}/accept", data=PLACE)
    (unit,) = db.session.scalars(select(Unit))
    assert "солнце" in client.get(f"/library/{unit.id}/draft").text


def test_another_teacher_sees_nothing_of_it(client: SchoolClient, author: Account, make: Make) -> None:
    send(client, GIFT, "t.gift")
    (brought,) = waiting()
    client.sign_in(make.account_of(make.teacher(make.school())))
    assert client.get(f"/library/import/{brought.id}").status_code == 404
    assert client.post(f"/library/import/{brought.id}/accept", data=PLACE).status_code == 404
    assert "t.gift" not in client.get("/library/import").text


def test_pupils_bring_and_save_nothing(app: Flask, client: SchoolClient, author: Account, make: Make) -> None:
    send(client, GIFT, "t.gift")
    client.post(f"/library/import/{waiting()[0].id}/accept", data=PLACE)
    (unit,) = db.session.scalars(select(Unit))
    course = make.course(pupils=1)
    client.sign_in(make.account_of(make.pupils_of(course)[0]))
    assert client.get("/library/import").status_code in {403, 404}
    assert client.get(f"/library/{unit.id}/save-as/gift").status_code in {403, 404}


@pytest.mark.parametrize("form", sorted(FORMATS))
def test_a_draft_is_saved_and_comes_back(form: str, client: SchoolClient, author: Account) -> None:
    send(client, GIFT, "t.gift")
    client.post(f"/library/import/{waiting()[0].id}/accept", data=PLACE)
    (unit,) = db.session.scalars(select(Unit))
    version = drafts.open_version(db.session(), unit)
    assert version is not None
    before = [item.kind for item in shelf.items_of(db.session(), version)]
    saved = client.get(f"/library/{unit.id}/save-as/{form}")
    assert saved.status_code == 200 and "attachment" in saved.headers["Content-Disposition"]
    send(client, saved.data, f"back.{FORMATS[form].ending}")
    client.post(f"/library/import/{waiting()[0].id}/accept", data=PLACE)
    newest = db.session.scalars(select(UnitVersion).order_by(UnitVersion.id.desc())).first()
    assert newest is not None and [item.kind for item in shelf.items_of(db.session(), newest)] == before


def test_what_a_format_lacks_is_said_before_saving(client: SchoolClient, author: Account) -> None:
    aiken = "Чётные?\nA) 2\nB) 4\nC) 5\nANSWER: A, B\n\nСколько?\nA) 2\nB) 4\nANSWER: A\n"
    send(client, aiken, "t.txt")
    client.post(f"/library/import/{waiting()[0].id}/accept", data=PLACE)
    (unit,) = db.session.scalars(select(Unit))
    said = client.get(f"/library/{unit.id}/save-as/gift").text
    assert "только за все верные варианты сразу" in said and "Сохранить остальные вопросы" in said
    assert client.get(f"/library/{unit.id}/save-as/gift?partly=1").data.decode().count("Сколько?") == 1


def test_a_unit_of_kinds_no_file_knows_says_so(client: SchoolClient, author: Account) -> None:
    send(client, "Сколько?\nA) 2\nB) 4\nANSWER: A\n", "t.txt")
    client.post(f"/library/import/{waiting()[0].id}/accept", data=PLACE)
    (unit,) = db.session.scalars(select(Unit))
    item = db.session.scalars(select(Item)).one()
    item.kind, item.spec = (
        "formula",
        {"version": 1, "prompt": "Разложите: x² − 9.", "variables": ["x"], "key": {"value": "x"}},
    )
    db.session.commit()
    for address in (f"/library/{unit.id}/save-as/qti", f"/library/{unit.id}/save-as/qti?partly=1"):
        said = client.get(address)
        assert said.status_code == 200 and "вопрос" in said.text.lower() and "Сохранить остальные" not in said.text


def test_what_was_found_is_kept_as_plain_data(client: SchoolClient, author: Account, tmp_path: Path) -> None:
    send(client, GIFT, "t.gift")
    assert json.loads(waiting()[0].found)["$"] == "Found"


def test_writing_on_an_imported_question_keeps_its_shares(client: SchoolClient, author: Account) -> None:
    send(client, "Раз? {=да ~%50%может быть ~нет}\n\nДва? {=кот =%50%котик}\n\nТри? {#=5:0 =%50%5:1}\n", "t.gift")
    client.post(f"/library/import/{waiting()[0].id}/accept", data=PLACE)
    (unit,) = db.session.scalars(select(Unit))
    said = {
        "single": {"option_1": "да", "option_2": "может быть", "option_3": "нет", "right": "1"},
        "text": {"accept": "кот\nкошка"},
        "number": {"value": "5", "tolerance_kind": "abs"},
    }
    for item in db.session.scalars(select(Item).order_by(Item.position)).all():
        form = {"prompt": "По-новому?", "points": "1", "picture": "", **said[item.kind]}
        assert client.post(f"/library/{unit.id}/questions/{item.id}", data=form).status_code == 303
    one, two, three = db.session.scalars(select(Item).order_by(Item.position)).all()
    assert one.spec["shares"] == ["1", "0.5", "0"] and one.spec["prompt"] == "По-новому?"
    assert two.spec["key"] == {"accept": ["кот", "кошка"], "partly": [["котик", "0.5"]]}
    assert three.spec["key"]["also"] == [{"value": "5", "abs": "1", "share": "0.5"}]
