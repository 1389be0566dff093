"""A school's own norms of homework: stricter only, dated, with an owner; the evening, the form and the page of norms follow them."""

from collections.abc import Mapping
from datetime import date, timedelta

import pytest
from sqlalchemy import select

from school.classes.models import StudyGroup
from school.core import clock
from school.core.database import db
from school.core.records.models import RecordEvent
from school.homework.actions import CannotSet
from school.homework.actions.norms import set_homework_norm
from school.homework.models import HomeworkNorm
from school.homework.norms import OwnRule, evening_norm, free_weekends_to, own_on
from school.homework.queries.evening import Planned, evening_of
from school.homework.queries.norms import own_rules
from tests.browsing import SchoolClient
from tests.factories import Make
from tests.school.homework.test_evening import WEDNESDAY, at, seen
from tests.school.homework.test_routes import Room

AUTUMN, WINTER, SPRING, SUMMER = date(2026, 9, 1), date(2026, 12, 1), date(2027, 3, 1), date(2027, 6, 1)
SHORT = OwnRule(AUTUMN, "Положение", {7: 100, 1: 0}, None, "Петрова А. И.")
LOOSE = OwnRule(WINTER, "Старое слово", {7: 400}, 4, "Петрова А. И.")
RESTED = OwnRule(SPRING, "Приказ", {}, 8, "Петрова А. И.")
ENDED = OwnRule(SUMMER, "Приказ", {}, None, "Петрова А. И.")
OWN = [ENDED, RESTED, LOOSE, SHORT]


@pytest.mark.parametrize(
    ("on", "seventh", "first", "weekends", "rule"),
    [
        (AUTUMN - timedelta(1), 150, 60, 6, None),
        (AUTUMN, 100, 0, 6, SHORT),
        (WINTER, 150, 60, 6, LOOSE),
        (SPRING, 150, 60, 8, RESTED),
        (SUMMER, 150, 60, 6, None),
    ],
    ids=["before it", "shorter", "never looser", "more weekends", "ended"],
)
def test_the_stricter_of_country_and_school_holds(
    on: date, seventh: int, first: int, weekends: int, rule: OwnRule | None
) -> None:
    assert (evening_norm(7, on, OWN), evening_norm(1, on, OWN), free_weekends_to(on, OWN)) == (seventh, first, weekends)
    assert evening_norm(8, on, OWN) == 150, "other years keep the country's"
    assert own_on(on, OWN) == rule


@pytest.mark.parametrize(
    ("day", "minutes", "weekends", "field"),
    [
        (0, {7: 151}, None, "minutes_7"),
        (0, {7: 90, 2: 91}, None, "minutes_2"),
        (0, {7: -1}, None, "minutes_7"),
        (0, {}, 5, "weekends_to"),
        (-1, {7: 90}, None, "from_on"),
    ],
)
def test_looser_and_past_are_refused(
    make: Make, day: int, minutes: Mapping[int, int], weekends: int | None, field: str
) -> None:
    actor = make.actor(make.member(make.school(), "deputy"), "deputy")
    with pytest.raises(CannotSet) as refused:
        set_homework_norm(actor, clock.today() + timedelta(day), "Приказ", minutes, weekends)
    assert refused.value.field == field
    assert own_rules(actor.school_id or 0) == []


def test_what_equals_the_country_is_not_the_schools(make: Make) -> None:
    school = make.school()
    actor = make.actor(make.member(school, "deputy"), "deputy")
    row = set_homework_norm(actor, clock.today(), " Приказ  № 1 ", {7: 150, 8: 120}, 6)
    assert (row.source, row.minutes, row.weekends_to) == ("Приказ № 1", {"8": 120}, None)
    again = set_homework_norm(actor, clock.today(), "Приказ № 2", {7: 150}, None)
    assert (again.id, again.minutes) == (row.id, {}), "a word of the same day is replaced"
    assert own_on(clock.today(), own_rules(school.id)) is None, "nothing stricter: the rule ends"


def test_an_evening_keeps_to_the_schools_norm(make: Make, client: SchoolClient) -> None:
    with at(WEDNESDAY):
        room, other = Room(make, client), make.school()
        deputy = make.actor(make.member(room.make.school_of(room.course), "deputy"), "deputy")
        stranger = make.actor(make.member(other, "deputy"), "deputy")
        friday, monday = WEDNESDAY + timedelta(2), WEDNESDAY + timedelta(5)
        pupils = [room.pupil.id]
        set_homework_norm(stranger, WEDNESDAY, "Чужой приказ", {7: 10}, 11)
        for day in (friday, monday):
            assert evening_of(seen(room), pupils, Planned(100, False, day, True), [day]) is None
        set_homework_norm(deputy, monday, "Приказ", {7: 90}, 7)
        assert evening_of(seen(room), pupils, Planned(100, False, friday, True), [friday]) is None, "not begun yet"
        found = evening_of(seen(room), pupils, Planned(100, False, monday, True), [friday, monday])
        assert found is not None
        assert (found.norm, found.rest, found.weekends_to, found.fitting_minutes) == (90, "weekend", 7, 90)
        assert found.fitting_day == friday


def test_the_deputy_makes_them_stricter_and_the_form_follows(make: Make, client: SchoolClient) -> None:
    room = Room(make, client)
    school = make.school_of(room.course)
    level = db.session.get_one(StudyGroup, (school.id, room.course.group_id)).year_level
    deputy = make.member(school, "deputy")
    s = f"/s/{school.id}"
    client.sign_in(make.account_of(deputy))
    before = client.get(f"{s}/norms").text
    assert "СанПиН 1.2.3685-21, таблица 6.8" in before and "по 6-е классы включительно" in before
    assert client.get(f"{s}/norms/homework").status_code == 200
    sent = {"source": "Положение, приказ № 41", "from_on": str(clock.today()), "weekends_to": "8"}
    refused = client.post(f"{s}/norms/homework", data={**sent, f"minutes_{level}": "151"})
    assert refused.status_code == 422 and "школа может задать меньше, но не больше" in refused.text
    assert "Положение, приказ № 41" in refused.text, "nothing typed is lost"
    yesterday = str(clock.today() - timedelta(1))
    assert client.post(f"{s}/norms/homework", data={**sent, "from_on": yesterday}).status_code == 422
    assert client.post(f"{s}/norms/homework", data={**sent, f"minutes_{level}": "70"}).status_code == 303
    row = db.session.scalars(select(HomeworkNorm).where(HomeworkNorm.school_id == school.id)).one()
    assert (row.owner, row.minutes, row.weekends_to) == (deputy.id, {str(level): 70}, 8)
    kinds = select(RecordEvent.kind).where(RecordEvent.school_id == school.id)
    assert "homework_norm.set" in db.session.scalars(kinds).all()
    after = client.get(f"{s}/norms").text
    assert "приказ № 41" in after and "по 8-е классы включительно" in after
    assert 'value="70"' in client.get(f"{s}/norms/homework").text, "the form begins with what is in force"
    room.sign_in(room.teacher)
    form = room.client.get(room.set_url).text.replace("\N{NO-BREAK SPACE}", " ")
    assert "70 минут" in form and "Так решила школа: Положение, приказ № 41." in form
    warned = room.client.post(room.set_url, data=room.form(minutes="80"))
    assert warned.status_code == 422 and "70 минут" in warned.text.replace("\N{NO-BREAK SPACE}", " ")
    assert client.get(f"{s}/norms/homework").status_code == 404, "a teacher sets no norms"
