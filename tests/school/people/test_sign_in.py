"""Signing in and out as a person does it, and what the cookie is worth."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from flask import Flask

from school.app import create_app
from school.core import clock
from school.core.config import Settings
from school.core.database import db, read_engine, write_engine
from school.core.transactions import unit_of_work
from school.people.models import SignIn
from tests import machines
from tests.browsing import SchoolClient
from tests.factories import Make
from tests.school.people.people_at import PASSWORD, give_password


def sign_in(client: SchoolClient, login: str = "olga", password: str = PASSWORD, **more: str) -> int:
    return client.post("/sign-in", data={"login": login, "password": password, **more}).status_code


def test_the_right_password_opens_the_school(client: SchoolClient, make: Make) -> None:
    give_password(make.account(login="olga"))
    assert client.get("/").status_code == 303
    answer = client.post("/sign-in?next=/profile", data={"login": " Olga ", "password": PASSWORD})
    assert answer.status_code == 303, answer.text
    assert answer.location == "/profile"
    assert client.get("/profile").status_code == 200
    assert client.get("/sign-in").status_code == 302, "who is in needs no form"


@pytest.mark.parametrize("language", ["ru", "en"])
def test_the_first_page_says_whom_it_is_for_and_what_to_do_without_a_password(
    client: SchoolClient, language: str
) -> None:
    client.post("/preferences", data={"language": language, "theme": "dark"})
    page = client.get("/sign-in").text
    assert ('lang="ru"' if language == "ru" else 'lang="en"') in page
    assert 'data-theme="dark"' in page
    assert ("Что делать, если забыли" if language == "ru" else "What if I forgot") in page
    assert 'href="/join"' in page
    assert "data-reveal" in page


def test_a_wrong_password_says_so_and_signs_nobody_in(client: SchoolClient, make: Make) -> None:
    give_password(make.account(login="olga"))
    wrong = client.post("/sign-in", data={"login": "olga", "password": "не тот"})
    unknown = client.post("/sign-in", data={"login": "nobody", "password": "не тот"})
    assert wrong.status_code == unknown.status_code == 422
    assert "не подходят" in wrong.text
    assert "не подходят" in unknown.text, "the same words: a login is not told from none"
    assert client.get("/").status_code == 303


def test_who_was_invited_only_has_no_password_to_guess(client: SchoolClient, make: Make) -> None:
    make.account(login="olga", password_hash=None)
    assert sign_in(client, password="nobody has this password") == 422


def test_a_closed_account_signs_nobody_in_and_ends_who_is_in(client: SchoolClient, make: Make) -> None:
    account = give_password(make.account(login="olga"))
    assert sign_in(client) == 303
    with unit_of_work():
        db.session.merge(account).closed_at = clock.now()
    assert client.get("/profile").status_code == 303
    assert sign_in(client) == 422


def test_signing_out_ends_the_session_for_good_and_clears_what_was_cached(client: SchoolClient, make: Make) -> None:
    client.sign_in(make.account())
    cookie = client.get_cookie("session")
    assert client.get("/").status_code == 200
    answer = client.post("/sign-out")
    assert answer.status_code == 303
    assert answer.headers["Clear-Site-Data"] == '"cache", "storage"'
    assert cookie is not None
    client.set_cookie("session", cookie.value)
    assert client.get("/").status_code == 303


def test_next_never_leads_to_another_site(client: SchoolClient, make: Make) -> None:
    give_password(make.account(login="olga"))
    answer = client.post("/sign-in?next=//evil.example/", data={"login": "olga", "password": PASSWORD})
    assert answer.location == "/"


def test_the_cookie_lasts_is_hidden_from_scripts_and_stays_on_this_site(client: SchoolClient, make: Make) -> None:
    give_password(make.account(login="olga"))
    sign_in(client)
    cookie = client.get_cookie("session")
    assert cookie is not None
    assert cookie.http_only
    assert cookie.same_site == "Lax"
    assert cookie.expires is not None
    assert cookie.expires > clock.now() + timedelta(days=59)


def test_on_a_shared_device_the_cookie_ends_with_the_window_and_the_row_by_evening(
    client: SchoolClient, make: Make
) -> None:
    give_password(make.account(login="olga"))
    sign_in(client, shared="y")
    cookie = client.get_cookie("session")
    assert cookie is not None
    assert cookie.expires is None
    with clock.stopped_at(clock.now() + timedelta(hours=2)):
        assert client.get("/profile").status_code == 200
    row = db.session.scalars(db.select(SignIn)).one()
    assert row.expires_at < clock.now() + timedelta(hours=12)


def test_use_prolongs_a_sign_in_and_disuse_ends_it(client: SchoolClient, make: Make) -> None:
    give_password(make.account(login="olga"))
    sign_in(client)
    start = clock.now()
    for days, status in ((50, 200), (100, 200), (150, 200), (211, 303)):
        with clock.stopped_at(start + timedelta(days=days)):
            assert client.get("/profile").status_code == status, days


@pytest.fixture
def https_client(app: Flask, settings: Settings) -> Iterator[SchoolClient]:
    """A second application on the same database, as browsers reach it by HTTPS, with CSRF on."""
    with second_app(settings, https=True) as made:
        client = made.test_client()
        assert isinstance(client, SchoolClient)
        yield client


class second_app:  # noqa: N801 - reads as a function
    """Another process over the same database: nothing of the first one's memory is known to it."""

    def __init__(self, settings: Settings, *, https: bool = False, redis_url: str | None = None) -> None:
        values = {name: getattr(settings, name) for name in settings.__slots__}
        self.app = create_app(Settings(**{**values, "https": https, "redis_url": redis_url}))
        self.app.test_client_class = SchoolClient
        self.app.config.update(TESTING=True)

    def __enter__(self) -> Flask:
        return self.app

    def __exit__(self, *_why: object) -> None:
        with self.app.app_context():
            db.session.remove()
            read_engine().dispose()
            write_engine().dispose()


