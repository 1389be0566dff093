"""Who may hand out keys to whom, in one act, and that nothing is gained by it beyond the school."""

from dataclasses import replace
from typing import cast

import pytest
from flask import Flask

from school.core.access import Refused
from school.core.database import db
from school.core.records.models import RecordEvent
from school.people.models import AccessCode, AccessFact, Guardianship, Member, Role
from school.people.policy import may_reset_access
from school.people.queries import find_code, get_holder
from tests.browsing import SchoolClient
from tests.factories import Make
from tests.factories.people import LONG_AGO
from tests.school.people.people_at import PASSWORD, SmallSchool, give_password, small_school

ROLES = {
    "teacher": "teacher",
    "leader": "teacher",
    "colleague": "teacher",
    "admin": "admin",
    "deputy": "deputy",
    "parent": "parent",
}


def answer(make: Make, at: SmallSchool, who: str, whom: Member) -> str:
    actor = make.actor(getattr(at, who), ROLES[who])
    holder = get_holder(actor, whom.id)
    assert holder is not None
    said = may_reset_access(actor, holder)
    return "words" if isinstance(said, Refused) else "yes" if said else "no"


@pytest.mark.parametrize(
    ("who", "whom", "expected"),
    [
        ("teacher", "vera", "yes"),
        ("leader", "vera", "yes"),
        ("deputy", "vera", "yes"),
        ("admin", "vera", "yes"),
        ("colleague", "vera", "no"),
        ("parent", "vera", "no"),
        ("teacher", "parent", "no"),
        ("leader", "colleague", "no"),
        ("deputy", "teacher", "words"),
        ("deputy", "admin", "words"),
        ("admin", "teacher", "yes"),
        ("admin", "deputy", "yes"),
        ("admin", "parent", "yes"),
        ("admin", "admin", "words"),
    ],
)
def test_who_may_reset_whom(make: Make, who: str, whom: str, expected: str) -> None:
    at = small_school(make)
    assert answer(make, at, who, getattr(at, whom)) == expected


def test_an_account_is_reset_only_by_the_school_that_opened_it_and_never_over_other_work(make: Make) -> None:
    at = small_school(make)
    # A parent here and, since as long, staff of another school: whoever got the code would become that staff.
    make.member(at.other, "teacher", account=make.account_of(at.parent))
    assert answer(make, at, "admin", at.parent) == "words"
    # A teacher who is a methodologist of the city.
    expert = make.member(at.school, "teacher")
    make.save(Role(account_id=expert.account_id, kind="methodologist", from_on=LONG_AGO))
    assert answer(make, at, "admin", expert) == "words"
    # A parent of another school, entered here later by their login.
    guest_account = make.account()
    make.member(at.other, "parent", account=guest_account)
    guest = make.member(at.school, "parent", account=guest_account)
    assert answer(make, at, "admin", guest) == "words"
    # A pupil who is also a parent is no child: only the administrator.
    grown = make.member(at.school, "pupil", "parent")
    make.enrol(at.group, grown)
    assert answer(make, at, "leader", grown) == "words"
    assert answer(make, at, "admin", grown) == "yes"


def test_one_press_gives_a_code_once_and_ends_everything_else(app: Flask, client: SchoolClient, make: Make) -> None:
    at = small_school(make)
    give_password(make.account_of(at.vera), "vera")
    device = app.test_client()
    device.post("/sign-in", data={"login": "vera", "password": PASSWORD})
    client.sign_in(make.account_of(at.teacher))
    keys = client.get(f"/s/{at.school.id}/classes/{at.group.id}/keys")
    assert keys.status_code == 200
    assert f"/s/{at.school.id}/people/{at.vera.id}/access" in keys.text
    assert "кодов для родителей" not in keys.text, "sheets are the class teacher's"
    given = client.post(f"/s/{at.school.id}/people/{at.vera.id}/access")
    assert given.status_code == 200
    assert given.headers["Cache-Control"] == "no-store"
    code = given.text.split('key-code-l">')[1].split("<")[0]
    assert find_code(code) is not None
    assert device.get("/profile").status_code == 303
    assert client.get(f"/s/{at.school.id}/people/{at.vera.id}/access").status_code == 303, "coming back makes no code"
    events = db.session.scalars(db.select(RecordEvent).where(RecordEvent.school_id == at.school.id)).all()
    assert [(one.kind, one.pupil_id, one.actor_account_id) for one in events] == [
        ("access.reset", at.vera.id, at.teacher.account_id)
    ]
    facts = db.session.scalars(db.select(AccessFact).where(AccessFact.school_id == at.school.id)).all()
    assert {(one.purpose, one.role) for one in facts} == {("access", "teacher")}


