"""Putting marks: once, resent, in two tabs, in the quiet window, in a locked term."""

import json
from collections import Counter
from datetime import time, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from school.core import clock
from school.core.access import Actor
from school.core.database import db, new_id
from school.core.records.models import RecordEvent
from school.core.transactions import unit_of_work
from school.gradebook.actions import put_mark, redo, remove_mark, undo
from school.gradebook.actions.corrections import agree
from school.gradebook.entries import Answer, Status
from school.gradebook.errors import MarkConflict, NothingLeft, NotNow, ReasonNeeded
from school.gradebook.models import Column, Mark, MarkStep, StepKind, SubjectTotal, answer_column_id
from school.gradebook.policy import may_agree
from school.gradebook.queries import Address, cells_at, get_journal
from school.gradebook.queries.corrections import correction_of, waiting_corrections
from school.gradebook.release import Sign, family_sees
from tests.factories import Make
from tests.school.gradebook.rooms import Room, later, room
from tests.statements import Statements


def events(at: Room) -> list[dict[str, object]]:
    rows = db.session.scalars(
        db.select(RecordEvent.payload)
        .where(RecordEvent.school_id == at.course.school_id, RecordEvent.kind == "mark.set")
        .order_by(RecordEvent.at, RecordEvent.id)
    )
    return [json.loads(row) for row in rows]


def seen_by_family(mark: Mark) -> Sign:
    released = Sign(mark.released_value, mark.released_code, mark.released_comment)
    return family_sees(Sign(mark.value, mark.code, mark.comment), released, mark.released_at, clock.now())


def test_a_mark_is_put_with_its_step_its_event_and_its_total(make: Make) -> None:
    at = room(make)
    [answer] = at.save(at.entry(5))
    assert (answer.status, answer.stands.value, answer.version) == (Status.SAVED, 5, 1)
    mark = at.mark()
    assert (mark.value, mark.weight, mark.version, mark.set_by) == (5, 3, 1, at.teacher.account_id)
    [event] = events(at)
    assert (event["old"], event["new"]) == ({"value": None, "code": None}, {"value": 5, "code": None})
    total = db.session.scalars(
        db.select(SubjectTotal).where(
            SubjectTotal.school_id == at.course.school_id, SubjectTotal.pupil_id == at.pupils[0].id
        )
    ).one()
    assert (total.marks, total.weight_sum, total.value_sum) == (1, 3, 15)


def test_the_same_step_sent_again_is_answered_again_and_done_once(make: Make) -> None:
    at = room(make)
    entry = at.entry(4)
    first, second = at.save(entry), at.save(entry)
    assert [one.status for one in (*first, *second)] == [Status.SAVED, Status.SAVED]
    assert second[0].version == 1
    assert len(events(at)) == 1
    # …also when the mark has moved on since
    at.save(at.entry(3, seen=1))
    [late] = at.save(entry)
    assert (late.status, late.stands.value, late.version) == (Status.SAVED, 3, 2)
    assert len(events(at)) == 2


def test_the_same_id_with_other_content_is_a_conflict(make: Make) -> None:
    at = room(make)
    entry = at.entry(4)
    at.save(entry)
    [answer] = at.save(at.entry(5, client_id=entry.client_id))
    assert (answer.status, answer.stands.value) == (Status.CONFLICT, 4)
    [elsewhere] = at.save(at.entry(5, client_id=entry.client_id, pupil=1))
    assert elsewhere.status is Status.CONFLICT
    assert len(events(at)) == 1


def test_the_step_of_another_person_is_not_theirs_to_repeat(make: Make) -> None:
    at = room(make)
    entry = at.entry(4)
    at.save(entry)
    deputy = make.actor(make.member(make.school_of(at.course), "deputy"), "deputy")
    [answer] = at.save(entry, actor=deputy)
    assert answer.status is Status.CONFLICT


def test_two_tabs_never_overwrite_each_other_in_silence(make: Make) -> None:
    at = room(make)
    at.save(at.entry(5))
    [other] = at.save(at.entry(3))
    assert (other.status, other.stands.value, other.entry.sign.value) == (Status.CONFLICT, 5, 3)
    with unit_of_work(), pytest.raises(MarkConflict) as caught:
        put_mark(
            at.actor,
            at.journal,
            make.cell(at.journal, at.lesson, at.pupils[0], at.column),
            client_id=new_id(),
            value=2,
            seen=0,
        )
    assert (caught.value.stands.value, caught.value.wanted.value, caught.value.version) == (5, 2, 1)
    assert len(events(at)) == 1


