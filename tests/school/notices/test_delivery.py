"""Each piece of news in one message at most: to devices by a push endpoint, as letters, in nobody's quiet hours."""

import random
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from itertools import pairwise
from types import SimpleNamespace
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select, update

from school.core import clock
from school.core.config import MailSettings
from school.core.database import db
from school.core.jobs import Worker
from school.core.transactions import unit_of_work
from school.notices.actions import News, deliver, settle, tell
from school.notices.actions.settings import keep_mail
from school.notices.hooks import Said, Topic, kinds, says
from school.notices.models import Dispatch, Notice, PushSubscription
from school.notices.push import is_push_server, public_key
from school.notices.windows import FAMILY
from school.people.models import Member, SignIn
from tests.browsing import SchoolClient
from tests.factories import Make
from tests.school.notices.servers import Browser, Letters, PushServer, mail_server, push_server

WEDNESDAY = datetime.fromisoformat("2026-11-25T11:00+03:00")


def at(hour: int, minute: int = 0, days: int = 0) -> datetime:
    return WEDNESDAY.replace(hour=hour, minute=minute) + timedelta(days=days)


@pytest.fixture
def pushes() -> Iterator[PushServer]:
    with push_server() as server:
        yield server


@pytest.fixture
def letters() -> Iterator[tuple[str, int, Letters]]:
    with mail_server() as server:
        yield server


@pytest.fixture
def home(app: Flask, make: Make, pushes: PushServer) -> Iterator[SimpleNamespace]:
    """A parent with one connected browser, another person beside, and a kind of news with a value in its words."""
    before = app.config["SETTINGS"]
    app.config["SETTINGS"] = replace(before, push_servers=(pushes.origin,))
    says("test.mark", Topic.MARKS, brief=lambda notice: f"Новая отметка: {notice.about['subject']}")(
        lambda notice: Said(f"Отметка {notice.about['value']}", url="/profile")
    )
    says("test.words", Topic.MESSAGES, is_prompt=True)(lambda _notice: Said("Слова"))
    with clock.stopped_at(at(9)):
        school = make.school()
        pupil = make.pupil(school)
        parent = make.parent(school, pupil)
        client = app.test_client()
        assert isinstance(client, SchoolClient)
        client.sign_in(make.account_of(parent))
        browser = Browser()
        answer = client.post("/notices/devices", data={"endpoint": f"{pushes.origin}/one", **browser.keys})
        assert answer.status_code == 303
        yield SimpleNamespace(
            app=app, make=make, school=school, parent=parent, pupil=pupil, client=client, browser=browser, pushes=pushes
        )
    app.config["SETTINGS"] = before
    for kind in ("test.mark", "test.words"):
        del kinds[kind]


def happens(
    home: SimpleNamespace, now: datetime, key: str, subject: str = "Алгебра", *, kind: str = "test.mark", **how: Any
) -> None:
    first = how.pop("pupil_first", False)
    with clock.stopped_at(now), unit_of_work():
        about = {"subject": subject, "value": 5}
        tell([home.parent.account_id], News(home.school.id, kind, key, about, **how), pupil_first=first)


def works(home: SimpleNamespace, now: datetime) -> list[dict[str, Any]]:
    """What the worker makes leave at a moment: the pushes, read by the browser."""
    home.pushes.taken.clear()
    db.session.rollback()
    with clock.stopped_at(now):
        deliver()
        Worker(home.app, periodic=False).run_until_empty()
    db.session.expire_all()
    return [home.browser.read(body) for _path, _headers, body in home.pushes.taken]


def plain(letter: EmailMessage) -> str:
    part = letter.get_body(preferencelist=("plain",))
    assert part is not None
    return str(part.get_content())


def dispatches(home: SimpleNamespace) -> list[Dispatch]:
    return list(
        db.session.scalars(
            select(Dispatch).where(Dispatch.school_id == home.school.id).order_by(Dispatch.made_at, Dispatch.id)
        )
    )


def test_marks_of_a_morning_are_one_push_without_values(home: SimpleNamespace) -> None:
    happens(home, at(11), "a")
    happens(home, at(11, 10), "b")
    happens(home, at(11, 20), "c", "Физика")
    assert works(home, at(11, 31)) == []
    [message] = works(home, at(11, 50))
    assert message["body"] == "Новая отметка: Алгебра (2)\nНовая отметка: Физика"
    assert message["title"] == "3 новости из школы"
    assert "5" not in str(message["body"]) + message["title"]
    assert (message["url"], message["urgent"]) == ("/notices", False)
    assert works(home, at(20)) == []
    assert [one.outcome for one in dispatches(home)] == ["sent"]


