"""Works of a parallel that are nearly the same: this homework beside what the same year was set in the same subject at that time."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from itertools import product
from typing import Any, NamedTuple, cast

from sqlalchemy import Table, and_, bindparam, select
from sqlalchemy.types import Date

from content_library.models import Item
from school.classes.models import Course, StudyGroup
from school.classes.queries.relations import SCHOOL, teaches_course
from school.core import clock
from school.core.access import Actor
from school.core.database import Id, read
from school.homework.alike import looks_alike, marked, pairs_of
from school.homework.models import Submission, SubmissionPhoto
from school.homework.queries.loading import assignment, homework, member
from school.homework.seen import SeenHomework
from school.people.names import short_name
from school.tasks.kinds import BY_HAND
from school.tasks.models import Answer, AnswerFile, Verdict

submission, photo = cast("Table", Submission.__table__), cast("Table", SubmissionPhoto.__table__)
course, group = cast("Table", Course.__table__), cast("Table", StudyGroup.__table__)
verdict, answer = cast("Table", Verdict.__table__), cast("Table", Answer.__table__)
answer_file, item = cast("Table", AnswerFile.__table__), cast("Table", Item.__table__)

AROUND = timedelta(days=21)
"""Parallel classes are rarely farther apart."""
MOST_ROWS = 1500


class Piece(NamedTuple):
    """One text or file of one pupil."""

    homework_id: uuid.UUID
    pupil_id: uuid.UUID
    name: str
    group: str
    teaches: bool
    """The reader teaches this pupil's course, and so may open the work."""
    what: str
    look: str = ""


@dataclass(frozen=True, slots=True)
class Pair:
    """Two works that are nearly the same; ``mine`` is of this homework."""

    mine: Piece
    other: Piece
    percent: int
    """Of the shorter text; 100 for files."""
    files: int
    """Photographs that are the same; 0 for a pair of texts."""
    pieces: Sequence[tuple[str, bool]] = ()
    """The text of ``mine`` with what stands in the other too."""
    others: Sequence[tuple[str, bool]] = ()
    """The same of the other one, where the reader teaches its pupil."""


_group_of = group.c.name.label("group_name")
_WHOSE = (
    homework.c.id,
    assignment.c.pupil_id,
    member.c.family_name,
    member.c.given_name,
    _group_of,
    teaches_course(course).label("teaches"),
)
_FROM = (
    homework.join(course, and_(course.c.school_id == SCHOOL, course.c.id == homework.c.course_id))
    .join(group, and_(group.c.school_id == SCHOOL, group.c.id == course.c.group_id))
    .join(assignment, and_(assignment.c.school_id == SCHOOL, assignment.c.homework_id == homework.c.id))
    .join(member, and_(member.c.school_id == SCHOOL, member.c.id == assignment.c.pupil_id))
)
_PARALLEL = and_(
    homework.c.school_id == SCHOOL,
    homework.c.withdrawn_at.is_(None),
    homework.c.due_on.between(bindparam("since", type_=Date), bindparam("until", type_=Date)),
    course.c.subject_id == bindparam("subject"),
    group.c.year_level == bindparam("year"),
)
_newest = (
    select(submission.c.id)
    .where(submission.c.school_id == SCHOOL, submission.c.assignment_id == assignment.c.id)
    .order_by(submission.c.handed_in_at.desc(), submission.c.id.desc())
    .limit(1)
    .correlate(assignment)
    .scalar_subquery()
)
_sent = _FROM.join(submission, and_(submission.c.school_id == SCHOOL, submission.c.id == _newest))
_judged = _FROM.join(
    verdict, and_(verdict.c.school_id == SCHOOL, verdict.c.attempt_id == assignment.c.attempt_id)
).join(item, item.c.id == verdict.c.item_id)
_ORDER = (homework.c.id != bindparam("thing", type_=Id), member.c.sort_name, member.c.id)
_TEXTS = (
    select(*_WHOSE, submission.c.text)
    .select_from(_sent)
    .where(_PARALLEL, submission.c.text != "")
    .order_by(*_ORDER)
    .limit(MOST_ROWS)
)
_ANSWERS = (
    select(*_WHOSE, answer.c.given)
    .select_from(_judged.join(answer, and_(answer.c.school_id == SCHOOL, answer.c.id == verdict.c.answer_id)))
    .where(_PARALLEL, item.c.kind.in_(sorted(BY_HAND)))
    .order_by(*_ORDER)
    .limit(MOST_ROWS)
)
_PHOTOS = (
    select(*_WHOSE, photo.c.sha256, photo.c.look)
    .select_from(_sent.join(photo, and_(photo.c.school_id == SCHOOL, photo.c.submission_id == submission.c.id)))
    .where(_PARALLEL)
    .order_by(*_ORDER)
    .limit(MOST_ROWS)
)
_FILES = (
    select(*_WHOSE, answer_file.c.sha256)
    .select_from(
        _FROM.join(
            answer_file,
            and_(answer_file.c.school_id == SCHOOL, answer_file.c.attempt_id == assignment.c.attempt_id),
        )
    )
    .where(_PARALLEL)
    .order_by(*_ORDER)
    .limit(MOST_ROWS)
)


def alike_in_parallel(actor: Actor, of: SeenHomework) -> list[Pair]:
    """Pairs with a work of this homework in them, texts first, the most alike first. Four statements."""
    asked = {
        "school": of.school_id,
        "member": actor.member_id,
        "today": clock.today(),
        "thing": of.id,
        "since": of.due_on - AROUND,
        "until": of.due_on + AROUND,
        "subject": of.course.subject_id,
        "year": of.course.year_level,
    }
    texts = [_piece(row) for row in read(_TEXTS, asked)]
    texts += [_piece((*row[:6], row[6]["given"][0])) for row in read(_ANSWERS, asked) if row[6].get("given")]
    texts.sort(key=lambda one: one.homework_id != of.id)
    files = [_piece(row) for row in (*read(_PHOTOS, asked), *read(_FILES, asked))]
    return [*_texts(of, texts), *_files(of, files)]


def _piece(row: Sequence[Any]) -> Piece:
    homework_id, pupil_id, family, given, group_name, teaches, *what = row
    return Piece(homework_id, pupil_id, short_name(family, given), group_name, bool(teaches), *what)


def _texts(of: SeenHomework, texts: Sequence[Piece]) -> list[Pair]:
    found: dict[frozenset[uuid.UUID], Pair] = {}
    for pair in pairs_of([one.what for one in texts]):
        mine, other = texts[pair.one], texts[pair.other]  # those of this homework stand first
        both = frozenset((mine.pupil_id, other.pupil_id))
        if mine.homework_id != of.id or len(both) < 2 or both in found:
            continue
        seen = marked(other.what, mine.what) if other.teaches else ()
        found[both] = Pair(mine, other, round(100 * pair.share), 0, marked(mine.what, other.what), seen)
    return list(found.values())


def _files(of: SeenHomework, files: Sequence[Piece]) -> list[Pair]:
    mine = [one for one in files if one.homework_id == of.id]
    same: dict[frozenset[uuid.UUID], list[tuple[Piece, Piece]]] = {}
    for one, other in product(mine, files):
        if one.pupil_id == other.pupil_id or not (one.what == other.what or looks_alike(one.look, other.look)):
            continue
        same.setdefault(frozenset((one.pupil_id, other.pupil_id)), []).append((one, other))
    counted = {
        both: len({one.what for one, _other in pairs if one.pupil_id == pairs[0][0].pupil_id})
        for both, pairs in same.items()
    }
    return [Pair(*pairs[0], 100, counted[both]) for both, pairs in same.items()]
