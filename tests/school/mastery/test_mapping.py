"""What one pupil has met, with the teacher's word; what topics rest on."""

from content_library import Topic, shelf
from content_library.models import Item, TopicNeed, Unit, UnitVersion
from school.core import clock
from school.core.database import db, new_id
from school.core.transactions import unit_of_work
from school.mastery.actions import InSubject, learn_answers, override_topic
from school.mastery.estimate.standing import Standing
from school.mastery.models import PupilLevel
from school.mastery.queries import map_of, map_of_hour, model_in_use, needs_of, standing_of, topics_named
from school.tasks.actions import Given, finish_attempt, save_answer, start_attempt
from school.tasks.queries import get_attempt
from school.tasks.sheets import gathered
from tests.factories import Make
from tests.school.mastery.test_actions import Class


def test_a_map_has_what_was_answered_and_what_was_said(make: Make) -> None:
    town = Class(make, pupils=2)
    pupil, other = town.pupils
    first, second = town.topics
    with unit_of_work():
        learn_answers(None, InSubject(town.school_id, pupil.id, town.subject_id), town.told(9))
        learn_answers(None, InSubject(town.school_id, other.id, town.subject_id), town.told(4, seed=5))
    said = make.topic(make.subject(), title="Проценты")
    stranger = make.actor(make.teacher(make.school()), "teacher")
    with unit_of_work():
        override_topic(stranger, pupil, said, mastered=True)
        override_topic(stranger, other, db.session.get_one(Topic, first), mastered=True)
    now = clock.now()
    found = {one.topic.id: one for one in map_of(town.school_id, pupil.id, now)}
    assert set(found) == {first, second, said.id}
    known = standing_of(town.school_id, [pupil.id], [first, second], now)
    assert {one: found[one].seen for one in (first, second)} == {key[1]: seen for key, seen in known.items()}
    assert found[said.id].seen.standing == Standing.MASTERED
    assert found[said.id].seen.estimate.n == 0
    assert found[said.id].topic.title == "Проценты"
    assert map_of(town.school_id + 1, pupil.id, now) == []


def test_needs_are_followed_so_deep(make: Make) -> None:
    subject = make.subject()
    a, b, c, d = (make.topic(subject, title=name).id for name in "абвг")
    make.save(*(TopicNeed(topic_id=one, needs_id=below) for one, below in ((a, b), (b, c), (c, d), (a, c))))
    assert needs_of([a]) == {a: (b, c), b: (c,), c: (d,), d: ()}
    assert needs_of([a], depth=1) == {a: (b, c)}
    assert [topics_named([d])[d].title] == ["г"]


def test_one_attempt_may_reach_into_another_subject(make: Make) -> None:
    course = make.course(pupils=1)
    (pupil,) = make.pupils_of(course)
    own = make.task(course.subject_id)
    other = make.task(make.subject().id)
    actor = make.actor(pupil, "pupil")
    items = [number_of(one) for one in (own, other)]
    with unit_of_work():
        attempt = start_attempt(actor, own, pupil, Given(sheet=gathered("", [one.id for one in items])))
        seen = get_attempt(actor, attempt.id)
        assert seen is not None
        for one in items:
            save_answer(actor, seen, one, new_id(), {"answer": ["1"]}, 1)
        finish_attempt(actor, seen)
    levels = db.session.query(PupilLevel).filter_by(school_id=pupil.school_id, pupil_id=pupil.id).all()
    assert {one.subject_id: one.n for one in levels} == {
        course.subject_id: 1,
        db.session.get_one(Unit, other.unit_id).subject_id: 1,
    }


def number_of(version: UnitVersion) -> Item:
    return next(one for one in shelf.items_of(db.session(), version) if one.kind == "number")


def test_a_page_reads_a_map_of_the_hour_and_answers_at_once(make: Make) -> None:
    town = Class(make, pupils=1)
    (pupil,) = town.pupils
    with unit_of_work():
        learn_answers(None, InSubject(town.school_id, pupil.id, town.subject_id), town.told(9))
    now = clock.now()
    hour = now.replace(minute=0, second=0, microsecond=0)
    first, model, _stamp = map_of_hour(town.school_id, pupil.id, now)
    assert model == model_in_use()
    assert list(first) == map_of(town.school_id, pupil.id, hour)
    again, _model, _stamp = map_of_hour(town.school_id, pupil.id, now)
    assert again is first, "nothing is reckoned twice"
    with unit_of_work():
        learn_answers(None, InSubject(town.school_id, pupil.id, town.subject_id), town.told(4, seed=5))
        override_topic(
            make.actor(make.teacher(make.school()), "teacher"), pupil, db.session.get_one(Topic, town.topics[0]), mastered=True
        )  # fmt: skip
    later, _model, _stamp = map_of_hour(town.school_id, pupil.id, now)
    assert list(later) == map_of(town.school_id, pupil.id, hour)
    assert later != first
