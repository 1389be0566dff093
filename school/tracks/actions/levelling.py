"""One lesson, three levels of the same material: made by one act, changed by teacher or pupil at any time."""

import uuid
from collections import Counter
from collections.abc import Mapping

from sqlalchemy import delete, select

from content_library import shelf
from school.classes.queries import learners
from school.classes.seen import SeenLesson
from school.core import clock
from school.core.access import Actor
from school.core.database import db, new_id
from school.core.languages import gettext as _
from school.mastery.estimate import elo
from school.mastery.queries import NamedTopic, items_of, model_in_use, standing_of
from school.people.models import Member
from school.tasks.actions import Given, start_attempt
from school.tasks.models import Attempt
from school.tasks.sheets import gathered
from school.tracks.errors import CannotTrack
from school.tracks.grouping import level_of, three_sets
from school.tracks.models import LessonLevel, LessonWork
from school.tracks.queries.materials import questions_on

COUNT = 6
LEVELS = (1, 2, 3)


def make_levels(actor: Actor, lesson: SeenLesson, topic: NamedTopic) -> LessonWork:
    """Three sets on a topic, and who begins with which by results. Made anew, levels that were set stay.

    Raises ``CannotTrack`` where there are too few questions to tell levels apart.
    """
    questions = {one.id: one for one in questions_on([topic.id])}
    known, _levels = items_of(model_in_use().version, {one.id: ((one.topic_id,), one.guess) for one in questions.values()})  # fmt: skip
    # A closed question is easier than an open one of which nothing is known yet.
    hard = {one: elo.hardness(level) - questions[one].guess for one, level in known.items()}
    sets = three_sets(list(questions), hard, COUNT)
    if not sets:
        raise CannotTrack(_("There are too few questions on this topic for three levels."))
    row = db.session.scalars(
        select(LessonWork).where(LessonWork.school_id == lesson.school_id, LessonWork.lesson_id == lesson.id)
    ).one_or_none()
    if row is None:
        row = LessonWork(school_id=lesson.school_id, id=new_id(), lesson_id=lesson.id)
        db.session.add(row)
    main = Counter(questions[one].version_id for one in sets[1]).most_common(1)[0][0]
    row.topic_id, row.title, row.unit_version_id = topic.id, topic.title, main
    row.sets = [[str(one) for one in ones] for ones in sets]
    row.made_at, row.made_by = clock.now(), actor.account_id
    db.session.flush()
    pupils = learners(lesson.course, lesson.on_date)
    seen = standing_of(lesson.school_id, [one.id for one in pupils], [topic.id], clock.now())
    have = set(db.session.scalars(select(LessonLevel.pupil_id).where(LessonLevel.school_id == row.school_id, LessonLevel.work_id == row.id)))  # fmt: skip
    set_levels(actor, row, {one.id: level_of(seen.get((one.id, topic.id))) for one in pupils if one.id not in have})
    return row


def set_levels(actor: Actor, work: LessonWork, levels: Mapping[uuid.UUID, int]) -> None:
    """Who works with which set from now on."""
    rows = {
        one.pupil_id: one
        for one in db.session.scalars(
            select(LessonLevel).where(LessonLevel.school_id == work.school_id, LessonLevel.work_id == work.id)
        )
    }
    for pupil_id, level in levels.items():
        if level not in LEVELS:
            continue
        row = rows.get(pupil_id)
        if row is None:
            row = LessonLevel(school_id=work.school_id, id=new_id(), work_id=work.id, pupil_id=pupil_id)
            db.session.add(row)
        elif row.level == level:
            continue
        row.level, row.set_at, row.set_by = level, clock.now(), actor.account_id
    db.session.flush()


def take_levels_away(_actor: Actor, work: LessonWork) -> None:
    """The lesson has no sets any more; attempts at them stay."""
    db.session.execute(
        delete(LessonLevel).where(LessonLevel.school_id == work.school_id, LessonLevel.work_id == work.id)
    )
    db.session.delete(work)
    db.session.flush()


def begin_level(actor: Actor, work: LessonWork, pupil: Member) -> Attempt:
    """The pupil's set as an attempt: the one under way at this level, else a new one."""
    level = db.session.scalars(
        select(LessonLevel.level).where(
            LessonLevel.school_id == work.school_id, LessonLevel.work_id == work.id, LessonLevel.pupil_id == pupil.id
        )
    ).one_or_none()
    items = work.sets[(level or 2) - 1]
    for going in db.session.scalars(
        select(Attempt).where(
            Attempt.school_id == work.school_id,
            Attempt.given_for == work.id,
            Attempt.pupil_id == pupil.id,
            Attempt.finished_at.is_(None),
        )
    ):
        if going.sheet and set(_asked(going)) <= set(items):
            return going
    version = shelf.get_version(db.session(), work.unit_version_id)
    if version is None:
        raise CannotTrack(_("There are no questions on this topic yet."))
    sheet = gathered(work.title, [uuid.UUID(one) for one in items])
    return start_attempt(actor, version, pupil, Given(given_for=work.id, sheet=sheet))


def _asked(attempt: Attempt) -> list[str]:
    return [one for section in (attempt.sheet or {})["sections"] for one in section["items"]]
