"""The sets of a pilot: one homework for the class, in which each pupil's questions come by their arm. As many in every arm.

Pages, families and the list of works show one homework with one title; which questions it has is a pupil's own, as in any
homework that fits each.
"""

import hashlib
import uuid
from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import cast

from sqlalchemy import Table, and_, bindparam, select

from school.classes.models import TeachingPost
from school.classes.queries import Learner, learners
from school.classes.queries.relations import SCHOOL, lasting
from school.classes.seen import SeenCourse
from school.core import clock
from school.core.access import Actor
from school.core.database import Id, db, new_id, read
from school.core.languages import gettext as _
from school.homework.actions import Wish, set_homework
from school.homework.models import HandInWay, Homework
from school.homework.queries import unit_choice
from school.homework.queries.fitting import OnOffer, on_offer
from school.homework.queries.setting import coming_lessons
from school.mastery.estimate.guessing import guess_of
from school.mastery.queries import Offered, variants_for
from school.people.models import Member
from school.pilots.actions.planning import held
from school.pilots.errors import CannotPilot
from school.pilots.models import Arm, Pilot, PilotRound
from school.pilots.queries import places_of, rounds_of
from school.pilots.seen import SeenPilot
from school.tasks.sheets import asked, gathered
from school.tracks.models import Mode
from school.tracks.queries.drawing import ten_minutes
from school.tracks.queries.planning import coming_topics, taught_topics

FRESH = 0.75
"""Of the common set; the rest is of earlier topics: a good teacher's homework, and no straw man."""
FEWEST, USUAL_MINUTES = 2, 2.0

post = cast("Table", TeachingPost.__table__)
member = cast("Table", Member.__table__)
_TEACHER = (
    select(member.c.id, member.c.account_id)
    .select_from(post.join(member, and_(member.c.school_id == SCHOOL, member.c.id == post.c.teacher_id)))
    .where(lasting(post), post.c.course_id == bindparam("course", type_=Id), member.c.account_id.is_not(None))
    .order_by(post.c.from_on, member.c.id)
    .limit(1)
)


def give_due(pilot: SeenPilot) -> int:
    """One set to each class that is behind its plan; what was missed is given on the next days. How many were given."""
    if pilot.row.drawn_at is None or pilot.is_stopped or clock.today() > pilot.times.ends_on:
        return 0
    due = pilot.times.rounds_due(clock.today(), pilot.row.sets)
    had: Counter[uuid.UUID] = Counter(one.course_id for one in rounds_of(pilot.school_id, pilot.id))
    today = {
        one.course_id
        for one in rounds_of(pilot.school_id, pilot.id)
        if clock.local(one.given_at).date() == clock.today()
    }
    given = 0
    for course in pilot.courses:
        if had[course.id] < due and course.id not in today:
            try:
                give_round(None, pilot, course, had[course.id] + 1)
                given += 1
            except CannotPilot:
                continue  # nothing to ask about yet: the next day tries again, and the page counts what is missing
    return given


def give_round(actor: Actor | None, pilot: SeenPilot, course: SeenCourse, number: int) -> PilotRound:
    """Set number ``number`` of a class; the same number again is the same set. Raises ``CannotPilot``."""
    row = held(pilot)
    before = db.session.scalars(
        select(PilotRound).where(
            PilotRound.school_id == row.school_id,
            PilotRound.pilot_id == row.id,
            PilotRound.course_id == course.id,
            PilotRound.number == number,
        )
    ).one_or_none()
    if before is not None:
        return before
    if row.drawn_at is None or row.stopped_at is not None:
        raise CannotPilot(_("Sets are given between the draw and the end of practice."))
    topic_id, offer = _topic(course)
    sets, common = _sets(row, course, number, topic_id, offer)
    homework = _set(actor or _teacher(course), course, offer, topic_id, (sets, common), _name(row, course, number))
    arms = {one.pupil_id: one.arm for one in places_of(row.school_id, row.id) if one.arm is not None}
    counts = {arm: [0, 0] for arm in row.arms}
    for pupil_id, items in sets.items():
        counts[arms[pupil_id]][0] += 1
        counts[arms[pupil_id]][1] += len(items)
    made = PilotRound(
        school_id=row.school_id,
        id=new_id(),
        pilot_id=row.id,
        course_id=course.id,
        number=number,
        homework_id=homework.id,
        given_at=clock.now(),
        counts=counts,
    )
    db.session.add(made)
    db.session.flush()
    return made


def _topic(course: SeenCourse) -> tuple[int, Mapping[uuid.UUID, OnOffer]]:
    """What lessons are about now, with questions."""
    for topic_id in [*taught_topics(course), *coming_topics(course)][:4]:
        offer = on_offer(course, topic_id)
        if sum(one.topic_id == topic_id for one in offer.values()) >= FEWEST:
            return topic_id, offer
    raise CannotPilot(_("There are no questions on what the lessons are about."))


