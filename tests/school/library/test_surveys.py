"""Templates are tried out by a job before they can be published: how far it is, and which numbers have no answer."""

import re
from typing import Any

from flask import Flask

from content_library import UnitKind
from school.core.database import db
from school.library.models import TemplateSurvey
from tests.browsing import SchoolClient
from tests.factories import Make
from tests.school.library.sending import work

FIELDS = {"prompt": "Сколько {a} : {b}?", "params": "a = 1..60\nb = 1..9", "value": "{a/b}", "points": "1"}


def _written(make: Make, client: SchoolClient, **fields: Any) -> str:
    """The address of a new question."""
    author = make.teacher(make.school())
    draft = make.draft(UnitKind.TEST, by=author)
    client.sign_in(make.account_of(author))
    assert client.post(f"/library/{draft.id}/questions/new/varied", data=FIELDS | fields).status_code == 303
    page = client.get(f"/library/{draft.id}/edit").text
    assert "вопрос проверяется" in page
    found = re.search(rf"/library/{draft.id}/questions/[0-9a-f-]{{36}}", page)
    assert found
    return found[0]


def test_a_sound_template(app: Flask, make: Make, client: SchoolClient) -> None:
    url = _written(make, client, where="whole a/b\nb > 1")
    page = client.get(url).text
    assert "Варианты проверяются" in page and f'hx-get="{url}/survey"' in page
    client.post(url, data=FIELDS | {"where": "whole a/b\nb > 1"})
    assert db.session.query(TemplateSurvey).count() == 1, "the same is tried out once"
    work(app)
    said = client.get(f"{url}/survey").text
    assert "Проверено вариантов: 10000" in said and "hx-get" not in said
    assert "вопрос проверяется" not in client.get(url.split("/questions")[0] + "/edit").text


def test_a_template_that_fails_for_some(app: Flask, make: Make, client: SchoolClient) -> None:
    """One pupil of some thousand gets two equal options: sixty variants of the first look may miss it."""
    url = _written(
        make, client, params="a = 1..900\nb = 1..3", prompt="Что больше {b}?", value="{a+1000}", wrong="{b}\n{a+b-700}"
    )
    work(app)
    said = client.get(f"{url}/survey").text
    assert re.search(r"Не получается вариант: a = \d+, b = \d", said), said
    edit = client.get(url.split("/questions")[0] + "/edit").text
    assert "Две строки одинаковы" in edit or "одинаков" in edit
