"""Signing in and out as a person does it."""

from flask import Flask

from school.core.database import db
from school.people.models import Account
from school.people.passwords import hash_password
from tests.browsing import SchoolClient
from tests.factories import Make


def give_password(account: Account, password: str) -> None:
    account.password_hash = hash_password(password)
    db.session.commit()


def test_the_right_password_opens_the_school(client: SchoolClient, make: Make) -> None:
    account = make.account(login="olga")
    give_password(account, "сильный пароль")
    assert client.get("/").status_code == 303
    answer = client.post("/sign-in?next=/", data={"login": " Olga ", "password": "сильный пароль"})
    assert answer.status_code == 303, answer.text
    assert answer.location == "/"
    assert client.get("/").status_code == 200


def test_a_wrong_password_says_so_and_signs_nobody_in(client: SchoolClient, make: Make) -> None:
    give_password(make.account(login="olga"), "сильный пароль")
    answer = client.post("/sign-in", data={"login": "olga", "password": "не тот"})
    assert answer.status_code == 422
    assert client.get("/").status_code == 303


def test_signing_out_ends_the_session_for_good(client: SchoolClient, make: Make) -> None:
    account = make.account()
    client.sign_in(account)
    cookie = client.get_cookie("session")
    assert client.get("/").status_code == 200
    assert client.post("/sign-out").status_code == 303
    assert cookie is not None
    client.set_cookie("session", cookie.value)
    assert client.get("/").status_code == 303


def test_ten_failures_make_a_login_wait(client: SchoolClient, make: Make) -> None:
    give_password(make.account(login="olga"), "сильный пароль")
    for _ in range(10):
        client.post("/sign-in", data={"login": "olga", "password": "не тот"})
    answer = client.post("/sign-in", data={"login": "olga", "password": "сильный пароль"})
    assert answer.status_code == 429


def test_next_never_leads_to_another_site(client: SchoolClient, make: Make, app: Flask) -> None:
    give_password(make.account(login="olga"), "сильный пароль")
    answer = client.post("/sign-in?next=//evil.example/", data={"login": "olga", "password": "сильный пароль"})
    assert answer.location == "/"
