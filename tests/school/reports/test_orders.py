"""Long reports: ordered, made by a worker, told in words when they fail, fetched by their asker only, deleted after a day."""

import zipfile
from datetime import timedelta
from io import BytesIO
from typing import Any

import openpyxl
import pypdfium2
import pytest
from flask import Flask

from school.classes.models import ClassLeadership
from school.core import clock
from school.core.database import db
from school.core.files import storage
from school.core.jobs import Worker
from school.core.transactions import unit_of_work
from school.reports.actions import expire, making
from school.reports.models import OrderState, ReportOrder
from school.reports.printing import CannotPrint
from tests.browsing import SchoolClient
from tests.factories import Make
from tests.school.reports.rooms import SIGNS, Room, a_room


@pytest.fixture
def room(make: Make) -> Room:
    return a_room(make)


def order(client: SchoolClient, room: Room, who: str = "deputy", kind: str = "everything") -> str:
    client.sign_in(room.make.account_of(room.people[who]))
    if who == "class teacher":
        url = f"/s/{room.school_id}/groups/{room.group.id}/reports/orders?period=1"
        answer = client.post(url, data={"kind": kind})
    else:
        data = {"kind": kind, "period": "quarters-1"}
        answer = client.post(f"/s/{room.school_id}/reports/orders", data=data)
    assert answer.status_code == 303
    return str(answer.headers["Location"])


def the_order(room: Room) -> ReportOrder:
    db.session.expire_all()
    return db.session.scalars(db.select(ReportOrder).where(ReportOrder.school_id == room.school_id)).one()


def work(app: Flask) -> None:
    Worker(app, periodic=False).run_until_empty()


def test_a_school_is_one_file_of_papers(app: Flask, client: SchoolClient, room: Room) -> None:
    url = order(client, room)
    assert "Заказано" in client.get(url).text
    work(app)
    page = client.get(url).text
    assert "Файл готов" in page
    assert "hx-trigger" not in page.split('id="order"')[1].split(">")[0]
    row = the_order(room)
    assert (row.state, row.done, row.total) == (OrderState.READY, row.total, 2 + 2 + len(room.courses) - 1)
    fetched = client.get(f"{url}/file")
    assert fetched.status_code == 303
    assert row.file_key is not None
    archive = zipfile.ZipFile(BytesIO(storage().open(row.file_key).read()))
    names = archive.namelist()
    sheets = [name for name in names if name.endswith(".xlsx")]
    assert len(names) - len(sheets) == len(set(names)) - len(sheets) == 2 * 3 + row.total - 2
    assert {name.removesuffix(".xlsx") for name in sheets} == {
        name.removesuffix(".pdf") for name in names if name.startswith("summary") and name.endswith(".pdf")
    }, "the summary sheets, and only they, as tables too"
    assert len(sheets) == 2
    table = openpyxl.load_workbook(BytesIO(archive.read(next(name for name in sheets if "7 Б" in name))))
    assert any(
        cell == "Антонова" or str(cell).startswith("Антонова ") for row in table.worksheets[0].values for cell in row
    )
    cards = next(name for name in names if name.startswith("report cards 7 Б"))
    assert len(pypdfium2.PdfDocument(archive.read(cards))) == len(SIGNS)


def test_an_order_of_a_year_has_the_sheet_of_the_year(app: Flask, client: SchoolClient, room: Room) -> None:
    client.sign_in(room.make.account_of(room.people["deputy"]))
    data = {"kind": "summaries", "period": "quarters-year"}
    assert client.post(f"/s/{room.school_id}/reports/orders", data=data).status_code == 303
    work(app)
    key = the_order(room).file_key
    assert key is not None
    names = zipfile.ZipFile(BytesIO(storage().open(key).read())).namelist()
    assert {name for name in names if name.startswith("year summary 7 Б")} == {
        "year summary 7 Б.pdf",
        "year summary 7 Б.xlsx",
    }


def test_how_far_it_is_stands_on_the_page_while_it_is_made(
    app: Flask, client: SchoolClient, room: Room, monkeypatch: pytest.MonkeyPatch
) -> None:
    url = order(client, room)
    seen: list[str] = []
    prints = making.to_pdf

    def look(*args: Any, **kwargs: Any) -> Any:
        seen.append(client.get(url).text)
        return prints(*args, **kwargs)

    monkeypatch.setattr(making, "to_pdf", look)
    work(app)
    total = the_order(room).total
    assert total is not None
    assert f"0 из {total}" in seen[0] and f"{total - 1} из {total}" in seen[-1]
    assert all('hx-trigger="every 2s"' in one for one in seen)


def test_a_class_teacher_gets_the_cards_of_the_class_and_loses_them_with_the_class(
    app: Flask, client: SchoolClient, room: Room
) -> None:
    url = order(client, room, "class teacher", "cards")
    work(app)
    assert the_order(room).file_name.endswith(".pdf")
    assert client.get(f"{url}/file").status_code == 303
    for who in ("deputy", "another teacher", "parent", "head of another school"):
        client.sign_in(room.make.account_of(room.people[who]))
        assert client.get(url).status_code == client.get(f"{url}/file").status_code == 404, who
    with unit_of_work():
        db.session.execute(
            db.update(ClassLeadership)
            .where(ClassLeadership.school_id == room.school_id)
            .values(to_on=clock.today() - timedelta(days=1))
        )
    client.sign_in(room.make.account_of(room.people["class teacher"]))
    assert client.get(f"{url}/file").status_code == 404


def test_who_may_order(client: SchoolClient, room: Room) -> None:
    for who in ("teacher", "another teacher", "parent", "admin", "class teacher"):
        client.sign_in(room.make.account_of(room.people[who]))
        data = {"kind": "cards", "period": "quarters-1"}
        assert client.post(f"/s/{room.school_id}/reports/orders", data=data).status_code == 404, who
    client.sign_in(room.make.account_of(room.people["deputy"]))
    for wrong in ({"kind": "secrets", "period": "quarters-1"}, {"kind": "cards", "period": "9"}):
        assert client.post(f"/s/{room.school_id}/reports/orders", data=wrong).status_code == 404


def test_what_cannot_be_made_is_said_by_its_name(
    app: Flask, client: SchoolClient, room: Room, monkeypatch: pytest.MonkeyPatch
) -> None:
    def jam(_paper: object) -> bytes:
        raise CannotPrint("no ink")

    url = order(client, room)
    monkeypatch.setattr(making, "to_pdf", jam)
    work(app)
    row = the_order(room)
    assert (row.state, row.failure, row.file_key) == (OrderState.FAILED, room.group.name, None)
    page = client.get(url).text
    assert room.group.name in page
    assert "закажите ещё раз" in page
    assert client.get(f"{url}/file").status_code == 404


def test_a_file_is_deleted_when_its_day_is_over(app: Flask, client: SchoolClient, room: Room) -> None:
    url = order(client, room, "class teacher", "cards")
    work(app)
    key = the_order(room).file_key
    assert key is not None
    assert expire() == 0
    with unit_of_work():
        the_order(room).expires_at = clock.now() - timedelta(minutes=1)
    assert making.has_old()
    assert expire() == 1
    assert not storage().exists(key)
    assert the_order(room).state == OrderState.GONE
    assert "Файла больше нет" in client.get(url).text
    assert client.get(f"{url}/file").status_code == 404