def test_by_https_the_cookie_is_secure(https_client: SchoolClient, make: Make) -> None:
    give_password(make.account(login="olga"))
    https_client.application.config["WTF_CSRF_ENABLED"] = False
    https_client.post("/sign-in", data={"login": "olga", "password": PASSWORD}, base_url="https://localhost")
    cookie = https_client.get_cookie("session")
    assert cookie is not None
    assert cookie.secure


def test_every_change_needs_the_forms_token(settings: Settings, app: Flask, make: Make) -> None:
    give_password(make.account(login="olga"))
    with second_app(settings) as strict:
        client = strict.test_client()
        bare = client.post("/sign-in", data={"login": "olga", "password": PASSWORD})
        assert bare.status_code == 400
        assert client.get("/profile").status_code == 303
        token = client.get("/sign-in").text.split('name="csrf-token" content="')[1].split('"')[0]
        good = client.post("/sign-in", data={"login": "olga", "password": PASSWORD, "csrf_token": token})
        assert good.status_code == 303
        assert client.post("/profile/sign-ins/end-others").status_code == 400
        assert client.post("/sign-out", headers={"X-CSRFToken": token}).status_code == 400, "the old form is over"
        fresh = client.get("/profile").text.split('name="csrf-token" content="')[1].split('"')[0]
        assert client.post("/sign-out", headers={"X-CSRFToken": fresh}).status_code == 303


def test_a_planted_cookie_is_worth_nothing_after_signing_in(app: Flask, client: SchoolClient, make: Make) -> None:
    attacker = make.account(login="mallory")
    give_password(make.account(login="olga"))
    client.sign_in(attacker)
    planted = client.get_cookie("session")
    assert planted is not None
    assert sign_in(client) == 303
    mine = client.get_cookie("session")
    assert mine is not None
    assert mine.value != planted.value
    thief = app.test_client()
    thief.set_cookie("session", planted.value)
    assert thief.get("/profile").status_code == 303, "the earlier sign-in of this browser has ended"


def test_a_sign_in_survives_a_restart(settings: Settings, client: SchoolClient, make: Make) -> None:
    give_password(make.account(login="olga"))
    sign_in(client)
    cookie = client.get_cookie("session")
    assert cookie is not None
    with second_app(settings) as restarted:
        again = restarted.test_client()
        again.set_cookie("session", cookie.value)
        assert again.get("/profile").status_code == 200


def test_ten_failures_make_a_login_wait(client: SchoolClient, make: Make) -> None:
    give_password(make.account(login="olga"))
    give_password(make.account(login="anna"))
    for _ in range(10):
        assert sign_in(client, password="не тот") == 422
    assert sign_in(client) == 429
    assert sign_in(client, "anna") == 303, "other people of the room are not held up"


@pytest.fixture(scope="session")
def redis_url() -> Iterator[str]:
    """A Redis of this test process."""
    if machines.find_redis() is None:
        pytest.skip("Redis not found")
    with machines.running_redis() as address:
        yield address


def test_with_redis_all_processes_count_together(settings: Settings, app: Flask, make: Make, redis_url: str) -> None:
    give_password(make.account(login="olga"))
    with second_app(settings, redis_url=redis_url) as one, second_app(settings, redis_url=redis_url) as two:
        one.config["WTF_CSRF_ENABLED"] = two.config["WTF_CSRF_ENABLED"] = False
        for n in range(10):
            client = (one, two)[n % 2].test_client()
            assert client.post("/sign-in", data={"login": "olga", "password": "не тот"}).status_code == 422
        for each in (one, two):
            answer = each.test_client().post("/sign-in", data={"login": "olga", "password": PASSWORD})
            assert answer.status_code == 429
            each.extensions["limits"].storage.storage.close()
