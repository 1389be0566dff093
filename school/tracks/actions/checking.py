"""A diagnostic: short parts, each chosen after the one before, until the error is small; then it proposes a track."""

import uuid
from collections import Counter
from collections.abc import Sequence
from datetime import timedelta
from typing import cast

from sqlalchemy import Table, bindparam, select
from sqlalchemy.types import Double

from content_library.models import Subject
from school.classes.models import Course
from school.classes.queries.relations import SCHOOL
from school.classes.seen import SeenCourse
from school.core import clock
from school.core.access import Actor
from school.core.database import Id, db, new_id, read
from school.mastery.models import JudgedAnswer
from school.mastery.queries import needs_of, topics_named
from school.people.models import Member
from school.tasks.hooks import WHEN_FINISHED
from school.tasks.models import Attempt
from school.tracks.actions.making import OfPupil, Wish, propose_tracks
from school.tracks.actions.practising import begin
from school.tracks.actions.telling import tell_checked
from school.tracks.diagnosing import PART, error_of, is_enough
from school.tracks.models import Diagnostic, Practice, PracticeKind, Source
from school.tracks.queries.drawing import part_of_diagnostic
from school.tracks.queries.materials import asked_on
from school.tracks.queries.practised import under_way

FOUR_WEEKS = timedelta(28)
judged = cast("Table", JudgedAnswer.__table__)
_ANSWERS = select(judged.c.chance, judged.c.topics).where(
    judged.c.school_id == SCHOOL,
    judged.c.pupil_id == bindparam("pupil", type_=Id),
    judged.c.at >= bindparam("since", type_=Double),
    judged.c.left_out.is_(False),
)


def ask_check(actor: Actor, course: SeenCourse, pupils: Sequence[OfPupil], topics: Sequence[int]) -> int:
    """Let pupils do a diagnostic of a goal and what it rests on; whoever has one open keeps it. How many were asked."""
    below = needs_of(topics, depth=2)
    every = list(dict.fromkeys([*topics, *(need for one in below.values() for need in one)]))
    asked = asked_on(every)
    having = set(
        db.session.scalars(
            select(Diagnostic.pupil_id).where(
                Diagnostic.school_id == course.school_id,
                Diagnostic.course_id == course.id,
                Diagnostic.ended_at.is_(None),
            )
        )
    )
    goal = "; ".join(one.title for one in topics_named(topics).values())[:300]
    rows = [
        Diagnostic(
            school_id=course.school_id,
            id=new_id(),
            pupil_id=one.id,
            course_id=course.id,
            topics=[topic for topic in every if topic in asked],
            goal=goal,
            made_at=clock.now(),
            made_by=actor.account_id,
        )
        for one in pupils
        if one.id not in having and asked
    ]
    db.session.add_all(rows)
    db.session.flush()
    return len(rows)


def next_part(actor: Actor, pupil: Member, of: Diagnostic) -> Practice | None:
    """The part to go on with; None when it has ended."""
    db.session.refresh(of, with_for_update=True)
    going = db.session.scalars(
        select(Practice).where(
            Practice.school_id == of.school_id, Practice.diagnostic_id == of.id, Practice.ended_at.is_(None)
        )
    ).first()
    if going is not None or of.ended_at is not None:
        return going
    met = Counter(topic for _chance, topics in _answers(of) for topic in topics)
    picks = part_of_diagnostic(of.school_id, of.pupil_id, of.topics, met, clock.now(), PART)
    if not picks:
        _end(of)
        return None
    return begin(
        actor,
        pupil,
        picks,
        PracticeKind.DIAGNOSTIC,
        of.goal,
        subject=db.session.get_one(Subject, _course(of).subject_id),
        diagnostic=of,
    )


def go_on(_actor: Actor, attempt: Attempt) -> None:
    """After a part: the error as it is now; a small one ends the diagnostic."""
    practice = db.session.get(Practice, (attempt.school_id, attempt.given_for)) if attempt.given_for else None
    if practice is None or practice.diagnostic_id is None:
        return
    of = db.session.get_one(Diagnostic, (practice.school_id, practice.diagnostic_id))
    chances = [chance for chance, _topics in _answers(of)]
    of.error = error_of(chances)
    if of.ended_at is None and is_enough(chances, under_way(of.school_id, of.pupil_id, of.id).ended):
        _end(of)
    db.session.flush()


def _answers(of: Diagnostic) -> list[tuple[float, list[int]]]:
    """Answers since it was asked for on its own topics, in whatever work: others tell nothing of its goal."""
    values = {"school": of.school_id, "pupil": of.pupil_id, "since": of.made_at.timestamp()}
    return [(row[0], row[1]) for row in read(_ANSWERS, values) if not set(row[1]).isdisjoint(of.topics)]


def _end(of: Diagnostic) -> None:
    of.ended_at = clock.now()
    below = {need for needs in needs_of(of.topics, depth=2).values() for need in needs}
    goal = tuple(topic for topic in of.topics if topic not in below)
    wish = Wish(topics=goal or tuple(of.topics[:1]), by_on=clock.today() + FOUR_WEEKS, source=Source.DIAGNOSTIC)
    if propose_tracks(None, _course(of), [_Pupil(of.pupil_id)], wish):
        tell_checked(_course(of))


def _course(of: Diagnostic) -> Course:
    return db.session.get_one(Course, (of.school_id, of.course_id))


class _Pupil:
    def __init__(self, pupil_id: uuid.UUID) -> None:
        self.id = pupil_id


WHEN_FINISHED.append(go_on)
