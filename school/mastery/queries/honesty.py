"""How honest the stored chances were, by subject."""

from datetime import datetime
from typing import cast

from sqlalchemy import Table, bindparam, select

from content_library.models import Subject
from school.classes.queries.relations import SCHOOL
from school.core.database import Moment, read
from school.mastery.estimate.honesty import Honesty, judge
from school.mastery.queries.levels import judged
from school.people.models import School

subject = cast("Table", Subject.__table__)
school = cast("Table", School.__table__)

_SCHOOLS = select(school.c.id).order_by(school.c.id)
_SUBJECTS = select(subject.c.id, subject.c.code)
_ANSWERS = select(judged.c.subject_id, judged.c.correct, judged.c.chance).where(
    judged.c.school_id == SCHOOL, judged.c.learned_at > bindparam("since", type_=Moment), judged.c.left_out.is_(False)
)


def honesty_by_subject(since: datetime) -> dict[str, Honesty]:
    """By code of the subject, over the answers that arrived after ``since`` in all schools."""
    answers: dict[int, tuple[list[int], list[float]]] = {}
    for (school_id,) in read(_SCHOOLS):
        for subject_id, correct, chance in read(_ANSWERS, {"school": school_id, "since": since}):
            came, foretold = answers.setdefault(subject_id, ([], []))
            came.append(int(correct))
            foretold.append(chance)
    codes = {row[0]: row[1] for row in read(_SUBJECTS)}
    return {codes[one]: judge(came, foretold) for one, (came, foretold) in sorted(answers.items())}
