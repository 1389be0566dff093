"""One's own page: password, devices, language and theme, roles and children."""

from datetime import timedelta
from typing import cast

from flask import Flask

from school.core import clock
from school.core.database import db
from school.core.transactions import unit_of_work
from school.people.models import Role, SignIn
from tests.browsing import SchoolClient
from tests.factories import Make
from tests.school.people.people_at import PASSWORD, give_password, small_school

ANOTHER = "семь синих китов"


def browser(app: Flask, login: str = "olga", agent: str = "") -> SchoolClient:
    made = cast("SchoolClient", app.test_client())
    made.post("/sign-in", data={"login": login, "password": PASSWORD}, headers={"User-Agent": agent})
    assert made.get("/profile").status_code == 200
    return made


def test_a_new_password_ends_the_other_devices_and_keeps_this_one(app: Flask, make: Make) -> None:
    give_password(make.account(login="olga"))
    give_password(make.account(login="anna"))
    here, there, noise = browser(app), browser(app), browser(app, "anna")
    answer = here.post("/profile/password", data={"present": PASSWORD, "password": ANOTHER})
    assert answer.status_code == 303
    assert here.get("/profile").status_code == 200
    assert there.get("/profile").status_code == 303
    assert noise.get("/profile").status_code == 200
    assert there.post("/sign-in", data={"login": "olga", "password": PASSWORD}).status_code == 422
    assert there.post("/sign-in", data={"login": "olga", "password": ANOTHER}).status_code == 303


def test_a_new_password_needs_the_present_one_and_strength(app: Flask, make: Make) -> None:
    give_password(make.account(login="olga2010"))
    here = browser(app, "olga2010")
    assert here.get("/profile/password").status_code == 200
    for present, password, words in (
        ("не тот", ANOTHER, "Нынешний пароль другой"),
        (PASSWORD, "olga2010", "повторяет логин"),
        (PASSWORD, "12345678", "выбирают многие"),
        (PASSWORD, "семь", "восьми знаков"),
    ):
        answer = here.post("/profile/password", data={"present": present, "password": password})
        assert answer.status_code == 422
        assert words in answer.text
    for _ in range(10):
        answer = here.post("/profile/password", data={"present": "не тот", "password": ANOTHER})
    assert "Слишком много попыток" in answer.text


def test_devices_are_listed_and_ended_one_or_all(app: Flask, make: Make) -> None:
    account = give_password(make.account(login="olga"))
    here, phone = browser(app, agent="Firefox Linux"), browser(app, agent="Chrome Android")
    page = here.get("/profile").text
    assert "Firefox, Linux" in page
    assert "Chrome, Android" in page
    row = db.session.scalars(db.select(SignIn).where(SignIn.device == "Chrome, Android")).one()
    assert here.post(f"/profile/sign-ins/{row.id}/end").status_code == 303
    assert phone.get("/profile").status_code == 303
    third = browser(app)
    assert here.post("/profile/sign-ins/end-others").status_code == 303
    assert third.get("/profile").status_code == 303
    assert here.get("/profile").status_code == 200
    assert account.id


def test_nobody_ends_the_sign_in_of_another_person(app: Flask, client: SchoolClient, make: Make) -> None:
    give_password(make.account(login="olga"))
    hers = browser(app)
    row = db.session.scalars(db.select(SignIn)).one()
    client.sign_in(make.account())
    assert client.post(f"/profile/sign-ins/{row.id}/end").status_code == 404
    assert hers.get("/profile").status_code == 200


def test_language_and_theme_stay_with_the_account(app: Flask, make: Make) -> None:
    give_password(make.account(login="olga"))
    here = browser(app)
    here.post("/preferences", data={"language": "en", "theme": "dark"}, headers={"Referer": "http://localhost/profile"})
    elsewhere = browser(app).get("/profile").text
    assert 'lang="en"' in elsewhere
    assert 'data-theme="dark"' in elsewhere
    assert "My devices" in elsewhere


def test_roles_hold_from_their_first_to_their_last_day(client: SchoolClient, make: Make) -> None:
    school = make.school()
    member, today = make.member(school), clock.today()
    client.sign_in(make.account_of(member))
    with unit_of_work():
        role = Role(account_id=member.account_id, school_id=school.id, member_id=member.id, kind="admin")
        role.from_on, role.to_on = today + timedelta(days=1), today + timedelta(days=2)
        db.session.add(role)
    people = f"/s/{school.id}/people"
    noon = clock.now()
    for days, status in ((0, 404), (1, 200), (2, 200), (3, 404)):
        with clock.stopped_at(noon + timedelta(days=days)):
            assert client.get(people).status_code == status, days


def test_a_parent_sees_the_children_of_both_schools(client: SchoolClient, make: Make) -> None:
    at = small_school(make)
    elsewhere = make.pupil(at.other, family_name="Ёлкин", given_name="Глеб")
    make.parent(at.other, elsewhere, account=make.account_of(at.parent))
    noise = make.pupil(at.other, family_name="Чужой", given_name="Иван")
    make.parent(at.other, noise)
    page = client.sign_in(make.account_of(at.parent)).get("/profile").text
    assert "Ёлкина Вера" in page
    assert "Ёлкин Глеб" in page
    assert "Чужой" not in page
    assert at.school.short_name in page
    assert at.other.short_name in page
