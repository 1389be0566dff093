"""The demo's programmes: each subject of each year has a year of different topics, and its check works where a term ends."""

import re
import uuid
from collections import Counter
from dataclasses import dataclass
from datetime import date, timedelta

import pytest

from school.demo.check_works import WITHOUT, place_check_works
from school.demo.curriculum import HOURS
from school.demo.programmes import lay_out, programme
from school.demo.unit_files import read_topics

COURSES = [(subject, level, hours) for level, subjects in HOURS.items() for subject, hours in subjects.items()]
every_course = pytest.mark.parametrize(("subject", "level", "hours"), COURSES)
SPANS = (
    (date(2026, 9, 1), date(2026, 10, 25)),
    (date(2026, 11, 2), date(2026, 12, 30)),
    (date(2027, 1, 11), date(2027, 3, 22)),
    (date(2027, 3, 30), date(2027, 5, 26)),
)


@every_course
def test_a_year_has_topics_enough(subject: str, level: int, hours: int) -> None:
    count = 34 * hours
    controls = {count * n // 4 - 3 for n in range(1, 4 if hours == 1 else 5)} if subject not in WITHOUT else set()
    laid = lay_out(subject, level, count, controls)
    assert len(laid) == count
    assert len({one.title for one in laid}) >= 34
    assert {n for n, one in enumerate(laid) if one.is_control} == controls
    given = list(dict.fromkeys(one.title for one in laid))
    assert all(len(title) < 110 and ". " not in title[-2:] for title in given)


@every_course
def test_its_words_follow_the_house(subject: str, level: int, hours: int) -> None:
    nodes = {one.code for one in read_topics() if one.subject == subject and one.year_level == level}
    themes = programme(subject, level)
    assert len({one.title for one in themes}) == len(themes) >= min(20, 17 * hours)
    assert {one.code for one in themes if one.code} <= nodes
    for theme in themes:
        assert not re.search(r"[а-яё][a-z]|[a-z][а-яё]", theme.title), "a Latin letter inside a Russian word"
        assert "@" not in theme.title
        assert theme.title == theme.title.strip()


@dataclass
class _Class:
    id: uuid.UUID


@dataclass
class _Course:
    id: uuid.UUID
    subject: str
    school_class: _Class


@dataclass
class _Year:
    spans = SPANS


def test_check_works_stand_at_the_ends_of_terms_one_a_day() -> None:
    group = _Class(uuid.uuid4())
    courses = [_Course(uuid.uuid4(), subject, group) for subject in ("algebra", "geometry", "physics", "sport")]
    school_days = [
        start + timedelta(n)
        for start, end in SPANS
        for n in range((end - start).days + 1)
        if (start + timedelta(n)).isoweekday() < 6
    ]
    weekdays = ((1, 3, 5), (2, 4), (1, 4), (2, 5))
    days = {
        course.id: [day for day in school_days if day.isoweekday() in taught]
        for course, taught in zip(courses, weekdays, strict=True)
    }
    placed = place_check_works(_Year(), courses, days)
    assert placed[courses[3].id] == []
    assert [len(placed[one.id]) for one in courses[:3]] == [8, 4, 4], "twice a term from three hours a week"
    taken = Counter(days[one.id][n] for one in courses for n in placed[one.id])
    assert max(taken.values()) == 1
    for course in courses[:3]:
        assert len(placed[course.id]) <= len(days[course.id]) / 10
        for _start, end in SPANS:
            assert any(end - timedelta(20) <= days[course.id][n] <= end for n in placed[course.id])
