"""Forecasts of period marks: honest shares are believed, wild ones are not, nobody is foretold from themselves."""

import random
from datetime import timedelta
from io import BytesIO
from typing import Any

import pytest
from openpyxl import load_workbook

from school.core import clock
from school.core.database import db, new_id
from school.core.transactions import unit_of_work
from school.gradebook.models import TermMark
from school.progress.forecast import LEAST_CASES, MARKS, Case, learn
from school.progress.queries.forecast import _forecaster
from tests.browsing import SchoolClient
from tests.factories import Make


def cases(n: int, chance: random.Random, noise: float = 0.25) -> list[Case]:
    """Pupils whose mark is their mean with some luck, rounded."""
    made = []
    for pupil in range(n):
        mean = chance.randint(220, 500)
        final = min(5, max(2, round(mean / 100 + chance.gauss(0, noise))))
        made.append(Case(pupil, mean, final))
    return made


def test_chances_add_up_and_follow_the_mean() -> None:
    found = learn(cases(600, random.Random(1)))
    assert found.is_good
    for mean in (230, 300, 350, 425, 500, 210):
        assert sum(found.chances(mean).values()) == pytest.approx(1, abs=1e-9)
    assert max(found.chances(490), key=lambda mark: found.chances(490)[mark]) == 5
    assert 0.2 < found.chances(350)[4] < 0.8, "on the brink both are likely"


def test_few_cases_foretell_nothing() -> None:
    assert not learn(cases(LEAST_CASES - 1, random.Random(1))).is_good
    assert not learn(()).is_good


def test_a_school_whose_marks_do_not_follow_its_means_gets_no_forecast() -> None:
    """Half of the pupils are judged by quite another rule each time: what was learnt of others is too sure or wrong."""
    chance = random.Random(5)
    wild = [Case(n, one.mean, chance.choice(MARKS) if n % 5 == 0 else one.final) for n, one in enumerate(cases(400, chance, 0.05))]  # fmt: skip
    assert not learn(wild).is_good


def test_nobody_is_foretold_from_themselves() -> None:
    """Each pupil alone with a mean of their own: a forecast that knew them would be sure and right."""
    alone = [Case(n, 200 + 25 * n, 2 + n % 4) for n in range(12)]
    honesty = learn(alone).honesty
    assert honesty is not None
    assert all(foretold < 0.9 for foretold, _came, _n in honesty.curve)


def test_the_page_shows_forecasts_only_where_they_came_true(client: SchoolClient, make: Make, monkeypatch: Any) -> None:
    course = make.course(pupils=3)
    term = make.term_of(course)
    lesson = make.lesson(course, days=-1)
    column = make.column(lesson)
    first, second, third = make.pupils_of(course)
    for pupil, value in ((first, 5), (second, 4)):
        make.mark(column, pupil, value)
    client.sign_in(make.account_of(make.teacher_of(course)))
    url = f"/s/{course.school_id}/courses/{course.id}/forecast"
    assert f'href="{url}"' in client.get(url.replace("forecast", "progress")).text, "the group's progress leads here"
    text = client.get(url).text
    assert "Скорее всего" not in text, "there are no past periods"
    good = learn(cases(600, random.Random(1)))
    monkeypatch.setattr("school.progress.queries.forecast._forecaster", lambda *_asked: good)
    monkeypatch.setattr("school.progress.queries.forecast.EARLIEST", 0)
    few = learn(cases(LEAST_CASES - 1, random.Random(1)))
    monkeypatch.setattr("school.progress.queries.forecast._forecaster", lambda *_asked: few)
    assert f"Пока {LEAST_CASES - 1} прошлых случаев" in client.get(url).text, "which of the two reasons it is"
    monkeypatch.setattr("school.progress.queries.forecast._forecaster", lambda *_asked: good)
    text = client.get(url).text
    assert "Скорее всего" in text
    assert "600 прошлых случаев" in text
    assert "data-chart" in text
    assert f"/pupils/{first.id}/progress/" in text, "a forecast opens the marks it is made of"
    book = load_workbook(BytesIO(client.get(url + "?as=xlsx").data))
    assert book.sheetnames == ["Прогноз", "Как сбывались такие прогнозы"]
    row = next(book.worksheets[0].iter_rows(min_row=3, max_row=3, values_only=True))
    assert 99 <= sum(row[3:]) <= 101
    assert row[2] in {0, 1}
    client.sign_in(make.account_of(first))
    assert client.get(url).status_code == 404
    assert third.id
    assert term.id


def test_past_periods_are_cut_at_the_same_point(make: Make) -> None:
    """Only marks of the part of the period that is over now are known of past ones."""
    course = make.course(pupils=1)
    term = make.term_of(course)
    (pupil,) = make.pupils_of(course)
    lesson = make.lesson(course, days=-1)
    make.mark(make.column(lesson), pupil, 5)
    with unit_of_work():
        db.session.add(
            TermMark(
                school_id=course.school_id, id=new_id(), pupil_id=pupil.id, course_id=course.id, term_id=term.id, value=4,
                released_at=clock.now(), set_at=clock.now(), set_by=new_id(),
            )
        )  # fmt: skip
    later = term.ends_on + timedelta(days=1)
    assert _forecaster(course.school_id, course.subject_id, later, 10).cases == 1
    assert _forecaster(course.school_id, course.subject_id, later, 0).cases == 0, "it had no marks then"
    assert _forecaster(course.school_id, course.subject_id, term.ends_on, 10).cases == 0, "the period is not over"


def test_one_surprise_among_many_cases_is_no_impossibility() -> None:
    """Two marks away from the mean: rare, and foretold as rare, so that it does not ruin the whole reckoning."""
    usual = cases(200, random.Random(4))
    found = learn([*usual, Case(7, 480, 3)]).honesty
    assert found is not None
    assert min(learn(usual).chances(480).values()) > 0
    assert 0.7 < found.slope < 1.4
