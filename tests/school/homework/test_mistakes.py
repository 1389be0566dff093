"""Misconceptions that authors have named, counted over a homework; the words for its pupil, the names for its teacher."""

from sqlalchemy import select

from content_library import shelf
from school.core.database import db, new_id
from school.core.transactions import unit_of_work
from school.homework import actions
from school.homework.queries import CommonMistake, common_mistakes
from school.people.models import Member
from school.tasks.actions import finish_attempt, save_answer
from school.tasks.models import Verdict
from school.tasks.queries import get_attempt, shown_items
from tests.browsing import SchoolClient
from tests.factories import Make

ITEMS = [
    {
        "kind": "number",
        "prompt": "Сколько будет 1/2 + 1/4?",
        "key": {"value": "3/4"},
        "remarks": [
            {"when": {"value": "2/6"}, "says": "Доли разные.", "misconception": "Складывает знаменатели"},
            {"when": {"value": "1/8"}, "misconception": "Умножает вместо сложения"},
        ],
    }
]


def test_mistakes_are_counted_by_pupil(make: Make, client: SchoolClient) -> None:
    course, other = make.course(pupils=4), make.course(pupils=1)
    task = make.task(course.subject_id, ITEMS)
    homework, elsewhere = make.homework(course, task=task), make.homework(other, task=task)
    given = dict(zip(make.pupils_of(course), ("1/3", "2/6", "1/8", "3/4"), strict=True))
    (stranger,) = make.pupils_of(other)
    addresses = []
    for pupil, homework_of, answer in (
        *((pupil, homework, answer) for pupil, answer in given.items()),
        (stranger, elsewhere, "1/3"),
    ):
        me = make.actor(pupil, "pupil")
        with unit_of_work():
            attempt = actions.begin_task(me, make.seen(me, homework_of))
        seen = get_attempt(me, attempt.id)
        assert seen is not None
        item = shelf.get_item(db.session(), shown_items(seen.row)[0].id)
        assert item is not None
        with unit_of_work():
            save_answer(me, seen, item, new_id(), {"answer": answer}, 1)
            finish_attempt(me, seen)
        addresses.append(f"/s/{seen.school_id}/attempts/{seen.id}")
    teacher: Member = make.teacher_of(course)
    found = common_mistakes(make.seen(make.actor(teacher, "teacher"), homework))
    assert found == [CommonMistake("Складывает знаменатели", 2), CommonMistake("Умножает вместо сложения", 1)]
    right = db.session.scalars(select(Verdict).where(Verdict.school_id == course.school_id, Verdict.correct)).one()
    assert right.feedback["remarks"] == []

    account, url = make.account_of(next(iter(given))), f"/s/{course.school_id}/homework/{homework.id}/review"
    client.sign_in(account)
    own = client.get(addresses[0]).text
    assert "Доли разные." in own and "Складывает знаменатели" not in own
    client.sign_in(make.account_of(teacher))
    assert "Складывает знаменатели" in client.get(addresses[0]).text
    text = client.get(url).text
    assert "Частые ошибки" in text and "2 ученика" in text
