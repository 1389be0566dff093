"""Setting, doing and looking through homework: what is written, what is refused, what is one fact."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import func, select

from content_library import shelf
from school.classes import hooks
from school.classes.models import StudyGroup
from school.classes.queries import get_course, pupil_of
from school.core import clock
from school.core.access import Actor
from school.core.database import db, new_id
from school.core.errors import Conflict
from school.core.transactions import unit_of_work
from school.homework import actions
from school.homework.models import Assignment, HandInWay, Homework, Submission
from school.homework.queries import get_homework, handed_in, proposals, work_of, works
from school.people.models import School
from school.tasks.actions import finish_attempt, save_answer
from school.tasks.queries import get_attempt, shown_items
from tests.factories import Make


def teacher_of(make: Make, course: Any) -> Actor:
    return make.actor(make.teacher_of(course), "teacher")


def wish(**changes: object) -> actions.Wish:
    base = {
        "text": "§ 12, № 412",
        "way": HandInWay.TICK,
        "minutes": 25,
        "due_on": clock.today() + timedelta(days=2),
    }
    return actions.Wish(**(base | changes))


def rows(model: Any, course: Any) -> int:
    return db.session.scalar(select(func.count()).select_from(model).where(model.school_id == course.school_id)) or 0


def test_homework_for_the_group_costs_one_row(make: Make) -> None:
    course = make.course(pupils=3)
    homework = make.homework(course)
    assert (homework.for_all, rows(Assignment, course)) == (True, 0)
    assert len(works(make.seen(teacher_of(make, course), homework))) == 3


def test_the_same_form_twice_is_one_homework(make: Make) -> None:
    course = make.course(pupils=1)
    teacher = teacher_of(make, course)
    seen = get_course(teacher, course.id)
    assert seen is not None
    client_id = new_id()
    first = actions.set_homework(teacher, seen, None, wish(), client_id)
    assert actions.set_homework(teacher, seen, None, wish(), client_id) is first
    with pytest.raises(Conflict):
        actions.set_homework(teacher, seen, None, wish(text="другое"), client_id)
    assert rows(Homework, course) == 1


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"text": "  "}, "text"),
        ({"text": "а" * 5001}, "text"),
        ({"way": HandInWay.TASK}, "way"),
        ({"minutes": 241}, "minutes"),
        ({"due_on": clock.today() - timedelta(days=1)}, "due_on"),
    ],
)
def test_what_makes_no_homework(make: Make, changes: dict[str, object], field: str) -> None:
    course = make.course()
    teacher = teacher_of(make, course)
    seen = get_course(teacher, course.id)
    assert seen is not None
    with pytest.raises(actions.CannotSet) as refused:
        actions.set_homework(teacher, seen, None, wish(**changes), new_id())
    assert refused.value.field == field


def test_for_single_pupils_only_they_have_it(make: Make) -> None:
    course = make.course(pupils=3)
    one, other, _ = make.pupils_of(course)
    homework = make.homework(course, pupils=(one,))
    assert make.seen(make.actor(one, "pupil"), homework).is_for_pupil
    assert not make.seen(make.actor(other, "pupil"), homework).is_for_pupil
    assert [work.pupil_id for work in works(make.seen(teacher_of(make, course), homework))] == [one.id]


def test_a_newcomer_has_the_open_homework_of_the_group(make: Make) -> None:
    course = make.course(pupils=1)
    homework = make.homework(course)
    newcomer = make.pupil(db.session.get_one(School, course.school_id))
    group = db.session.get_one(StudyGroup, (course.school_id, course.group_id))
    make.enrol(group, newcomer, from_on=clock.today())
    assert make.seen(make.actor(newcomer, "pupil"), homework).is_for_pupil
    assert newcomer.id in {work.pupil_id for work in works(make.seen(teacher_of(make, course), homework))}


def test_seen_then_handed_in_then_returned_then_checked(make: Make) -> None:
    course = make.course(pupils=1)
    (pupil,) = make.pupils_of(course)
    teacher, me = teacher_of(make, course), make.actor(pupil, "pupil")
    homework = make.homework(course, way=HandInWay.TEXT)
    actions.mark_seen(me, make.seen(me, homework))
    work = make.work(homework, pupil, teacher)
    assert (work.state.state, work.state.version) == ("seen", 0)

    actions.hand_in(me, make.seen(me, homework), new_id(), text=" x = 5 ")
    work = make.work(homework, pupil, teacher)
    assert (work.state.state, work.state.version) == ("handed_in", 1)
    with pytest.raises(actions.NeedsComment):
        actions.return_work(teacher, work, " ", version=1)
    actions.return_work(teacher, work, "Проверь знак", version=1)

    actions.hand_in(me, make.seen(me, homework), new_id(), text="x = −5")
    work = make.work(homework, pupil, teacher)
    assert [one.text for one in handed_in(work.school_id, work.state)] == ["x = −5", "x = 5"]
    actions.accept_work(teacher, work, "Теперь верно", version=3)
    mine = make.seen(me, homework).mine
    assert (mine.state, mine.comment) == ("checked", "Теперь верно")
    with pytest.raises(Conflict):
        actions.hand_in(me, make.seen(me, homework), new_id(), text="ещё раз")


def test_handing_in_twice_is_one_submission(make: Make) -> None:
    course = make.course(pupils=1)
    (pupil,) = make.pupils_of(course)
    me = make.actor(pupil, "pupil")
    homework = make.homework(course)
    client_id = new_id()
    actions.hand_in(me, make.seen(me, homework), client_id)
    actions.hand_in(me, make.seen(me, homework), client_id)
    assert rows(Submission, course) == 1
    with pytest.raises(Conflict):
        actions.hand_in(me, make.seen(me, homework), client_id, text="другое")


@pytest.mark.parametrize("way", [HandInWay.TEXT, HandInWay.PHOTO, HandInWay.TICK])
def test_nothing_to_hand_in(make: Make, way: HandInWay) -> None:
    course = make.course(pupils=1)
    (pupil,) = make.pupils_of(course)
    me = make.actor(pupil, "pupil")
    homework = make.homework(course, way=way)
    if way == HandInWay.TICK:
        actions.hand_in(me, make.seen(me, homework), new_id())
        actions.take_back(me, make.seen(me, homework))
        assert make.seen(me, homework).mine.state == "seen"
        return
    with pytest.raises(actions.CannotHandIn):
        actions.hand_in(me, make.seen(me, homework), new_id())


def test_two_teachers_never_overwrite_each_other(make: Make) -> None:
    course = make.course(pupils=1)
    (pupil,) = make.pupils_of(course)
    teacher, me = teacher_of(make, course), make.actor(pupil, "pupil")
    homework = make.homework(course)
    before = make.work(homework, pupil, teacher)
    actions.hand_in(me, make.seen(me, homework), new_id())
    with pytest.raises(Conflict):
        actions.excuse(teacher, before, version=before.state.version)
    work = make.work(homework, pupil, teacher)
    actions.accept_work(teacher, work, version=work.state.version)
    with pytest.raises(Conflict):
        actions.return_work(teacher, work, "Переделай", version=work.state.version)
    assert make.work(homework, pupil, teacher).state.state == "checked"


def test_extension_and_excuse(make: Make) -> None:
    course = make.course(pupils=2)
    one, other = make.pupils_of(course)
    teacher = teacher_of(make, course)
    homework = make.homework(course)
    later = clock.today() + timedelta(days=9)
    actions.extend(teacher, make.work(homework, one, teacher), later, version=0)
    actions.excuse(teacher, make.work(homework, other, teacher), "Болел", version=0)
    states = {work.pupil_id: work.state for work in works(make.seen(teacher, homework))}
    assert (states[one.id].due_on, states[one.id].state) == (later, "given")
    assert states[other.id].state == "excused"


def test_change_and_withdraw_until_somebody_has_done_it(make: Make) -> None:
    course = make.course(pupils=2)
    one, other = make.pupils_of(course)
    teacher = teacher_of(make, course)
    homework = make.homework(course)
    seen = make.seen(teacher, homework)
    learner = pupil_of(seen.course, other.id)
    assert learner is not None
    actions.change_homework(teacher, seen, wish(text="№ 500", pupils=(learner,)))
    seen = make.seen(teacher, homework)
    assert (seen.text, seen.for_all, [work.pupil_id for work in works(seen)]) == ("№ 500", False, [other.id])
    actions.withdraw_homework(teacher, seen)
    assert not make.seen(make.actor(other, "pupil"), homework).is_for_pupil

    second = make.homework(course)
    me = make.actor(one, "pupil")
    actions.hand_in(me, make.seen(me, second), new_id())
    with pytest.raises(actions.TooLate):
        actions.change_homework(teacher, make.seen(teacher, second), wish())
    with pytest.raises(actions.TooLate):
        actions.withdraw_homework(teacher, make.seen(teacher, second))


def test_homework_follows_its_lesson(make: Make) -> None:
    course = make.course(pupils=2)
    one, other = make.pupils_of(course)
    teacher = teacher_of(make, course)
    lesson, later = make.lesson(course, days=2), make.lesson(course, days=5)
    homework = make.homework(course, due=lesson)
    me = make.actor(one, "pupil")
    actions.mark_seen(me, make.seen(me, homework))
    actions.extend(teacher, make.work(homework, other, teacher), clock.today() + timedelta(days=8), version=0)
    hooks.tell_followers([hooks.LessonWent(lesson.school_id, lesson.id, later.id, later.on_date, later.starts_at)])
    seen = make.seen(me, homework)
    assert (seen.due_on, seen.mine.due_on, seen.due_lesson_id) == (later.on_date, later.on_date, later.id)
    assert make.work(homework, other, teacher).state.due_on == clock.today() + timedelta(days=8)


def test_a_task_hands_itself_in_and_suggests_a_mark(make: Make) -> None:
    course = make.course(pupils=2)
    pupil, _ = make.pupils_of(course)
    teacher, me = teacher_of(make, course), make.actor(pupil, "pupil")
    homework = make.homework(course, task=make.task(course.subject_id))
    with unit_of_work():
        attempt = actions.begin_task(me, make.seen(me, homework))
        assert actions.begin_task(me, make.seen(me, homework)).id == attempt.id
    seen = get_attempt(me, attempt.id)
    assert seen is not None
    number = next(item for item in shown_items(seen.row) if item.kind == "number")
    item = shelf.get_item(db.session(), number.id)
    assert item is not None
    save_answer(me, seen, item, new_id(), {"answer": "1"}, 1)
    finish_attempt(me, seen)
    finish_attempt(me, seen)
    work = make.work(homework, pupil, teacher)
    assert work.state.state == "handed_in"
    (sent,) = handed_in(work.school_id, work.state)
    assert sent.result is not None and (sent.result.points, sent.result.max_points) == (1, 4)
    found = proposals(make.seen(teacher, homework))
    assert {key: value.proposed for key, value in found.items()} == {pupil.id: 2}

    actions.return_work(teacher, work, "Попробуй ещё раз", version=work.state.version)
    again = actions.begin_task(me, make.seen(me, homework))
    assert again.id != attempt.id


def test_strangers_find_nothing(make: Make) -> None:
    course, other = make.course(pupils=1), make.course(pupils=1)
    homework = make.homework(course)
    stranger = make.actor(make.teacher_of(other), "teacher")
    assert get_homework(stranger, homework.id) is None
    own = make.seen(teacher_of(make, course), homework)
    assert work_of(own, make.pupils_of(other)[0].id) is None
    assert replace(own, for_all=False).is_for_pupil is False
