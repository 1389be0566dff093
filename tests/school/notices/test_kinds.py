"""Every kind of news has a topic by which people choose, and a line for a locked screen without values."""

from collections import defaultdict
from datetime import datetime
from uuid import UUID

import pytest
from flask import Flask
from flask_babel import force_locale

from school.notices.actions.wording import compose
from school.notices.hooks import Topic, brief_of, detail_of, kinds, said_together, topic_of
from school.notices.seen import SeenNotice

SECRET = "СЕКРЕТ"
NOBODY = UUID(int=1)


def test_every_kind_has_its_own_line(app: Flask) -> None:
    assert {name for name, kind in kinds.items() if kind.brief is None and not name.startswith("test.")} == set()


@pytest.mark.parametrize(
    ("kind", "topic"),
    [
        ("extra.invited", Topic.HOMEWORK),
        ("extra.invited.family", Topic.HOMEWORK),
        ("extra.cancelled", Topic.HOMEWORK),
        ("extra.cannot", Topic.HOMEWORK),
        ("extra.proposed", Topic.HOMEWORK),
        ("extra.moved", Topic.HOMEWORK),
        ("extra.clash", Topic.HOMEWORK),
        ("extra.clash.family", Topic.HOMEWORK),
        ("homework.catch_up", Topic.HOMEWORK),
        ("transfer.offered", Topic.SCHOOL),
        ("transfer.decided", Topic.SCHOOL),
        ("transfer.family", Topic.SCHOOL),
        ("odd mark", Topic.MARKS),
        ("absence.patterns", Topic.ABSENCES),
    ],
)
def test_a_locked_screen_shows_nothing_of_the_news(app: Flask, kind: str, topic: Topic) -> None:
    about: defaultdict[str, str] = defaultdict(lambda: SECRET)
    notice = SeenNotice(1, NOBODY, kind, NOBODY, NOBODY, about, False, datetime.now().astimezone(), None)
    with app.test_request_context():
        brief = brief_of(notice) + detail_of(notice)
    assert brief
    assert SECRET not in brief
    assert not any(sign.isdigit() for sign in brief)
    assert topic_of(kind) == topic


def test_an_urgent_message_says_what_to_do(app: Flask) -> None:
    now = datetime.now().astimezone()
    about = {"name": "Миша", "slot": 1, "at": now.isoformat(), "on": str(now.date())}
    notice = SeenNotice(1, NOBODY, "absence.missing", NOBODY, None, about, True, now, None)
    with app.test_request_context(), force_locale("ru"):
        title, lines, path = compose([notice])
    assert title.startswith("Миша: нет на уроках")
    assert [words for words, _to in lines] == ["Школа не знает причины. Пожалуйста, сообщите её."]
    assert path == lines[0][1] == f"/s/1/notices/{NOBODY}"


def test_messages_of_one_person_are_one_line(app: Flask) -> None:
    now = datetime.now().astimezone()
    wrote = [
        SeenNotice(
            1, UUID(int=n), "message.arrived", NOBODY, thing, {"from": who, "staff_id": str(NOBODY)}, False, now, None
        )
        for n, (who, thing) in enumerate([("Ю. Ким", NOBODY), ("Ю. Ким", NOBODY), ("О. Ли", UUID(int=2))])
    ]
    with app.test_request_context(), force_locale("ru"):
        _title, lines, _path = compose(wrote)
        assert compose(wrote[:2])[:2] == ("2 сообщения: Ю. Ким", [])
        said = said_together(wrote[:2])
        assert said is not None
        assert said.title == "2 сообщения: Ю. Ким"
    assert [words for words, _to in lines] == ["2 сообщения: Ю. Ким", "Сообщение: О. Ли"]
