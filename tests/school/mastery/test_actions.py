"""The stored model: learns once, in the canonical order; the night makes versions; a teacher's word stands apart."""

import random
import uuid
from array import array
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from itertools import pairwise
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select, update

from content_library import Topic, shelf
from school.core import clock
from school.core.database import db, new_id
from school.core.transactions import unit_of_work
from school.mastery.actions import (
    InSubject,
    Told,
    learn_answers,
    lift_override,
    override_topic,
    refit,
    refitting,
    roll_back,
)
from school.mastery.actions.desk import BETWEEN_CHECKPOINTS
from school.mastery.estimate import elo, history, nightly
from school.mastery.estimate.features import SIZE
from school.mastery.estimate.packing import pack
from school.mastery.estimate.standing import Standing
from school.mastery.estimate.state import PupilState
from school.mastery.estimate.weights import DAY_0, chance
from school.mastery.models import ItemStanding, JudgedAnswer, ModelVersion, PupilLevel
from school.mastery.queries import (
    Offered,
    choose_next,
    honesty_by_subject,
    items_of,
    model_in_use,
    pupil_of,
    standing_of,
    suspicious_items,
    variants_for,
)
from school.people.models import Member
from school.tasks.actions import finish_attempt, save_answer, start_attempt
from school.tasks.queries import get_attempt
from tests.factories import Make

START = datetime(2026, 9, 7, 9, tzinfo=UTC).timestamp()
DAY = 86_400.0


class Class:
    """Pupils, two topics of one subject, and items of a task."""

    def __init__(self, make: Make, pupils: int = 1) -> None:
        course = make.course(pupils=pupils)
        make.course(pupils=1)  # another class, of which nothing may change
        self.pupils: list[Member] = make.pupils_of(course)
        self.subject_id = course.subject_id
        self.version = make.task(course.subject_id)
        self.items = [item.id for item in shelf.items_of(db.session(), self.version)]
        subject = make.subject()
        self.topics = [make.topic(subject, title=title).id for title in ("Доли", "Дроби")]
        self.school_id = self.pupils[0].school_id

    def told(self, n: int, seed: int = 1) -> list[Told]:
        rng = random.Random(seed)
        items = self.items
        return [
            Told(new_id(), items[k % len(items)], tuple(self.topics[: 1 + k % 2]), rng.random() < 0.6, START + k * DAY, 0.25 * (k % 2))
            for k in range(n)
        ]  # fmt: skip

    def learn(self, told: list[Told], pupil: int = 0) -> int:
        with unit_of_work():
            return learn_answers(None, InSubject(self.school_id, self.pupils[pupil].id, self.subject_id), told)

    def state(self, pupil: int = 0) -> PupilState:
        return pupil_of(self.school_id, self.pupils[pupil].id, self.subject_id)

    def replayed(self, pupil: int = 0) -> PupilState:
        """The pupil again from nothing but the answers as they were stored."""
        rows = db.session.scalars(
            select(JudgedAnswer).where(
                JudgedAnswer.school_id == self.school_id,
                JudgedAnswer.pupil_id == self.pupils[pupil].id,
                ~JudgedAnswer.left_out,
            )
        )
        facts = [
            history.Fact(row.at, str(row.answer_id), row.item_id, tuple(row.topics), int(row.correct), row.hard, row.guess)
            for row in rows
        ]  # fmt: skip
        return history.replay(PupilState(), facts)


def same(one: PupilState, other: PupilState) -> bool:
    one.skills, other.skills = dict(sorted(one.skills.items())), dict(sorted(other.skills.items()))
    return pack(one) == pack(other)


@pytest.fixture
def klass(make: Make) -> Class:
    return Class(make)


