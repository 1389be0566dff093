"""The people of a school: found, entered, renamed, given roles with dates, let go."""

from datetime import timedelta
from typing import cast

import pytest
from flask import Flask

from school.classes.models import Enrolment
from school.core import clock
from school.core.database import db
from school.core.transactions import unit_of_work
from school.people.models import Account, Guardianship, Member, Role
from school.people.queries import Wanted, get_holder, members
from tests.browsing import SchoolClient
from tests.factories import Make
from tests.school.people.people_at import SmallSchool, give_password, small_school
from tests.statements import Statements


def names(make: Make, at: SmallSchool, **wanted: object) -> list[str]:
    with unit_of_work():
        found = members(make.actor(at.admin, "admin"), Wanted(**wanted))  # type: ignore[arg-type]
    return [line.name for line in found.lines]


def iso(days: int = 0) -> str:
    return (clock.today() + timedelta(days=days)).isoformat()


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("ёлк", ["Ёлкина Вера Павловна"]),
        ("Елкина", ["Ёлкина Вера Павловна"]),
        ("ЕЛКИНА В", ["Ёлкина Вера Павловна"]),
        ("лкина", []),
        ("Вера", []),
        ("%", []),
    ],
)
def test_people_are_found_by_the_beginning_of_the_family_name(make: Make, text: str, found: list[str]) -> None:
    at = small_school(make)
    make.pupil(at.other, family_name="Ёлкина", given_name="Чужая")
    assert [name for name in names(make, at, text=text) if "Ёлкин" in name and name != "Ёлкин"][:1] == found


def test_people_are_found_by_role_class_and_whole_login(make: Make) -> None:
    at = small_school(make)
    give_password(make.account_of(at.deputy), "zavuch")
    assert len(names(make, at, kind="teacher")) == 3
    assert len(names(make, at, kind="pupil")) == 2
    assert len(names(make, at, class_id=at.group.id)) == 2
    assert len(names(make, at, text="zavuch")) == 1
    assert names(make, at, text="zavuc") == []
    make.member(at.school, "teacher", closed_on=clock.today() - timedelta(days=1))
    assert len(names(make, at, kind="teacher")) == 3
    assert len(names(make, at, left=True)) == 1


def test_pages_go_on_where_the_last_one_ended(client: SchoolClient, make: Make, statements: Statements) -> None:
    at = small_school(make)
    for _ in range(60):
        make.pupil(at.school, family_name="Иванова", given_name="Анна")
    actor, seen, after = make.actor(at.admin, "admin"), [], ""
    while True:
        found = members(actor, Wanted(after=after))
        seen += [line.id for line in found.lines]
        after = found.after
        if not after:
            break
    assert len(seen) == len(set(seen)) == 69 - 1
    client.sign_in(make.account_of(at.admin))
    with statements.counted() as sent:
        page = client.get(f"/s/{at.school.id}/people")
    assert "Показать ещё" in page.text or "after=" in page.text
    assert len(sent) <= 8, sent


def test_the_page_answers_htmx_with_the_list_alone(client: SchoolClient, make: Make) -> None:
    at = small_school(make)
    client.sign_in(make.account_of(at.deputy))
    block = client.get(f"/s/{at.school.id}/people?q=ёлк", headers={"HX-Request": "true"})
    assert "Ёлкина Вера Павловна" in block.text
    assert "<html" not in block.text


def test_a_person_is_entered_with_a_role(client: SchoolClient, make: Make) -> None:
    at = small_school(make)
    client.sign_in(make.account_of(at.admin))
    new = f"/s/{at.school.id}/people/new"
    assert client.get(new).status_code == 200
    data = {"family_name": " Ким ", "given_name": "Лев", "patronymic": "", "kind": "pupil", "from_on": iso()}
    answer = client.post(new, data=data)
    assert answer.status_code == 303
    page = client.get(answer.location).text
    assert "Ким Лев" in page
    member = db.session.scalars(
        db.select(Member).where(Member.school_id == at.school.id, Member.family_name == "Ким")
    ).one()
    assert make.account_of(member).name == "Лев"
    assert client.post(new, data={**data, "family_name": ""}).status_code == 422