def test_marks_of_an_evening_are_one_message_before_the_quiet_hours(home: SimpleNamespace) -> None:
    for minute in range(0, 150, 25):
        happens(home, at(17) + timedelta(minutes=minute), f"mark {minute}", f"Предмет {minute}")
        assert works(home, at(17) + timedelta(minutes=minute + 1)) == []
    [message] = works(home, at(20, 30))
    assert message["title"] == "6 новостей из школы"
    happens(home, at(20, 40), "late")
    assert works(home, at(22, 50)) == []
    [message] = works(home, at(7, days=1))
    assert message["title"] == "Новая отметка: Алгебра"


def test_the_push_is_signed_for_its_server_and_leads_to_what_it_speaks_of(home: SimpleNamespace) -> None:
    happens(home, at(11), "a")
    [message] = works(home, at(11, 30))
    [(path, headers, _body)] = home.pushes.taken
    claims, key = home.pushes.claims(headers)
    assert path == "/one"
    assert (claims["aud"], claims["sub"]) == (home.pushes.origin, "mailto:admin@localhost")
    assert at(11, 30).timestamp() < claims["exp"] <= at(11, 30, days=1).timestamp()
    assert key == public_key(home.app.config["SETTINGS"])
    assert (headers["Urgency"], len(headers["Topic"])) == ("normal", 32)
    answer = home.client.get(message["url"])
    assert answer.headers["Location"] == "/profile"
    seen = db.session.scalars(select(Notice.seen_at).where(Notice.school_id == home.school.id)).all()
    assert all(seen), "what a push has led to is seen"
    stranger = home.make.parent(home.school, home.pupil)
    home.client.sign_in(home.make.account_of(stranger))
    assert home.client.get(message["url"]).status_code == 404


def test_urgent_news_pass_all_windows_and_choices(home: SimpleNamespace) -> None:
    ways = {f"way_{topic.value}": "site" for topic in Topic}
    home.client.post("/notices/settings", data={"quiet_from": "21", "quiet_to": "7", "pace": "evening", **ways})
    happens(home, at(22, 30), "calm")
    happens(home, at(22, 40), "missing", "нет в школе", urgent=True)
    [message] = works(home, at(22, 41))
    assert (message["title"], message["urgent"]) == ("Новая отметка: нет в школе", True)
    assert home.pushes.taken[0][1]["Urgency"] == "high"
    assert works(home, at(21, days=1)) == [], "what was chosen for the site stays there"


def test_the_pupil_comes_first(home: SimpleNamespace) -> None:
    happens(home, at(11), "a", pupil_first=True)
    assert works(home, at(11, 59)) == []
    assert works(home, at(12, 29)) == []
    assert len(works(home, at(12, 30))) == 1


def test_words_of_a_person_take_along_what_waits(home: SimpleNamespace) -> None:
    happens(home, at(11), "a")
    happens(home, at(11, 5), "b", kind="test.words")
    [message] = works(home, at(11, 7))
    assert message["title"] == "2 новости из школы"
    assert message["body"] == "Новая отметка: Алгебра\nСообщения"


def test_what_was_seen_or_settled_on_the_site_does_not_leave(home: SimpleNamespace) -> None:
    happens(home, at(11), "a")
    with clock.stopped_at(at(11, 10)), unit_of_work():
        settle(home.school.id, ["a"])
    assert works(home, at(12)) == []


def test_signing_out_ends_the_device(home: SimpleNamespace) -> None:
    happens(home, at(11), "a")
    with clock.stopped_at(at(11, 5)):
        home.client.post("/sign-out")
    assert works(home, at(11, 30)) == []
    assert dispatches(home) == []


@pytest.mark.parametrize("status", [404, 410])
def test_a_gone_browser_is_forgotten(home: SimpleNamespace, status: int) -> None:
    home.pushes.answers["/one"] = status
    happens(home, at(11), "a")
    works(home, at(11, 30))
    assert len(home.pushes.taken) == 1
    assert db.session.scalar(select(func.count()).select_from(PushSubscription)) == 0
    assert [one.outcome for one in dispatches(home)] == ["gone"]


def test_a_gone_browser_leaves_the_message_to_mail(home: SimpleNamespace, letters: tuple[str, int, Letters]) -> None:
    has_mail(home, letters)
    home.pushes.answers["/one"] = 410
    happens(home, at(11), "a")
    works(home, at(11, 30))
    assert [to for to, _content in letters[2].taken] == ["olga@home.example"]
    [one] = dispatches(home)
    assert (one.channel, one.outcome) == ("mail", "sent")


