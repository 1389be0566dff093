"""The reports of a whole school in figures: `make bench-reports`.

A synthetic school of 45 classes and 1,300 pupils in a temporary database; 45 summary sheets, 45 class teachers' and 90 subject teachers'
reports and 1,300 report cards as PDF by one worker, as an order of the deputy head makes them. Fails above ``MOST_SECONDS``.
"""

import random
import tempfile
import time
import uuid
import zipfile
from collections.abc import Iterator
from datetime import date, timedelta
from io import BytesIO
from pathlib import Path
from typing import Any

import pypdfium2

from content_library.models import Subject
from school.app import create_app
from school.classes.models import (
    Absence,
    Building,
    ClassLeadership,
    Course,
    Enrolment,
    Lesson,
    Regime,
    SchoolYear,
    StudyGroup,
    TeachingPost,
    Term,
)
from school.core import clock, migrating
from school.core.access import Actor
from school.core.config import Settings
from school.core.database import db, new_id
from school.core.files import storage
from school.core.jobs import Worker
from school.core.transactions import unit_of_work
from school.demo.rows import Rows
from school.gradebook.models import SubjectTotal, TermMark
from school.people.models import Account, Member, School
from school.people.names import sort_name
from school.reports.actions import order_school
from school.reports.models import OrderState, ReportOrder
from school.reports.queries import period_among, periods_of_school

CLASSES, PUPILS, TEACHERS, SUBJECTS, WEEKS = 45, 1300, 90, 14, 8
MOST_SECONDS = 120
SECRET = "a secret of the benchmark, long enough to be one"


def main() -> None:
    """Build, order, make, measure."""
    with tempfile.TemporaryDirectory() as folder:
        settings = Settings(Path(folder), f"sqlite:///{folder}/school.sqlite3", SECRET)
        migrating.upgrade(settings)
        app = create_app(settings)
        with app.app_context():
            with unit_of_work():
                head = _build()
            with unit_of_work():
                periods = periods_of_school(1)[0]
                period = period_among(periods, None)
                assert period is not None
                actor = Actor(head[0], new_id(), "", "ru", "light", (), 1, head[1], frozenset({"head"}))
                order_school(actor, period, "everything")
        wall, cpu = time.perf_counter(), time.process_time()
        Worker(app, periodic=False).run_until_empty()
        wall, cpu = time.perf_counter() - wall, time.process_time() - cpu
        with app.app_context():
            order = db.session.scalars(db.select(ReportOrder).where(ReportOrder.school_id == 1)).one()
            assert order.state == OrderState.READY, order.failure
            assert order.file_key is not None
            _say(storage().open(order.file_key).read(), wall, cpu)
    if wall > MOST_SECONDS:
        raise SystemExit(f"more than {MOST_SECONDS} s")


def _say(whole: bytes, wall: float, cpu: float) -> None:
    kinds: dict[str, list[int]] = {}
    with zipfile.ZipFile(BytesIO(whole)) as archive:
        for name in archive.namelist():
            kind = next(one for one in ("summary", "class teacher", "report cards", "teacher") if name.startswith(one))
            kinds.setdefault(kind, []).append(len(pypdfium2.PdfDocument(archive.read(name))))
    assert {kind: len(pages) for kind, pages in kinds.items()} == {
        "summary": CLASSES,
        "class teacher": CLASSES,
        "report cards": CLASSES,
        "teacher": TEACHERS,
    }
    assert sum(kinds["report cards"]) == PUPILS
    pages = sum(sum(some) for some in kinds.values())
    for kind, some in kinds.items():
        print(f"{kind}: {len(some)} files, {sum(some)} pages")
    print(
        f"{pages} pages, {len(whole) / 2**20:.1f} MB: {wall:.1f} s, {cpu:.1f} s of CPU, {1000 * cpu / pages:.1f} ms of CPU a page"
    )