def test_one_human_has_one_account_found_by_login_and_name_together(client: SchoolClient, make: Make) -> None:
    at = small_school(make)
    elsewhere = make.member(at.other, "parent", family_name="Ёлкина", given_name="Ольга", patronymic="Игоревна")
    give_password(make.account_of(elsewhere), "olga")
    client.sign_in(make.account_of(at.admin))
    new = f"/s/{at.school.id}/people/new"
    data = {"family_name": "Елкина", "given_name": "Ольга", "kind": "teacher", "from_on": iso()}
    count = db.select(db.func.count()).select_from(Account)
    before = db.session.scalar(count)
    assert client.post(new, data={**data, "login": "olga", "given_name": "Инна"}).status_code == 422, (
        "a slip of the login"
    )
    assert client.post(new, data={**data, "login": "nobody"}).status_code == 422
    assert client.post(new, data={**data, "login": "Olga"}).status_code == 303
    assert db.session.scalar(count) == before, "the same account"
    assert client.post(new, data={**data, "login": "olga"}).status_code == 422, "has the role already"
    assert client.post(new, data={**data, "login": "olga", "kind": "parent"}).status_code == 303
    mine = db.select(Member).where(Member.school_id == at.school.id, Member.account_id == elsewhere.account_id)
    assert len(db.session.scalars(mine).all()) == 1
    assert client.post(new, data=data).status_code == 303, "without a login a namesake is another person"
    assert db.session.scalar(count) == (before or 0) + 1


def test_a_name_is_corrected_and_sorted_anew(client: SchoolClient, make: Make) -> None:
    at = small_school(make)
    client.sign_in(make.account_of(at.admin))
    url = f"/s/{at.school.id}/people/{at.vera.id}/name"
    assert 'value="Ёлкина"' in client.get(url).text
    assert (
        client.post(url, data={"family_name": "Абрамова", "given_name": "Вероника", "patronymic": ""}).status_code
        == 303
    )
    member = db.session.get(Member, (at.school.id, at.vera.id))
    assert member is not None
    assert member.sort_name == "абрамова вероника"
    assert make.account_of(member).name == "Вероника"


def test_a_temporary_right_needs_an_end_and_ends_by_itself(app: Flask, client: SchoolClient, make: Make) -> None:
    at = small_school(make)
    client.sign_in(make.account_of(at.admin))
    url = f"/s/{at.school.id}/people/{at.teacher.id}/roles/new"
    assert client.get(url).status_code == 200
    data = {"kind": "deputy", "lasting": "until", "from_on": iso()}
    assert client.post(url, data=data).status_code == 422
    assert client.post(url, data={**data, "to_on": iso(-1)}).status_code == 422
    assert client.post(url, data={**data, "to_on": iso(7)}).status_code == 303
    assert client.post(url, data={**data, "lasting": "open"}).status_code == 422, "they overlap"
    deputy = cast("SchoolClient", app.test_client()).sign_in(make.account_of(at.teacher))
    assert deputy.get(f"/s/{at.school.id}/people").status_code == 200
    with clock.stopped_at(clock.now() + timedelta(days=8)):
        assert deputy.get(f"/s/{at.school.id}/people").status_code == 404


def test_a_role_ends_at_once_by_yesterdays_date_and_the_last_administrator_stays(
    app: Flask, client: SchoolClient, make: Make
) -> None:
    at = small_school(make)
    client.sign_in(make.account_of(at.admin))
    roles = {role.member_id: role for role in db.session.scalars(db.select(Role).where(Role.school_id == at.school.id))}
    deputy = cast("SchoolClient", app.test_client()).sign_in(make.account_of(at.deputy))
    people = f"/s/{at.school.id}/people"
    assert deputy.get(people).status_code == 200
    end = f"{people}/{at.deputy.id}/roles/{roles[at.deputy.id].id}/end"
    assert client.get(end).status_code == 200
    assert client.post(end, data={"last_day": iso(-1)}).status_code == 303
    assert deputy.get(people).status_code == 404
    mine = f"{people}/{at.admin.id}/roles/{roles[at.admin.id].id}/end"
    refused = client.post(mine, data={"last_day": iso(-1)})
    assert refused.status_code == 422
    assert "Управлять школой стало бы некому" in refused.text
    other = f"{people}/{at.deputy.id}/roles/{roles[at.teacher.id].id}/end"
    assert client.post(other, data={"last_day": iso()}).status_code == 404, "a role of somebody else"