def test_a_finished_attempt_is_learned_from_once(make: Make) -> None:
    klass = Class(make)
    pupil = klass.pupils[0]
    me = make.actor(pupil, "pupil")
    with unit_of_work():
        seen = get_attempt(me, start_attempt(me, klass.version, pupil).id)
        assert seen is not None
        number = next(one for one in shelf.items_of(db.session(), klass.version) if one.kind == "number")
        save_answer(me, seen, number, new_id(), {"answer": "5/7"}, 1)
        finish_attempt(me, seen)
        finish_attempt(me, seen)
    (row,) = db.session.scalars(select(JudgedAnswer).where(JudgedAnswer.school_id == klass.school_id)).all()
    assert (row.pupil_id, row.item_id, row.subject_id) == (pupil.id, number.id, klass.subject_id)
    assert row.topics
    assert row.version_id == 0
    x = array("f")
    x.frombytes(row.features)
    assert len(x) == SIZE
    assert chance(DAY_0, x) == pytest.approx(row.chance, abs=1e-6)
    assert klass.state().n == 1


def test_the_same_answer_again_moves_nothing(klass: Class) -> None:
    told = klass.told(6)
    assert klass.learn(told) == 6
    before = pack(klass.state())
    assert klass.learn(told) == 0
    assert klass.learn([replace(told[5], answer_id=new_id(), at=told[5].at + 600)]) == 0, (
        "its right answer was just shown"
    )
    assert pack(klass.state()) == before


def test_a_replay_of_what_is_stored_is_exact_to_the_bit(klass: Class) -> None:
    told = klass.told(30)
    for k in range(0, 30, 3):
        klass.learn(told[k : k + 3])
    assert klass.state().n == 30
    assert same(klass.state(), klass.replayed())


@pytest.mark.parametrize("late", [20, BETWEEN_CHECKPOINTS + 26])
def test_late_answers_take_their_place(klass: Class, late: int) -> None:
    """Before the checkpoint as well as after it."""
    told = klass.told(BETWEEN_CHECKPOINTS + 30)
    held = told[late : late + 2]
    on_time = told[:late] + told[late + 2 :]
    for k in range(0, len(on_time), 40):
        klass.learn(on_time[k : k + 40])
    level = db.session.get_one(PupilLevel, (klass.school_id, klass.pupils[0].id, klass.subject_id))
    assert level.checkpoint
    assert klass.learn(held) == 2
    assert same(klass.state(), klass.replayed())
    assert klass.state().n == len(told)
    assert klass.state().at == told[-1].at


def test_pupils_do_not_touch_one_another(make: Make) -> None:
    klass = Class(make, pupils=2)
    klass.learn(klass.told(5))
    before = pack(klass.state(0))
    klass.learn(klass.told(5, seed=2), pupil=1)
    assert pack(klass.state(0)) == before
    assert klass.state(1).n == 5


