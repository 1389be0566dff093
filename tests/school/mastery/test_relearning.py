"""A wrong key put right is unlearned: the pupil is to the bit as if the answers had been judged rightly at once."""

from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy import select, update

from content_library import shelf
from school.core import clock
from school.core.database import db, new_id
from school.core.jobs import Worker
from school.core.jobs.models import Job
from school.core.transactions import unit_of_work
from school.homework.actions import begin_task
from school.mastery.actions import InSubject, Told, learn_again, learn_answers
from school.mastery.actions.desk import BETWEEN_CHECKPOINTS
from school.mastery.actions.relearning import RELEARN, relearn
from school.mastery.estimate import history
from school.mastery.estimate.packing import pack
from school.mastery.estimate.state import PupilState
from school.mastery.models import JudgedAnswer, JudgedChange, PupilLevel, PupilTopic
from school.mastery.queries import pupil_of
from school.mastery.queries.evidence import evidence_of
from school.mastery.queries.mapping import map_of_hour
from school.tasks.actions import finish_attempt, rule_on_key, save_answer
from school.tasks.models import Attempt, ItemRuling, RulingKind, Verdict
from school.tasks.queries import get_attempt, items_asked
from tests.factories import Make

DAY = 86_400.0
WRONG_KEY = [
    {"kind": "number", "prompt": "2 + 2", "key": {"value": "5"}},
    {"kind": "number", "prompt": "3 + 3", "key": {"value": "6"}},
    {"kind": "number", "prompt": "4 + 4", "key": {"value": "8"}},
]


class Room:
    """A class that did a homework with a wrong key, after many answers of other days."""

    def __init__(self, make: Make, before: int = 0) -> None:
        self.make = make
        self.course = make.course(pupils=2)
        self.pupils = make.pupils_of(self.course)
        self.teacher = make.actor(make.teacher_of(self.course), "teacher")
        self.version = make.task(self.course.subject_id, WRONG_KEY)
        self.homework = make.homework(self.course, task=self.version)
        self.school_id = self.course.school_id
        self.topic = make.topic(make.subject(), title="Сложение").id
        other = [one.id for one in shelf.items_of(db.session(), make.task(self.course.subject_id))]
        self.whose = [InSubject(self.school_id, one.id, self.course.subject_id) for one in self.pupils]
        start = clock.now().timestamp() - (before + 1) * DAY
        told = [Told(new_id(), other[k % len(other)], (self.topic,), k % 3 > 0, start + k * DAY) for k in range(before)]
        self.before = told
        if told:
            with unit_of_work():
                learn_answers(None, self.whose[0], told)

    def do(self, pupil: int, *texts: str) -> Attempt:
        me = self.make.actor(self.pupils[pupil], "pupil")
        with unit_of_work():
            attempt = begin_task(me, self.make.seen(me, self.homework))
        found = get_attempt(me, attempt.id)
        assert found is not None
        with unit_of_work():
            for item, given in zip(items_asked(found.row), texts, strict=True):
                save_answer(me, found, item, new_id(), {"answer": given}, 1)
            return finish_attempt(me, found)

    def rule(self, kind: RulingKind, *accepts: str, item: int = 0) -> ItemRuling:
        asked = shelf.items_of(db.session(), self.version)[item]
        with unit_of_work():
            rule_on_key(self.teacher, asked, self.homework.id, kind, accepts)
        return db.session.scalars(
            select(ItemRuling).where(ItemRuling.school_id == self.school_id).order_by(ItemRuling.made_at.desc())
        ).first()  # type: ignore[return-value]

    def work(self, ruling: ItemRuling) -> None:
        with unit_of_work():
            relearn({"school_id": ruling.school_id, "ruling_id": str(ruling.id)})
        db.session.expire_all()

    def answers(self, pupil: int = 0) -> list[JudgedAnswer]:
        return list(
            db.session.scalars(
                select(JudgedAnswer)
                .where(JudgedAnswer.school_id == self.school_id, JudgedAnswer.pupil_id == self.pupils[pupil].id)
                .order_by(JudgedAnswer.at, JudgedAnswer.answer_id)
            )
        )

    def changes(self) -> list[tuple[bool, bool]]:
        rows = db.session.scalars(select(JudgedChange).where(JudgedChange.school_id == self.school_id))
        return [(one.correct, one.left_out) for one in rows]

    def packed(self, pupil: int = 0) -> bytes:
        state = pupil_of(self.school_id, self.pupils[pupil].id, self.course.subject_id)
        state.skills = dict(sorted(state.skills.items()))  # type: ignore[type-var]
        return pack(state)

    def replayed(self, pupil: int = 0) -> bytes:
        state = history.replay(
            PupilState(),
            [
                history.Fact(
                    one.at, str(one.answer_id), one.item_id, tuple(one.topics), int(one.correct), one.hard, one.guess
                )
                for one in self.answers(pupil)
                if not one.left_out
            ],
        )
        state.skills = dict(sorted(state.skills.items()))  # type: ignore[type-var]
        return pack(state)


