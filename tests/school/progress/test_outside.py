"""Outside results: pasted lines, school marks beside them with intervals, value added, and who may see it."""

import random
from datetime import timedelta
from io import BytesIO

import pytest
from openpyxl import load_workbook

from school.classes.models import Course
from school.core import clock
from school.core.database import db
from school.gradebook.models import SubjectTotal
from school.progress.comparing import Mean, left_over, limit, mean_of, standardised
from school.progress.models import OutsideResult
from school.progress.pasted import plain, read_lines
from tests.browsing import SchoolClient
from tests.factories import Make

PUPILS = {(plain("7 «Б»"), plain("Андреев Глеб")): 1, (plain("7 «Б»"), plain("Алёшина Анна")): 2}


@pytest.mark.parametrize(
    ("text", "found", "faults"),
    [
        ("7 «Б»; Андреев Глеб; 64\n\n7б;  алешина анна; 100 %", [(1, 64), (2, 100)], []),
        ("7 «Б»\tАндреев Глеб\t0", [(1, 0)], []),
        ("Андреев Глеб; 64", [], [(1, "fields")]),
        ("7б; Андреев Глеб; 101", [], [(1, "percent")]),
        ("7б; Андреев Глеб; 6,5", [], [(1, "percent")]),
        ("8б; Андреев Глеб; 64", [], [(1, "pupil")]),
        ("7б; Андреев Глеб; 64\n7Б; Андреев Глеб; 65", [(1, 64)], [(2, "twice")]),
    ],
)
def test_pasted_lines(text: str, found: list[tuple[int, int]], faults: list[tuple[int, str]]) -> None:
    results, wrong = read_lines(text, PUPILS)
    assert results == found
    assert [(one.line, one.why) for one in wrong] == faults


def test_means_have_intervals_and_few_pupils_none() -> None:
    assert mean_of([1, 2, 3, 4]) is None
    found = mean_of([50, 60, 70, 80, 90])
    assert found is not None
    assert (found.n, found.value) == (5, 70)
    assert found.half == pytest.approx(1.96 * 15.811 / 5**0.5, abs=0.01)
    assert Mean(9, 1.0, 1.5).holds_nought
    assert standardised([3, 3, 3]) == [0, 0, 0]


def test_what_the_earlier_result_let_expect_is_taken_away() -> None:
    before = [20.0, 40, 60, 80]
    assert left_over(before, [10 + one / 2 for one in before]) == pytest.approx([0, 0, 0, 0])
    assert sum(left_over(before, [1.0, 5, 2, 9])) == pytest.approx(0)


def test_the_walls_hold_nineteen_of_twenty_classes_that_differ_by_chance() -> None:
    chance = random.Random(2)
    inside = 0
    for _ in range(400):
        pupils = [chance.gauss(0, 12) for _ in range(25)]
        inside += abs(sum(pupils) / 25) <= limit(12, 25)
    assert 0.92 <= inside / 400 <= 0.98


def total(make: Make, course: Course, pupil: object, mark: int) -> None:
    term = make.term_of(course)
    make.save(
        SubjectTotal(
            school_id=course.school_id, pupil_id=pupil.id, subject_id=course.subject_id, term_id=term.id, marks=1,  # type: ignore[attr-defined]
            weight_sum=1, value_sum=mark,
        )
    )  # fmt: skip