def test_leaving_ends_roles_groups_and_ties_and_keeps_everything(app: Flask, client: SchoolClient, make: Make) -> None:
    at = small_school(make)
    pupil = cast("SchoolClient", app.test_client()).sign_in(make.account_of(at.vera))
    client.sign_in(make.account_of(at.admin))
    url = f"/s/{at.school.id}/people/{at.vera.id}/leaving"
    assert client.get(url).status_code == 200
    assert client.post(url, data={"last_day": iso(-1)}).status_code == 303
    assert pupil.get("/profile").status_code == 303, "no role is left anywhere"
    db.session.rollback()
    school_id, day = at.school.id, clock.today() - timedelta(days=1)
    place = db.session.scalars(
        db.select(Enrolment).where(Enrolment.school_id == school_id, Enrolment.pupil_id == at.vera.id)
    ).one()
    tie = db.session.scalars(db.select(Guardianship).where(Guardianship.school_id == school_id)).one()
    assert place.to_on == tie.to_on == day
    assert make.account_of(at.vera).closed_at is None
    page = client.get(f"/s/{school_id}/people/{at.vera.id}")
    assert "Выбытие из школы" in page.text
    last = client.post(f"/s/{school_id}/people/{at.admin.id}/leaving", data={"last_day": iso(-1)})
    assert last.status_code == 422


def test_who_may_see_and_who_may_change(app: Flask, make: Make) -> None:
    at = small_school(make)
    base = f"/s/{at.school.id}/people"
    seen = (base, f"{base}/{at.vera.id}")
    changed = (
        f"{base}/new",
        f"{base}/{at.vera.id}/name",
        f"{base}/{at.vera.id}/roles/new",
        f"{base}/{at.vera.id}/guardians/new",
        f"{base}/{at.vera.id}/leaving",
    )
    expected = {"admin": (200, 200), "deputy": (200, 404), "teacher": (404, 404), "parent": (404, 404)}
    expected |= {"vera": (404, 404), "stranger": (404, 404)}
    for who, (sees, changes) in expected.items():
        client = cast("SchoolClient", app.test_client()).sign_in(make.account_of(getattr(at, who)))
        assert {client.get(path).status_code for path in seen} == {sees}, who
        assert {client.get(path).status_code for path in changed} == {changes}, who
        assert {client.post(path).status_code for path in changed} == {422 if changes == 200 else 404}, who


def test_an_administrator_finds_nobody_of_another_school(app: Flask, make: Make) -> None:
    at = small_school(make)
    client = cast("SchoolClient", app.test_client()).sign_in(make.account_of(at.stranger))
    mine = f"/s/{at.other.id}/people"
    assert client.get(mine).status_code == 200
    for path in ("", "/name", "/roles/new", "/guardians/new", "/leaving"):
        assert client.get(f"{mine}/{at.vera.id}{path}").status_code == 404, path
    for path in ("/access", "/card"):
        assert client.post(f"{mine}/{at.vera.id}{path}").status_code == 404, path
    assert client.get(f"/s/{at.other.id}/classes/{at.group.id}/keys").status_code == 404
    assert client.get(f"/s/{at.other.id}/pupils/{at.vera.id}/looks").status_code == 404
    assert "Ёлкина" not in client.get(f"{mine}?q=ёлкина").text.split("<main")[1].split("<form")[-1].split("</form>")[1]


def test_a_page_of_a_person_costs_few_statements(client: SchoolClient, make: Make, statements: Statements) -> None:
    at = small_school(make)
    client.sign_in(make.account_of(at.admin))
    page = f"/s/{at.school.id}/people/{at.vera.id}"
    with statements.counted() as sent:
        assert client.get(page).status_code == 200
    assert len(sent) <= 11, sent
    holder = get_holder(make.actor(at.admin, "admin"), at.vera.id)
    assert holder is not None
    assert holder.class_name == at.group.name
