"""Files and links that go with a homework: sent with the form, kept over a second look at it, taken away, opened by pupil and family."""

import io
import re
from datetime import timedelta
from typing import Any

import pytest

from school.classes.models import StudyGroup
from school.core.database import db
from school.homework.models import Homework
from school.homework.queries.files import files_of
from tests.browsing import SchoolClient
from tests.factories import Make
from tests.school.homework.test_routes import Room, picture

PDF = b"%PDF-1.4\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"


@pytest.fixture
def room(make: Make, client: SchoolClient) -> Room:
    found = Room(make, client)
    found.sign_in(found.teacher)
    return found


def sent(room: Room, *files: tuple[bytes, str], **more: Any) -> dict[str, Any]:
    return room.form(**more) | {"files": [(io.BytesIO(held), name) for held, name in files]}


def tokens(page: str) -> list[str]:
    return [one.replace("&#34;", '"') for one in re.findall(r'name="kept" value="([^"]+)"', page)]


def names(homework: Homework) -> list[str]:
    return [one.name for one in files_of(homework.school_id, homework.id)]


def test_files_go_with_it_and_links_can_be_pressed(room: Room) -> None:
    text = "Прочитать https://example.org/a?b=1&c=<b>"
    form = sent(room, (PDF, "Лист 1.pdf"), (picture(), "доска.jpg"), text=text)
    assert room.client.post(room.set_url, data=form).status_code == 303
    (homework,) = room.all_homework()
    assert names(homework) == ["Лист 1.pdf", "доска.jpg"]
    room.sign_in(room.pupil)
    page = room.client.get(f"{room.base}/homework/{homework.id}").text
    assert (
        '<a href="https://example.org/a?b=1&amp;c=' in page
        and "<b>" not in page.split("https://example.org", 1)[1][:60]
    )
    link = re.search(r'<a href="([^"]+)"[^>]*>Лист 1\.pdf', page)
    assert link is not None
    got = room.client.get(link[1].replace("&amp;", "&"))
    assert got.status_code == 200 and got.data == PDF
    room.sign_in(room.make.parent(room.school, room.pupil))
    assert "Лист 1.pdf" in room.client.get(f"{room.base}/pupils/{room.pupil.id}/homework/{homework.id}").text


def test_a_file_is_not_lost_when_the_form_comes_back(room: Room) -> None:
    group = db.session.get_one(StudyGroup, (room.course.school_id, room.course.group_id))
    physics = room.make.course(group, subject=room.make.subject(name_ru="Физика"))
    room.make.homework(physics, minutes=230, due_on=room.next.on_date)
    full = room.client.post(room.set_url, data=sent(room, (PDF, "Лист.pdf")))
    assert full.status_code == 422 and "Лист.pdf" in full.text
    (token,) = tokens(full.text)
    form = room.form(anyway="1", kept=token)
    assert room.client.post(room.set_url, data=form).status_code == 303
    homework = next(one for one in room.all_homework() if one.text == form["text"])
    assert names(homework) == ["Лист.pdf"]
    edit = f"{room.base}/homework/{homework.id}/edit"
    (token,) = tokens(room.client.get(edit).text)
    changed = sent(room, (picture(), "доска.jpg"), anyway="1") | {"client_id": str(homework.id), "kept": token}
    assert room.client.post(edit, data=changed).status_code == 303
    assert names(homework) == ["Лист.pdf", "доска.jpg"]
    assert room.client.post(edit, data=room.form(anyway="1", client_id=str(homework.id))).status_code == 303
    assert names(homework) == []


def test_what_nobody_could_open_is_refused_and_a_made_up_tick_is_nothing(room: Room) -> None:
    answer = room.client.post(room.set_url, data=sent(room, (b"MZ\x90\x00" + b"0" * 64, "игра.pdf")))
    assert answer.status_code == 422 and "принять нельзя" in answer.text
    assert not room.all_homework()
    assert room.client.post(room.set_url, data=room.form(kept='["a",1,"b","c"].x')).status_code == 303
    (homework,) = room.all_homework()
    assert names(homework) == [] and homework.due_on > homework.set_at.date() - timedelta(days=1)
