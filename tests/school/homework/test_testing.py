"""Tests among the homework: conditions from the form, windows, attempts, corrections of what was wrong, rubrics."""

import re
import uuid
from datetime import datetime, timedelta
from typing import Any

import pytest

from school.core import clock
from school.core.database import db, new_id
from school.core.transactions import unit_of_work
from school.homework.actions import CannotHandIn, TestWish, begin_task, extend, return_work
from school.homework.forms import criteria_in
from school.homework.models import Homework
from school.homework.queries import proposals
from school.homework.queries.testing import conditions_of, draw_groups
from school.tasks.actions import finish_attempt, save_answer
from school.tasks.models import Attempt
from school.tasks.queries import get_attempt, items_asked, judged_items
from tests.browsing import SchoolClient
from tests.factories import Make

NUMBERS = [{"kind": "number", "prompt": f"{n} + 1", "key": {"value": str(n + 1)}} for n in range(6)]
DAY = timedelta(days=1)


class Class:
    def __init__(self, make: Make, **wish: Any) -> None:
        self.make = make
        self.course = make.course(pupils=2)
        self.pupil, self.other = make.pupils_of(self.course)
        self.me = make.actor(self.pupil, "pupil")
        self.teacher = make.actor(make.teacher_of(self.course), "teacher")
        self.task = make.task(self.course.subject_id, NUMBERS)
        self.homework = make.homework(self.course, task=self.task, **wish)

    def begin(self) -> Attempt:
        with unit_of_work():
            return begin_task(self.me, self.make.seen(self.me, self.homework))

    def solve(self, attempt: Attempt, right: int) -> Attempt:
        """The first ``right`` questions right, the others wrong; handed in."""
        found = get_attempt(self.me, attempt.id)
        assert found is not None
        with unit_of_work():
            for n, item in enumerate(items_asked(found.row)):
                text = item.spec["key"]["value"] if n < right else "100"
                save_answer(self.me, found, item, new_id(), {"answer": text}, 1)
            return finish_attempt(self.me, found)

    def send_back(self) -> None:
        with unit_of_work():
            work = self.make.work(self.homework, self.pupil, self.teacher)
            return_work(self.teacher, work, "Исправьте, пожалуйста.", version=work.state.version)

    def result(self) -> tuple[float, float]:
        task = proposals(self.make.seen(self.teacher, self.homework))[self.pupil.id].task
        return task.points, task.max_points


def test_a_window_opens_and_closes_and_an_extension_opens_it_for_one(make: Make) -> None:
    now = clock.now()
    room = Class(make, test=TestWish(opens_at=now + DAY / 24, closes_at=now + DAY / 12))
    with pytest.raises(CannotHandIn, match=r"откроется|ещё не"):
        room.begin()
    with clock.stopped_at(now + DAY / 8), pytest.raises(CannotHandIn, match="закрыт"):
        room.begin()
    with unit_of_work():
        work = make.work(room.homework, room.pupil, room.teacher)
        extend(room.teacher, work, clock.today() + 3 * DAY, version=work.state.version)
    with clock.stopped_at(now + DAY / 8):
        assert room.begin().closes_at == clock.moscow(clock.local(now).date() + 4 * DAY, datetime.min.time())


def test_as_many_attempts_as_the_test_allows_and_the_last_counts(make: Make) -> None:
    room = Class(make, test=TestWish(attempts=2))
    first = room.solve(room.begin(), 5)
    second = room.begin()
    assert second.id != first.id and room.begin().id == second.id
    room.solve(second, 3)
    assert room.begin().id == second.id
    assert room.result() == (3, 6)
    plain = Class(make)
    done = plain.solve(plain.begin(), 1)
    assert plain.begin().id == done.id


def test_a_correction_asks_only_what_was_wrong_and_counts_the_whole(make: Make) -> None:
    room = Class(make)
    first = room.solve(room.begin(), 4)
    room.send_back()
    second = room.begin()
    assert [one.id for one in items_asked(second)] == [one.id for one in items_asked(first)][4:]
    assert (second.max_points, second.carried, second.corrects_id) == (6, 4, first.id)
    done = room.solve(second, 1)
    assert [one.before for one in judged_items(done)] == ["100", "100"]
    assert room.result() == (5, 6)
    room.send_back()
    third = room.begin()
    assert (len(items_asked(third)), third.carried) == (1, 5)