@pytest.fixture
def small_nights(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(nightly, "FEWEST", 20)
    monkeypatch.setattr(nightly, "FEWEST_TO_JUDGE", 5)
    return


def test_a_night_makes_a_version_and_the_way_back(klass: Class) -> None:
    assert refit() is None
    klass.learn(klass.told(20))
    with unit_of_work():
        made = refit()
    assert made is not None
    assert (made.id, made.answers, model_in_use().version) == (1, 20, 1)
    assert tuple(made.weights) == DAY_0, "too few answers to fit weights"
    first = items_of(1, {klass.items[0]: ((klass.topics[0],), 0.0)})[0][klass.items[0]]
    assert first.n == 5
    assert first.d != 0.0
    assert first.levels[0].n == 20
    later = [replace(one, answer_id=new_id(), at=one.at + 30 * DAY) for one in klass.told(8)]
    klass.learn(later)
    newest = db.session.scalars(select(JudgedAnswer.version_id).where(JudgedAnswer.school_id == klass.school_id)).all()
    assert sorted(set(newest)) == [0, 1]
    with unit_of_work():
        assert refit() is not None
    with unit_of_work():
        back = roll_back()
    assert back is not None and back.id == 1 == model_in_use().version
    assert items_of(1, {klass.items[0]: ((), 0.0)})[0][klass.items[0]].n == 5
    klass.learn([replace(one, answer_id=new_id(), at=one.at + 60 * DAY) for one in klass.told(4)[1:]])
    with unit_of_work():
        third = refit()
    assert third is not None
    assert (third.id, third.base_id, third.answers) == (3, 1, 11), "the answers of the rejected night count again"
    assert db.session.scalar(select(func.count()).where(ModelVersion.in_use)) == 1
    with unit_of_work():
        roll_back()
        roll_back()
    assert model_in_use().version == 0


def test_levels_of_a_rejected_version_never_come_back(klass: Class) -> None:
    klass.learn(klass.told(4))
    with unit_of_work():
        refit()
    with unit_of_work():
        db.session.execute(update(ItemStanding).values(d=9.0))
        roll_back()
    db.session.execute(
        update(JudgedAnswer).where(JudgedAnswer.school_id == klass.school_id).values(item_id=klass.items[0])
    )
    with unit_of_work():
        refit()
    levels = items_of(2, dict.fromkeys(klass.items, ((), 0.0)))[0]
    assert all(level.d < 5 for level in levels.values())


def test_weights_that_foretell_the_last_day_worse_are_refused(
    klass: Class, small_nights: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    rng = random.Random(3)
    rows = [
        nightly.Row((1.0, *(rng.gauss(0, 1) for _ in range(SIZE - 1))), 1, 0.0, last_day=k >= 80) for k in range(100)
    ]
    good = nightly.propose(rows, DAY_0)
    assert good.accepted and good.loss_after is not None and good.loss_before is not None
    assert good.loss_after < good.loss_before
    turned = [replace(row, correct=0) if row.last_day else row for row in rows]
    bad = nightly.propose(turned, DAY_0)
    assert not bad.accepted
    assert bad.weights == DAY_0


def test_fitted_weights_are_used_and_kept_with_the_answers(
    klass: Class, small_nights: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    with unit_of_work():
        klass.learn([replace(one, correct=True) for one in klass.told(40)])
        db.session.execute(
            update(JudgedAnswer)
            .where(JudgedAnswer.school_id == klass.school_id, JudgedAnswer.at < START + 30 * DAY)
            .values(learned_at=clock.now() - 2 * refitting.LAST_DAY)
        )
    with unit_of_work():
        made = refit()
    assert made is not None
    assert made.loss_after is not None and made.loss_before is not None and made.loss_after < made.loss_before
    assert model_in_use().weights == tuple(made.weights) != DAY_0


def test_an_item_with_a_wrong_key_is_shown(app: Flask, make: Make) -> None:
    klass = Class(make, pupils=30)
    bad, *sound = klass.items
    rng = random.Random(8)
    for pupil in range(30):
        strong = pupil % 2 == 0
        told = [
            Told(new_id(), item, (klass.topics[0],), (rng.random() < (0.9 if strong else 0.4)) != (item == bad), START + k * DAY)
            for k, item in enumerate([*sound, bad, *sound, bad])
        ]  # fmt: skip
        klass.learn(told, pupil)
    with unit_of_work():
        refit()
    assert set(suspicious_items()) == {bad}
    (found,) = honesty_by_subject(clock.now() - refitting.LAST_DAY).values()
    assert found.n == 30 * 8
    assert found.auc > 0.5
    said = app.test_cli_runner().invoke(args=["mastery", "honesty"]).output
    assert f"item {bad}: " in said
    assert "240 answers" in said


def test_standing_and_the_teachers_word(make: Make, klass: Class) -> None:
    pupil, topic_id = klass.pupils[0], klass.topics[0]
    topic = db.session.get_one(Topic, topic_id)
    now = datetime.fromtimestamp(START + 41 * DAY, UTC)
    assert standing_of(klass.school_id, [pupil.id], klass.topics, now) == {}
    klass.learn([replace(one, correct=True) for one in klass.told(40)])
    seen = standing_of(klass.school_id, [pupil.id], klass.topics, now)[pupil.id, topic_id]
    assert seen.standing is Standing.FIRM
    assert (seen.estimate.n, seen.estimate.wins) == (40, 40)
    assert seen.estimate.chance > 0.8
    me = make.actor(pupil, "teacher")
    with unit_of_work():
        override_topic(me, pupil, topic, mastered=True, reason="ответил у доски")
        override_topic(me, pupil, topic, mastered=False)
    again = standing_of(klass.school_id, [pupil.id], klass.topics, now)[pupil.id, topic_id]
    assert again.standing is Standing.LEARNING
    assert again.estimate == seen.estimate
    with unit_of_work():
        lift_override(me, pupil, topic)
    assert standing_of(klass.school_id, [pupil.id], klass.topics, now)[pupil.id, topic_id] == seen


def test_the_next_item_is_of_the_topic_left_longest(klass: Class) -> None:
    one, two = klass.topics
    klass.learn(
        [
            Told(new_id(), klass.items[0], (one,), True, START),
            Told(new_id(), klass.items[1], (two,), True, START + 9 * DAY),
        ]
    )
    offered = [Offered(klass.items[2], (two,)), Offered(klass.items[3], (one,)), Offered(klass.items[0], (one,))]
    now = datetime.fromtimestamp(START + 10 * DAY, UTC)
    chosen: Any = choose_next(klass.school_id, klass.pupils[0].id, klass.subject_id, offered, now)
    assert chosen == offered[1], "the older topic, and of it the item that was not seen"
    assert choose_next(klass.school_id, klass.pupils[0].id, klass.subject_id, [], now) is None
    stranger = choose_next(klass.school_id, uuid.uuid4(), klass.subject_id, offered[:1], now)
    assert stranger == offered[0]


def test_everybody_gets_a_fitting_set_and_neighbours_different_ones(make: Make) -> None:
    klass = Class(make, pupils=4)
    one, two = klass.topics
    single = {"kind": "single", "prompt": "?", "options": ["1", "2"], "key": [0], "why": "!"}
    items = [item.id for item in shelf.items_of(db.session(), make.task(klass.subject_id, items=(single,) * 30))]
    for pupil in range(3):  # the fourth has answered nothing
        klass.learn([Told(new_id(), klass.items[k % 4], (one,), pupil > 0, START + k * DAY) for k in range(8)], pupil)
    offered = [Offered(item, (two,)) for item in items[:24]] + [Offered(item, (one,)) for item in items[24:]]
    seats = [pupil.id for pupil in klass.pupils]
    now = datetime.fromtimestamp(START + 20 * DAY, UTC)
    made = variants_for(klass.school_id, seats, klass.subject_id, [two], offered, 5, now)
    assert list(made) == seats
    topics = {item.item_id: item.topics[0] for item in offered}
    for pupil_id, picked in made.items():
        assert len({item.item for item in picked}) == 5
        old = [item for item in picked if topics[item.item] == one]  # type: ignore[index]
        assert len(old) == (0 if pupil_id == seats[3] else 1)
    for left, right in pairwise(made.values()):
        assert not {item.item for item in left} & {item.item for item in right}
    assert variants_for(klass.school_id, seats, klass.subject_id, [two], offered[:2], 5, now)[seats[0]]


def test_the_level_before_the_answer_is_kept_with_it(klass: Class) -> None:
    klass.learn(klass.told(3))
    rows = db.session.scalars(
        select(JudgedAnswer).where(JudgedAnswer.school_id == klass.school_id).order_by(JudgedAnswer.at)
    ).all()
    assert rows[0].strong == 0.0
    assert rows[1].strong != 0.0
    assert 0 < elo.expected(rows[1].strong, rows[1].hard, rows[1].guess) < 1
