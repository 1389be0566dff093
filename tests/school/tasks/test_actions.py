"""Answers are kept once, in the browser's order; judged once, at the finish; told to those above."""

from typing import Any

import pytest
from sqlalchemy import func, select

from content_library import shelf
from school.core.access import Actor
from school.core.database import db, new_id
from school.core.errors import Conflict
from school.tasks import hooks
from school.tasks.actions import Finished, NotATask, Unreadable, finish_attempt, save_answer, start_attempt
from school.tasks.models import Answer, Verdict
from school.tasks.queries import get_attempt, judged_items, last_answers, shown_items
from school.tasks.seen import SeenAttempt
from tests.factories import Make


class Desk:
    """A pupil at a task of four questions."""

    def __init__(self, make: Make) -> None:
        course = make.course(pupils=1)
        (self.pupil,) = make.pupils_of(course)
        self.me: Actor = make.actor(self.pupil, "pupil")
        self.version = make.task(course.subject_id)
        self.items = {item.kind: item for item in shelf.items_of(db.session(), self.version)}
        made = start_attempt(self.me, self.version, self.pupil)
        found = get_attempt(self.me, made.id)
        assert found is not None
        self.attempt: SeenAttempt = found

    def save(self, kind: str, answer: Any, number: int = 1, client_id: Any = None) -> Answer:
        return save_answer(self.me, self.attempt, self.items[kind], client_id or new_id(), {"answer": answer}, number)

    def option(self, kind: str, text: str) -> str:
        shown = next(item for item in shown_items(self.attempt.row) if item.kind == kind)
        return str(next(one["id"] for one in shown.variant["options"] if one["text"] == text))

    def rows(self, model: Any) -> int:
        school = self.pupil.school_id
        return db.session.scalar(select(func.count()).select_from(model).where(model.school_id == school)) or 0


@pytest.fixture
def desk(make: Make) -> Desk:
    return Desk(make)


def test_what_the_run_is_out_of_is_fixed_at_the_start(desk: Desk) -> None:
    assert desk.attempt.row.max_points == 4
    assert desk.attempt.row.points is None


def test_a_unit_without_questions_is_no_task(make: Make, desk: Desk) -> None:
    with pytest.raises(NotATask):
        start_attempt(desk.me, make.task(items=()), desk.pupil)


def test_the_same_answer_sent_again_is_one_fact(desk: Desk) -> None:
    client_id = new_id()
    first = desk.save("text", "сумма", client_id=client_id)
    assert desk.save("text", "сумма", client_id=client_id).id == first.id
    assert desk.rows(Answer) == 1
    with pytest.raises(Conflict):
        desk.save("text", "разность", client_id=client_id)
    with pytest.raises(Conflict):
        desk.save("text", "сумма", number=2, client_id=client_id)


def test_a_late_resend_never_overtakes_a_newer_answer(desk: Desk) -> None:
    desk.save("number", "2", number=2)
    desk.save("number", "7", number=1)
    assert desk.rows(Answer) == 2
    assert last_answers(desk.attempt.row)[desk.items["number"].id][1]["text"] == "2"


@pytest.mark.parametrize(
    ("kind", "answer"), [("number", "не знаю"), ("text", "  "), ("single", []), ("multiple", ["no such option"])]
)
def test_what_can_not_be_read_costs_nothing(desk: Desk, kind: str, answer: Any) -> None:
    with pytest.raises(Unreadable):
        desk.save(kind, answer)
    assert desk.rows(Answer) == 0


def test_judged_once_by_the_last_answers(desk: Desk) -> None:
    desk.save("single", desk.option("single", "0,35"), number=1)
    desk.save("single", desk.option("single", "0,4"), number=2)
    desk.save("multiple", [desk.option("multiple", "12")])
    desk.save("number", "5")
    assert judged_items(desk.attempt.row) == []
    row = finish_attempt(desk.me, desk.attempt)
    assert (row.points, finish_attempt(desk.me, desk.attempt).finished_at) == (1.5, row.finished_at)
    assert desk.rows(Verdict) == 4
    judged = judged_items(row)
    assert [one.points for one in judged] == [1, 0.5, 0, 0]
    assert [one.presented is None for one in judged] == [False, False, False, True]
    assert (judged[0].why, judged[3].right) == ("Сравниваем десятые: 4 больше 3.", "сумма")


def test_answers_are_closed_after_the_finish(desk: Desk) -> None:
    client_id = new_id()
    saved = desk.save("text", "сумма", client_id=client_id)
    finish_attempt(desk.me, desk.attempt)
    with pytest.raises(Finished):
        desk.save("text", "разность", number=2)
    assert desk.save("text", "сумма", client_id=client_id).id == saved.id  # the resend of what had arrived before


def test_those_above_are_told_once(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    told: list[Any] = []
    monkeypatch.setattr(hooks, "WHEN_FINISHED", [lambda _actor, attempt: told.append(attempt.id)])
    finish_attempt(desk.me, desk.attempt)
    finish_attempt(desk.me, desk.attempt)
    assert told == [desk.attempt.id]


def test_a_mistake_of_the_author_costs_the_pupil_nothing(desk: Desk) -> None:
    desk.save("number", "12")
    item = desk.items["number"]
    db.session.execute(
        type(item).__table__.update().where(type(item).id == item.id).values(spec={**item.spec, "key": {"value": "?"}})
    )
    db.session.expire_all()
    row = finish_attempt(desk.me, desk.attempt)
    assert row.points == 1
