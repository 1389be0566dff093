"""What stands beside a mark: the second of a pair, retakes, points of another system; dots; and years without marks."""

import random
from datetime import timedelta
from fractions import Fraction
from math import floor

import pytest

from school.core import clock
from school.core.database import db, new_id
from school.core.jobs.models import Job
from school.core.transactions import unit_of_work
from school.gradebook.actions import redo, undo
from school.gradebook.actions.reminding import DUE, OWED, ask_teacher_about_dot, tell_family_of_dot
from school.gradebook.entries import Answer, Entry, Status
from school.gradebook.models import Mark, SubjectTotal
from school.gradebook.queries import find_grid
from school.gradebook.release import Sign
from school.gradebook.reminding import due_dots, too_few
from school.gradebook.scale import Rules
from school.notices.models import Notice
from tests.factories import Make
from tests.school.gradebook.rooms import Room, later, room


def put(at: Room, value: int | None, place: int = 0, seen: int = 0, **sign: object) -> Answer:
    made = Sign(value, **sign)  # type: ignore[arg-type]
    entry = Entry(new_id(), at.lesson.id, at.column.id, at.pupils[0].id, made, seen, place=place)
    [answer] = at.save(entry)
    return answer


def total(at: Room) -> tuple[int, int, int]:
    db.session.rollback()
    found = db.session.scalars(
        db.select(SubjectTotal).where(
            SubjectTotal.school_id == at.course.school_id, SubjectTotal.pupil_id == at.pupils[0].id
        )
    ).one()
    db.session.refresh(found)
    return found.marks, found.weight_sum, found.value_sum


def mean_in_grid(at: Room) -> int | None:
    found = find_grid(at.journal)
    assert found is not None
    return next(row.mean for row in found.rows if row.id == at.pupils[0].id)


def test_a_double_mark_is_two_marks(make: Make) -> None:
    at = room(make)
    put(at, 4)
    assert put(at, 5, 1).status is Status.SAVED
    assert total(at) == (2, 6, 27)
    assert mean_in_grid(at) == 450


def test_nothing_stands_beside_an_empty_cell(make: Make) -> None:
    at = room(make)
    assert put(at, 5, 1).status is Status.REFUSED
    assert put(at, 5, 2).status is Status.REFUSED
    put(at, 3)
    assert put(at, 5, 3).status is Status.REFUSED  # the first retake comes first
    assert put(at, 5, 9).status is Status.REFUSED
    assert put(at, 5, 2).status is Status.SAVED
    assert put(at, None, 0, seen=1).status is Status.REFUSED  # what a retake repeats does not go before it


def test_a_retake_counts_instead_and_the_old_mark_stays_to_be_seen(make: Make) -> None:
    at = room(make)
    put(at, 2)
    assert total(at) == (1, 3, 6)
    put(at, 4, 2)
    assert total(at) == (1, 3, 12)
    assert mean_in_grid(at) == 400
    marks = list(
        db.session.scalars(db.select(Mark).where(Mark.school_id == at.course.school_id, Mark.column_id == at.column.id))
    )
    assert {(one.place, one.value, one.replaced_at is not None) for one in marks} == {(0, 2, True), (2, 4, False)}
    put(at, 5, 3)  # a retake of the retake
    assert total(at) == (1, 3, 15)
    put(at, None, 3, seen=1)
    assert total(at) == (1, 3, 12)
    put(at, None, 2, seen=1)
    assert total(at) == (1, 3, 6)
    assert mean_in_grid(at) == 200


def test_where_the_act_says_so_both_count(make: Make) -> None:
    course = make.course(pupils=3)
    make.act(make.school_of(course), rules=Rules(retake="beside"))
    lesson = make.lesson(course, days=-1)
    at = Room(make, course, make.teacher_of(course), make.pupils_of(course), lesson, make.column(lesson))
    put(at, 2)
    put(at, 4, 2)
    assert total(at) == (2, 6, 18)
    assert mean_in_grid(at) == 300


def test_a_retake_is_taken_back_and_done_again(make: Make) -> None:
    at = room(make)
    put(at, 2)
    put(at, 5, 2)
    with unit_of_work():
        assert undo(at.actor, at.journal, new_id()).entry.place == 2
    assert total(at) == (1, 3, 6)
    with unit_of_work():
        redo(at.actor, at.journal, new_id())
    assert total(at) == (1, 3, 15)


