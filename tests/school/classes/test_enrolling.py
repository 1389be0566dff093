"""A group across classes takes pupils who have a class; nobody gets two lessons at one time, and no class changes."""

import re
from collections.abc import Iterator
from datetime import date, time, timedelta
from types import SimpleNamespace

import pytest
from sqlalchemy import select

from school.classes.actions import generate_lessons
from school.classes.actions.enrolling import enrol_together
from school.classes.errors import ManyClashes
from school.classes.models import Enrolment, Regime, SchoolYear, StudyGroup
from school.classes.queries import get_group, get_pupil
from school.core import clock
from school.core.database import db, new_id
from school.core.transactions import unit_of_work
from school.people.models import Member
from tests.browsing import SchoolClient
from tests.factories import Make


@pytest.fixture(autouse=True)
def _before_the_first_bell() -> Iterator[None]:
    """So that all lessons of today are still to come, whatever the hour."""
    with clock.stopped_at(clock.moscow(clock.today(), time(3))):
        yield


@pytest.fixture
def town(make: Make) -> SimpleNamespace:
    """7А and 7Б with a lesson on Mondays, the first and the second; a group across both on Mondays, the second."""
    school = make.school()
    first, second = (
        make.course(make.school_class(school, 7, "А"), pupils=2),
        make.course(make.school_class(school, 7, "Б"), pupils=2),
    )
    make.course(make.school_class(school, 9, "А"), pupils=1)
    year = db.session.scalars(select(SchoolYear).where(SchoolYear.school_id == school.id)).one()
    regime = db.session.scalars(select(Regime).where(Regime.school_id == school.id)).one()
    group = make.save(
        StudyGroup(
            school_id=school.id,
            id=new_id(),
            year_id=year.id,
            kind="cross",
            name="Английский, сильная",
            year_level=7,
            regime_id=regime.id,
            building_id=make.school_class(school, 7, "В").building_id,
        )
    )
    english = make.course(group)
    make.slot(first, 1, 1, room="1")
    make.slot(second, 1, 2, room="2")
    make.slot(english, 1, 2, room="3")
    admin = make.member(school, "admin")
    actor = make.actor(admin, "admin")
    with unit_of_work():
        generate_lessons(actor, year)
    return SimpleNamespace(
        make=make, school=school, first=first, second=second, group=group, actor=actor, admin=admin, year=year
    )


def places(town: SimpleNamespace, pupil: Member) -> set[object]:
    rows = select(Enrolment.group_id).where(
        Enrolment.school_id == town.school.id, Enrolment.pupil_id == pupil.id, Enrolment.to_on.is_(None)
    )
    return set(db.session.scalars(rows))


def come(town: SimpleNamespace, *pupils: Member, on: date | None = None) -> None:
    group = get_group(town.actor, town.group.id)
    assert group is not None
    seen = [one for pupil in pupils if (one := get_pupil(town.actor, pupil.id)) is not None]
    with unit_of_work():
        enrol_together(town.actor, group, seen, on or clock.today())


def test_pupils_come_beside_their_class_and_nobody_twice_at_one_time(town: SimpleNamespace) -> None:
    free, busy = town.make.pupils_of(town.first)[0], town.make.pupils_of(town.second)[0]
    with pytest.raises(ManyClashes) as refusal:
        come(town, free, busy)
    [line] = refusal.value.found
    assert line.who == f"{busy.family_name} {busy.given_name}"
    assert (line.weekday, line.ours.slot, line.theirs.slot) == ("Понедельник", 2, 2)
    assert places(town, free) == {town.first.group_id}, "all or none"
    come(town, free)
    assert places(town, free) == {town.first.group_id, town.group.id}
    come(town, busy, on=town.year.ends_on + timedelta(days=1))


def test_an_administrator_chooses_classes_then_pupils(town: SimpleNamespace, client: SchoolClient) -> None:
    client.sign_in(town.make.account_of(town.admin))
    url = f"/s/{town.school.id}/classes/{town.group.id}/enrol"
    classes = client.get(url).text
    assert classes.count('name="classes"') == 4
    assert classes.count(" checked><span>7") == 3, "those of its year level"
    asked = f"{url}?classes={town.first.group_id}&classes={town.second.group_id}"
    page = client.get(asked).text
    assert page.count('name="pupils"') == 4
    free, busy = town.make.pupils_of(town.first)[0], town.make.pupils_of(town.second)[0]
    assert f"{free.family_name} {free.given_name}, 7 «А»" in page
    data = {"pupils": [str(free.id), str(busy.id)], "from_on": str(clock.today())}
    refused = client.post(asked, data=data)
    assert refused.status_code == 422
    assert f"{busy.family_name} {busy.given_name}: понедельник" in refused.text
    assert len(re.findall(r"name=\"pupils\"[^>]* checked", refused.text)) == 2, "what was ticked stays"
    assert client.post(asked, data={**data, "pupils": [str(free.id)]}).status_code == 303
    assert places(town, free) == {town.first.group_id, town.group.id}
    assert client.get(asked).text.count('name="pupils"') == 3