def test_a_busy_push_server_is_asked_again_but_not_at_night(home: SimpleNamespace) -> None:
    home.pushes.answers["/one"] = 503
    happens(home, at(11), "a")
    works(home, at(11, 30))
    assert [one.outcome for one in dispatches(home)] == [None]
    works(home, at(22))
    assert home.pushes.taken == []
    assert dispatches(home) == [], "nothing has left, so it waits for its moment again"
    del home.pushes.answers["/one"]
    assert len(works(home, at(7, days=1))) == 1


@pytest.mark.parametrize(("urgent", "outcome", "pushed"), [(False, "lost", 0), (True, "sent", 1)])
def test_a_message_whose_sender_died(home: SimpleNamespace, urgent: bool, outcome: str, pushed: int) -> None:
    happens(home, at(11), "a", urgent=urgent)
    db.session.rollback()
    with clock.stopped_at(at(11, 30)):
        deliver()
        with unit_of_work():
            db.session.execute(
                update(Dispatch).where(Dispatch.school_id == home.school.id).values(begun_at=clock.now())
            )
    assert len(works(home, at(11, 31))) == pushed
    assert [one.outcome for one in dispatches(home)] == [outcome]


def has_mail(home: SimpleNamespace, letters: tuple[str, int, Letters]) -> None:
    host, port, _taken = letters
    settings = replace(
        home.app.config["SETTINGS"], mail=MailSettings(host, port, False, sender="school@school.example")
    )
    home.app.config["SETTINGS"] = replace(settings, site_url="https://school.example")
    with unit_of_work():
        keep_mail(home.make.actor(home.parent, "parent"), mail="olga@home.example")


def test_an_address_counts_once_its_owner_has_opened_the_link(
    home: SimpleNamespace, letters: tuple[str, int, Letters]
) -> None:
    has_mail(home, letters)
    with clock.stopped_at(at(11)):
        assert home.client.post("/notices/mail", data={"mail": "not an address"}).status_code == 422
        assert home.client.post("/notices/mail", data={"mail": "new@home.example"}).status_code == 303
        assert "new@home.example" in home.client.get("/notices/settings").text
        works(home, at(11))
        [(to, content)] = letters[2].taken
        assert to == "new@home.example"
        text = message_from_bytes(content, policy=default).get_content()
        link = next(line for line in text.splitlines() if line.startswith("https://school.example/"))
        path = link.removeprefix("https://school.example")
        home.client.sign_in(home.make.account_of(home.make.parent(home.school, home.pupil)))
        home.client.post(path)
        home.client.sign_in(home.make.account_of(home.parent))
        assert "подтверждён" in home.client.get("/notices/settings").text, "the old one still counts"
        assert "new@home.example" in home.client.get(path).text
        home.client.post(path)
    page = home.client.get("/notices/settings").text
    assert "olga@home.example" not in page
    happens(home, at(12), "a")
    home.client.post(
        "/notices/settings", data={"quiet_from": "21", "quiet_to": "7", "pace": "soon", "way_marks": "mail"}
    )
    works(home, at(12, 30))
    assert home.pushes.taken == []
    [_link, (to, content)] = letters[2].taken
    letter = message_from_bytes(content, policy=default)
    assert (to, letter["Subject"]) == ("new@home.example", "Новая отметка: Алгебра")
    assert letter["Auto-Submitted"] == "auto-generated"
    assert f"https://school.example/s/{home.school.id}/notices/" in plain(letter)
    assert letter.is_multipart(), "HTML beside the text"


def test_a_refused_letter_is_given_up_a_busy_server_asked_again(
    home: SimpleNamespace, letters: tuple[str, int, Letters]
) -> None:
    has_mail(home, letters)
    home.client.post(
        "/notices/settings", data={"quiet_from": "21", "quiet_to": "7", "pace": "soon", "way_marks": "mail"}
    )
    letters[2].is_busy = True
    happens(home, at(11), "a")
    works(home, at(11, 30))
    assert [one.outcome for one in dispatches(home)] == [None]
    letters[2].is_busy = False
    works(home, at(13))
    assert len(letters[2].taken) == 1
    letters[2].refuses.add("olga@home.example")
    happens(home, at(14), "b")
    works(home, at(15, 1))
    assert [one.outcome for one in dispatches(home)] == ["sent", "gone"]