def test_a_deputy_brings_results_in_and_reads_them_beside_marks(client: SchoolClient, make: Make) -> None:
    subject = make.subject(name_ru="Алгебра")
    kind = make.course(subject=subject, pupils=6)
    school = make.school_of(kind)
    strict = make.course(make.school_class(school, letter="В"), subject=subject, pupils=6)
    lines, later = [], []
    for course, mark in ((kind, 5), (strict, 3)):
        group = make.group_of(course)
        for n, pupil in enumerate(make.pupils_of(course)):
            total(make, course, pupil, mark - n % 2)
            name = f"{pupil.family_name} {pupil.given_name}"
            lines.append(f"{group.name}; {name}; {60 - 10 * (n % 2)}")
            later.append(f"{group.name}; {name}; {60 - 10 * (n % 2) + (20 if course is strict else 0)}")
    client.sign_in(make.account_of(make.member(school, "deputy")))
    url = f"/s/{school.id}/diagnostics"
    assert "Внешних результатов пока нет" in client.get(url).text
    today = clock.today()
    form = {"subject": subject.id, "name": "МЦКО", "on_date": (today - timedelta(1)).isoformat()}
    wrong = client.post(f"{url}/new", data={**form, "lines": "\n".join([*lines, "9 «Я»; Никто Никак; 5"])})
    assert wrong.status_code == 422
    assert "Строка 13:" in wrong.text
    assert db.session.scalars(db.select(OutsideResult).where(OutsideResult.school_id == school.id)).all() == []
    for _twice in range(2):
        assert client.post(f"{url}/new", data={**form, "lines": "\n".join(lines)}).status_code == 303
    kept = db.session.scalars(db.select(OutsideResult).where(OutsideResult.school_id == school.id)).all()
    assert len(kept) == 12, "brought again they take the place of the first"
    text = client.get(url).text
    assert text.count("больше случайного") == 2, "marks of one class stand above its results, of the other below"
    assert "funnel-dot" not in text, "nothing to compare with yet"
    client.post(f"{url}/new", data={**form, "name": "МЦКО-2", "on_date": today.isoformat(), "lines": "\n".join(later)})
    text = client.get(url).text
    assert "funnel-dot" in text
    assert ">+5</text>" in text
    assert ">−5</text>" in text, "the upright scale has numbers"
    assert text.index(make.group_of(kind).name) < text.index(make.group_of(strict).name)
    assert "10,0" in text, "half of the twenty points are above what was to be expected of all"
    assert client.get(url + "?of=1").status_code == 200
    assert 'data-picture="compared"' in text
    book = load_workbook(BytesIO(client.get(url + "?as=xlsx").data))
    said = [str(cell) for row in book.worksheets[0].iter_rows(values_only=True) for cell in row]
    assert "Результат, %" in said
    assert not any("%%" in cell for cell in said)
    rows = list(book.worksheets[0].iter_rows(min_row=3, max_row=4, values_only=True))
    assert [row[:3] for row in rows] == [(make.group_of(kind).name, 6, 55), (make.group_of(strict).name, 6, 75)]
    assert client.get(url + "?of=7").status_code == 404
    assert "Из 12 результатов" in text
    group = make.group_of(strict)
    rows_url = f"{url}/classes/{group.id}?of=0"
    assert f'href="{rows_url}"' in text, "down to the rows"
    rows_page = client.get(rows_url).text
    for pupil in make.pupils_of(strict):
        assert f"{pupil.family_name} {pupil.given_name}" in rows_page
    for pupil in make.pupils_of(kind):
        assert f"/pupils/{pupil.id}/" not in rows_page
    sheet = load_workbook(BytesIO(client.get(f"{rows_url}&as=xlsx").data)).worksheets[0]
    shown = list(sheet.iter_rows(min_row=3, values_only=True))
    assert sum(row[1] for row in shown) / len(shown) == 75, "the class's mean is the mean of its rows"
    assert {row[5] for row in shown} == {10}
    assert client.get(f"{url}/classes/{group.id}?of=9").status_code == 404
    client.sign_in(make.account_of(make.teacher_of(strict)))
    assert client.get(rows_url).status_code == 404


def test_it_is_for_those_who_run_the_school(client: SchoolClient, make: Make) -> None:
    course = make.course(pupils=1)
    school = make.school_of(course)
    people = (make.teacher_of(course), make.pupils_of(course)[0], make.member(make.school(), "head"))
    for member in people:
        client.sign_in(make.account_of(member))
        for url in ("diagnostics", "diagnostics/new"):
            assert client.get(f"/s/{school.id}/{url}").status_code == 404
    client.sign_in(make.account_of(make.member(school, "head")))
    assert client.get(f"/s/{school.id}/diagnostics").status_code == 200
