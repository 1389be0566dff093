"""What a pupil can do now, what this week has changed, and how far the goals are."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import cast

from sqlalchemy import Table, bindparam, select

from school.classes.queries.relations import SCHOOL
from school.core import clock
from school.core.access import Actor
from school.core.database import Id, read
from school.mastery.estimate.standing import FEWEST, MASTERED, Standing
from school.mastery.queries import KnownTopic, lately_of_hour, map_of_hour
from school.progress.policy import sees_all_subjects
from school.progress.seen import SeenLearning
from school.tracks.models import Track, TrackState

WEEK = timedelta(days=7)
WON = frozenset({Standing.MASTERED, Standing.FIRM})

track = cast("Table", Track.__table__)
_GOALS = (
    select(track.c.goal, track.c.topics, track.c.by_on)
    .where(
        track.c.school_id == SCHOOL,
        track.c.pupil_id == bindparam("pupil", type_=Id),
        track.c.state == TrackState.APPROVED.value,
    )
    .order_by(track.c.by_on, track.c.id)
)


@dataclass(frozen=True, slots=True)
class Goal:
    """How far a goal is: topics won of those it names."""

    name: str
    won: int
    of: int
    by_on: date | None = None
    """None for a subject as a whole."""
    tint: int = 0
    topics: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Now:
    """Topics of the subjects that the reader may see."""

    topics: list[KnownTopic]
    answers: int
    """Of the last seven days."""
    right: int
    won_lately: list[KnownTopic]
    """Won now, and not yet a week ago."""
    goals: list[Goal]

    @property
    def can(self) -> list[KnownTopic]:
        """Won and not forgotten, what was practised last first."""
        return self._of(*WON)

    @property
    def practising(self) -> list[KnownTopic]:
        """Begun and not won yet, the nearest to it first."""
        return sorted(self._of(Standing.LEARNING), key=lambda one: -one.seen.estimate.chance)

    @property
    def fading(self) -> list[KnownTopic]:
        """Won once and left too long, the longest first."""
        return self._of(Standing.FADING)[::-1]

    def _of(self, *standings: Standing) -> list[KnownTopic]:
        found = [one for one in self.topics if one.seen.standing in standings]
        return sorted(found, key=lambda one: -one.seen.estimate.last_at)


def now_of(actor: Actor, learning: SeenLearning) -> Now:
    """Two statements while nobody answers, and two more the first time in an hour."""
    whole = sees_all_subjects(actor, learning)
    seen = {one.id for one in learning.subjects if whole or one.is_taught}
    now = clock.now()
    known, model, stamp = map_of_hour(learning.school_id, learning.id, now, actor.locale)
    topics = [one for one in known if one.topic.subject_id in seen]
    if not topics:
        return Now([], 0, 0, [], [])
    hour = now.replace(minute=0, second=0, microsecond=0)
    week = lately_of_hour(learning.school_id, learning.id, hour, WEEK.days, model, stamp)
    return Now(topics, week.answers, week.right, [one for one in topics if _is_new(one, week.before, week.of_topic[one.topic.id])], _goals(learning, topics))  # fmt: skip


def _is_new(one: KnownTopic, before: dict[int, float], lately_answered: int) -> bool:
    """Won by the answers of the week: the teacher's word is no change of the pupil."""
    if one.seen.estimate.standing not in WON or one.topic.id not in before:
        return False
    return before[one.topic.id] < MASTERED or one.seen.estimate.n - lately_answered < FEWEST


def _goals(learning: SeenLearning, topics: list[KnownTopic]) -> list[Goal]:
    won = {one.topic.id for one in topics if one.seen.standing in WON}
    named = [
        Goal(goal, len(won.intersection(of)), len(of), by_on, topics=frozenset(of))
        for goal, of, by_on in read(_GOALS, {"school": learning.school_id, "pupil": learning.id})
        if of
    ]
    by_subject: dict[int, list[KnownTopic]] = {}
    for one in topics:
        by_subject.setdefault(one.topic.subject_id, []).append(one)
    return [
        *named,
        *(
            Goal(
                some[0].subject,
                sum(one.topic.id in won for one in some),
                len(some),
                None,
                some[0].tint,
                frozenset(one.topic.id for one in some),
            )
            for some in by_subject.values()
        ),
    ]
