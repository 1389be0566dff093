"""Subjects with heavy homework that meet on one day: the rule as dated data, counted by pupils, told in the editor and beside the norms."""

import random
import uuid
from datetime import date, timedelta

import pytest
from sqlalchemy import select

from school.classes.heavy import Heavy, heavy_on, meetings
from school.classes.models import HeavyNorm, StudyGroup
from school.classes.queries.heavy import heavy_meetings, own_heavy
from school.core import clock
from school.core.database import db
from school.core.records.models import RecordEvent
from tests.browsing import SchoolClient
from tests.factories import Make

CLASS, FIRST, SECOND = (uuid.UUID(int=n) for n in range(3))
MATHS, RUSSIAN, ENGLISH, SPORT = 1, 2, 3, 9
HALVES = [frozenset({CLASS, FIRST}), frozenset({CLASS, SECOND})]
RULE = Heavy(date(2026, 9, 1), "Положение", frozenset({MATHS, RUSSIAN, ENGLISH}), 1, "Петрова А. И.")
TWO = Heavy(date(2026, 11, 1), "Приказ", RULE.subjects, 2, "Петрова А. И.")
ENDED = Heavy(date(2027, 1, 11), "Приказ", frozenset(), 1, "Петрова А. И.")


@pytest.mark.parametrize(
    ("places", "rule", "found"),
    [
        ([(CLASS, 1, MATHS), (CLASS, 2, RUSSIAN)], RULE, {}),
        ([(CLASS, 1, MATHS), (CLASS, 1, SPORT)], RULE, {}),
        ([(CLASS, 1, MATHS), (CLASS, 1, MATHS)], RULE, {}),
        ([(CLASS, 1, MATHS), (CLASS, 1, RUSSIAN)], RULE, {1: (MATHS, RUSSIAN)}),
        ([(CLASS, 1, MATHS), (CLASS, 1, RUSSIAN)], TWO, {}),
        ([(CLASS, 1, MATHS), (CLASS, 1, RUSSIAN), (CLASS, 1, ENGLISH)], TWO, {1: (MATHS, RUSSIAN, ENGLISH)}),
        ([(CLASS, 3, MATHS), (FIRST, 3, ENGLISH)], RULE, {3: (MATHS, ENGLISH)}),
        ([(FIRST, 3, MATHS), (SECOND, 3, ENGLISH)], RULE, {}),
    ],
    ids=[
        "other days",
        "a light one",
        "twice the same",
        "two meet",
        "two are allowed",
        "three",
        "in a half",
        "in two halves",
    ],
)
def test_what_meets(places: list[tuple[uuid.UUID, int, int]], rule: Heavy, found: dict[int, tuple[int, ...]]) -> None:
    assert meetings(places, HALVES, rule) == found


@pytest.mark.parametrize(
    ("on", "source"),
    [(date(2026, 8, 31), None), (date(2026, 9, 1), RULE), (date(2026, 11, 1), TWO), (date(2027, 1, 11), None)],
)
def test_each_day_has_the_word_that_had_begun(on: date, source: Heavy | None) -> None:
    assert heavy_on(on, [ENDED, TWO, RULE]) == source


def test_meetings_agree_with_a_recount_of_pupils() -> None:
    """By each pupil's own days, without bundles: what the program says of a thousand random weeks."""
    chance = random.Random(17)
    groups = [uuid.UUID(int=n) for n in range(5)]
    for _ in range(1000):
        places = [(chance.choice(groups), chance.randint(1, 5), chance.randint(1, 5)) for _ in range(12)]
        pupils = [frozenset(chance.sample(groups, 3)) for _ in range(6)]
        rule = Heavy(date(2026, 9, 1), "", frozenset(chance.sample(range(1, 6), 3)), chance.randint(1, 2), "")
        expected: dict[int, set[int]] = {}
        for learns_in in pupils:
            for day in range(1, 6):
                met = {s for g, d, s in places if g in learns_in and d == day and s in rule.subjects}
                if len(met) > rule.most:
                    expected[day] = expected.get(day, set()) | met
        assert meetings(places, pupils, rule) == {day: tuple(sorted(some)) for day, some in expected.items()}


def test_the_editor_and_the_norms_warn(make: Make, client: SchoolClient) -> None:
    maths, russian, sport = make.subject(), make.subject(), make.subject()
    algebra = make.course(subject=maths, pupils=2)
    school, group = make.school_of(algebra), make.group_of(algebra)
    language = make.course(group, subject=russian)
    make.slot(algebra, 1, 1)
    beside = make.course(make.school_class(school, letter="В"), subject=maths, pupils=1)
    away = make.course(subject=maths, pupils=1)
    for of, subject in ((beside, sport), (away, russian)):
        make.slot(of, 1, 1, room="9")
        make.slot(
            make.course(db.session.get_one(StudyGroup, (of.school_id, of.group_id)), subject=subject), 1, 2, room="9"
        )
    s = f"/s/{school.id}"
    deputy = make.member(school, "deputy")
    client.sign_in(make.account_of(deputy))
    assert "Школа их не назвала" in client.get(f"{s}/norms").text
    sent = {"most": "1", "source": "Положение, приказ № 40", "from_on": str(clock.today())}
    answer = client.post(f"{s}/norms/heavy", data={**sent, "subjects": [str(maths.id), str(russian.id)]})
    assert answer.status_code == 303, answer.text
    row = db.session.scalars(select(HeavyNorm).where(HeavyNorm.school_id == school.id)).one()
    assert (row.owner, row.subjects, row.most) == (deputy.id, sorted([maths.id, russian.id]), 1)
    kinds = select(RecordEvent.kind).where(RecordEvent.school_id == school.id)
    assert "heavy_norm.set" in db.session.scalars(kinds).all()
    assert "нигде не сходятся" in client.get(f"{s}/norms").text

    place = {
        "course": str(language.id),
        "teacher": str(make.teacher_of(language).id),
        "weekday": "1",
        "slot": "2",
        "room": "7",
        "from_on": str(clock.today()),
    }
    new = f"{s}/classes/{group.id}/week/new"
    assert client.post(new, data={**place, "weekday": "2"}).status_code == 303
    week = f"{s}/classes/{group.id}/week"
    assert "сошлись" not in client.get(week).text
    assert client.post(new, data=place).status_code == 303
    after = client.get(week).text
    assert after.count("сошлись предметы") == 2, "said at the press, and standing above the week"
    assert "приказ № 40" in after
    norms = client.get(f"{s}/norms").text
    assert "трудоёмкие предметы в один день" in norms
    assert "понедельник: " in norms
    rule = heavy_on(clock.today(), own_heavy(school.id))
    assert heavy_meetings(school.id, clock.today(), rule) == {group.id: {1: tuple(sorted([maths.id, russian.id]))}}
    assert heavy_meetings(school.id, clock.today(), rule, beside.group_id) == {}
    assert own_heavy(away.school_id) == []
    yesterday = str(clock.today() - timedelta(days=1))
    assert client.post(f"{s}/norms/heavy", data={**sent, "from_on": yesterday}).status_code == 422
    assert client.post(f"{s}/norms/heavy", data=sent).status_code == 303, "no subject ends the rule"
    assert "сошлись" not in client.get(week).text
    client.sign_in(make.account_of(make.teacher_of(algebra)))
    assert client.get(f"{s}/norms/heavy").status_code == 404