def test_a_column_of_marks_is_one_request_and_each_is_answered(make: Make, statements: Statements) -> None:
    at = room(make, pupils=30)
    at.save(at.entry(3, pupil=5))
    entries = [at.entry(5, pupil=n) for n in range(30)]
    actor, _loaded = at.actor, at.journal
    with statements.counted() as sent:
        answers = at.save(*entries, actor=actor)
    assert [one.status for one in answers].count(Status.SAVED) == 29
    assert answers[5].status is Status.CONFLICT
    assert len(sent) <= 8, sent  # journal, cells, marks, steps, record, totals; what was refused, its record
    assert len(events(at)) == 30


def test_the_first_mark_of_a_lesson_makes_its_column(make: Make) -> None:
    at = room(make)
    lesson = make.lesson(at.course, days=-2)
    [answer, other] = at.save(at.entry(5, lesson=lesson), at.entry(4, lesson=lesson, pupil=1))
    assert (answer.status, other.status) == (Status.SAVED, Status.SAVED)
    column = db.session.get(Column, (at.course.school_id, answer_column_id(lesson.id)))
    assert column is not None
    assert column.weight == 1
    at.save(at.entry(4, lesson=lesson, pupil=2))
    assert {
        mark.weight
        for mark in db.session.scalars(
            db.select(Mark).where(Mark.school_id == at.course.school_id, Mark.column_id == column.id)
        )
    } == {1}


def test_a_school_without_an_act_takes_the_ordinary_one(make: Make) -> None:
    course = make.course(pupils=1)
    lesson = make.lesson(course)
    teacher, [pupil] = make.teacher_of(course), make.pupils_of(course)
    journal = make.journal(teacher, course)
    with unit_of_work():
        answer = put_mark(
            make.actor(teacher, "teacher"), journal, make.cell(journal, lesson, pupil), client_id=new_id(), value=4
        )
    assert answer.status is Status.SAVED


@pytest.mark.parametrize("code", ["н/а", "осв", "зч", "нз"])
def test_codes_stand_in_a_cell_and_enter_no_sum(make: Make, code: str) -> None:
    at = room(make)
    at.save(at.entry(4))
    [answer] = at.save(at.entry(None, code=code, seen=1))
    assert answer.stands == Sign(None, code)
    total = db.session.scalars(
        db.select(SubjectTotal).where(
            SubjectTotal.school_id == at.course.school_id, SubjectTotal.pupil_id == at.pupils[0].id
        )
    ).one()
    assert (total.marks, total.weight_sum, total.value_sum) == (0, 0, 0)


@pytest.mark.parametrize(("value", "code"), [(1, None), (6, None), (5, "н/а"), (None, "ура")])
def test_other_signs_are_refused(make: Make, value: int | None, code: str | None) -> None:
    at = room(make)
    [answer] = at.save(at.entry(value, code=code))
    assert answer.status is Status.REFUSED
    assert not events(at)


def test_a_removed_mark_leaves_its_history(make: Make) -> None:
    at = room(make)
    at.save(at.entry(2))
    with unit_of_work():
        remove_mark(at.actor, at.journal, make.cell(at.journal, at.lesson, at.pupils[0], at.column), client_id=new_id())
    assert at.mark().value is None
    assert [event["new"] for event in events(at)] == [{"value": 2, "code": None}, {"value": None, "code": None}]


# --- the quiet window ------------------------------------------------------------------------------------------------


def test_a_family_sees_nothing_of_a_slip(make: Make) -> None:
    at = room(make)
    at.save(at.entry(2))
    assert seen_by_family(at.mark()) == Sign()
    with later(minutes=5):
        at.save(at.entry(5, seen=1))
        assert seen_by_family(at.mark()) == Sign()
    with later(minutes=16):
        assert seen_by_family(at.mark()) == Sign(5)


def test_a_family_keeps_seeing_the_old_mark_until_the_change_is_out(make: Make) -> None:
    at = room(make)
    at.save(at.entry(3))
    with later(hours=1):
        at.save(at.entry(5, seen=1, comment="Пересдал"))
        assert seen_by_family(at.mark()) == Sign(3)
    with later(hours=1, minutes=5):
        at.save(at.entry(4, seen=2))
        assert seen_by_family(at.mark()) == Sign(3)
    with later(hours=2):
        assert seen_by_family(at.mark()) == Sign(4)


