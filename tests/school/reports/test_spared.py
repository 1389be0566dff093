"""Work spared: counted from what was done, minus where the other needs fewer, grams by year; for deputy and head."""

from datetime import timedelta
from io import BytesIO

import pytest
from openpyxl import load_workbook

from content_library import UnitKind
from school.classes.models import AbsenceNote
from school.core import clock
from school.core.database import new_id
from school.reports.printing.document import text_of
from school.reports.queries import periods_of_school
from school.reports.queries.spared import bags, counted
from school.reports.queries.spared_rows import bag_rows, job_rows
from school.reports.spared import Bag, Counted, book_grams, jobs_of
from tests.browsing import SchoolClient
from tests.factories import Make

DONE = Counted(
    lessons_with_presence=10, absences=4, marks=30, columns=3, lessons_covered=6, days_covered=1, words_of_families=2,
    term_marks=60, groups_closed=2, disputed=5,
)  # fmt: skip


def test_acts_by_the_rules() -> None:
    found = {one.kind: (one.before, one.here, one.spared) for one in jobs_of(DONE)}
    assert found == {
        "attendance": (4, 14, -10),
        "marks": (90, 36, 54),
        "covers": (24, 3, 21),
        "words": (10, 4, 6),
        "term": (180, 9, 171),
    }


@pytest.mark.parametrize(("level", "grams"), [(1, 300), (4, 300), (5, 400), (7, 500), (9, 500), (11, 600)])
def test_a_textbook_weighs_by_its_year(level: int, grams: int) -> None:
    assert book_grams(level) == grams
    assert Bag(level, 5, 2.5).grams == 2.5 * grams


def test_numbers_are_read_with_thousands_apart_and_a_real_minus() -> None:
    assert [text_of(one, "ru") for one in (-1482, 28332, 5)] == ["−1\u00a0482", "28\u00a0332", "5"]
    assert text_of(-28332, "en") == "−28,332"


def test_what_was_done_is_counted_in_the_own_school_and_period(client: SchoolClient, make: Make) -> None:
    maths, art = make.subject(), make.subject()
    course = make.course(subject=maths, pupils=2)
    school, group = make.school_of(course), make.group_of(course)
    other = make.course(group, subject=art, pupils=0)
    make.unit(UnitKind.TEXTBOOK, subject=maths, years=(7, 8))
    make.unit(UnitKind.TEXTBOOK, subject=art, years=(1, 4))
    lesson = make.lesson(course, days=-1)
    make.lesson(other, days=-1, slot=2)
    first, second = make.pupils_of(course)
    make.absent(lesson, second)
    column = make.column(lesson)
    make.mark(column, first, 5)
    make.mark(column, second, None, code="н/а")
    make.save(
        AbsenceNote(
            school_id=school.id, id=new_id(), pupil_id=second.id, first_on=clock.today(), last_on=clock.today(),
            reason="illness", made_at=clock.now() - timedelta(minutes=1), made_by=new_id(),
        )
    )  # fmt: skip
    elsewhere = make.course(pupils=1)
    make.mark(make.column(make.lesson(elsewhere, days=-1)), make.pupils_of(elsewhere)[0], 5)
    period = next(one for some in periods_of_school(school.id) for one in some if one.is_year)
    found = counted(school.id, period)
    assert (found.absences, found.marks, found.columns, found.words_of_families) == (1, 1, 1, 1)
    assert found.lessons_covered == 0
    assert bags(school.id, period) == [Bag(7, 2.0, 1.0)]
    url = f"/s/{school.id}/reports/spared"
    client.sign_in(make.account_of(make.member(school, "deputy")))
    text = client.get(url).text
    assert "Отметки в журнале" in text
    assert "никто не измерял" in text, "the baseline is named as what it is"
    assert client.get(f"/s/{school.id}/reports/spared/bags/8").status_code == 404
    year = f"?period={period.word}"
    by_journal = client.get(f"{url}/jobs/marks{year}").text
    assert f"/courses/{course.id}/journal" in by_journal
    assert str(elsewhere.id) not in by_journal
    actor = make.actor(make.member(school, "deputy"), "deputy")
    for kind, pair in (
        ("attendance", (0, 0)),
        ("marks", (1, 1)),
        ("covers", (0, 0)),
        ("words", (0, 1)),
        ("term", (0, 0)),
    ):
        rows = job_rows(actor, period, kind)
        assert (sum(one.first for one in rows), sum(one.second for one in rows)) == pair, kind
        assert client.get(f"{url}/jobs/{kind}{year}").status_code == 200
    by_subject = bag_rows(actor, period, 7)
    assert [(one.days, one.class_days, one.unit_id is not None) for one in by_subject] in (
        [(1, 1, True), (1, 1, False)], [(1, 1, False), (1, 1, True)]
    )  # fmt: skip
    bag = client.get(f"{url}/bags/7{year}").text
    assert "500 / 1" in bag, "one textbook of 500 g on one day: right by hand"
    assert "в библиотеке" in bag
    assert client.get(f"{url}/jobs/naps").status_code == 404
    book = load_workbook(BytesIO(client.get(url + "?as=xlsx").data))
    assert any(row[0] == 7 and row[4] == 500 for row in book.worksheets[0].iter_rows(values_only=True))
    client.sign_in(make.account_of(make.teacher_of(course)))
    assert client.get(url).status_code == 404
