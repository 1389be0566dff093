"""Reports of a subject teacher, of the school, and a journal on paper."""

from itertools import chain

from flask import abort, request
from flask.typing import ResponseReturnValue

from school.classes.queries import get_course
from school.classes.seen import SeenCourse
from school.core.access import Actor, requires
from school.core.shell import Crumb, address_of
from school.reports.papers import printed_journal, school_absences, school_results, teacher_report, work_spared
from school.reports.policy import may_print_journal, may_report_school, may_report_teacher
from school.reports.queries import (
    get_teacher,
    journal_book,
    period_among,
    periods_of_class,
    periods_of_school,
    school_book,
    teacher_book,
)
from school.reports.queries.spared import bags, counted
from school.reports.queries.tables import school_name
from school.reports.routes.answering import answer, trail
from school.reports.routes.blueprint import blueprint
from school.reports.seen import Period, SeenTeacher
from school.reports.spared import jobs_of

SCHOOL_PAPERS = {"results": school_results, "absences": school_absences}


@blueprint.get("/members/<uuid:member_id>/teacher-report")
@requires(may_report_teacher, member=get_teacher)
def of_teacher(actor: Actor, member: SeenTeacher) -> ResponseReturnValue:
    """A subject teacher's report for a period."""
    periods, period = _school_period(member.school_id)
    paper = teacher_report(teacher_book(member, period, actor.locale))
    return answer(paper, periods=periods, period=period, where=trail(member.school_id))


@blueprint.get("/reports/school/<kind>")
@requires(may_report_school)
def of_school(actor: Actor, kind: str) -> ResponseReturnValue:
    """Results or absences of all classes."""
    if kind not in SCHOOL_PAPERS:
        abort(404)
    periods, period = _school_period(actor.school_id or 0)
    paper = SCHOOL_PAPERS[kind](school_book(actor, period))
    return answer(paper, periods=periods, period=period, where=trail(actor.school_id or 0))


@blueprint.get("/reports/spared")
@requires(may_report_school)
def spared(actor: Actor) -> ResponseReturnValue:
    """Work spared in a period, against a named baseline."""
    school_id = actor.school_id or 0
    periods, period = _school_period(school_id)
    jobs, in_bags = jobs_of(counted(school_id, period)), bags(school_id, period)
    paper = work_spared(school_name(school_id), period, jobs, in_bags)
    return answer(paper, periods=periods, period=period, where=trail(school_id))


@blueprint.get("/courses/<uuid:course_id>/printed-journal")
@requires(may_print_journal, opens="report", course=get_course)
def journal(actor: Actor, course: SeenCourse) -> ResponseReturnValue:
    """The journal of a course on paper."""
    periods = [one for one in periods_of_class(course) if not one.is_year]
    period = period_among(periods, request.args.get("period")) or abort(404)
    grid = address_of("gradebook.grid", school_id=course.school_id, course_id=course.id)
    return answer(
        printed_journal(journal_book(course, period, actor.locale)),
        periods=periods,
        period=period,
        where=(*trail(course.school_id), Crumb(f"{course.title}, {course.group}", grid)),
    )


def _school_period(school_id: int) -> tuple[list[Period], Period]:
    found = periods_of_school(school_id)
    periods = list(chain.from_iterable(found))
    first = found[0] if found else []
    word = request.args.get("period")
    return periods, (period_among(periods, word) if word else period_among(first, None)) or abort(404)