def test_a_removed_mark_disappears_for_the_family_after_the_window(make: Make) -> None:
    at = room(make)
    at.save(at.entry(2))
    with later(hours=1):
        at.save(at.entry(None, seen=1))
        assert seen_by_family(at.mark()) == Sign(2)
    with later(hours=2):
        assert seen_by_family(at.mark()) == Sign()


# --- who, where and when ---------------------------------------------------------------------------------------------


def test_a_locked_term_is_the_deputys_with_a_reason(make: Make) -> None:
    at = room(make)
    make.lock(make.term_of(at.course))
    [refused] = at.save(at.entry(5))
    assert refused.status is Status.REFUSED
    deputy = make.actor(make.member(make.school_of(at.course), "deputy"), "deputy")
    [asked] = at.save(at.entry(5), actor=deputy)
    assert asked.status is Status.REASON
    [waits] = at.save(at.entry(5, comment="Приказ № 7"), actor=deputy)
    assert (waits.status, waits.stands.is_empty) == (Status.ASKED, True)
    assert second_person(at, make.actor(make.member(make.school_of(at.course), "head"), "head")).status is Status.SAVED
    assert at.mark().value == 5


def test_strangers_and_colleagues_put_no_marks(make: Make) -> None:
    at = room(make)
    colleague = make.teacher(make.school_of(at.course))
    [answer] = at.save(at.entry(5), actor=make.actor(colleague, "teacher"))
    assert answer.status is Status.REFUSED
    stranger = make.pupil(make.school_of(at.course))
    at.pupils.append(stranger)
    [nobody] = at.save(at.entry(5, pupil=3))
    assert nobody.status is Status.REFUSED
    assert not events(at)


def test_a_column_of_another_course_is_no_cell_here(make: Make) -> None:
    at, other = room(make), room(make)
    [answer] = at.save(at.entry(5, column=other.column.id))
    assert answer.status is Status.REFUSED
    [lesson] = at.save(at.entry(5, lesson=other.lesson, column=other.column.id))
    assert lesson.status is Status.REFUSED


@pytest.mark.parametrize(("days", "state"), [(1, "planned"), (-1, "cancelled"), (-1, "moved")])
def test_no_marks_where_there_was_no_lesson(make: Make, days: int, state: str) -> None:
    at = room(make)
    lesson = make.lesson(at.course, days=days, slot=3, state=state)
    [answer] = at.save(at.entry(5, lesson=lesson))
    assert answer.status is Status.REFUSED


def test_an_old_mark_changes_with_a_reason(make: Make) -> None:
    at = room(make, days=-20)
    with later(hours=-1):
        at.save(at.entry(3))
    [asked] = at.save(at.entry(4, seen=1))
    assert asked.status is Status.REASON
    with pytest.raises(ReasonNeeded), unit_of_work():
        put_mark(
            at.actor, at.journal, make.cell(at.journal, at.lesson, at.pupils[0], at.column), client_id=new_id(), value=4
        )
    [waits] = at.save(at.entry(4, seen=1, comment="Пересдача"))
    assert (waits.status, waits.stands.value) == (Status.ASKED, 3)
    deputy = make.actor(make.member(make.school_of(at.course), "deputy"), "deputy")
    assert second_person(at, deputy).status is Status.SAVED
    assert (at.mark().value, at.mark().comment) == (4, "Пересдача")
    assert events(at)[-1]["asked_by"] == str(at.teacher.account_id)


def test_one_person_is_not_two(make: Make) -> None:
    at = room(make, days=-20)
    with later(hours=-1):
        at.save(at.entry(3))
    at.save(at.entry(4, seen=1, comment="Пересдача"))
    [one] = waiting_corrections(at.actor)
    correction = correction_of(at.journal, one.id)
    assert correction is not None
    assert not may_agree(at.actor, at.journal, correction)
    deputy = make.actor(make.member(make.school_of(at.course), "deputy"), "deputy")
    colleague = make.actor(make.teacher(make.school_of(at.course)), "teacher")
    assert may_agree(deputy, get_journal(deputy, at.course.id), correction)
    assert not may_agree(colleague, get_journal(colleague, at.course.id), correction)
    assert not waiting_corrections(colleague)


def test_a_mark_changed_meanwhile_is_not_overwritten_by_the_second_person(make: Make) -> None:
    at = room(make, days=-13)
    at.save(at.entry(3))
    with later(days=3):
        at.save(at.entry(5, seen=1, comment="Ошибка"))
    at.save(at.entry(4, seen=1))  # in time, by the clock of this test
    deputy = make.actor(make.member(make.school_of(at.course), "deputy"), "deputy")
    with later(days=4):
        assert second_person(at, deputy).status is Status.CONFLICT
    assert at.mark().value == 4
    assert not waiting_corrections(deputy)


