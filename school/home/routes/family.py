"""The parent's first page: one line a child, «всё спокойно» or the one thing."""

from dataclasses import dataclass
from datetime import timedelta

from flask.typing import ResponseReturnValue

from school.classes.queries.days import DayLesson, lessons_of_pupil
from school.core import clock
from school.core.access import Actor, Standing, requires
from school.core.pages import page
from school.core.scope import hold_to
from school.home.queries.absences import Absent, absences_on
from school.home.queries.children import Child, children_in
from school.home.queries.marks import NewMark, newest_marks
from school.home.routes import blueprint
from school.homework.queries.lists import homework_between
from school.homework.seen import PupilHomework

MARK_DAYS = timedelta(days=4)
WORK_DAYS = timedelta(days=14)
AHEAD = timedelta(days=7)
LOW = 2


@dataclass(frozen=True, slots=True)
class ChildToday:
    """What a parent wants to know of one child without a click."""

    child: Child
    school_name: str
    lesson: DayLesson | None
    """The one going on, or the next."""
    absent: list[Absent]
    marks: list[NewMark]
    due: list[PupilHomework]
    """For the next school day."""
    waiting: list[PupilHomework]
    """Past its day and not handed in."""

    @property
    def low_marks(self) -> list[NewMark]:
        """The marks to talk about."""
        return [one for one in self.marks if one.value == LOW]

    @property
    def thing(self) -> str:
        """The one thing, by its urgency; empty when all is calm."""
        if any(one.without_word for one in self.absent):
            return "absent"
        if self.low_marks:
            return "low"
        return "waiting" if len(self.waiting) > 1 else ""

    @property
    def minutes(self) -> int:
        """Work for the next school day that is still to do."""
        return sum(one.minutes for one in self.due if not one.is_done)


def is_parent(actor: Actor) -> bool:
    """Whoever is a legal representative in any school."""
    return any(one.kind == "parent" for one in actor.standings)


@blueprint.get("/family")
@requires(is_parent)
def family(actor: Actor) -> ResponseReturnValue:
    """All children, in all schools: a few statements a school."""
    children = [one for standing in actor.standings if standing.kind == "parent" for one in _of(actor, standing)]
    return page("home/family.html", children=children, today=clock.today(), now=clock.now())


def _of(actor: Actor, standing: Standing) -> list[ChildToday]:
    """The children that the actor follows in one school."""
    assert standing.school_id is not None and standing.member_id is not None  # noqa: S101, PT018 - parents belong to schools
    school_id, today = standing.school_id, clock.today()
    hold_to(frozenset({school_id}))
    children = children_in(school_id, standing.member_id, today)
    ids = [one.id for one in children]
    if not ids:
        return []
    marks = newest_marks(school_id, ids, today - MARK_DAYS, actor.locale)
    absent = absences_on(school_id, ids, today)
    return [
        _today(actor, one, standing.school_name, [m for m in marks if m.pupil_id == one.id], absent) for one in children
    ]


def _today(actor: Actor, child: Child, school: str, marks: list[NewMark], absent: list[Absent]) -> ChildToday:
    today = clock.today()
    lessons = lessons_of_pupil(child.school_id, child.id, today, today + AHEAD, actor.locale)
    coming = [one for one in lessons if one.is_held and one.ends_at > clock.now()]
    works = homework_between(child.school_id, child.id, today - WORK_DAYS, today + AHEAD, actor.locale)
    next_day = next((one.on_date for one in coming if one.on_date > today), None)
    return ChildToday(
        child=child,
        school_name=school,
        lesson=coming[0] if coming else None,
        absent=[one for one in absent if one.pupil_id == child.id],
        marks=marks,
        due=[one for one in works if one.due_on == next_day],
        waiting=[one for one in works if one.due_on < today and not one.is_done],
    )
