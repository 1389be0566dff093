"""A pupil's own goals: set by the pupil alone, with the shortest way, read by the family and by nobody of the school."""

from types import SimpleNamespace

import pytest
from sqlalchemy import select

from school.core.database import db
from school.gradebook.models import SubjectGoal
from tests.browsing import SchoolClient
from tests.factories import Make
from tests.school.gradebook.rooms import later, room


@pytest.fixture
def home(make: Make, client: SchoolClient) -> SimpleNamespace:
    at = room(make)
    at.save(at.entry(4))
    school, pupil = make.school_of(at.course), at.pupils[0]
    return SimpleNamespace(
        make=make,
        client=client,
        school=school,
        pupil=pupil,
        subject=at.course.subject_id,
        address=f"/s/{school.id}/pupils/{pupil.id}/goals",
        parent=make.parent(school, pupil),
        blind=make.parent(school, pupil, sees_progress=False),
        classmate=at.pupils[1],
        teacher=at.teacher,
        deputy=make.member(school, "deputy"),
        stranger=make.parent(make.school()),
    )


def as_(home: SimpleNamespace, who: str) -> SchoolClient:
    client: SchoolClient = home.client
    return client.sign_in(home.make.account_of(getattr(home, who)))


def kept(home: SimpleNamespace) -> list[int]:
    rows = select(SubjectGoal.target).where(SubjectGoal.school_id == home.school.id)
    return list(db.session.scalars(rows))


def test_a_pupil_sets_a_goal_and_reads_the_way(home: SimpleNamespace) -> None:
    with later(minutes=30):
        pupil = as_(home, "pupil")
        assert "Мои цели" in pupil.get(f"/s/{home.school.id}/progress").text
        assert pupil.post(home.address, data={f"goal_{home.subject}": "5"}).status_code == 303
        assert "Самые короткие пути" in pupil.get(home.address).text
        assert pupil.post(home.address, data={f"goal_{home.subject}": "4"}).status_code == 303
        assert "достигнута" in pupil.get(home.address).text
        assert kept(home) == [4]
        assert "цель: 4" in as_(home, "parent").get(home.address).text
        as_(home, "pupil").post(home.address, data={f"goal_{home.subject}": "9", "goal_999": "5"})
        assert kept(home) == []


@pytest.mark.parametrize(
    ("who", "sees"),
    [("parent", 200), ("blind", 404), ("classmate", 404), ("teacher", 404), ("deputy", 404), ("stranger", 404)],
)
def test_nobody_else_sets_one_and_the_school_does_not_see_it(home: SimpleNamespace, who: str, sees: int) -> None:
    with later(minutes=30):
        client = as_(home, who)
        assert client.get(home.address).status_code == sees
        assert client.post(home.address, data={f"goal_{home.subject}": "5"}).status_code == 404
        assert kept(home) == []