def _sets(
    row: Pilot, course: SeenCourse, number: int, topic_id: int, offer: Mapping[uuid.UUID, OnOffer]
) -> tuple[dict[uuid.UUID, list[uuid.UUID]], list[uuid.UUID]]:
    """Questions of each pupil who takes part, equally many, and the common set."""
    arms = {
        one.pupil_id: Arm(one.arm)
        for one in places_of(row.school_id, row.id)
        if one.arm is not None and one.left_at is None and one.course_id == course.id
    }
    pupils = [one for one in learners(course, clock.today()) if one.id in arms]
    common = _common(row, course, number, topic_id, offer)
    fitting = _fitting(row, course, pupils, topic_id, offer)
    sets = {}
    for pupil in pupils:
        arm = arms[pupil.id]
        chosen: list[uuid.UUID] = []
        if arm in {Arm.HALF, Arm.TRACK}:
            mode = Mode.HALF if arm is Arm.HALF else Mode.TRACK
            picks = ten_minutes(row.school_id, pupil.id, row.subject_id, clock.now(), row.tasks, mode)
            chosen = [one.question.id for one in picks]
        # Where the own way has fewer topics than tasks, it is filled with what fits, so that no arm has less to do.
        rest = common if arm is Arm.SAME else [*fitting.get(pupil.id, ()), *common]
        sets[pupil.id] = list(dict.fromkeys([*chosen, *rest]))[: row.tasks]
    size = min([len(common), *map(len, sets.values())])
    if size < FEWEST:
        raise CannotPilot(_("There are no questions on what the lessons are about."))
    return {pupil_id: items[:size] for pupil_id, items in sets.items()}, common[:size]


def _common(
    row: Pilot, course: SeenCourse, number: int, topic_id: int, offer: Mapping[uuid.UUID, OnOffer]
) -> list[uuid.UUID]:
    """Three quarters of the topic of the week, a quarter of the last weeks'; what the class had already comes last."""
    had = _had(row, course)
    recent = set(taught_topics(course)) - {topic_id}

    def order(one: OnOffer) -> tuple[int, bytes]:
        return had[one.id], hashlib.sha256(f"{row.seed} {number} {one.id}".encode()).digest()

    fresh = sorted((one for one in offer.values() if one.topic_id == topic_id), key=order)
    old = sorted((one for one in offer.values() if one.topic_id in recent), key=order)
    n = max(1, round(FRESH * row.tasks)) if old else row.tasks
    chosen = [*fresh[:n], *old[: row.tasks - n]]
    rest = [one for one in [*fresh, *old, *sorted(offer.values(), key=order)] if one not in chosen]
    return list(dict.fromkeys(one.id for one in [*chosen, *rest]))[: row.tasks]


def _had(row: Pilot, course: SeenCourse) -> Counter[uuid.UUID]:
    """How often the common sets have asked each question."""
    sheets = db.session.scalars(
        select(Homework.sheet)
        .join(PilotRound, and_(PilotRound.school_id == Homework.school_id, PilotRound.homework_id == Homework.id))
        .where(
            Homework.school_id == row.school_id,
            PilotRound.school_id == row.school_id,
            PilotRound.pilot_id == row.id,
            PilotRound.course_id == course.id,
        )
    )
    return Counter(item for sheet in sheets if sheet for item in asked(sheet))


def _fitting(
    row: Pilot, course: SeenCourse, pupils: Sequence[Learner], topic_id: int, offer: Mapping[uuid.UUID, OnOffer]
) -> dict[uuid.UUID, list[uuid.UUID]]:
    offered = [Offered(one.id, (one.topic_id,), guess_of(one.item.kind, one.item.spec)) for one in offer.values()]
    made = variants_for(
        row.school_id, [one.id for one in pupils], course.subject_id, {topic_id}, offered, row.tasks, clock.now()
    )
    return {pupil_id: [cast("uuid.UUID", one.item) for one in picked] for pupil_id, picked in made.items()}


def _set(
    actor: Actor,
    course: SeenCourse,
    offer: Mapping[uuid.UUID, OnOffer],
    topic_id: int,
    chosen: tuple[Mapping[uuid.UUID, list[uuid.UUID]], list[uuid.UUID]],
    client_id: uuid.UUID,
) -> Homework:
    sets, common = chosen
    version_id = Counter(offer[one].version_id for one in common).most_common(1)[0][0]
    tomorrow = clock.today() + timedelta(1)
    lesson = next((one for one in coming_lessons(course, clock.now()) if one.on_date >= tomorrow), None)
    title = next(one.topic for one in offer.values() if one.topic_id == topic_id)
    minutes = sum(offer[one].minutes or USUAL_MINUTES for one in common)
    wish = Wish(
        text=title,
        way=HandInWay.TASK,
        minutes=max(5, min(60, round(minutes))),
        due_on=lesson.on_date if lesson is not None else tomorrow,
        due_lesson=lesson,
        unit=unit_choice(version_id),
        sheet=gathered(title, common),
        own={pupil_id: gathered(title, items) for pupil_id, items in sets.items()},
    )
    return set_homework(actor, course, None, wish, client_id)


def _name(row: Pilot, course: SeenCourse, number: int) -> uuid.UUID:
    return uuid.uuid5(row.id, f"{course.id} {number}")


def _teacher(course: SeenCourse) -> Actor:
    """The set stands in the journal as its teacher's homework."""
    values = {"school": course.school_id, "course": course.id, "today": clock.today()}
    rows = read(_TEACHER, values)
    if not rows:
        raise CannotPilot(_("This course has no teacher now."))
    member_id, account_id = rows[0]
    return Actor(
        account_id=account_id,
        sign_in_id=account_id,
        name="",
        locale="ru",
        theme="",
        school_id=course.school_id,
        member_id=member_id,
        roles=frozenset({"teacher"}),
    )
