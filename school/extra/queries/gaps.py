"""Who shares which gap in a course, by the last answers of each pupil, the teacher's own word and named mistakes."""

import uuid
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import time, timedelta
from typing import Any, Final, cast

from sqlalchemy import Table, and_, bindparam, func, select
from sqlalchemy.types import Integer

from content_library.models import Item, Topic, UnitVersion
from school.classes.models import Enrolment, ExtraLesson, ExtraPlace
from school.classes.queries import learners
from school.classes.queries.relations import SCHOOL, lasting
from school.classes.seen import SeenCourse
from school.core import clock
from school.core.database import Id, Moment, db, read
from school.mastery.models import TopicOverride
from school.progress.queries.terms import years_of
from school.progress.queries.topics import TOPIC_OF_ITEM
from school.progress.scale import is_weak
from school.tasks.models import Attempt, Verdict
from school.tasks.queries.sealed import NOT_SEALED

attempt = cast("Table", Attempt.__table__)
verdict = cast("Table", Verdict.__table__)
item = cast("Table", Item.__table__)
version = cast("Table", UnitVersion.__table__)
topic = cast("Table", Topic.__table__)
place = cast("Table", Enrolment.__table__)
override = cast("Table", TopicOverride.__table__)
extra = cast("Table", ExtraLesson.__table__)
extra_place = cast("Table", ExtraPlace.__table__)

LAST: Final = 10
"""Answers of a pupil on a topic that count: what was wrong in September and is right now is no gap."""
FEWEST: Final = 6
MOST: Final = 8
"""Pupils at one extra lesson."""
RECENT: Final = timedelta(days=14)
"""Who was at a lesson on a topic so lately is not called to another one."""

_IN_GROUP = select(place.c.pupil_id).where(lasting(place), place.c.group_id == bindparam("group", type_=Id))
_answers = (
    select(
        attempt.c.pupil_id,
        topic.c.id.label("topic_id"),
        verdict.c.correct,
        verdict.c.feedback,
        func.row_number()
        .over(
            partition_by=(attempt.c.pupil_id, topic.c.id),
            order_by=(attempt.c.finished_at.desc(), verdict.c.id.desc()),
        )
        .label("back"),
    )
    .select_from(
        attempt.join(verdict, and_(verdict.c.school_id == SCHOOL, verdict.c.attempt_id == attempt.c.id))
        .join(item, item.c.id == verdict.c.item_id)
        .join(version, version.c.id == item.c.version_id)
        .join(topic, topic.c.id == TOPIC_OF_ITEM)
    )
    .where(
        attempt.c.school_id == SCHOOL,
        attempt.c.pupil_id.in_(_IN_GROUP),
        attempt.c.finished_at >= bindparam("since", type_=Moment),
        verdict.c.waits.is_(False),
        NOT_SEALED,
        topic.c.subject_id == bindparam("subject", type_=Integer),
    )
    .subquery()
)
_LAST = (
    select(_answers.c.pupil_id, _answers.c.topic_id, topic.c.title, _answers.c.correct, _answers.c.feedback)
    .select_from(_answers.join(topic, topic.c.id == _answers.c.topic_id))
    .where(_answers.c.back <= LAST)
    .order_by(topic.c.year_level, topic.c.position, topic.c.id)
)
_OVERRIDES = (
    select(override.c.pupil_id, override.c.topic_id, override.c.mastered)
    .where(override.c.school_id == SCHOOL, override.c.pupil_id.in_(_IN_GROUP), override.c.lifted_at.is_(None))
    .order_by(override.c.set_at)
)
_INVITED = (
    select(extra_place.c.pupil_id, extra.c.topic_id)
    .select_from(extra_place.join(extra, and_(extra.c.school_id == SCHOOL, extra.c.id == extra_place.c.extra_id)))
    .where(
        extra_place.c.school_id == SCHOOL,
        extra_place.c.reply != "no",
        extra_place.c.course_id == bindparam("course", type_=Id),
        extra.c.cancelled_at.is_(None),
        extra.c.starts_at > bindparam("lately", type_=Moment),
    )
)


@dataclass(frozen=True, slots=True)
class PupilGap:
    """A pupil at a topic."""

    id: uuid.UUID
    name: str
    course_id: uuid.UUID
    group: str
    """Of the course in which the pupil has it."""
    right: int
    answers: int
    says: bool | None
    """The teacher's own word: can do it, not yet; None when nothing was said."""
    invited: bool
    """To a lesson on this topic that is to come or was lately."""

    @property
    def shares(self) -> bool:
        """Whether the pupil has the gap: the teacher's word before the answers."""
        return is_weak(self.right, self.answers) if self.says is None else not self.says