def test_a_slip_in_an_old_lesson_is_mended_before_anybody_sees_it(make: Make) -> None:
    at = room(make, days=-20)
    at.save(at.entry(2))
    with later(minutes=1):
        [mended] = at.save(at.entry(5, seen=1))
        assert (mended.status, mended.version) == (Status.SAVED, 2)
        deputy = make.actor(make.member(make.school_of(at.course), "deputy"), "deputy")
        [others] = at.save(at.entry(4, seen=2, comment="Описка"), actor=deputy)
        assert others.status is Status.ASKED, "who put it, and nobody else"
    with later(minutes=12):
        assert [one.status for one in at.save(at.entry(4, seen=2))] == [Status.REASON], "the family has seen it"


def test_a_newer_wish_takes_the_place_of_the_older(make: Make) -> None:
    at = room(make, days=-20)
    with later(hours=-1):
        at.save(at.entry(3))
    at.save(at.entry(4, seen=1, comment="Пересдача"))
    again = at.entry(5, seen=1, comment="Описка")
    at.save(again)
    at.save(again)
    [one] = waiting_corrections(at.actor)
    assert (one.old.value, one.new.value, one.reason) == (3, 5, "Описка")


def second_person(at: Room, actor: Actor) -> Answer:
    [one] = waiting_corrections(actor)
    journal = get_journal(actor, at.course.id)
    correction = correction_of(journal, one.id)
    assert correction is not None
    with unit_of_work():
        return agree(actor, journal, correction)


def test_a_substitute_marks_their_lesson_only(make: Make) -> None:
    at = room(make, days=0)
    other = make.column(make.lesson(at.course, days=-1, slot=2))
    colleague = make.teacher(make.school_of(at.course))
    make.substitute(at.lesson, colleague)
    who = make.actor(colleague, "teacher")
    with clock.stopped_at(at.lesson.starts_at + timedelta(minutes=5)):
        assert [one.status for one in at.save(at.entry(5), actor=who)] == [Status.SAVED]
        elsewhere = at.entry(4, pupil=1, column=other.id, lesson=make.lesson_of(other))
        assert [one.status for one in at.save(elsewhere, actor=who)] == [Status.REFUSED]


def test_a_substitutes_marks_begin_with_the_bell_and_end_by_themselves(make: Make) -> None:
    at = room(make, days=0)
    colleague = make.teacher(make.school_of(at.course))
    make.substitute(at.lesson, colleague)
    who = make.actor(colleague, "teacher")
    bell, day = at.lesson.starts_at, at.lesson.on_date
    last = clock.moscow(day + timedelta(days=1), time(23, 59))
    with clock.stopped_at(bell - timedelta(minutes=1)):
        [early] = at.save(at.entry(5), actor=who)
        assert early.status is Status.REFUSED
        assert "с 8:30" in early.why
    for n, moment in enumerate((bell, last)):
        with clock.stopped_at(moment):
            assert [one.status for one in at.save(at.entry(5, pupil=n), actor=who)] == [Status.SAVED]
    with clock.stopped_at(last + timedelta(minutes=1)):
        cells, _known = cells_at(who, at.journal, [at_cell(at)], [])
        cell = cells[at_cell(at)]
        assert not cell.is_substitute
        assert "закончилась" in cell.cover_words


def at_cell(at: Room) -> Address:
    return Address(at.lesson.id, at.column.id, at.pupils[2].id)


# --- undo and redo ---------------------------------------------------------------------------------------------------


def test_undo_and_redo_walk_through_ones_own_steps(make: Make) -> None:
    at = room(make)
    at.save(at.entry(5))
    at.save(at.entry(4, seen=1))
    at.save(at.entry(3, pupil=1))
    with unit_of_work():
        assert undo(at.actor, at.journal, new_id()).stands.is_empty
    with unit_of_work(), later(days=1):
        assert undo(at.actor, at.journal, new_id()).stands == Sign(5)
    assert at.mark().value == 5
    with unit_of_work(), later(days=1, minutes=1):
        assert redo(at.actor, at.journal, new_id()).stands == Sign(4)
    with unit_of_work(), later(days=1, minutes=2):
        assert redo(at.actor, at.journal, new_id()).stands == Sign(3)
    with unit_of_work(), later(days=1, minutes=3), pytest.raises(NothingLeft):
        redo(at.actor, at.journal, new_id())
    assert at.mark().value == 4
    assert len(events(at)) == 7
    assert Counter(str(event["how"]) for event in events(at)) == {"set": 3, "undo": 2, "redo": 2}


