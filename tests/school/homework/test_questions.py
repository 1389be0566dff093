"""Questions of a homework: their numbers, a wrong key put right with a look first and history kept, late answers let in."""

import re
from datetime import timedelta
from typing import Any

import pytest

from content_library import shelf
from school.core import clock
from school.core.database import db, new_id
from school.core.transactions import unit_of_work
from school.homework.actions import TestWish, begin_task
from school.homework.queries import proposals
from school.tasks.actions import NothingChanges, finish_attempt, rule_on_key, save_answer
from school.tasks.models import Attempt, RulingKind
from school.tasks.queries import get_attempt, items_asked
from school.tasks.queries.questions import (
    changes_by,
    history_of,
    is_among,
    question_reports,
    recounted_within,
    with_late_answers,
)
from tests.browsing import SchoolClient
from tests.factories import Make

ITEMS = [
    {"kind": "number", "prompt": "2 + 2", "key": {"value": "5"}},  # the wrong key
    {"kind": "number", "prompt": "3 + 3", "key": {"value": "6"}},
    {"kind": "number", "prompt": "4 + 4", "key": {"value": "8"}},
]
GIVEN = (("4", "6", "8"), ("4", "6", "7"), ("5", "0", "0"), (None, "6", "8"))


class Class:
    def __init__(self, make: Make, **wish: Any) -> None:
        self.make = make
        self.course = make.course(pupils=4)
        self.pupils = make.pupils_of(self.course)
        self.teacher = make.actor(make.teacher_of(self.course), "teacher")
        self.homework = make.homework(self.course, task=make.task(self.course.subject_id, ITEMS), **wish)
        noise = make.course(pupils=1)
        other = make.homework(noise, task=make.task(noise.subject_id, ITEMS))
        self.do(make.pupils_of(noise)[0], other, ("1", "1", "1"))

    def do(self, pupil: Any, homework: Any, texts: Any, *, finish: bool = True) -> Attempt:
        me = self.make.actor(pupil, "pupil")
        with unit_of_work():
            attempt = begin_task(me, self.make.seen(me, homework))
        found = get_attempt(me, attempt.id)
        assert found is not None
        with unit_of_work():
            for item, text in zip(items_asked(found.row), texts, strict=True):
                if text is not None:
                    save_answer(me, found, item, new_id(), {"answer": text}, 1)
            return finish_attempt(me, found) if finish else found.row

    def all_do(self) -> list[Attempt]:
        return [self.do(pupil, self.homework, texts) for pupil, texts in zip(self.pupils, GIVEN, strict=True)]

    def reports(self) -> Any:
        return question_reports(self.homework.school_id, self.homework.id)


def test_numbers_of_each_question(make: Make) -> None:
    room = Class(make)
    room.all_do()
    wrong, second, third = room.reports()
    assert [one.facts.n for one in (wrong, second, third)] == [4, 4, 4]
    assert [one.facts.facility for one in (wrong, second, third)] == [0.25, 0.75, 0.5]
    assert wrong.facts.discrimination < 0
    assert [(one.given, one.count, one.correct) for one in wrong.answers] == [
        ("4", 2, False),
        ("5", 1, True),
        ("—", 1, False),
    ]
    assert wrong.wrong == ("4",)


def test_a_wrong_key_is_put_right_and_nobody_loses(make: Make) -> None:
    room = Class(make)
    attempts = room.all_do()
    item = room.reports()[0].item
    school, within = room.homework.school_id, room.homework.id
    changes = changes_by(school, within, item, RulingKind.ACCEPT, ["4"])
    assert [(one.before, one.after) for one in changes] == [(2, 3), (1, 2)]
    assert attempts[0].points == 2  # a look changes nothing
    with unit_of_work():
        rule_on_key(room.teacher, item, within, RulingKind.ACCEPT, ["4"], "Опечатка в ключе")
    db.session.expire_all()
    points = [db.session.get_one(Attempt, (school, one.id)).points for one in attempts]
    assert points == [3, 2, 1, 2]
    (step,) = history_of(attempts[0])[item.id]
    assert (step.points_before, step.points_after) == (0, 1)
    assert history_of(attempts[2]) == {}
    assert proposals(make.seen(room.teacher, room.homework))[room.pupils[0].id].proposed == 5
    with pytest.raises(NothingChanges):
        rule_on_key(room.teacher, item, within, RulingKind.ACCEPT, ["4"])
    with unit_of_work():
        rule_on_key(room.teacher, item, within, RulingKind.EVERYBODY)
    assert db.session.get_one(Attempt, (school, attempts[3].id)).points == 3


def test_the_whole_history_stands_at_its_question(make: Make, client: SchoolClient) -> None:
    room = Class(make, test=TestWish(minutes=10))
    room.all_do()
    first, second, _third = (one.item for one in room.reports())
    within = room.homework.id
    with unit_of_work():
        rule_on_key(room.teacher, first, within, RulingKind.ACCEPT, ["4"])
    with unit_of_work():
        rule_on_key(room.teacher, first, within, RulingKind.EVERYBODY)
    with unit_of_work():
        rule_on_key(room.teacher, second, within, RulingKind.EVERYBODY)
    found = recounted_within(room.homework.school_id, within)
    one, two, three, four = (pupil.id for pupil in room.pupils)
    assert [act.lines for act in found[first.id]] == [[(one, 0, 1), (two, 0, 1)], [(four, 0, 1)]]
    assert [act.lines for act in found[second.id]] == [[(three, 0, 1)]]
    assert not any(act.is_late for some in found.values() for act in some)
    client.sign_in(make.account_of(make.teacher_of(room.course)))
    page = client.get(f"/s/{room.homework.school_id}/homework/{within}/questions").text
    history = re.findall(r'<details class="more recounted">.*?</details>', page, re.DOTALL)
    assert [one.count("было 0, стало 1") for one in history] == [3, 1]
    assert recounted_within(room.homework.school_id, new_id()) == {}


