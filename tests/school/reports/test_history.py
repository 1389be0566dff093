"""The history of a mark as deputy heads read it when somebody quarrels about it."""

import pytest

from school.core import clock
from school.core.database import db
from school.core.records import seal
from school.core.transactions import unit_of_work
from school.people.models import Member
from tests.browsing import SchoolClient
from tests.factories import Make
from tests.school.gradebook.rooms import Room, later, room


@pytest.fixture
def at(make: Make) -> Room:
    """A mark put, changed within its window and changed again when the family had seen it."""
    at = room(make)
    at.save(at.entry(3))
    at.save(at.entry(2, seen=1))
    with later(minutes=30):
        at.save(at.entry(5, seen=2, comment="Пересчитали ошибки"))
    db.session.rollback()
    with unit_of_work():
        seal()
    return at


def address(at: Room) -> str:
    mark = at.mark()
    return f"/s/{mark.school_id}/pupils/{mark.pupil_id}/marks/{mark.id}/history"


def test_each_change_stands_with_its_author_and_when_the_family_saw_it(
    at: Room, make: Make, client: SchoolClient
) -> None:
    school = make.school_of(at.course)
    client.sign_in(make.account_of(make.member(school, "deputy")))
    with clock.stopped_at(at.mark().released_at):
        page = client.get(address(at)).text
    rows = page.split("<tbody>")[1].split("</tbody>")[0].split("</tr>")[:-1]
    assert len(rows) == 3
    assert "изменена раньше" in rows[0], "the 3 was never seen"
    assert "изменена раньше" not in rows[1] + rows[2]
    assert "Пересчитали ошибки" in rows[2]
    assert all(make.account_of(at.teacher).name in row for row in rows)
    assert "не запечатано" not in page
    assert "/receipt" in page
    receipt = client.get(address(at).replace("/history", "/receipt")).text
    assert address(at) in receipt


def test_families_and_subject_teachers_do_not_open_it(at: Room, make: Make, client: SchoolClient) -> None:
    school, pupil = make.school_of(at.course), at.pupils[0]
    leader = make.teacher(school)
    make.lead(make.group_of(at.course), leader)
    away = make.member(make.school(), "deputy")
    who: list[tuple[Member, int]] = [
        (leader, 200),
        (at.teacher, 404),
        (make.parent(school, pupil), 404),
        (pupil, 404),
        (make.teacher(school), 404),
        (away, 404),
    ]
    for member, status in who:
        client.sign_in(make.account_of(member))
        assert client.get(address(at)).status_code == status
    client.sign_in(make.account_of(leader))
    other = address(at).replace(str(pupil.id), str(at.pupils[1].id))
    assert client.get(other).status_code == 404, "a mark of another pupil"
    assert (
        "/history" not in client.sign_in(make.account_of(pupil)).get(address(at).replace("/history", "/receipt")).text
    )


def test_what_was_refused_stays_in_the_history(at: Room, make: Make, client: SchoolClient) -> None:
    """A second tab with an old screen saves too late, and sends it again."""
    school = make.school_of(at.course)
    client.sign_in(make.account_of(at.teacher))
    late = at.entry(4, seen=1)
    sent = {
        "id": str(late.client_id),
        "lesson": str(late.lesson_id),
        "column": str(late.column_id),
        "pupil": str(late.pupil_id),
        "value": 4,
        "seen": 1,
    }
    url = f"/s/{school.id}/courses/{at.course.id}/journal/marks"
    with later(hours=1):
        for _again in range(2):
            assert client.post(url, json={"marks": [sent]}).status_code == 409
    assert at.mark().value == 5
    deputy = client.sign_in(make.account_of(make.member(school, "deputy")))
    rows = deputy.get(address(at)).text.split("<tbody>")[1].split("</tbody>")[0].split("</tr>")[:-1]
    assert len(rows) == 4
    assert "<s>4</s>" in rows[3]
    assert "кто-то успел раньше" in rows[3]
    page = deputy.get(f"/s/{school.id}/reports/unusual-marks").text
    assert page.count(address(at)) == 1
    assert at.lesson.on_date.strftime("%-d") in page
    other = make.school()
    away = client.sign_in(make.account_of(make.member(other, "deputy")))
    assert address(at) not in away.get(f"/s/{other.id}/reports/unusual-marks").text
