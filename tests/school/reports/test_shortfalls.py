"""The deputy head's lists of the whole school: too few marks before a term ends, and one mark short."""

from collections.abc import Iterator
from datetime import timedelta

import pytest

from school.core import clock
from school.core.clock import stopped_at
from school.core.database import db, new_id
from school.gradebook.models import SubjectTotal
from school.reports.queries.shortfalls import few_marks
from tests.browsing import SchoolClient
from tests.factories import Make
from tests.school.reports.rooms import Room, a_room
from tests.statements import Statements


@pytest.fixture
def room(make: Make) -> Iterator[Room]:
    made = a_room(make)
    make.course(pupils=2)  # another school
    with stopped_at(
        clock.moscow(make.term_of(made.courses[0]).ends_on - timedelta(days=21), clock.local(clock.now()).time())
    ):
        yield made


def counted(room: Room, course: int, name: str, marks: int) -> None:
    """So many marks of a pupil in the running term."""
    at = room.courses[course]
    db.session.query(SubjectTotal).filter_by(
        school_id=room.school_id, pupil_id=room.pupils[name].id, subject_id=at.subject_id
    ).delete()
    room.make.save(
        SubjectTotal(
            school_id=room.school_id,
            id=new_id(),
            pupil_id=room.pupils[name].id,
            subject_id=at.subject_id,
            term_id=room.make.term_of(at).id,
            marks=marks,
            weight_sum=marks,
            value_sum=4 * marks,
        )
    )


def test_the_list_begins_three_weeks_before_the_end(room: Room, client: SchoolClient) -> None:
    deputy = room.make.member(room.make.school_of(room.courses[0]), "deputy")
    actor = room.make.actor(deputy, "deputy")
    terms, lines = few_marks(actor)
    assert [(one.days_left, one.is_warned) for one in terms] == [(21, True)]
    assert {one.group for one in lines} == {room.group.name, "7 «В»"}
    with stopped_at(clock.now() - timedelta(days=1)):
        terms, lines = few_marks(actor)
        client.sign_in(room.make.account_of(deputy))
        page = client.get(f"/s/{room.school_id}/reports/too-few-marks").text
    assert (terms[0].is_warned, lines) == (False, [])
    assert "Список появится" in page
    assert "<h3>" not in page, "no step of headings is left out"


def test_who_has_enough_is_not_named(room: Room, statements: Statements) -> None:
    deputy = room.make.member(room.make.school_of(room.courses[0]), "deputy")
    actor = room.make.actor(deputy, "deputy")
    least = next(one.least for one in few_marks(actor)[1] if one.course_id == room.courses[0].id)
    for name in room.pupils:
        counted(room, 0, name, least if name != "Васин" else least - 1)
    with statements.counted() as sent:
        lines = few_marks(actor)[1]
    assert len(sent) <= 5
    (algebra,) = [one for one in lines if one.course_id == room.courses[0].id]
    assert [(name.split()[0], number) for name, number in algebra.pupils] == [("Васин", least - 1)]
    assert algebra.learners == len(room.pupils)
    assert algebra.teachers


def test_the_lists_are_the_deputy_heads(room: Room, client: SchoolClient) -> None:
    make, school = room.make, room.make.school_of(room.courses[0])
    deputy = make.account_of(make.member(school, "deputy"))
    for address in ("too-few-marks", "one-short"):
        url = f"/s/{school.id}/reports/{address}"
        client.sign_in(deputy)
        assert "Борисов" in client.get(url).text
        assert address in client.get(f"/s/{school.id}/reports").text
        assert client.get(f"{url}?as=xlsx").status_code == client.get(f"{url}?as=pdf").status_code == 200
        client.sign_in(make.account_of(make.teacher(school)))
        assert client.get(url).status_code == 404


def test_one_mark_short_of_all_classes(room: Room, client: SchoolClient) -> None:
    """As in the lists of the class, with the class beside the name."""
    make, school = room.make, room.make.school_of(room.courses[0])
    client.sign_in(make.account_of(make.member(school, "deputy")))
    page = client.get(f"/s/{school.id}/reports/one-short").text
    found = {}
    for value in (4, 3, 2):
        table = next(one for one in page.split("<table")[1:] if f"<caption>С одной «{value}»" in one).split("</table>")[
            0
        ]
        found[value] = [name for name in room.pupils if name in table]
        assert room.group.name in table.replace("\xa0", " ")
    assert found == {4: ["Борисов"], 3: ["Грачёв"], 2: ["Дёмина"]}