def test_a_wrong_answer_that_was_let_in_is_not_called_right(make: Make, client: SchoolClient) -> None:
    room = Class(make)
    attempts = room.all_do()
    url = f"/s/{room.homework.school_id}/attempts/"
    with unit_of_work():
        rule_on_key(room.teacher, room.reports()[0].item, room.homework.id, RulingKind.EVERYBODY)
    client.sign_in(make.account_of(room.pupils[0]))
    first = client.get(f"{url}{attempts[0].id}").text.partition("Вопрос 2")[0]
    assert "Пересчитано " in first and "было 0, стало 1." in first
    assert "засчитан полностью" in first and re.search(
        "Верный ответ</dt><dd>5<.*Мой ответ</dt><dd>4<", first, re.DOTALL
    )
    client.sign_in(make.account_of(room.pupils[2]))
    right = client.get(f"{url}{attempts[2].id}").text.partition("Вопрос 2")[0]
    assert (
        "засчитан полностью" not in right
        and "Пересчитано" not in right
        and "Верный ответ</dt><dd>5<" in right
        and "Мой ответ" not in right
    )


@pytest.mark.parametrize("inside", [False, True])
def test_a_ruling_in_an_older_spelling_means_the_same_answer(make: Make, inside: bool) -> None:
    """Rulings once named options in the order that one pupil happened to see."""
    task = {"kind": "multiple", "prompt": "Какие?", "options": ["а", "б", "в", "г"], "key": [0]}
    whole = {
        "kind": "multipart",
        "material": "Текст.",
        "parts": [task, {"kind": "number", "prompt": "2", "key": {"value": "3"}}],
    }
    item = shelf.items_of(db.session(), make.task(items=(whole if inside else task,)))[0]
    old, new = "г; б", "б; г"
    if inside:
        old, new = (f"1) Какие? — {one}; 2) 2 — 3" for one in (old, new))
    assert is_among(item, new, [old]) and is_among(item, old, [old])
    assert not is_among(item, new.replace("б", "в"), [old])


def test_who_hands_in_later_is_judged_by_the_ruling_too(make: Make) -> None:
    room = Class(make)
    room.do(room.pupils[0], room.homework, GIVEN[0])
    item = room.reports()[0].item
    with unit_of_work():
        rule_on_key(room.teacher, item, room.homework.id, RulingKind.ACCEPT, ["4"])
    assert room.do(room.pupils[1], room.homework, GIVEN[1]).points == 2


def test_late_answers_count_when_the_teacher_says_so(make: Make) -> None:
    room = Class(make, test=TestWish(minutes=10))
    pupil = room.pupils[0]
    me = make.actor(pupil, "pupil")
    attempt = room.do(pupil, room.homework, ("5", None, None), finish=False)
    found = get_attempt(me, attempt.id)
    assert found is not None
    with clock.stopped_at(attempt.closes_at + timedelta(minutes=5)), unit_of_work():
        save_answer(me, found, items_asked(found.row)[1], new_id(), {"answer": "6"}, 1, age=600)
        assert finish_attempt(me, found).points == 1
    ((late, count),) = with_late_answers(room.homework.school_id, room.homework.id)
    assert (late.id, count) == (attempt.id, 1)


def test_in_the_browser(make: Make, client: SchoolClient) -> None:
    room = Class(make, test=TestWish(minutes=10))
    attempts = [room.do(pupil, room.homework, texts) for pupil, texts in zip(room.pupils[:3], GIVEN, strict=False)]
    me = make.actor(room.pupils[3], "pupil")
    last = room.do(room.pupils[3], room.homework, (None, "6", None), finish=False)
    found = get_attempt(me, last.id)
    assert found is not None
    with clock.stopped_at(last.closes_at + timedelta(minutes=5)), unit_of_work():
        save_answer(me, found, items_asked(found.row)[2], new_id(), {"answer": "8"}, 1, age=600)
        finish_attempt(me, found)
    url = f"/s/{room.homework.school_id}/homework/{room.homework.id}"
    client.sign_in(make.account_of(make.teacher_of(room.course)))
    page = client.get(f"{url}/questions").text
    assert "2 + 2" in page and "Решили" in page and "Исправить ключ" in page and "Засчитать" in page
    item = room.reports()[0].item
    look = client.get(f"{url}/questions/{item.id}/ruling?kind=accept&accept=4").text
    assert "У кого изменится результат" in look and re.search(r"3 из 3", look)
    assert attempts[0].points == 2
    assert client.get(f"{url}/questions/{item.id}/ruling?kind=x").status_code == 400
    assert client.get(f"{url}/questions/{new_id()}/ruling?kind=everybody").status_code == 404
    assert (
        client.post(
            f"{url}/questions/{item.id}/ruling", data={"kind": "accept", "accept": "4", "reason": "Опечатка"}
        ).status_code
        == 303
    )
    assert client.post(f"{url}/late/{room.pupils[3].id}").status_code == 303
    db.session.expire_all()
    assert db.session.get_one(Attempt, (last.school_id, last.id)).points == 2
    page = client.get(f"{url}/questions").text
    assert "Ключ исправлен" in page and "Опечатка" in page and "пришедшие после" not in page
    client.sign_in(make.account_of(room.pupils[0]))
    assert client.get(f"{url}/questions").status_code == 404
    assert client.post(f"{url}/questions/{item.id}/ruling", data={"kind": "everybody"}).status_code == 404
    assert client.post(f"{url}/late/{room.pupils[3].id}").status_code == 404
