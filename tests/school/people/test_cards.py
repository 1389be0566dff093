"""The printed card of a small child: one button, one device, ended and reprinted in one act."""

import re
from typing import Any

from flask import Flask

from school.core.database import db
from school.core.transactions import unit_of_work
from school.people.actions import give_cards
from school.people.models import QrCard, SignIn
from school.people.queries import get_holder
from tests.browsing import SchoolClient
from tests.factories import Make
from tests.school.people.people_at import SmallSchool, give_password, small_school


def print_card(make: Make, at: SmallSchool) -> str:
    actor = make.actor(at.leader, "teacher")
    holder = get_holder(actor, at.vera.id)
    assert holder is not None
    with unit_of_work():
        return f"/qr/{give_cards(actor, [holder])[0]}"


def card_row() -> Any:
    db.session.rollback()
    return db.session.scalars(db.select(QrCard).where(QrCard.ended_at.is_(None))).one()


def test_opening_the_address_asks_and_signs_nobody_in(client: SchoolClient, make: Make) -> None:
    url = print_card(make, small_school(make))
    page = client.get(url)
    assert page.status_code == 200
    assert "Это ты, Вера?" in page.text
    assert client.get("/profile").status_code == 303
    assert card_row().device_hash is None, "a preview of the link binds nothing"


def test_the_button_signs_in_and_the_device_becomes_the_cards_own(client: SchoolClient, make: Make) -> None:
    url = print_card(make, small_school(make))
    assert client.post(url).status_code == 303
    assert "Вера" in client.get("/profile").text
    device = client.get_cookie("device")
    assert device is not None
    assert device.http_only
    assert device.same_site == "Lax"
    assert device.expires is not None
    assert card_row().device_hash is not None
    client.post("/sign-out")
    assert client.post(url).status_code == 303, "the same device, again and again"
    assert client.get("/profile").status_code == 200


def test_another_device_is_refused_kindly_and_the_teacher_sees_it(app: Flask, client: SchoolClient, make: Make) -> None:
    at = small_school(make)
    url = print_card(make, at)
    client.post(url)
    other = app.test_client()
    answer = other.post(url)
    assert answer.status_code == 403
    assert "живёт на другом устройстве" in answer.text
    assert other.get("/profile").status_code == 303
    teacher = app.test_client()
    assert isinstance(teacher, SchoolClient)
    keys = teacher.sign_in(make.account_of(at.leader)).get(f"/s/{at.school.id}/classes/{at.group.id}/keys").text
    assert "карточку показали на другом устройстве" in keys


def test_two_children_share_a_tablet(client: SchoolClient, make: Make) -> None:
    first, second = print_card(make, small_school(make)), print_card(make, small_school(make))
    assert client.post(first).status_code == 303
    assert client.post(second).status_code == 303
    assert client.post(first).status_code == 303


def test_a_new_card_ends_the_old_one_and_its_sign_ins(client: SchoolClient, make: Make) -> None:
    at = small_school(make)
    old = print_card(make, at)
    client.post(old)
    assert client.get("/profile").status_code == 200
    new = print_card(make, at)
    assert client.get("/profile").status_code == 303
    assert client.get(old).status_code == 404
    assert client.post(old).status_code == 404
    assert client.post(new).status_code == 303


def test_only_hashes_are_kept(make: Make) -> None:
    secret = print_card(make, small_school(make)).removeprefix("/qr/")
    row = card_row()
    assert secret.encode() not in row.secret_hash
    assert len(row.secret_hash) == 32


def test_a_card_takes_the_place_of_whoever_was_here_and_says_so(client: SchoolClient, make: Make) -> None:
    at = small_school(make)
    url = print_card(make, at)
    mother = make.account(name="Ольга Сергеевна")
    client.sign_in(mother)
    assert "Сейчас здесь работает Ольга Сергеевна" in client.get(url).text
    client.post(url)
    assert "Вера" in client.get("/profile").text
    row = db.session.scalars(db.select(SignIn).where(SignIn.account_id == mother.id)).one()
    assert row.ended_at is not None


def test_cards_that_do_not_exist_may_not_be_tried_for_long(client: SchoolClient, make: Make) -> None:
    url = print_card(make, small_school(make))
    for n in range(30):
        assert client.get(f"/qr/guess{n}").status_code == 404
    assert client.get("/qr/guess").status_code == 429
    assert client.post(url).status_code == 429


def test_the_class_teacher_prints_a_sheet_once_and_prints_it_anew(client: SchoolClient, make: Make) -> None:
    at = small_school(make)
    client.sign_in(make.account_of(at.leader))
    cards = f"/s/{at.school.id}/classes/{at.group.id}/cards"
    sheet = client.post(cards)
    assert sheet.status_code == 200
    assert sheet.headers["Cache-Control"] == "no-store"
    assert sheet.text.count("<svg") >= 2
    assert len(re.findall('class="qr"', sheet.text)) == 2
    assert "Ёлкина Вера" in sheet.text
    assert client.post(cards).status_code == 303, "everybody has one"
    assert len(re.findall('class="qr"', client.post(cards, data={"which": "all"}).text)) == 2
    assert db.session.scalar(db.select(db.func.count()).select_from(QrCard)) == 4


def test_cards_are_for_small_children_only(client: SchoolClient, make: Make) -> None:
    at = small_school(make, year_level=7)
    client.sign_in(make.account_of(at.admin))
    one = client.post(f"/s/{at.school.id}/people/{at.vera.id}/card")
    assert one.status_code == 403
    assert "Карточки — для малышей" in one.text
    assert client.post(f"/s/{at.school.id}/people/{at.teacher.id}/card").status_code == 403
    assert client.post(f"/s/{at.school.id}/classes/{at.group.id}/cards").status_code == 303, "nobody to print for"
    assert client.post(f"/s/{at.school.id}/people/cards-rule", data={"year_level": "3"}).status_code == 303
    client.post(f"/s/{at.school.id}/people/cards-rule", data={"year_level": "11"})
    assert client.post(f"/s/{at.school.id}/people/{at.vera.id}/card").status_code == 403


def test_the_school_sets_the_last_year_of_cards(client: SchoolClient, make: Make) -> None:
    at = small_school(make, year_level=5)
    client.sign_in(make.account_of(at.admin))
    card = f"/s/{at.school.id}/people/{at.vera.id}/card"
    assert client.post(card).status_code == 403
    client.post(f"/s/{at.school.id}/people/cards-rule", data={"year_level": "5"})
    assert client.post(card).status_code == 200
    client.post(f"/s/{at.school.id}/people/cards-rule", data={"year_level": "0"})
    assert client.post(card).status_code == 403


def test_a_pupil_who_is_also_a_parent_has_no_card(client: SchoolClient, make: Make) -> None:
    at = small_school(make)
    make.member(at.other, "parent", account=give_password(make.account_of(at.vera)))
    client.sign_in(make.account_of(at.admin))
    assert client.post(f"/s/{at.school.id}/people/{at.vera.id}/card").status_code == 403