def test_the_class_teacher_prints_codes_for_pupils_and_parents_who_have_not_come(
    client: SchoolClient, make: Make
) -> None:
    at = small_school(make)
    colleague = make.account_of(at.colleague)
    make.save(*_tie(make, at))
    client.sign_in(make.account_of(at.leader))
    codes = f"/s/{at.school.id}/classes/{at.group.id}/codes"
    pupils = client.post(codes, data={"who": "pupils"}).text
    assert pupils.count('class="key-code"') == 2
    parents = client.post(codes, data={"who": "parents"}).text
    assert parents.count('class="key-code"') == 1, "a colleague's account is not for the class teacher"
    assert find_code(parents.split('class="key-code">')[1].split("<")[0]) is not None
    give_password(make.account_of(at.parent))
    assert client.post(codes, data={"who": "parents"}).status_code == 303
    rows = db.session.scalars(db.select(AccessCode)).all()
    assert colleague.id not in {row.account_id for row in rows}
    assert {row.made_by for row in rows} == {at.leader.account_id}
    assert {row.kind for row in rows} == {"invitation"}


def _tie(make: Make, at: SmallSchool) -> list[object]:
    """The colleague is a parent of Vera too."""
    return [
        Guardianship(
            school_id=at.school.id,
            guardian_id=at.colleague.id,
            pupil_id=at.vera.id,
            relation="father",
            from_on=LONG_AGO,
        ),
        Role(
            account_id=at.colleague.account_id,
            school_id=at.school.id,
            member_id=at.colleague.id,
            kind="parent",
            from_on=LONG_AGO,
        ),
    ]


def test_the_administrator_prints_codes_for_staff(client: SchoolClient, make: Make) -> None:
    at = small_school(make)
    give_password(make.account_of(at.admin))
    give_password(make.account_of(at.deputy))
    client.sign_in(make.account_of(at.admin))
    url = f"/s/{at.school.id}/people/invitations"
    page = client.get(url).text
    assert page.count('name="member"') == 3, "three teachers; not who signs in, not families, not another school"
    one = client.post(url, data={"member": str(at.teacher.id)}).text
    assert one.count('class="key-code"') == 1
    everybody = client.post(url).text
    assert everybody.count('class="key-code"') == 3


def test_nobody_else_opens_the_keys_of_a_class(app: Flask, make: Make) -> None:
    at = small_school(make)
    for who in ("colleague", "parent", "vera", "stranger"):
        client = cast("SchoolClient", app.test_client()).sign_in(make.account_of(getattr(at, who)))
        base = f"/s/{at.school.id}"
        assert client.get(f"{base}/classes/{at.group.id}/keys").status_code == 404
        for path in (
            f"/classes/{at.group.id}/cards",
            f"/classes/{at.group.id}/codes",
            f"/people/{at.vera.id}/access",
            f"/people/{at.vera.id}/card",
            "/people/invitations",
        ):
            assert client.post(base + path).status_code == 404, (who, path)
    teacher = cast("SchoolClient", app.test_client()).sign_in(make.account_of(at.teacher))
    assert teacher.post(f"/s/{at.school.id}/classes/{at.group.id}/cards").status_code == 404
    assert db.session.scalar(db.select(db.func.count()).select_from(AccessCode)) == 0


def test_who_left_gets_no_new_code(make: Make) -> None:
    at = small_school(make)
    actor = make.actor(at.admin, "admin")
    holder = get_holder(actor, at.vera.id)
    assert holder is not None
    assert isinstance(may_reset_access(actor, replace(holder, closed=True)), Refused)
