"""Norms of load as dated data with an owner, and the weeks of classes beside them."""

from datetime import date, timedelta

import pytest

from school.classes.load import IN_FORCE, Norm, Norms, load_of, norms_on
from school.classes.models import LoadNorm, TimetableSlot
from school.classes.queries.norms import loads_of_classes, own_norms
from school.core import clock
from school.core.database import db, new_id
from school.core.records.models import RecordEvent
from tests.browsing import SchoolClient
from tests.factories import Make

OWN = Norms(date(2026, 9, 1), "Учебный план", {7: Norm(30, 33, 6)}, "Петрова А. И.")
NEWER = Norms(date(2021, 3, 1), "Наш", {7: Norm(1, 1, 1)})


@pytest.mark.parametrize(
    ("on", "own", "source"),
    [
        (date(2026, 11, 23), (), IN_FORCE[0].source),
        (date(2026, 11, 23), (OWN,), "Учебный план"),
        (date(2026, 8, 31), (OWN,), IN_FORCE[0].source),
        (date(2021, 3, 1), (NEWER,), "Наш"),
        (date(2026, 9, 1), (NEWER, OWN), "Учебный план"),
        (date(2020, 1, 1), (OWN,), None),
    ],
)
def test_the_newest_word_holds(on: date, own: tuple[Norms, ...], source: str | None) -> None:
    found = norms_on(on, own)
    assert (found.source if found else None) == source


def test_a_level_that_the_document_does_not_name_has_no_norm() -> None:
    load = load_of([(1, 1)], 8, 5, date(2026, 11, 23), (OWN,))
    assert (load.most, load.most_a_day, load.is_over) == (None, None, False)


@pytest.mark.parametrize(
    ("ours", "more"),
    [
        (Norm(32, 35, 7), False),
        (Norm(33, 35, 7), True),
        (Norm(32, 36, 7), True),
        (Norm(30, 33, 8), True),
        (Norm(30, None, 7), False),
    ],
)
def test_more_than_the_country_allows(ours: Norm, more: bool) -> None:
    assert ours.exceeds(IN_FORCE[0].by_level[7]) is more


def sent(**changed: str) -> dict[str, str]:
    data = {"from_on": clock.today().isoformat(), "source": "Приказ № 31"}
    for level, one in IN_FORCE[0].by_level.items():
        data |= {
            f"five_{level}": str(one.week_of_five),
            f"six_{level}": str(one.week_of_six or ""),
            f"day_{level}": str(one.day),
        }
    return data | changed


def test_a_deputy_writes_norms_down_and_classes_stand_beside_them(make: Make, client: SchoolClient) -> None:
    course = make.course()
    school, group = make.school_of(course), make.group_of(course)
    deputy, teacher = make.member(school, "deputy"), make.teacher_of(course)
    away = make.course()
    for of, slots in ((course, (1, 2, 3)), (away, (4,))):
        for slot in slots:
            make.save(
                TimetableSlot(
                    school_id=of.school_id,
                    id=new_id(),
                    course_id=of.id,
                    weekday=1,
                    slot=slot,
                    room="",
                    teacher_id=make.teacher_of(of).id,
                    from_on=clock.today() - timedelta(days=30),
                )
            )
    client.sign_in(make.account_of(deputy))
    s = f"/s/{school.id}"
    page = client.get(f"{s}/norms").text
    assert "СанПиН 1.2.3685-21" in page
    assert "1 марта 2021" in page
    assert "больше нормы" not in page
    assert f"{s}/norms" in client.get(f"{s}/classes").text
    answer = client.post(f"{s}/norms/new", data=sent(five_7="2", six_7="2", day_7="2", day_8="9"))
    assert answer.status_code == 303, answer.text
    page = client.get(f"{s}/norms").text
    assert "Приказ № 31" in page
    assert "больше нормы недели" in page
    assert "длинные дни" in page
    assert "Параллели 8:" in page, "above what the country allows"
    week = client.get(f"{s}/classes/{group.id}/week").text
    assert "Приказ № 31" in week
    assert "норма для 7" in week
    row = db.session.scalars(db.select(LoadNorm).where(LoadNorm.school_id == school.id)).one()
    assert row.owner == deputy.id
    kinds = db.select(RecordEvent.kind).where(RecordEvent.school_id == school.id)
    assert db.session.scalars(kinds).all() == ["load_norm.set"]
    assert own_norms(away.school_id) == []
    (other,) = loads_of_classes(away.school_id, clock.today(), [])
    assert (other.load.lessons, other.load.is_over) == (1, False)
    client.post(f"{s}/norms/new", data=sent(source="Приказ № 32"))
    assert len(own_norms(school.id)) == 1, "one word a day"
    late = client.post(f"{s}/norms/new", data=sent(from_on=(clock.today() - timedelta(days=1)).isoformat()))
    assert late.status_code == 422
    assert "Прошедшие недели" in late.text
    client.sign_in(make.account_of(make.member(school, "admin")))
    assert client.get(f"{s}/norms").status_code == 200
    assert client.get(f"{s}/norms/new").status_code == 404
    client.sign_in(make.account_of(teacher))
    assert client.get(f"{s}/norms").status_code == 404