def test_the_old_mark_changed_under_a_retake_stays_replaced(make: Make) -> None:
    at = room(make)
    put(at, 2)
    put(at, 4, 2)
    put(at, 3, 0, seen=1)
    assert total(at) == (1, 3, 12)
    assert mean_in_grid(at) == 400


def test_a_dot_is_owed_by_a_day_and_never_becomes_a_mark_by_itself(make: Make) -> None:
    at = room(make)
    day = clock.today() + timedelta(days=3)
    put(at, None, code="•", due_on=day)
    assert mean_in_grid(at) is None
    found = find_grid(at.journal)
    assert found is not None
    assert due_dots(found) == []
    with later(days=20):
        found = find_grid(at.journal, found.term.number)
        assert found is not None
        [asked] = due_dots(found)
        assert (asked.pupil_id, asked.due_on, asked.version) == (at.pupils[0].id, day, 1)
        db.session.rollback()
        assert at.mark().code == "•"


def test_a_dot_without_a_day_gets_the_acts(make: Make) -> None:
    at = room(make)
    answer = put(at, None, code="•")
    assert answer.stands.due_on == clock.today() + timedelta(days=Rules().dot_days)
    past = put(at, None, seen=1, code="•", due_on=clock.today() - timedelta(days=1))
    assert past.status is Status.REFUSED


def test_a_dot_sent_again_tomorrow_is_the_same_step(make: Make) -> None:
    at = room(make)
    entry = Entry(new_id(), at.lesson.id, at.column.id, at.pupils[0].id, Sign(None, "•"), 0)
    at.save(entry)
    with later(days=1):
        [again] = at.save(entry)
    assert (again.status, again.version) == (Status.SAVED, 1)


@pytest.mark.parametrize(
    ("origin", "status", "value"), [("87", "saved", 5), ("64", "saved", 3), ("101", "refused", None)]
)
def test_points_of_another_system_are_mapped_by_the_act(
    make: Make, origin: str, status: str, value: int | None
) -> None:
    at = room(make)
    at.column = make.column(at.lesson, system="hundred")
    answer = put(at, 2, origin=origin)  # what the browser thinks it makes does not matter
    assert answer.status == status
    if value:
        assert (at.mark().value, at.mark().origin) == (value, origin)


def test_a_bare_five_is_no_mark_of_a_hundred(make: Make) -> None:
    at = room(make)
    assert put(at, 5, origin="87").status is Status.REFUSED
    at.column = make.column(at.lesson, system="hundred")
    assert put(at, 5).status is Status.REFUSED


def test_criteria_are_mapped_by_their_whole(make: Make) -> None:
    at = room(make)
    at.column = make.column(
        at.lesson, system="criteria", criteria=[{"name": "Знание", "most": 8}, {"name": "Язык", "most": 4}]
    )
    put(at, None, origin="7 3")
    assert (at.mark().value, at.mark().origin) == (4, "7 3")


@pytest.mark.parametrize(
    ("level", "value", "code", "status"),
    [(1, 5, None, "refused"), (1, None, "н/а", "refused"), (1, None, "осв", "saved"), (2, 5, None, "saved")],
)
def test_no_marks_in_the_first_year(make: Make, level: int, value: int | None, code: str | None, status: str) -> None:
    school = make.school()
    course = make.course(make.school_class(school, level, "А"), pupils=1)
    lesson = make.lesson(course, days=-1)
    at = Room(make, course, make.teacher_of(course), make.pupils_of(course), lesson, make.column(lesson))
    assert put(at, value, code=code).status == status


def test_too_few_marks_are_told_three_weeks_before_the_end(make: Make) -> None:
    at = room(make)
    term = make.term_of(at.course)
    found = find_grid(at.journal)
    assert found is not None
    left = (term.ends_on - clock.today()).days
    with later(days=left - 22):
        assert too_few(found) is None
    with later(days=left - 21):
        told = too_few(found)
        assert told is not None
        assert (told.days_left, len(told.pupils)) == (21, 3)
    for n in range(7):
        make.mark(make.column(make.lesson(at.course, days=-2 - n, slot=2)), at.pupils[0], 4)
    found = find_grid(at.journal)
    assert found is not None
    with later(days=left - 10):
        told = too_few(found)
        assert told is not None
        assert len(told.pupils) == 2


@pytest.mark.parametrize("code", ["н/а", "осв", "зч", "нз", "•"])
def test_codes_and_dots_never_enter_the_mean(make: Make, code: str) -> None:
    at = room(make)
    make.mark(make.column(make.lesson(at.course, days=-2, slot=3)), at.pupils[0], 4)
    put(at, None, code=code)
    assert mean_in_grid(at) == 400