def test_a_resent_undo_is_one_undo(make: Make) -> None:
    at = room(make)
    at.save(at.entry(5))
    at.save(at.entry(4, seen=1))
    again = new_id()
    for _ in range(2):
        with unit_of_work():
            assert undo(at.actor, at.journal, again).stands == Sign(5)
    assert at.mark().value == 5


def test_nobody_takes_back_a_mark_that_another_has_changed(make: Make) -> None:
    at = room(make)
    at.save(at.entry(5))
    deputy = make.actor(make.member(make.school_of(at.course), "deputy"), "deputy")
    at.save(at.entry(3, seen=1, comment="Апелляция"), actor=deputy)
    with unit_of_work():
        answer = undo(at.actor, at.journal, new_id())
    assert (answer.status, answer.stands.value) == (Status.CONFLICT, 3)
    assert at.mark().value == 3


def test_there_is_nothing_to_undo_at_first(make: Make) -> None:
    at = room(make)
    with pytest.raises(NothingLeft):
        undo(at.actor, at.journal, new_id())


def test_refused_marks_say_so(make: Make) -> None:
    at = room(make)
    make.lock(make.term_of(at.course))
    with pytest.raises(NotNow):
        put_mark(
            at.actor, at.journal, make.cell(at.journal, at.lesson, at.pupils[0], at.column), client_id=new_id(), value=4
        )


# --- sums ------------------------------------------------------------------------------------------------------------

changes = st.lists(
    st.tuples(st.integers(0, 2), st.integers(0, 1), st.sampled_from([2, 3, 4, 5, None, "осв"])), min_size=1, max_size=12
)


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(changes)
def test_totals_equal_a_recount(make: Make, app: object, walk: list[tuple[int, int, int | str | None]]) -> None:
    at = room(make)
    second = make.lesson(at.course, days=-2)
    versions: Counter[tuple[int, int]] = Counter()
    for pupil, column, sign in walk:
        value, code = (sign, None) if not isinstance(sign, str) else (None, sign)
        lesson = second if column else None
        [answer] = at.save(at.entry(value, code=code, pupil=pupil, lesson=lesson, seen=versions[pupil, column]))
        versions[pupil, column] = answer.version
    school = at.course.school_id
    recount: Counter[object] = Counter()
    for mark in db.session.scalars(db.select(Mark).where(Mark.school_id == school, Mark.course_id == at.course.id)):
        if mark.value is not None:
            recount[mark.pupil_id, "marks"] += 1
            recount[mark.pupil_id, "weights"] += mark.weight
            recount[mark.pupil_id, "values"] += mark.weight * mark.value
    kept: Counter[object] = Counter()
    for total in db.session.scalars(db.select(SubjectTotal).where(SubjectTotal.school_id == school)):
        kept[total.pupil_id, "marks"] = total.marks
        kept[total.pupil_id, "weights"] = total.weight_sum
        kept[total.pupil_id, "values"] = total.value_sum
    assert +kept == +recount
    steps = db.session.scalars(db.select(MarkStep).where(MarkStep.school_id == school)).all()
    assert len(events(at)) == len(steps)
    db.session.rollback()


def test_fifty_steps_are_taken_back_however_often_they_were_done_again(make: Make) -> None:
    at = room(make)
    step = at.entry(5)
    at.save(step)
    first = db.session.scalars(
        db.select(MarkStep).where(MarkStep.school_id == at.course.school_id, MarkStep.id == step.client_id)
    ).one()
    own = {
        one.name: getattr(first, one.key) for one in MarkStep.__table__.columns if one.name not in ("id", "at", "kind")
    }
    for n in range(1, 301):  # taken back and done again a hundred and fifty times
        kind = StepKind.UNDO if n % 2 else StepKind.REDO
        said = {"id": new_id(), "at": first.at + timedelta(microseconds=n), "kind": kind.value, "of_step": first.id}
        db.session.add(MarkStep(**{**own, **said}))
    db.session.commit()
    with unit_of_work():
        assert undo(at.actor, at.journal, new_id()).stands.is_empty
    with unit_of_work(), pytest.raises(NothingLeft):
        undo(at.actor, at.journal, new_id())