def test_only_known_servers_are_ever_called(home: SimpleNamespace) -> None:
    servers = ("fcm.googleapis.com", "*.push.apple.com")
    good = ("https://fcm.googleapis.com/fcm/send/x", "https://web.push.apple.com/x")
    bad = (
        "http://fcm.googleapis.com/x",
        "https://fcm.googleapis.com:8443/x",
        "https://fcm.googleapis.com.evil.example/x",
        "https://evilpush.apple.com.example/x",
        "https://127.0.0.1/x",
        "https://x@fcm.googleapis.com/x",
        "file:///etc/passwd",
        "https://[::1",
    )
    assert all(is_push_server(one, servers) for one in good)
    assert not any(is_push_server(one, servers) for one in bad)
    before = db.session.scalar(select(func.count()).select_from(PushSubscription))
    keys = Browser().keys
    home.client.post("/notices/devices", data={"endpoint": "http://127.0.0.1:1/x", **keys})
    home.client.post("/notices/devices", data={"endpoint": f"{home.pushes.origin}/two", **keys, "p256dh": "AAAA"})
    assert db.session.scalar(select(func.count()).select_from(PushSubscription)) == before


def test_settings_are_ones_own(home: SimpleNamespace) -> None:
    page = home.client.get("/notices/settings").text
    assert "test" in page, "the device"
    device = db.session.scalars(select(PushSubscription)).one()
    stranger = home.make.account_of(home.make.parent(home.school, home.pupil))
    home.client.sign_in(stranger)
    assert home.client.post(f"/notices/devices/{device.id}/end").status_code == 404
    home.client.sign_in(home.make.account_of(home.parent))
    sign_in = db.session.get(SignIn, device.sign_in_id)
    assert sign_in is not None
    assert home.client.post(f"/notices/devices/{device.id}/end").status_code == 303
    assert db.session.scalar(select(func.count()).select_from(PushSubscription)) == 0
    assert home.client.get("/push-worker.js").mimetype == "text/javascript"


def test_four_days_of_news_leave_calmly(home: SimpleNamespace) -> None:
    """At random moments, some seen in time: each in one message at most, none in silence, urgent ones at once, nothing forgotten."""
    chance = random.Random(7)
    minutes = sorted(chance.sample(range(4 * 24 * 60), 45))
    urgent = set(chance.sample(minutes, 4))
    seen = set(chance.sample([one for one in minutes if one not in urgent], 6))
    left, began = [], at(0)
    for minute, following in zip(minutes, [*minutes[1:], 6 * 24 * 60], strict=True):
        now, until = began + timedelta(minutes=minute), began + timedelta(minutes=following)
        happens(home, now, f"at {minute}", f"Предмет {minute}", urgent=minute in urgent)
        if minute in seen:
            with clock.stopped_at(now), unit_of_work():
                settle(home.school.id, [f"at {minute}"])
        while now < until:
            left += [(now, message) for message in works(home, now)]
            look_at = db.session.scalar(select(func.min(Notice.look_at)).where(Notice.school_id == home.school.id))
            now = max(look_at, now + timedelta(seconds=15)) if look_at else until
    rows = db.session.execute(
        select(Notice.key, Notice.dispatch_id, Notice.look_at).where(Notice.school_id == home.school.id)
    ).all()
    assert {key for key, carried, _look in rows if carried is None} == {f"at {minute}" for minute in seen}
    assert all(look_at is None for *_rest, look_at in rows)
    assert len(left) == len(dispatches(home)) < 30, "bursts are merged"
    calm = [moment for moment, message in left if not message["urgent"]]
    assert not any(FAMILY.is_quiet(moment) for moment in calm)
    gaps = [later - earlier for earlier, later in pairwise(calm)]
    assert min(gaps) >= timedelta(hours=2)
    alarms = {began + timedelta(minutes=minute) for minute in urgent}
    assert {moment for moment, message in left if message["urgent"]} == alarms


def test_another_school_is_another_message(home: SimpleNamespace) -> None:
    other = home.make.school()
    with unit_of_work():
        db.session.add(Member(school_id=other.id, **_named(home)))
    happens(home, at(11), "a")
    with clock.stopped_at(at(11)), unit_of_work():
        tell([home.parent.account_id], News(other.id, "test.mark", "a", {"subject": "Химия", "value": 2}))
    assert sorted(one["title"] for one in works(home, at(11, 30))) == ["Новая отметка: Алгебра", "Новая отметка: Химия"]


def _named(home: SimpleNamespace) -> dict[str, Any]:
    names = ("account_id", "family_name", "given_name", "patronymic", "sort_name", "opened_on")
    return {name: getattr(home.parent, name) for name in names}
