"""Reports of a subject teacher, of the school, and a journal on paper."""

import uuid
from itertools import chain

from flask import abort, request, url_for
from flask.typing import ResponseReturnValue

from school.classes.queries import get_course
from school.classes.seen import SeenCourse
from school.core.access import Actor, looking_at, requires
from school.core.languages import gettext as _
from school.core.shell import Crumb, address_of
from school.reports.papers import (
    few_marks_list,
    printed_journal,
    school_absences,
    school_one_short,
    school_results,
    teacher_report,
    work_spared,
)
from school.reports.papers.spared import bag_paper, job_paper
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
from school.reports.queries.shortfalls import few_marks, one_short_pupils
from school.reports.queries.spared import bags, counted
from school.reports.queries.spared_rows import bag_rows as bag_rows_of
from school.reports.queries.spared_rows import job_rows
from school.reports.queries.tables import school_name
from school.reports.routes.answering import answer, trail
from school.reports.routes.blueprint import blueprint
from school.reports.seen import Period, SeenTeacher
from school.reports.spared import jobs_of

JOBS = frozenset({"attendance", "marks", "covers", "words", "term"})
SCHOOL_PAPERS = {"results": school_results, "absences": school_absences}


@blueprint.get("/members/<uuid:member_id>/teacher-report")
@requires(may_report_teacher, member=get_teacher)
def of_teacher(actor: Actor, member: SeenTeacher) -> ResponseReturnValue:
    """A subject teacher's report for a period."""
    periods, period = school_period(member.school_id)
    paper = teacher_report(teacher_book(member, period, actor.locale))
    return answer(paper, periods=periods, period=period, where=trail(member.school_id))


@blueprint.get("/reports/school/<kind>")
@requires(may_report_school)
def of_school(actor: Actor, kind: str) -> ResponseReturnValue:
    """Results or absences of all classes."""
    if kind not in SCHOOL_PAPERS:
        abort(404)
    periods, period = school_period(actor.school_id or 0)
    paper = SCHOOL_PAPERS[kind](school_book(actor, period))
    return answer(paper, periods=periods, period=period, where=trail(actor.school_id or 0))


@blueprint.get("/reports/spared")
@requires(may_report_school)
def spared(actor: Actor) -> ResponseReturnValue:
    """Work spared in a period, against a named baseline."""
    school_id = actor.school_id or 0
    periods, period = school_period(school_id)
    jobs, in_bags = jobs_of(counted(school_id, period)), bags(school_id, period)
    paper = work_spared(school_id, school_name(school_id), period, jobs, in_bags)
    return answer(paper, periods=periods, period=period, where=trail(school_id))


@blueprint.get("/reports/spared/jobs/<kind>")
@requires(may_report_school)
def spared_rows(actor: Actor, kind: str) -> ResponseReturnValue:
    """Where the acts of a job were done."""
    if kind not in JOBS:
        abort(404)
    periods, period = school_period(actor.school_id or 0)
    school_id = actor.school_id or 0
    paper = job_paper(school_id, school_name(school_id), period, kind, job_rows(actor, period, kind))
    return answer(paper, periods=periods, period=period, where=_to_spared(school_id))


@blueprint.get("/reports/spared/bags/<int:year_level>")
@requires(may_report_school)
def bag_rows(actor: Actor, year_level: int) -> ResponseReturnValue:
    """The subjects and textbooks behind a year level's schoolbag."""
    school_id = actor.school_id or 0
    periods, period = school_period(school_id)
    found = bag_rows_of(actor, period, year_level) or abort(404)
    paper = bag_paper(school_id, school_name(school_id), period, year_level, found)
    return answer(paper, periods=periods, period=period, where=_to_spared(school_id))


def _to_spared(school_id: int) -> tuple[Crumb, ...]:
    return (*trail(school_id), Crumb(_("Work spared"), url_for("reports.spared", school_id=school_id)))


@blueprint.get("/reports/one-short")
@requires(may_report_school, opens="report")
def one_short(actor: Actor) -> ResponseReturnValue:
    """Whom one mark keeps from the next standing, of all classes."""
    school_id = actor.school_id or 0
    periods, period = school_period(school_id, running=True)
    lines = one_short_pupils(actor, period)
    _say_whose([one.class_id for one in lines])
    paper = school_one_short(school_id, school_name(school_id), period, lines)
    return answer(paper, periods=periods, period=period, where=trail(school_id))


@blueprint.get("/reports/too-few-marks")
@requires(may_report_school, opens="report")
def few(actor: Actor) -> ResponseReturnValue:
    """Who has too few marks, in the last weeks of the running terms."""
    school_id = actor.school_id or 0
    terms, lines = few_marks(actor)
    _say_whose([one.group_id for one in lines])
    paper = few_marks_list(school_id, school_name(school_id), terms, lines)
    return answer(paper, periods=[], period=None, where=trail(school_id))


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


def _say_whose(groups: list[uuid.UUID]) -> None:
    """A page of names of many groups leaves a fact for each."""
    if groups:
        first, *others = dict.fromkeys(groups)
        looking_at(group_id=first, and_groups=others)


def school_period(school_id: int, *, running: bool = False) -> tuple[list[Period], Period]:
    """All periods, and the asked one; without a word the last that is over, or the one that has begun last."""
    found = periods_of_school(school_id)
    periods = list(chain.from_iterable(found))
    first = found[0] if found else []
    begun = [one.word for one in first if not one.is_year]
    word = request.args.get("period") or (begun[-1] if running and begun else None)
    return periods, (period_among(periods, word) if word else period_among(first, None)) or abort(404)
