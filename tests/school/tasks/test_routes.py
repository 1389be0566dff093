"""A task in the browser: with and without the script, by its pupil and by nobody else; and the two keys."""

import re
from datetime import UTC, datetime
from typing import Any

import pytest
from flask import url_for
from sqlalchemy import delete, update

from content_library import shelf
from content_library.models import Item
from school.core import clock
from school.core.database import db, new_id
from school.core.transactions import unit_of_work
from school.people.models import School
from school.tasks.actions import start_attempt
from school.tasks.models import Answer, Attempt
from school.tasks.queries import shown_items
from tests.browsing import SchoolClient
from tests.factories import Make
from tests.statements import Statements

JSON = {"Accept": "application/json"}


class Desk:
    def __init__(self, make: Make, client: SchoolClient) -> None:
        self.make, self.client = make, client
        self.course = make.course(pupils=2)
        self.pupil, self.classmate = make.pupils_of(self.course)
        with unit_of_work():
            self.attempt = start_attempt(make.actor(self.pupil, "pupil"), make.task(self.course.subject_id), self.pupil)
        self.school_id, self.attempt_id = self.attempt.school_id, self.attempt.id
        self.items = {one.kind: one for one in shown_items(self.attempt)}
        self.url = f"/s/{self.school_id}/attempts/{self.attempt_id}"
        client.sign_in(make.account_of(self.pupil))

    def post(self, kind: str, answer: Any, number: int = 1, **more: Any) -> Any:
        headers = more.pop("headers", JSON)
        data = {"answer": answer, "number": number, "client_id": str(new_id()), **more}
        return self.client.post(f"{self.url}/items/{self.items[kind].id}/answers", data=data, headers=headers)

    def option(self, kind: str, text: str) -> str:
        return str(next(one["id"] for one in self.items[kind].variant["options"] if one["text"] == text))


@pytest.fixture
def desk(make: Make, client: SchoolClient) -> Desk:
    return Desk(make, client)


def test_one_question_and_one_button(desk: Desk) -> None:
    text = desk.client.get(desk.url).text
    assert "Вопрос 1 из 4" in text and "Какое число больше?" in text
    assert "Один верный ответ" in text and "Несколько верных ответов" in text
    assert text.count('<section data-screen-of="') == 5 and text.count("hidden>") >= 4


def test_the_whole_task_without_a_script(desk: Desk) -> None:
    plain: dict[str, str] = {}
    first = desk.post("single", desk.option("single", "0,4"), headers=plain)
    assert (first.status_code, first.location) == (303, f"{desk.url}?item=2")
    wrong = desk.post("number", "не знаю", headers=plain)
    assert (
        wrong.status_code == 422
        and "Вопрос 3 из 4" in wrong.text
        and "Не получается прочитать" in wrong.text
        and 'value="не знаю"' in wrong.text
    )
    desk.post("number", "1", headers=plain)
    desk.post("text", "Сумма", headers=plain)
    last = desk.post("multiple", [desk.option("multiple", one) for one in ("12", "27")], headers=plain, then="finish")
    assert last.location == desk.url
    page = desk.client.get(desk.url).text
    assert "Верно: 4 ответа из 4" in page and "Сравниваем десятые" in page


def test_saved_by_the_script(desk: Desk) -> None:
    client_id = str(new_id())
    assert desk.post("text", "сумма", client_id=client_id).json == {"saved": True}
    assert desk.post("text", "сумма", client_id=client_id).status_code == 200
    assert desk.post("text", "разность", client_id=client_id).status_code == 409
    unreadable = desk.post("number", "не знаю")
    assert unreadable.status_code == 422 and "число" in unreadable.json["why"]
    assert desk.client.post(f"{desk.url}/finish").status_code == 303
    late = desk.post("text", "разность", number=5)
    assert late.status_code == 409 and late.json["finished"] is True


def test_what_no_form_of_ours_sends(desk: Desk) -> None:
    assert desk.post("text", "сумма", number="x").status_code == 400
    assert desk.post("text", "сумма", client_id="x").status_code == 400


def test_a_saved_answer_stands_in_its_field_after_a_reload(desk: Desk) -> None:
    desk.post("text", "моё слово")
    text = desk.client.get(f"{desk.url}?item=4").text
    assert 'value="моё слово"' in text and "Вопрос 4 из 4" in text


def test_strangers_find_nothing(desk: Desk, make: Make) -> None:
    other = make.course(pupils=1)
    school = db.session.get_one(School, desk.school_id)
    people = [
        desk.classmate,
        make.pupils_of(other)[0],
        make.parent(school, desk.classmate),
        make.teacher(school),
        make.teacher_of(other),
    ]
    for person in people:
        desk.client.sign_in(make.account_of(person))
        assert desk.client.get(desk.url).status_code == 404
        assert desk.post("text", "сумма").status_code == 404
        assert desk.client.post(f"{desk.url}/finish").status_code == 404
    assert db.session.get_one(Attempt, (desk.school_id, desk.attempt_id)).finished_at is None