@dataclass(frozen=True, slots=True)
class Gap:
    """A topic of a course, or of parallel ones: everybody of the groups, those who share the gap first, the largest gap first."""

    course: SeenCourse
    topic_id: int
    title: str
    pupils: tuple[PupilGap, ...]
    mistakes: tuple[tuple[str, int], ...]
    """Misconceptions that authors have named, each with how many pupils show it; the commonest first."""
    others: tuple[SeenCourse, ...] = ()
    """Parallel courses whose pupils stand among these."""

    @property
    def courses(self) -> tuple[SeenCourse, ...]:
        """The course that offers the lesson and the others."""
        return (self.course, *self.others)

    @property
    def groups(self) -> str:
        """«7А, 7Б»."""
        return ", ".join(one.group for one in self.courses)

    @property
    def looked_at(self) -> tuple[uuid.UUID | None, uuid.UUID | None]:
        """The whole group."""
        return None, self.course.group_id

    @property
    def sharing(self) -> list[PupilGap]:
        """Those who share it."""
        return [one for one in self.pupils if one.shares]

    @property
    def to_invite(self) -> list[PupilGap]:
        """Whom a lesson would be for now."""
        return [one for one in self.sharing if not one.invited][:MOST]

    @property
    def is_proposed(self) -> bool:
        """Whether the program proposes a lesson by itself."""
        return len(self.to_invite) >= FEWEST


def gaps_of(course: SeenCourse) -> list[Gap]:
    """The topics with answers or a teacher's word, those shared by most first. Five statements."""
    today = clock.today()
    year = years_of(course.school_id, [course.regime_id], today)[course.regime_id]
    if year.starts_on is None:
        return []
    values: dict[str, Any] = {
        "school": course.school_id, "group": course.group_id, "subject": course.subject_id, "course": course.id,
        "today": today, "since": clock.moscow(year.starts_on, time()), "lately": clock.now() - RECENT,
    }  # fmt: skip
    titles: dict[int, str] = {}
    counts: dict[tuple[int, uuid.UUID], list[int]] = defaultdict(lambda: [0, 0])
    mistakes: dict[int, set[tuple[str, uuid.UUID]]] = defaultdict(set)
    for pupil_id, topic_id, title, correct, feedback in read(_LAST, values):
        titles[topic_id] = title
        count = counts[topic_id, pupil_id]
        count[0] += bool(correct)
        count[1] += 1
        mistakes[topic_id] |= {(name, pupil_id) for _says, name in (feedback or {}).get("remarks", ()) if name}
    said = {(topic_id, pupil_id): mastered for pupil_id, topic_id, mastered in read(_OVERRIDES, values)}
    invited = {(topic_id, pupil_id) for pupil_id, topic_id in read(_INVITED, values)}
    names = [(one.id, one.short_name) for one in learners(course, today)]
    found = []
    for topic_id, title in titles.items():
        pupils = []
        for pupil_id, name in names:
            pair = topic_id, pupil_id
            right, answers = counts.get(pair, (0, 0))
            pupils.append(
                PupilGap(pupil_id, name, course.id, course.group, right, answers, said.get(pair), pair in invited)
            )
        found.append(Gap(course, topic_id, title, tuple(_worst_first(pupils)), _counted(mistakes[topic_id])))
    return sorted(found, key=lambda one: -len(one.sharing))


def gap_of(course: SeenCourse, topic_id: int) -> Gap | None:
    """One topic of the course's subject, also one without answers: a teacher may know more than the program."""
    found = next((one for one in gaps_of(course) if one.topic_id == topic_id), None)
    if found is not None:
        return found
    of_subject = db.session.get(Topic, topic_id)
    if of_subject is None or of_subject.subject_id != course.subject_id:
        return None
    people = [
        PupilGap(one.id, one.short_name, course.id, course.group, 0, 0, None, invited=False)
        for one in learners(course, clock.today())
    ]
    return Gap(course, topic_id, of_subject.title, tuple(people), ())


def together(gaps: Sequence[Gap]) -> Gap:
    """One topic over parallel courses; the first of them offers the lesson."""
    first, *rest = gaps
    if not rest:
        return first
    pupils = {one.id: one for gap in reversed(gaps) for one in gap.pupils}
    mistakes: Counter[str] = Counter()
    for gap in gaps:
        mistakes.update(dict(gap.mistakes))
    in_order = sorted(pupils.values(), key=lambda one: (one.group, one.name))
    return replace(
        first,
        pupils=tuple(_worst_first(in_order)),
        mistakes=tuple(mistakes.most_common()),
        others=tuple(gap.course for gap in rest),
    )


def proposals_among(gaps: Sequence[Gap], buildings: Mapping[uuid.UUID, uuid.UUID]) -> list[Gap]:
    """The gaps for which a lesson is proposed: of one course where enough share it, else of parallel courses of one building.

    ``buildings`` are those of the groups.
    """
    found = [one for one in gaps if one.is_proposed]
    alike: dict[tuple[int, int, uuid.UUID], list[Gap]] = defaultdict(list)
    for one in gaps:
        if one.to_invite and not one.is_proposed:
            alike[one.topic_id, one.course.year_level, buildings[one.course.group_id]].append(one)
    for few in alike.values():
        both = together(sorted(few, key=lambda one: (one.course.group, one.course.id)))
        if both.is_proposed:
            found.append(both)
    return found


def _worst_first(pupils: Sequence[PupilGap]) -> list[PupilGap]:
    """Those who share the gap by the share of right answers, then all others by name."""
    return sorted(
        pupils, key=lambda one: (not one.shares, one.right / one.answers if one.answers and one.shares else 0)
    )


def _counted(mistakes: set[tuple[str, uuid.UUID]]) -> tuple[tuple[str, int], ...]:
    return tuple(Counter(name for name, _pupil in mistakes).most_common())