def _build() -> tuple[uuid.UUID, uuid.UUID]:
    """The school with one finished term and one that runs; the head's account and member."""
    rows, chance, today = Rows(45, 1), random.Random(45), clock.today()
    starts, ends = today - timedelta(70), today - timedelta(10)
    db.session.add(School(id=1, name="Школа № 1", short_name="Школа № 1", district="ЮЗАО"))
    db.session.flush()
    subjects = _subjects()
    year, regime, term, house = (rows.id_at(starts) for _ in range(4))
    rows.add(SchoolYear, id=year, name="2026/27", starts_on=starts, ends_on=today + timedelta(200))
    rows.add(Regime, id=regime, year_id=year, kind="quarters", name="Четверти")
    rows.add(Term, id=term, regime_id=regime, number=1, name="1-я четверть", starts_on=starts, ends_on=ends)
    second = {"number": 2, "name": "2-я четверть", "starts_on": ends + timedelta(1), "ends_on": today + timedelta(40)}
    rows.add(Term, id=rows.id_at(ends), regime_id=regime, **second)
    rows.add(Building, id=house, name="Корпус 1")
    people = _people(rows, chance, starts)
    head, teachers = next(people), [next(people)[1] for _ in range(TEACHERS)]
    load = 0
    for number in range(CLASSES):
        group, level, letter = rows.id_at(starts), 1 + number // 5 + 1, "АБВГД"[number % 5]
        rows.add(
            StudyGroup, id=group, year_id=year, kind="class", name=f"{level} «{letter}»", year_level=level, letter=letter,
            regime_id=regime, building_id=house,
        )  # fmt: skip
        rows.add(ClassLeadership, id=rows.id_at(starts), class_id=group, teacher_id=teachers[number], from_on=starts)
        size = PUPILS * (number + 1) // CLASSES - PUPILS * number // CLASSES
        pupils = [next(people) for _ in range(size)]
        for _account, pupil in pupils:
            rows.add(Enrolment, id=rows.id_at(starts), group_id=group, pupil_id=pupil, from_on=starts)
        for subject in subjects:
            course, teacher = rows.id_at(starts), teachers[load % TEACHERS]
            load += 1
            rows.add(Course, id=course, group_id=group, subject_id=subject, hours_a_week=2)
            rows.add(TeachingPost, id=rows.id_at(starts), course_id=course, teacher_id=teacher, from_on=starts)
            _lessons(rows, chance, (course, group, subject, term, teacher), starts, [one for _a, one in pupils])
            _marks(rows, chance, (course, subject, term), pupils, ends)
    rows.write(db.session())
    return head


def _subjects() -> list[int]:
    known = list(db.session.scalars(db.select(Subject.id).order_by(Subject.sort)))
    for n in range(len(known), SUBJECTS):
        db.session.add(
            Subject(
                id=900 + n,
                name_ru=f"Предмет {n}",
                name_en=f"Subject {n}",
                short_ru=f"П{n}",
                code=f"s{n}",
                tint=n % 12,
                sort=n,
            )
        )
        known.append(900 + n)
    db.session.flush()
    return known[:SUBJECTS]


def _people(rows: Rows, chance: random.Random, since: date) -> Iterator[tuple[uuid.UUID, uuid.UUID]]:
    """Accounts and members, one after another."""
    while True:
        account, member = rows.id_at(since), rows.id_at(since)
        family = chance.choice(("Антонова", "Борисов", "Васильева", "Григорьев", "Константинопольская-Римская"))
        given, patronymic = chance.choice((("Анастасия", "Вениаминовна"), ("Пётр", "Ильич"), ("Ольга", "Сергеевна")))
        rows.add(Account, id=account, login=None, password_hash=None, name=given, created_at=clock.now())
        rows.add(
            Member, id=member, account_id=account, family_name=family, given_name=given, patronymic=patronymic,
            sort_name=sort_name(family, given, patronymic), opened_on=since,
        )  # fmt: skip
        yield account, member


def _lessons(rows: Rows, chance: random.Random, of: tuple[Any, ...], starts: date, pupils: list[uuid.UUID]) -> None:
    course, group, subject, term, teacher = of
    for number in range(2 * WEEKS):
        day, slot = starts + timedelta(number * 3), 1 + chance.randrange(7)
        lesson, moment = rows.id_at(day), clock.moscow(day, clock.now().time())
        rows.add(
            Lesson, id=lesson, course_id=course, group_id=group, subject_id=subject, term_id=term, on_date=day, slot=slot,
            starts_at=moment, ends_at=moment, teacher_id=teacher, topic="Тема урока",
        )  # fmt: skip
        for pupil in chance.sample(pupils, 2):
            rows.add(
                Absence, id=rows.id_at(day), lesson_id=lesson, pupil_id=pupil, on_date=day, fact="absent",
                reason=chance.choice(("illness", "family", "unknown")), noted_at=moment, noted_by=teacher,
            )  # fmt: skip


def _marks(
    rows: Rows, chance: random.Random, of: tuple[Any, ...], pupils: list[tuple[uuid.UUID, uuid.UUID]], ends: date
) -> None:
    course, subject, term = of
    at = clock.moscow(ends, clock.now().time())
    for account, pupil in pupils:
        value = chance.choice((5, 5, 4, 4, 4, 3, 3, 2))
        rows.add(
            TermMark, id=rows.id_at(ends), pupil_id=pupil, course_id=course, term_id=term, value=value, code=None,
            proposed=value, set_at=at, set_by=account, released_at=at,
        )  # fmt: skip
        rows.add(
            SubjectTotal, id=rows.id_at(ends), pupil_id=pupil, subject_id=subject, term_id=term, marks=5, weight_sum=8,
            value_sum=8 * value,
        )  # fmt: skip


if __name__ == "__main__":
    main()
