"""Who looked at a child: facts of the child, and of its groups while it was in them; shown to family, deputy, head."""

from datetime import datetime, time, timedelta
from typing import Any, cast

from flask import Flask
from sqlalchemy import NullPool, create_engine

from school.core import clock
from school.core.database import db, write_engine
from school.people.models import AccessFact, Guardianship
from tests.browsing import SchoolClient
from tests.factories import Make
from tests.school.people.people_at import SmallSchool, small_school


def fact(make: Make, at: SmallSchool, moment: datetime, **values: Any) -> None:
    default = {
        "school_id": at.school.id,
        "at": moment,
        "account_id": at.teacher.account_id,
        "member_id": at.teacher.id,
        "role": "teacher",
        "purpose": "gradebook",
    }
    make.save(AccessFact(**{**default, **values}))


def url(at: SmallSchool) -> str:
    return f"/s/{at.school.id}/pupils/{at.vera.id}/looks"


def lines(page: str) -> int:
    return page.split("<main")[1].count('class="row"')


def test_the_family_sees_every_look_at_the_child_and_no_other(client: SchoolClient, make: Make) -> None:
    at = small_school(make)
    now = clock.now()
    fact(make, at, now, pupil_id=at.vera.id, purpose="diary")
    fact(make, at, now - timedelta(hours=1), group_id=at.group.id)
    long_ago = clock.moscow(clock.today() - timedelta(days=400), time(12))
    fact(make, at, long_ago, group_id=at.group.id, purpose="progress")  # before she came
    fact(make, at, now, pupil_id=make.pupil(at.school).id, purpose="homework")
    fact(make, at, now, group_id=at.colleague.id, purpose="homework")
    page = client.sign_in(make.account_of(at.parent)).get(url(at)).text
    assert lines(page) == 2
    assert "Дневник" in page
    assert "Классный журнал" in page
    assert "вместе со всем классом" in page
    assert "учитель" in page
    assert f"{at.teacher.given_name} {at.teacher.patronymic}" in page


def test_looking_at_a_person_leaves_a_fact_that_the_family_sees(app: Flask, make: Make) -> None:
    at = small_school(make)
    admin = cast("SchoolClient", app.test_client()).sign_in(make.account_of(at.admin))
    parent = cast("SchoolClient", app.test_client()).sign_in(make.account_of(at.parent))
    assert "Пока никто не смотрел" in parent.get(url(at)).text
    admin.get(f"/s/{at.school.id}/people/{at.vera.id}")
    admin.get(f"/s/{at.school.id}/people/{at.teacher.id}")
    assert lines(parent.get(url(at)).text) == 1
    assert (
        db.session.scalar(
            db.select(db.func.count()).select_from(AccessFact).where(AccessFact.school_id == at.school.id)
        )
        == 1
    )


def test_a_look_is_kept_although_the_database_was_started_anew(client: SchoolClient, make: Make) -> None:
    at = small_school(make)
    client.sign_in(make.account_of(at.admin))
    school_id, page = at.school.id, f"/s/{at.school.id}/people/{at.vera.id}"
    assert client.get(page).status_code == 200
    db.session.remove()
    with create_engine(write_engine().url, poolclass=NullPool).connect() as connection:
        if connection.dialect.name == "postgresql":  # all our connections are dead, in the pools too
            connection.exec_driver_sql(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                " WHERE datname = current_database() AND pid <> pg_backend_pid()"
            )
    seen = [client.get(page).status_code for _ in range(3)]
    assert seen[-1] == 200
    facts = db.select(db.func.count()).select_from(AccessFact).where(AccessFact.school_id == school_id)
    assert db.session.scalar(facts) == 1 + seen.count(200)


def test_long_lists_go_on_page_by_page(client: SchoolClient, make: Make) -> None:
    at = small_school(make)
    for n in range(45):
        fact(make, at, clock.now() - timedelta(minutes=n // 3), pupil_id=at.vera.id)
    client.sign_in(make.account_of(at.parent))
    first = client.get(url(at)).text
    assert lines(first) == 40
    following = first.split('rel="next"')[0].rsplit('href="', 1)[1].split('"')[0].replace("&amp;", "&")
    second = client.get(following).text
    assert lines(second) == 5
    assert client.get(url(at) + "?after=nonsense").status_code == 200


def test_only_the_family_and_those_who_run_the_school_see_it(app: Flask, make: Make) -> None:
    at = small_school(make)
    strange_parent = make.parent(at.school, make.pupil(at.school))
    limited = make.parent(at.school, at.vera)
    row = db.session.scalars(
        db.select(Guardianship).where(Guardianship.school_id == at.school.id, Guardianship.guardian_id == limited.id)
    ).one()
    row.sees_progress = False
    db.session.commit()
    people = {
        200: (at.parent, at.deputy, make.member(at.school, "head")),
        404: (at.teacher, at.leader, at.admin, at.vera, at.stranger, strange_parent, limited),
    }
    for status, who in people.items():
        for one in who:
            client = cast("SchoolClient", app.test_client()).sign_in(make.account_of(one))
            assert client.get(url(at)).status_code == status, one.family_name
