"""Correction rounds: answers that wait, keys put right between two rounds, what the profile makes easier; nothing is lost on the way."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

import pytest

from content_library import shelf
from content_library.models import Item
from school.core import clock
from school.core.database import db, new_id
from school.core.transactions import unit_of_work
from school.homework.actions import TestWish, begin_task, return_work
from school.homework.queries import proposals
from school.people.models import School
from school.tasks.actions import finish_attempt, let_late_answers_count, rule_on_key, save_answer
from school.tasks.actions.by_rubric import judge_answer
from school.tasks.actions.easing import set_ease
from school.tasks.ease import Ease
from school.tasks.models import Attempt, RulingKind
from school.tasks.queries import get_attempt, items_asked
from tests.browsing import SchoolClient
from tests.factories import Make
from tests.school.tasks.kinds.samples import SAMPLES

ESSAY = SAMPLES["an essay"]
NUMBERS = [{"kind": "number", "prompt": f"{n} + 1", "key": {"value": str(n + 1)}} for n in range(6)]


class Desk:
    """A pupil and a homework of numbers, with an essay at its end when wished."""

    def __init__(self, make: Make, *, numbers: int = 2, essay: bool = True, **wish: Any) -> None:
        self.make = make
        self.course = make.course(pupils=1)
        (self.pupil,) = make.pupils_of(self.course)
        self.me = make.actor(self.pupil, "pupil")
        self.teacher = make.actor(make.teacher_of(self.course), "teacher")
        items = [*NUMBERS[:numbers], *([{"kind": ESSAY.kind, **ESSAY.spec}] if essay else [])]
        self.homework = make.homework(self.course, task=make.task(self.course.subject_id, items), **wish)

    def do(self, *texts: str | None, finish: bool = True) -> Attempt:
        """Answers to the questions asked now, in their order."""
        with unit_of_work():
            begun = begin_task(self.me, self.make.seen(self.me, self.homework))
        self.answer(begun, texts)
        return self.finish(begun) if finish else begun

    def answer(self, begun: Attempt, texts: Sequence[str | None]) -> None:
        found = get_attempt(self.me, begun.id)
        assert found is not None
        with unit_of_work():
            for item, text in zip(items_asked(found.row), texts, strict=True):
                if text is not None:
                    save_answer(self.me, found, item, new_id(), {"answer": text}, 1)

    def finish(self, begun: Attempt) -> Attempt:
        found = get_attempt(self.me, begun.id)
        assert found is not None
        with unit_of_work():
            done = finish_attempt(self.me, found)
        db.session.expire_all()
        return done

    def send_back(self) -> None:
        with unit_of_work():
            work = self.make.work(self.homework, self.pupil, self.teacher)
            return_work(self.teacher, work, "Исправьте, пожалуйста.", version=work.state.version)

    def judge(self, attempt: Attempt, levels: list[int]) -> None:
        found = get_attempt(self.teacher, attempt.id)
        assert found is not None
        essay = next(one for one in items_asked(found.row) if one.kind == ESSAY.kind)
        with unit_of_work():
            judge_answer(self.teacher, found, essay, levels, "", before=None)
        db.session.expire_all()

    def rule(self, item: Item, kind: RulingKind, *accepts: str) -> None:
        with unit_of_work():
            rule_on_key(self.teacher, item, self.homework.id, kind, accepts)
        db.session.expire_all()

    def result(self) -> tuple[float, float, int]:
        task = proposals(self.make.seen(self.teacher, self.homework))[self.pupil.id].task
        return task.points, task.max_points, task.waits


def test_an_answer_that_waits_is_not_asked_again_and_its_points_arrive(make: Make, client: SchoolClient) -> None:
    desk = Desk(make)
    first = desk.do("1", "100", "Совесть — это судья.")
    desk.send_back()
    second = desk.do("2")
    assert [one.kind for one in items_asked(second)] == ["number"]
    assert desk.result() == (2, 7, 1), "no mark is suggested while the essay of the first round waits"
    client.sign_in(make.account_of(make.teacher_of(desk.course)))
    url = f"/s/{desk.course.school_id}/homework/{desk.homework.id}/review"
    page = client.get(url).text
    assert "Совесть — это судья." in page and f"/attempts/{first.id}/items/" in page
    essay = next(one for one in items_asked(first) if one.kind == ESSAY.kind)
    judged = f"/s/{desk.course.school_id}/attempts/{first.id}/items/{essay.id}/judgement"
    assert client.post(judged, data={"before": "", "level-0": "1", "level-1": "1"}).status_code == 303
    db.session.expire_all()
    assert desk.result() == (6, 7, 0)
    desk.send_back()
    third = desk.do("Совесть — это голос внутри нас.")
    assert [one.kind for one in items_asked(third)] == [ESSAY.kind] and third.carried == 2


def test_points_reach_a_round_that_is_still_under_way(make: Make) -> None:
    desk = Desk(make)
    first = desk.do("1", "100", "Совесть — это судья.")
    desk.send_back()
    going = desk.do("2", finish=False)
    desk.judge(first, [1, 1])
    assert desk.finish(going).points == 6


def test_a_key_put_right_between_two_rounds_never_takes_back(make: Make) -> None:
    wrong_key = [{"kind": "number", "prompt": "2 + 2", "key": {"value": "5"}}, *NUMBERS[:1]]
    desk = Desk(make, essay=False)
    desk.homework = make.homework(desk.course, task=make.task(desk.course.subject_id, wrong_key))
    first = desk.do("4", "1")
    desk.send_back()
    desk.do("7")
    assert desk.result()[0] == 1
    desk.rule(items_asked(first)[0], RulingKind.ACCEPT, "4")
    assert desk.result()[0] == 2, "«4» was right in the first round"
    other = Desk(make, essay=False)
    other.homework = make.homework(other.course, task=make.task(other.course.subject_id, wrong_key))
    first = other.do("4", "1")
    other.send_back()
    going = other.do("7", finish=False)
    other.rule(items_asked(first)[0], RulingKind.ACCEPT, "4")
    assert other.finish(going).points == 2


def test_a_question_that_counts_for_everybody_waits_no_longer_and_stays_full(make: Make) -> None:
    desk = Desk(make)
    first = desk.do("1", "2", "Совесть — это судья.")
    essay = items_asked(first)[-1]
    assert desk.result() == (2, 7, 1)
    desk.rule(essay, RulingKind.EVERYBODY)
    assert desk.result() == (7, 7, 0)
    desk.judge(first, [0, 0])
    assert desk.result() == (7, 7, 0), "a word of the teacher's, but no points less"


def test_a_late_answer_to_a_question_that_waits_is_the_one_to_judge(make: Make, client: SchoolClient) -> None:
    desk = Desk(make, test=TestWish(minutes=10))
    begun = desk.do("1", "2", "Начало.", finish=False)
    found = get_attempt(desk.me, begun.id)
    assert found is not None and begun.closes_at is not None
    with clock.stopped_at(begun.closes_at + timedelta(minutes=5)), unit_of_work():
        save_answer(desk.me, found, items_asked(found.row)[-1], new_id(), {"answer": "Начало и конец."}, 2, age=600)
        finish_attempt(desk.me, found)
    db.session.expire_all()
    with unit_of_work():
        let_late_answers_count(desk.teacher, begun)
    assert desk.result() == (2, 7, 1)
    client.sign_in(make.account_of(make.teacher_of(desk.course)))
    page = client.get(f"/s/{desk.course.school_id}/homework/{desk.homework.id}/review").text
    assert "Начало и конец." in page
    desk.judge(begun, [2, 1])
    assert desk.result()[0] > 2


@pytest.mark.parametrize("shuffled", [False, True])
def test_what_the_profile_makes_easier_holds_in_draws_rounds_and_closing(
    make: Make, client: SchoolClient, shuffled: bool
) -> None:
    desk = Desk(make, numbers=6, essay=False)
    task = make.task(desk.course.subject_id, NUMBERS)
    ids = [str(one.id) for one in shelf.items_of(db.session(), task)]
    sections = ({"title": "", "draws": [{"count": 2, "from": ids[:3]}]}, {"title": "Б", "draws": [{"from": ids[3:]}]})
    now = clock.now()
    wish = TestWish(minutes=20, closes_at=now + timedelta(minutes=25), is_shuffled=shuffled, sections=sections)
    deputy = make.actor(make.member(db.session.get_one(School, desk.course.school_id), "deputy"), "deputy")
    with unit_of_work():
        set_ease(deputy, desk.pupil, Ease(50, False, 50))
    desk.homework = make.homework(desk.course, task=task, test=wish)
    client.sign_in(make.account_of(desk.pupil))
    assert "30\N{NO-BREAK SPACE}минут" in client.get(f"/s/{desk.course.school_id}/homework/{desk.homework.id}").text
    begun = desk.do(None, None, None, finish=False)
    asked = [str(one.id) for one in items_asked(begun)]
    assert len(set(asked) & set(ids[:3])) == 1 and len(set(asked) & set(ids[3:])) == 2 and begun.max_points == 3
    assert begun.closes_at == begun.started_at + timedelta(minutes=30)
    desk.answer(begun, [one.spec["key"]["value"] for one in items_asked(begun)])
    desk.finish(begun)
    desk.send_back()
    again = desk.do(None, None, None, finish=False)
    assert [str(one.id) for one in items_asked(again)] == asked, "not shortened a second time"
