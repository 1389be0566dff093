"""Own tasks of a pupil: in the one list by day, theirs alone, without a script."""

import re
from datetime import timedelta

from school.core import clock
from school.core.database import db, new_id
from school.homework.models import OwnTask
from tests.school.homework.test_routes import Room, room  # noqa: F401 - a fixture

TOMORROW = timedelta(days=1)


def form(text: str = "Принести краски", days: int = 1, minutes: str = "15") -> dict[str, str]:
    return {
        "client_id": str(new_id()),
        "text": text,
        "due_on": (clock.today() + timedelta(days=days)).isoformat(),
        "minutes": minutes,
    }


def test_put_in_ticked_changed_and_taken_out(room: Room) -> None:  # noqa: F811
    room.make.homework(room.course, minutes=20)
    room.sign_in(room.pupil)
    url, sent = f"{room.base}/homework", form()
    for _time in range(2):
        assert room.client.post(f"{url}/own", data=sent).status_code == 303
    page = room.client.get(url).text
    assert page.count("Принести краски") == 1 and "35\N{NO-BREAK SPACE}минут" in page and "своё дело" in page
    task = f"{url}/own/{sent['client_id']}"
    assert room.client.post(f"{task}/tick", data={"done": "1"}).status_code == 303
    page = room.client.get(url).text
    assert "35\N{NO-BREAK SPACE}минут" not in page and "Всё-таки ещё не готово" in page
    assert room.client.post(f"{task}/tick", data={"done": "0"}).status_code == 303
    assert "Принести краски" in room.client.get(task).text
    assert room.client.post(task, data=form("Краски и кисти", 3, "")).status_code == 303
    assert "Краски и кисти" in room.client.get(url).text
    with clock.stopped_at(clock.now() + timedelta(days=5)):
        room.sign_in(room.pupil)
        assert re.search(r"Свои дела за прошлые дни.*Краски и кисти", room.client.get(url).text, re.DOTALL)
        assert room.client.post(task, data=form("Кисти", -2, "")).status_code == 303  # its own day may stay
    assert room.client.post(f"{task}/remove").status_code == 303
    assert "исти" not in room.client.get(url).text.replace("истории", "")


def test_what_is_not_a_task_is_said_and_nothing_typed_is_lost(room: Room) -> None:  # noqa: F811
    room.sign_in(room.pupil)
    url = f"{room.base}/homework/own"
    for sent, words in (
        (form(" "), "Напишите, что нужно сделать"),
        (form("Стих", -1), "Выберите день"),
        (form("Стих", minutes="999"), "от 0 до 240"),
    ):
        answer = room.client.post(url, data=sent)
        assert answer.status_code == 422 and words in answer.text
    assert 'value="Стих"' in answer.text
    assert db.session.query(OwnTask).filter_by(school_id=room.school.id).count() == 0


def test_minutes_that_were_left_empty_stay_empty(room: Room) -> None:  # noqa: F811
    room.sign_in(room.pupil)
    sent = form("Краски", minutes="")
    room.client.post(f"{room.base}/homework/own", data=sent)
    page = room.client.get(f"{room.base}/homework/own/{sent['client_id']}").text
    field = re.search(r'<input[^>]*name="minutes"[^>]*>', page)
    assert field is not None and 'value="0"' not in field[0]


def test_nobody_else_sees_or_changes_them(room: Room) -> None:  # noqa: F811
    room.sign_in(room.pupil)
    sent = form("Секрет")
    room.client.post(f"{room.base}/homework/own", data=sent)
    parent = room.make.parent(room.school, room.pupil)
    for somebody in (room.other, parent, room.teacher):
        room.sign_in(somebody)
        task = f"{room.base}/homework/own/{sent['client_id']}"
        assert room.client.get(task).status_code == 404
        for act in ("/tick", "/remove", ""):
            assert room.client.post(task + act, data={"done": "1"}).status_code == 404
        if somebody is room.other:
            assert room.client.post(f"{room.base}/homework/own", data=sent).status_code == 409
            continue
        listed = room.client.get(f"{room.base}/pupils/{room.pupil.id}/homework")
        assert "Секрет" not in listed.text and "Добавить своё" not in listed.text
    stranger = room.make.course(pupils=1)
    room.sign_in(room.make.pupils_of(stranger)[0])
    assert room.client.get(f"/s/{stranger.school_id}/homework/own/{sent['client_id']}").status_code == 404
