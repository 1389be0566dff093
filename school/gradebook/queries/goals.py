"""What a pupil aims at in each subject, and the shortest ways there from the marks that stand."""

from dataclasses import dataclass, replace
from datetime import date
from typing import cast

from sqlalchemy import Table, bindparam, select
from sqlalchemy.types import Integer

from school.classes.queries.relations import SCHOOL
from school.classes.seen import SeenPupil
from school.core.database import Id, db, read
from school.gradebook.models import SubjectGoal
from school.gradebook.queries.acts import find_act
from school.gradebook.queries.journals import term_among
from school.gradebook.queries.subjects import SubjectTerm, counted_marks, find_pupil_term, terms_of_pupil
from school.gradebook.scale import Rules, Score, ways_to

goal = cast("Table", SubjectGoal.__table__)
_OF_SUBJECT = select(goal.c.target).where(
    goal.c.school_id == SCHOOL,
    goal.c.pupil_id == bindparam("pupil", type_=Id),
    goal.c.subject_id == bindparam("subject", type_=Integer),
)


@dataclass(frozen=True, slots=True)
class GoalLine:
    """A subject of the present term; ``term.ways`` lead to the goal where there is one."""

    term: SubjectTerm
    target: int | None
    is_reached: bool


@dataclass(frozen=True, slots=True)
class Aim:
    """The mark that a pupil wants in a subject, and the mean from which the act gives it, in hundredths."""

    target: int
    mean: int


def aim_of(pupil: SeenPupil, subject_id: int, on: date) -> Aim | None:
    """By the act in force on a day. One statement without a goal, two with one."""
    rows = read(_OF_SUBJECT, {"school": pupil.school_id, "pupil": pupil.id, "subject": subject_id})
    if not rows:
        return None
    act = find_act(pupil.school_id, on)
    return Aim(rows[0][0], (act.rules if act else Rules()).sure_from[rows[0][0]])


def goals_of(pupil: SeenPupil, locale: str) -> list[GoalLine]:
    """Every subject with marks in the present term, in the order of the marks' page."""
    terms = terms_of_pupil(pupil)
    chosen = term_among(terms, None)
    if chosen is None:
        return []
    act = find_act(pupil.school_id, chosen.starts_on)
    weights = {one.weight for one in act.works} if act else {1}
    targets = {
        row[0]: row[1]
        for row in db.session.execute(
            select(goal.c.subject_id, goal.c.target).where(
                goal.c.school_id == pupil.school_id, goal.c.pupil_id == pupil.id
            )
        )
    }
    lines = []
    for one in find_pupil_term(pupil, terms, chosen, locale).subjects:
        target = targets.get(one.subject_id)
        marks = counted_marks([each.mark for each in one.marks], one.rules)
        scores = [Score(each.sign.value or 0, each.weight, each.is_control) for each in marks]
        ways = tuple(ways_to(target, scores, weights, one.rules)) if target else ()
        reached = target is not None and one.mean is not None and one.mean >= one.rules.sure_from.get(target, 0)
        lines.append(GoalLine(replace(one, target=target, ways=ways), target, reached))
    return lines