def test_family_and_teacher_see_it_when_it_is_finished(desk: Desk, make: Make) -> None:
    parent = make.parent(db.session.get_one(School, desk.school_id), desk.pupil)
    readers = [parent, make.teacher_of(desk.course)]
    for reader in readers:
        desk.client.sign_in(make.account_of(reader))
        assert desk.client.get(desk.url).status_code == 404
    desk.client.sign_in(make.account_of(desk.pupil))
    desk.client.post(f"{desk.url}/finish")
    for reader in readers:
        desk.client.sign_in(make.account_of(reader))
        assert desk.client.get(desk.url).status_code == 200
        assert desk.client.post(f"{desk.url}/finish").status_code == 404


def test_own_practice(desk: Desk, make: Make) -> None:
    version = make.task()
    answer = desk.client.post(f"/s/{desk.school_id}/versions/{version.id}/attempts")
    assert answer.status_code == 303
    assert desk.client.get(answer.location).status_code == 200
    assert desk.client.post(f"/s/{desk.school_id}/versions/{make.task(items=()).id}/attempts").status_code == 404
    desk.client.sign_in(make.account_of(make.teacher_of(desk.course)))
    assert desk.client.post(f"/s/{desk.school_id}/versions/{version.id}/attempts").status_code == 404


def test_small_children_read_larger_type(make: Make, client: SchoolClient) -> None:
    small = make.course(make.school_class(make.school(), year_level=2), pupils=1)
    (pupil,) = make.pupils_of(small)
    with unit_of_work():
        attempt = start_attempt(make.actor(pupil, "pupil"), make.task(), pupil)
    client.sign_in(make.account_of(pupil))
    assert 'data-years="junior"' in client.get(f"/s/{attempt.school_id}/attempts/{attempt.id}").text


def test_few_statements(desk: Desk, statements: Statements) -> None:
    with statements.counted() as seen:
        desk.client.get(desk.url)
    assert len(seen) <= 8
    with statements.counted() as seen:
        desk.post("text", "сумма")
    assert len(seen) <= 8


KEYS: dict[str, Any] = {
    "single": [2],
    "multiple": [1, 3],
    "number": {"value": "42"},
    "text": {"accept": ["произведение", "умножение"]},
}


def test_two_keys_give_the_same_bytes_until_the_finish(desk: Desk) -> None:
    """The same questions, seed and clock with other keys and reasons: nothing that leaves the server differs."""
    with clock.stopped_at(datetime.now(UTC)):
        first = _all_that_is_said(desk)
        with unit_of_work():
            school = Answer.school_id == desk.school_id
            db.session.execute(delete(Answer).where(school, Answer.attempt_id == desk.attempt_id))
            for item in shelf.items_of(db.session(), _version(desk)):
                spec = {**item.spec, "key": KEYS[item.kind], "why": "Совсем другое объяснение."}
                db.session.execute(update(Item).where(Item.id == item.id).values(spec=spec))
        db.session.expire_all()
        assert _all_that_is_said(desk) == first
        desk.client.post(f"{desk.url}/finish")
        assert "Совсем другое объяснение." in desk.client.get(desk.url).text


def _version(desk: Desk) -> Any:
    found = shelf.get_version(db.session(), desk.attempt.unit_version_id)
    assert found is not None
    return found


def _all_that_is_said(desk: Desk) -> list[bytes]:
    said = []
    answers = [
        ("single", desk.option("single", "0,4")),
        ("single", desk.option("single", "0,35")),
        ("multiple", [desk.option("multiple", "12"), desk.option("multiple", "27")]),
        ("multiple", []),
        ("number", "1"),
        ("number", "42"),
        ("number", "много"),
        ("number", "1 км"),
        ("text", "сумма"),
        ("text", "произведение"),
    ]
    for headers in (JSON, {}):
        for number, (kind, answer) in enumerate(answers, start=1):
            said.append(_bytes(desk.post(kind, answer, number=number + 20 * len(headers), headers=headers)))
            said.append(_bytes(desk.client.get(desk.url)))
            said.append(_bytes(desk.client.get(f"{desk.url}?item=end")))
    return said


def _bytes(response: Any) -> bytes:
    """Without what differs between any two requests: the nonce and the form token."""
    head = f"{response.status} {response.location}".encode()
    body = re.sub(rb'nonce="[^"]+"|(name="csrf_token" value|name="csrf-token" content)="[^"]+"', b"", response.data)
    return head + body


def test_addresses_are_what_they_were(desk: Desk, app: Any) -> None:
    with app.test_request_context():
        assert url_for("tasks.attempt", school_id=1, attempt_id=desk.attempt_id) == f"/s/1/attempts/{desk.attempt_id}"