def test_the_form_makes_a_test_that_draws(make: Make, client: SchoolClient) -> None:
    room = Class(make)
    lesson, following = make.lesson(room.course), make.lesson(room.course, days=2)
    client.sign_in(make.account_of(make.teacher_of(room.course)))
    url = f"/s/{room.course.school_id}/lessons/{lesson.id}/homework/new"
    picked = client.post(
        url, data={"client_id": str(new_id()), "pick": str(room.task.id), "due": str(following.id), "whom": "all"}
    )
    (group,) = draw_groups(room.task.id)
    assert f'name="{group.field}"' in picked.text and "Условия проверочной" in picked.text
    opens = clock.local(clock.now() + DAY).replace(tzinfo=None, second=0, microsecond=0)
    form = {
        "client_id": str(new_id()), "text": "Проверочная", "way": "task", "minutes": "20", "due": str(following.id), "whom": "all",
        "unit": str(room.task.id), "limit": "15", "attempts": "2", "opens": opens.isoformat(), "closes": (opens + DAY).isoformat(),
        "shows": "close", "layout": "all", "is_shuffled": "y", group.field: "4",
    }  # fmt: skip
    wrong = client.post(url, data=form | {"closes": (opens - DAY).isoformat()})
    assert wrong.status_code == 422 and "раньше, чем" in wrong.text
    many = client.post(url, data=form | {group.field: "99"})
    assert "Сколько вопросов достанется каждому:" in many.text and 'href="#draws"' in many.text
    assert many.status_code == 422 and "99 из 6" in many.text.replace("\N{NO-BREAK SPACE}", " ")
    assert client.post(url, data=form).status_code == 303
    row = db.session.get_one(Homework, (room.course.school_id, uuid.UUID(form["client_id"])))
    seen = make.seen(room.me, row)
    conditions = conditions_of(seen)
    assert conditions is not None
    assert (conditions.minutes, conditions.attempts, conditions.shows, conditions.layout) == (15, 2, "close", "all")
    assert clock.local(conditions.opens_at).replace(tzinfo=None) == opens
    with clock.stopped_at(conditions.opens_at), unit_of_work():
        attempt = begin_task(room.me, seen)
        other = begin_task(make.actor(room.other, "pupil"), make.seen(make.actor(room.other, "pupil"), row))
    assert len(items_asked(attempt)) == len(items_asked(other)) == 4
    edit = client.get(f"/s/{room.course.school_id}/homework/{room.homework.id}/edit").text
    assert "Условия проверочной" in edit
    client.sign_in(make.account_of(room.pupil))
    page = client.get(f"/s/{room.course.school_id}/homework/{row.id}").text
    assert "Использовано 1 из 2" in page and "15" in page


def test_a_rubric_is_shown_before_the_work_begins(make: Make, client: SchoolClient) -> None:
    course = make.course(pupils=1)
    lesson = make.lesson(course)
    following = make.lesson(course, days=2)
    client.sign_in(make.account_of(make.teacher_of(course)))
    url = f"/s/{course.school_id}/lessons/{lesson.id}/homework/new"
    client_id = new_id()
    form = {
        "client_id": str(client_id),
        "text": "Сочинение",
        "way": "text",
        "minutes": "20",
        "due": str(following.id),
        "whom": "all",
    }
    assert client.post(url, data=form | {"rubric": "Содержание — 3\nГрамотность: 2\nСвой взгляд"}).status_code == 303
    client.sign_in(make.account_of(make.pupils_of(course)[0]))
    page = client.get(f"/s/{course.school_id}/homework/{client_id}").text
    assert "На что смотрит учитель" in page and re.search(r"Содержание.*до 3 баллов", page, re.DOTALL)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Содержание — 3", [("Содержание", 3)]),
        ("Грамотность: 2 балла\n\nПочерк", [("Грамотность", 2), ("Почерк", 1)]),
        ("План - 10", [("План", 10)]),
        ("", []),
    ],
)
def test_lines_of_a_rubric(text: str, found: list[tuple[str, int]]) -> None:
    assert criteria_in(text) == found
