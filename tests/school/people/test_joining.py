"""A one-time code from paper becomes a login and a password."""

from datetime import timedelta

from flask import Flask

from school.core import clock
from school.core.database import db
from school.core.transactions import unit_of_work
from school.people.actions import invite, reset_access
from school.people.models import AccessCode, Account
from school.people.queries import get_holder
from tests.browsing import SchoolClient
from tests.factories import Make
from tests.school.people.people_at import PASSWORD, SmallSchool, give_password, small_school

ANOTHER = "семь синих китов"


def give_code(make: Make, at: SmallSchool, *, reset: bool = False) -> str:
    actor = make.actor(at.admin, "admin")
    holder = get_holder(actor, at.vera.id)
    assert holder is not None
    with unit_of_work():
        return reset_access(actor, holder) if reset else invite(actor, [holder])[0]


def without_login(make: Make, at: SmallSchool) -> SmallSchool:
    with unit_of_work():
        db.session.merge(make.account_of(at.vera)).login = None
    return at


def accept(client: SchoolClient, code: str, login: str = "Вера2016", password: str = ANOTHER) -> int:
    return client.post("/join/account", data={"code": code, "login": login, "password": password}).status_code


def test_a_code_greets_then_takes_login_and_password_and_signs_in(client: SchoolClient, make: Make) -> None:
    at = without_login(make, small_school(make))
    code = give_code(make, at)
    assert client.get("/join").status_code == 200
    greeting = client.post("/join", data={"code": code.lower()})
    assert greeting.status_code == 200
    assert make.account_of(at.vera).name in greeting.text
    assert accept(client, code) == 303
    assert client.get("/profile").status_code == 200
    client.post("/sign-out")
    assert client.post("/sign-in", data={"login": "ВЕРА2016", "password": ANOTHER}).status_code == 303


def test_a_code_works_once(app: Flask, client: SchoolClient, make: Make) -> None:
    code = give_code(make, without_login(make, small_school(make)))
    assert accept(client, code) == 303
    assert accept(app.test_client(), code, "drugaya") == 422
    assert client.post("/join", data={"code": code}).status_code == 422


def test_a_code_ends_with_its_time_and_with_the_next_code(client: SchoolClient, make: Make) -> None:
    at = without_login(make, small_school(make))
    old, new = give_code(make, at), give_code(make, at, reset=True)
    assert client.post("/join", data={"code": old}).status_code == 422
    with clock.stopped_at(clock.now() + timedelta(hours=25)):
        assert client.post("/join", data={"code": new}).status_code == 422
    assert client.post("/join", data={"code": new}).status_code == 200


def test_a_reset_keeps_the_login_and_ends_the_old_password_and_devices(
    app: Flask, client: SchoolClient, make: Make
) -> None:
    at = small_school(make)
    give_password(make.account_of(at.vera), "vera")
    device = app.test_client()
    device.post("/sign-in", data={"login": "vera", "password": PASSWORD})
    assert device.get("/profile").status_code == 200
    code = give_code(make, at, reset=True)
    assert device.get("/profile").status_code == 303
    assert client.post("/sign-in", data={"login": "vera", "password": PASSWORD}).status_code == 422
    assert 'name="login"' not in client.post("/join", data={"code": code}).text
    assert accept(client, code, login="ignored") == 303
    client.post("/sign-out")
    assert client.post("/sign-in", data={"login": "vera", "password": ANOTHER}).status_code == 303


def test_weak_passwords_and_taken_logins_are_said_in_words_and_spend_nothing(client: SchoolClient, make: Make) -> None:
    make.account(login="занято")
    code = give_code(make, without_login(make, small_school(make)))
    for login, password, words in (
        ("Занято", ANOTHER, "уже занят"),
        ("a b", ANOTHER, "Не меньше трёх знаков"),
        ("вера2016", "вера2016", "повторяет логин"),
        ("вера2016", "пароль123", "выбирают многие"),
        ("вера2016", "семь", "восьми знаков"),
    ):
        answer = client.post("/join/account", data={"code": code, "login": login, "password": password})
        assert answer.status_code == 422
        assert words in answer.text
    assert accept(client, code) == 303


def test_codes_are_kept_as_keyed_hashes_with_who_made_them(make: Make) -> None:
    at = small_school(make)
    code = give_code(make, at)
    row = db.session.scalars(db.select(AccessCode)).one()
    assert code.encode() not in row.code_hash
    assert row.made_by == at.admin.account_id


def test_a_code_of_a_closed_account_opens_nothing(client: SchoolClient, make: Make) -> None:
    at = small_school(make)
    code = give_code(make, at)
    with unit_of_work():
        account = db.session.get(Account, at.vera.account_id)
        assert account is not None
        account.closed_at = clock.now()
    assert client.post("/join", data={"code": code}).status_code == 422


def test_codes_may_not_be_guessed_for_long(client: SchoolClient, make: Make) -> None:
    code = give_code(make, small_school(make))
    for _ in range(29):
        assert client.post("/join", data={"code": "AAAA-AAAA-AAAA"}).status_code == 422
    assert client.post("/join", data={"code": "AAAA-AAAA-AAAA"}).status_code == 429
    assert client.post("/join", data={"code": code}).status_code == 429
    assert accept(client, code) == 429