@pytest.mark.parametrize("retake", ["instead", "beside"])
def test_sums_agree_with_a_recount_after_anything(make: Make, retake: str) -> None:
    """Two hundred random acts of a teacher; the kept sums, the grid and a recount by SQL and by fractions say the same."""
    course = make.course(pupils=3)
    make.act(make.school_of(course), rules=Rules(retake=retake))
    lesson = make.lesson(course, days=-1)
    at = Room(make, course, make.teacher_of(course), make.pupils_of(course), lesson, make.column(lesson))
    other = make.column(lesson, "Ответ на уроке", position=1)
    chance = random.Random(7)
    versions: dict[tuple[object, int], int] = {}
    saved = 0
    for _n in range(200):
        column, place = chance.choice((at.column, other)), chance.choice((0, 0, 0, 1, 2, 3))
        sign = Sign(chance.choice((None, 2, 3, 4, 5)))
        if sign.is_empty and chance.random() < 0.4:
            sign = Sign(None, chance.choice(("осв", "•")))
        key = (column.id, place)
        entry = Entry(new_id(), lesson.id, column.id, at.pupils[0].id, sign, versions.get(key, 0), place=place)
        [answer] = at.save(entry)
        versions[key] = answer.version
        saved += answer.status is Status.SAVED
    assert saved > 60
    of_pupil = (Mark.school_id == course.school_id, Mark.pupil_id == at.pupils[0].id)
    db.session.rollback()
    by_sql = db.session.execute(
        db.select(db.func.count(), db.func.sum(Mark.weight), db.func.sum(Mark.weight * Mark.value)).where(
            *of_pupil, Mark.value.is_not(None), Mark.replaced_at.is_(None)
        )
    ).one()
    assert total(at) == tuple(one or 0 for one in by_sql)
    mean = Fraction(0)
    marks = list(db.session.scalars(db.select(Mark).where(*of_pupil)))
    weights = 0
    for column in (at.column, other):
        there = {one.place: one.value for one in marks if one.column_id == column.id and one.value is not None}
        last = max(there, default=0)
        for place, value in there.items():
            if retake == "beside" or last < 2 or place == last:
                mean += value * column.weight
                weights += column.weight
    expected = floor(mean / weights * 100 + Fraction(1, 2)) if weights else None
    assert mean_in_grid(at) == expected


def reminded(at: Room, kind: str) -> list[tuple[object, dict[str, object]]]:
    rows = db.session.execute(
        db.select(Notice.account_id, Notice.about).where(Notice.school_id == at.course.school_id, Notice.kind == kind)
    )
    return [(row[0], row[1]) for row in rows]


def test_a_dot_reminds_the_family_before_its_day_and_asks_the_teacher_on_it(make: Make) -> None:
    at = room(make)
    day = clock.today() + timedelta(days=5)
    put(at, None, code="•", due_on=day)
    payload = {"school_id": at.course.school_id, "mark_id": str(at.mark().id), "due_on": day.isoformat()}
    with unit_of_work():
        tell_family_of_dot(payload)
    assert reminded(at, OWED) == []  # still in its quiet window
    with later(days=3), unit_of_work():
        tell_family_of_dot(payload)
        tell_family_of_dot(payload)
    assert [one[0] for one in reminded(at, OWED)] == [at.pupils[0].account_id]
    with later(days=5), unit_of_work():
        ask_teacher_about_dot(payload)
    assert [one[0] for one in reminded(at, DUE)] == [at.teacher.account_id]


def test_a_dot_done_or_put_off_reminds_nobody(make: Make) -> None:
    at = room(make)
    day = clock.today() + timedelta(days=5)
    put(at, None, code="•", due_on=day)
    payload = {"school_id": at.course.school_id, "mark_id": str(at.mark().id), "due_on": day.isoformat()}
    put(at, None, seen=1, code="•", due_on=day + timedelta(days=7))
    asked = db.session.scalars(db.select(Job).where(Job.kind == DUE).order_by(Job.run_at)).all()
    assert [one.payload["due_on"] for one in asked] == [day.isoformat(), (day + timedelta(days=7)).isoformat()]
    with later(days=5), unit_of_work():
        tell_family_of_dot(payload)
        ask_teacher_about_dot(payload)
    put(at, 4, seen=2)
    with later(days=12), unit_of_work():
        ask_teacher_about_dot({**payload, "due_on": (day + timedelta(days=7)).isoformat()})
    assert reminded(at, OWED) == reminded(at, DUE) == []
