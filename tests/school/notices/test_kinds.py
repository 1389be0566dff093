"""Every kind of news has a topic by which people choose, and a line for a locked screen without values."""

from collections import defaultdict
from datetime import datetime
from uuid import UUID

import pytest
from flask import Flask

from school.notices.hooks import Topic, brief_of, kinds, topic_of
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
        brief = brief_of(notice)
    assert brief
    assert SECRET not in brief
    assert not any(sign.isdigit() for sign in brief)
    assert topic_of(kind) == topic