@pytest.mark.parametrize("before", [0, 5, BETWEEN_CHECKPOINTS + 3])
def test_the_wrong_key_is_unlearned_to_the_bit_once(make: Make, before: int) -> None:
    room = Room(make, before)
    room.do(0, "4", "6", "0")
    room.do(1, "5", "6", "8")
    after = replace(room.before[0], answer_id=new_id(), at=clock.now().timestamp() + DAY) if before else None
    if after is not None:
        with unit_of_work():
            learn_answers(None, room.whose[0], [after])
    spoiled, other = room.packed(), room.packed(1)
    ruling = room.rule(RulingKind.ACCEPT, "4")
    assert room.packed() == spoiled, "a job does it"
    room.work(ruling)
    assert room.packed() == room.replayed() != spoiled
    assert room.packed(1) == other, "whose answer was right stays as he was"
    assert room.changes() == [(False, False)], "what it was taken for is kept"
    assert sum(one.correct for one in room.answers()) == sum(one.correct for one in room.before) + 2 + bool(
        after and after.correct
    )
    mended = room.packed()
    room.work(ruling)
    assert room.packed() == mended and room.changes() == [(False, False)]


def test_what_counts_for_everybody_says_nothing_of_anybody(make: Make) -> None:
    room = Room(make)
    room.do(0, "4", "6", "8")
    room.work(room.rule(RulingKind.EVERYBODY))
    assert [one.left_out for one in room.answers()] == [True, False, False]
    assert room.packed() == room.replayed()
    assert pupil_of(room.school_id, room.pupils[0].id, room.course.subject_id).n == 2
    topic = room.answers()[1].topics[0]
    seen = evidence_of(room.school_id, room.pupils[0].id, room.course.subject_id, topic)
    assert len(seen) == 2
    room.do(1, "5", "6", "8")
    assert len(room.answers(1)) == 2, "who hands in afterwards"
    assert room.packed(1) == room.replayed(1)


def test_a_topic_that_nothing_is_known_of_any_more_is_forgotten(make: Make) -> None:
    room = Room(make)
    room.do(0, "4", "6", "8")
    room.do(1, "0", "0", "0")
    for item in range(3):
        room.work(room.rule(RulingKind.EVERYBODY, item=item))
    assert not db.session.scalars(select(PupilTopic).where(PupilTopic.school_id == room.school_id)).all()
    level = db.session.get_one(PupilLevel, (room.school_id, room.pupils[0].id, room.course.subject_id))
    assert (level.n, level.theta) == (0, 0.0)


def test_pages_show_it_at_once(make: Make) -> None:
    """The map of the hour is kept until somebody answers, says something, or a verdict is put right."""
    room = Room(make)
    room.do(0, "4", "0", "0")
    ask: Any = (room.school_id, room.pupils[0].id, clock.now())
    before, *_ = map_of_hour(*ask)
    room.work(room.rule(RulingKind.ACCEPT, "4"))
    after, *_ = map_of_hour(*ask)
    assert after != before


def test_the_press_asks_for_one_job_and_the_worker_does_it(make: Make, app: Any) -> None:
    room = Room(make)
    room.do(0, "4", "6", "8")
    room.rule(RulingKind.ACCEPT, "4")
    spoiled = room.packed()
    relearn(dict(db.session.execute(select(Job.payload).where(Job.kind == RELEARN)).scalar_one()))
    db.session.rollback()  # the worker died before its commit
    assert room.packed() == spoiled and room.changes() == []
    db.session.rollback()
    Worker(app, periodic=False).run_until_empty()
    db.session.expire_all()
    assert room.packed() == room.replayed() != spoiled
    assert room.changes() == [(False, False)]


def test_a_second_late_answer_does_not_forget_the_first(make: Make) -> None:
    """One older than the checkpoint renews it: what comes late after it goes on from there."""
    room = Room(make, BETWEEN_CHECKPOINTS + 10)
    early, later = (replace(room.before[k], answer_id=new_id(), item_id=room.before[k + 1].item_id) for k in (2, -3))
    for one in (early, later):
        with unit_of_work():
            assert learn_answers(None, room.whose[0], [replace(one, at=one.at + DAY / 2)]) == 1
        assert room.packed() == room.replayed()


def test_a_judgement_put_right_is_taken_anew(make: Make) -> None:
    room = Room(make)
    attempt = room.do(0, "4", "6", "0")
    with unit_of_work():
        db.session.execute(
            update(Verdict)
            .where(Verdict.school_id == room.school_id, Verdict.attempt_id == attempt.id)
            .values(correct=False)
        )
    with unit_of_work():
        assert learn_again(None, attempt) == 1
        assert learn_again(None, attempt) == 0
    assert room.packed() == room.replayed()
