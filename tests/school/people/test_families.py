"""Representatives: added, limited with a ground, ended; children in several schools."""

from datetime import timedelta

import pytest

from school.core import clock
from school.core.database import db
from school.people.models import Guardianship, Member
from school.people.queries import children_everywhere, children_of
from tests.browsing import SchoolClient
from tests.factories import Make
from tests.school.people.people_at import SmallSchool, give_password, small_school
from tests.statements import Statements


@pytest.fixture
def at(make: Make) -> SmallSchool:
    return small_school(make)


@pytest.fixture
def admin(client: SchoolClient, make: Make, at: SmallSchool) -> SchoolClient:
    return client.sign_in(make.account_of(at.admin))


def ties(at: SmallSchool) -> list[Guardianship]:
    db.session.rollback()
    return list(db.session.scalars(db.select(Guardianship).where(Guardianship.school_id == at.school.id)))


def url(at: SmallSchool) -> str:
    return f"/s/{at.school.id}/people/{at.vera.id}/guardians/new"


def data(**more: str) -> dict[str, str]:
    return {"relation": "father", "from_on": clock.today().isoformat(), "sees_progress": "y", **more}


def test_somebody_known_is_found_by_family_name_and_added(admin: SchoolClient, make: Make, at: SmallSchool) -> None:
    father = make.parent(at.school, family_name="Елкин", given_name="Павел")
    make.parent(at.other, family_name="Елкин", given_name="Чужой")
    page = admin.get(url(at) + "?q=ёлкин").text
    assert "Елкин Павел" in page
    assert "Чужой" not in page
    assert "Ёлкина Вера" not in page.split("<legend>")[1], "a pupil represents nobody"
    chosen = data(member=str(father.id), q="ёлкин")
    assert admin.post(url(at), data=chosen).status_code == 303
    assert {tie.guardian_id for tie in ties(at)} == {at.parent.id, father.id}
    assert admin.post(url(at), data=chosen).status_code == 422, "already"


def test_a_new_person_becomes_a_member_and_a_parent(admin: SchoolClient, at: SmallSchool) -> None:
    assert admin.post(url(at), data=data(member="new")).status_code == 422, "a name is needed"
    answer = admin.post(url(at), data=data(member="new", family_name="Ёлкин", given_name="Пётр", note="Решение № 5"))
    assert answer.status_code == 303
    page = admin.get(answer.location).text
    assert "Ёлкин Пётр" in page
    assert "Решение № 5" in page


def test_a_parent_of_another_school_keeps_the_account(admin: SchoolClient, make: Make, at: SmallSchool) -> None:
    guest = make.parent(at.other, make.pupil(at.other), family_name="Ким", given_name="Ольга")
    give_password(make.account_of(guest), "olga")
    form = data(member="new", family_name="Ким", given_name="Ольга", login="olga")
    assert admin.post(url(at), data=form).status_code == 303
    here = db.session.scalars(
        db.select(Member).where(Member.school_id == at.school.id, Member.account_id == guest.account_id)
    ).one()
    assert here.id in {tie.guardian_id for tie in ties(at)}


def test_rights_are_limited_with_a_note_and_ended_by_a_day(admin: SchoolClient, make: Make, at: SmallSchool) -> None:
    (tie,) = ties(at)
    page = f"/s/{at.school.id}/people/{at.vera.id}/guardians/{tie.id}"
    assert admin.get(page).status_code == 200
    parent = make.actor(at.parent, "parent")
    assert [child.id for child in children_of(parent, clock.today())] == [at.vera.id]
    assert admin.post(page, data={"note": "Решение суда № 7 от 1 сентября"}).status_code == 303
    assert children_of(parent, clock.today()) == []
    assert [child.sees_progress for child in children_everywhere(parent, clock.today())] == [False]
    yesterday = (clock.today() - timedelta(days=1)).isoformat()
    assert admin.post(page, data={"sees_progress": "y", "to_on": yesterday, "note": ""}).status_code == 303
    assert children_everywhere(parent, clock.today()) == []


def test_a_guardianship_of_another_child_is_not_under_this_address(
    admin: SchoolClient, make: Make, at: SmallSchool
) -> None:
    (tie,) = ties(at)
    other = make.pupil(at.school)
    assert admin.get(f"/s/{at.school.id}/people/{other.id}/guardians/{tie.id}").status_code == 404
    assert admin.get(f"/s/{at.school.id}/people/{at.teacher.id}/guardians/new").status_code == 404, "no pupil"


def test_children_of_all_schools_cost_one_statement_a_school(
    make: Make, at: SmallSchool, statements: Statements
) -> None:
    sister = make.pupil(at.other, family_name="Ёлкина", given_name="Анна")
    there = make.parent(at.other, sister, account=make.account_of(at.parent))
    make.parent(at.other, make.pupil(at.other))
    here, away = make.actor(at.parent, "parent"), make.actor(there, "parent")
    actor = type(here)(
        **{**{name: getattr(here, name) for name in here.__slots__}, "standings": here.standings + away.standings}
    )
    with statements.counted() as sent:
        found = children_everywhere(actor, clock.today())
    assert [(child.id, child.school_id) for child in found] == [(sister.id, at.other.id), (at.vera.id, at.school.id)]
    assert len(sent) == 2
